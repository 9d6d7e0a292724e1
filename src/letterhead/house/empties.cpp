// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/empties.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/address_block.hpp"
#include "letterhead/house/length.hpp"
#include "letterhead/house/signature.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

constexpr double k_distance = 5; // points between paragraphs that a reader sees as one

/// Nothing in it but white space, so that nothing goes with it.
bool holds_nothing(const TextParagraph& p) {
  bool nothing = !p.has_objects;
  walk(p.node, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (node.type() == pugi::node_element && name != "text:p" && name != "text:h" &&
        name != "text:span" && name != "text:s" && name != "text:tab" &&
        name != "text:soft-page-break" && name != "text:line-break")
      nothing = false;
    return nothing;
  });
  return nothing;
}

class Finder {
 public:
  Finder(const Subject& subject, const House& house, const Reference* reference)
      : m_subject(subject), m_house(house), m_reference(reference),
        m_signature(signature_block(subject, house, reference)),
        m_block(address_block(subject, house)) {}

  std::vector<EmptyRun> run() {
    EmptyRun open;
    const TextParagraph* previous = nullptr;
    for (const TextParagraph& p : m_subject.body.paragraphs) {
      if (p.flow != Flow::body) continue;
      if (is_empty(p) &&
          (open.paragraphs.empty() || p.node.parent() == open.paragraphs.back()->node.parent())) {
        open.previous = previous;
        open.paragraphs.push_back(&p);
        continue;
      }
      close(open, &p);
      if (!p.is_blank()) previous = &p;
    }
    // What a text ends with may be one empty paragraph: Writer itself leaves it after a table.
    close(open, nullptr);
    return std::move(m_runs);
  }

 private:
  bool is_empty(const TextParagraph& p) const {
    if (!p.is_blank() || p.list || !holds_nothing(p)) return false;
    const StyleSheet& styles = *m_subject.body_styles;
    const std::string named = styles.named(Space::paragraph, style_of(p));
    const std::string display = styles.display_name(Space::paragraph, named);
    if (std::find(m_house.allowed_empty.begin(), m_house.allowed_empty.end(), display) !=
        m_house.allowed_empty.end())
      return false;
    for (const char* seen :
         {"p|fo:border-top", "p|fo:border-bottom", "p|fo:border-left", "p|fo:border-right",
          "p|fo:background-color", "p|style:background-image"}) {
      const std::string value = paragraph_property(styles, p, seen);
      if (!value.empty() && value != "none" && value != "transparent") return false;
    }
    // Something may refer to it.
    if (p.node.attribute("xml:id") || p.node.attribute("text:id")) return false;
    return std::string_view(p.node.parent().name()) == "office:text" ||
           std::string_view(p.node.parent().name()) == "text:section";
  }

  void close(EmptyRun& open, const TextParagraph* next) {
    if (open.paragraphs.empty()) return;
    open.is_removable = is_removable(open, next);
    m_runs.push_back(std::move(open));
    open = {};
  }

  bool is_removable(const EmptyRun& run, const TextParagraph* next) const {
    for (const TextParagraph* p : run.paragraphs) {
      if (m_signature.contains(*p)) return false;
      // An empty heading may have a number, by which later ones count.
      if (std::string_view(p->node.name()) == "text:h") return false;
      const StyleSheet& styles = *m_subject.body_styles;
      if (starts_page(styles, *p) || ends_page(styles, *p)) return false;
    }
    if (beside_table(run.paragraphs.front()->node.previous_sibling(), false) ||
        beside_table(run.paragraphs.back()->node.next_sibling(), true))
      return false;
    if (next == nullptr) return run.previous != nullptr;
    if (run.previous == nullptr) return m_reference != nullptr;
    if (parts_addressees(*run.previous, *next)) return false;
    return distance(*run.previous, "p|fo:margin-bottom", *next) +
               distance(*next, "p|fo:margin-top", *run.previous) >=
           k_distance;
  }

  /// An empty line between two blocks of an address says where one addressee ends.
  bool parts_addressees(const TextParagraph& before, const TextParagraph& after) const {
    const auto is_line = [&](const TextParagraph& p) {
      const auto& front = m_block.front;
      return &p != m_block.date && !is_legend(p.text) &&
             std::find(front.begin(), front.end(), &p) != front.end();
    };
    return named_style(before) == named_style(after) && is_line(before) && is_line(after);
  }

  std::string named_style(const TextParagraph& p) const {
    return m_subject.body_styles->named(Space::paragraph, style_of(p));
  }

  static bool beside_table(pugi::xml_node node, bool forward) {
    while (node && node.type() != pugi::node_element)
      node = forward ? node.next_sibling() : node.previous_sibling();
    return std::string_view(node.name()) == "table:table";
  }

  /// As the letterhead will have it, where it knows the style. Between paragraphs of one style
  /// there is none where the style says so (ODF 1.3 part 3, 20.329).
  double distance(const TextParagraph& p, const char* property, const TextParagraph& other) const {
    const StyleSheet& styles = *m_subject.body_styles;
    const std::string named = named_style(p);
    const StyleSheet::Style* style =
        m_reference == nullptr ? nullptr : m_reference->styles().find(Space::paragraph, named);
    if (style == nullptr) style = styles.find(Space::paragraph, style_of(p));
    if (style == nullptr) return 0;
    const auto value = [&](const char* name) {
      const auto at = style->resolved.find(name);
      return at == style->resolved.end() ? std::string() : at->second;
    };
    if (value("p|style:contextual-spacing") == "true" && named == named_style(other)) return 0;
    return points_of(value(property)).value_or(0);
  }

  const Subject& m_subject;
  const House& m_house;
  const Reference* m_reference;
  SignatureBlock m_signature;
  AddressBlock m_block;
  std::vector<EmptyRun> m_runs;
};

} // namespace

std::vector<EmptyRun> empty_runs(const Subject& subject, const House& house,
                                 const Reference* reference) {
  return Finder(subject, house, reference).run();
}

} // namespace engross::letterhead
