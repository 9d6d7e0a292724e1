// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/signature.hpp"

#include "letterhead/body.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_most_lines = 14; // of a block that is known by its closing words alone

bool contains_name(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

} // namespace

bool is_closing(const House& house, std::string_view text) {
  const std::string line = shortened(text, 200);
  return std::any_of(house.closings.begin(), house.closings.end(), [&](const std::string& words) {
    return line == words || line == words + ",";
  });
}

bool SignatureBlock::contains(const TextParagraph& p) const {
  return std::find(paragraphs.begin(), paragraphs.end(), &p) != paragraphs.end();
}

SignatureBlock signature_block(const Subject& subject, const House& house,
                               const Reference* reference) {
  SignatureBlock out;
  const StyleSheet& styles = *subject.body_styles;
  const auto is_signature_style = [&](const TextParagraph& p) {
    const std::string name = styles.named(Space::paragraph, style_of(p));
    const std::string display = styles.display_name(Space::paragraph, name);
    if (!house.signature_styles.empty()) return contains_name(house.signature_styles, display);
    return display.starts_with("Signature") &&
           (reference == nullptr || reference->styles().find(Space::paragraph, name) != nullptr);
  };
  std::vector<const TextParagraph*> flow;
  for (const TextParagraph& p : subject.body.paragraphs)
    if (p.flow == Flow::body) flow.push_back(&p);
  const auto begins = std::find_if(flow.begin(), flow.end(), [&](const TextParagraph* p) {
    return is_signature_style(*p) || is_closing(house, p->text);
  });
  if (begins == flow.end()) return out;
  auto ends = begins;
  if (is_signature_style(**begins)) {
    while (ends != flow.end() && (is_signature_style(**ends) || (*ends)->is_blank()) &&
           (ends == begins || !starts_page(styles, **ends)))
      ++ends;
  } else {
    // Lines of a block are short; a long one begins what follows it, an annex say.
    while (ends != flow.end() && static_cast<std::size_t>(ends - begins) < k_most_lines &&
           (*ends)->text.size() < 120 && std::string_view((*ends)->node.name()) != "text:h" &&
           (ends == begins || !starts_page(styles, **ends)))
      ++ends;
  }
  while (ends != begins && (*(ends - 1))->is_blank()) --ends;
  // The last paragraph of the text travels with the block.
  auto before = begins;
  while (before != flow.begin() &&
         ((*(before - 1))->is_blank() || holds_only_block_tags((*(before - 1))->node)))
    --before;
  if (before != flow.begin()) out.paragraphs.push_back(*(before - 1));
  out.paragraphs.insert(out.paragraphs.end(), before, ends);
  return out;
}

} // namespace engross::letterhead
