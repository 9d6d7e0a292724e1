// SPDX-License-Identifier: MPL-2.0
#include "templating/names.hpp"

#include "templating/dom.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace engross::templating {

using pugi::xml_node;

namespace {

/// What the names of a link inside the document end with, as Writer writes them: "#Table1|table".
constexpr std::array<std::pair<std::string_view, NameKind>, 5> k_link_ends = {
    {{"|table", NameKind::table},
     {"|region", NameKind::section},
     {"|frame", NameKind::drawing},
     {"|graphic", NameKind::drawing},
     {"|ole", NameKind::drawing}}};

std::optional<NameUse> link_use(std::string_view target) {
  if (target.size() < 2 || target.front() != '#') return std::nullopt;
  const std::size_t bar = target.rfind('|');
  if (bar == std::string_view::npos) return NameUse{NameKind::bookmark, true, 1, target.size() - 1};
  for (const auto& [end, kind] : k_link_ends)
    if (target.substr(bar) == end && bar > 1) return NameUse{kind, true, 1, bar - 1};
  return std::nullopt;
}

std::optional<NameKind> kind_of_text_name(xml_node node) {
  if (starts_with(node, "text:bookmark")) return NameKind::bookmark;
  if (starts_with(node, "text:reference-mark")) return NameKind::reference_mark;
  const std::string_view name = node.name();
  if (name == "text:section" || name == "text:table-of-content" || name == "text:bibliography" ||
      (name.ends_with("-index") && name.starts_with("text:")))
    return NameKind::section;
  return std::nullopt;
}

std::optional<NameKind> kind_of_reference(xml_node node) {
  if (named(node, "text:bookmark-ref")) return NameKind::bookmark;
  if (named(node, "text:reference-ref")) return NameKind::reference_mark;
  if (named(node, "text:note-ref")) return NameKind::note;
  if (named(node, "text:sequence-ref")) return NameKind::sequence;
  return std::nullopt;
}

} // namespace

std::optional<NameUse> name_use(xml_node node, pugi::xml_attribute attribute) {
  const std::string_view name = attribute.name();
  const std::string_view value = attribute.value();
  if (value.empty()) return std::nullopt;
  const auto whole = [&](NameKind kind, bool reference) {
    return NameUse{kind, reference, 0, value.size()};
  };
  if (name == "xml:id" || name == "draw:id") return whole(NameKind::id, false);
  if (name == "text:id") {
    if (named(node, "text:note")) return whole(NameKind::note, false);
    const std::string_view element = node.name();
    const bool mark = element.ends_with("-mark-start") || element.ends_with("-mark-end");
    return whole(mark ? NameKind::mark : NameKind::id, false);
  }
  if (name == "text:name") {
    if (const auto kind = kind_of_text_name(node)) return whole(*kind, false);
    return std::nullopt;
  }
  if (name == "text:ref-name") {
    if (named(node, "text:sequence")) return whole(NameKind::sequence, false);
    if (const auto kind = kind_of_reference(node)) return whole(*kind, true);
    return std::nullopt;
  }
  if (name == "table:name" && named(node, "table:table")) return whole(NameKind::table, false);
  if (name == "draw:name") return whole(NameKind::drawing, false);
  if (name == "draw:chain-next-name") return whole(NameKind::drawing, true);
  if (name == "text:continue-list" || name == "draw:start-shape" || name == "draw:end-shape")
    return whole(NameKind::id, true);
  if (name == "xlink:href" && named(node, "text:a")) return link_use(value);
  return std::nullopt;
}

namespace {

/// Calls visit(node, attribute, use) for every name and reference below a node.
template <class F> void each_name(xml_node root, F&& visit) {
  walk(root, [&](xml_node node) {
    for (pugi::xml_attribute attribute : node.attributes())
      if (const std::optional<NameUse> use = name_use(node, attribute))
        visit(node, attribute, *use);
    return true;
  });
}

Name name_of(pugi::xml_attribute attribute, const NameUse& use) {
  return {use.kind, std::string(attribute.value()).substr(use.begin, use.length)};
}

} // namespace

std::set<Name> names_below(xml_node root) {
  std::set<Name> out;
  each_name(root, [&](xml_node, pugi::xml_attribute attribute, const NameUse& use) {
    if (!use.reference) out.insert(name_of(attribute, use));
  });
  return out;
}

void make_names_unique(xml_node root, std::set<Name>& taken) {
  std::map<Name, std::string> fresh;
  for (const Name& name : names_below(root)) {
    std::string unique = name.second;
    for (int n = 2; !taken.emplace(name.first, unique).second; ++n)
      unique = name.second + "_" + std::to_string(n);
    if (unique != name.second) fresh.emplace(name, unique);
  }
  if (fresh.empty()) return;
  each_name(root, [&](xml_node, pugi::xml_attribute attribute, const NameUse& use) {
    const auto renamed = fresh.find(name_of(attribute, use));
    if (renamed == fresh.end()) return;
    std::string value = attribute.value();
    attribute.set_value(value.replace(use.begin, use.length, renamed->second).c_str());
  });
}

LoopedNames::LoopedNames(xml_node root, const std::vector<FoundTag>& tags) {
  struct Block {
    bool loop = false;
    bool repeats = false; ///< not in its {% else %}
  };
  std::vector<Block> blocks;
  LoopPath path;
  const auto close = [&] {
    if (!blocks.empty() && blocks.back().repeats) path.pop_back();
  };
  walk(root, [&](xml_node node) {
    if (!is_tag(node)) {
      for (pugi::xml_attribute attribute : node.attributes())
        if (const std::optional<NameUse> use = name_use(node, attribute))
          if (!use->reference) m_paths.emplace(name_of(attribute, *use), path);
      return true;
    }
    const std::uint32_t index = node.attribute("n").as_uint();
    switch (tags[index].tag.kind) {
    case Tag::Kind::if_:
      blocks.push_back({});
      break;
    case Tag::Kind::for_:
      blocks.push_back({true, true});
      path.push_back(index);
      break;
    case Tag::Kind::else_:
      close();
      if (!blocks.empty()) blocks.back().repeats = false;
      break;
    case Tag::Kind::endif:
    case Tag::Kind::endfor:
      close();
      if (!blocks.empty()) blocks.pop_back();
      break;
    default:
      break;
    }
    return true;
  });
  find_mark();
}

void LoopedNames::find_mark() {
  const auto is_numbers = [](std::string_view text) {
    return text.find_first_not_of("0123456789_") == std::string_view::npos;
  };
  const auto collides = [&](const Name& looped) {
    const std::string begin = looped.second + m_mark;
    for (auto at = m_paths.lower_bound({looped.first, begin});
         at != m_paths.end() && at->first.first == looped.first &&
         at->first.second.starts_with(begin);
         ++at)
      if (is_numbers(std::string_view(at->first.second).substr(begin.size()))) return true;
    return false;
  };
  for (bool again = true; again;) {
    again = std::any_of(m_paths.begin(), m_paths.end(), [&](const auto& entry) {
      return !entry.second.empty() && collides(entry.first);
    });
    if (again) m_mark += "_";
  }
}

LoopedNames::Depth LoopedNames::depth(const Name& name, const LoopPath& path) const {
  const auto found = m_paths.find(name);
  if (found == m_paths.end()) return {};
  const LoopPath& own = found->second;
  const auto end = own.begin() + static_cast<std::ptrdiff_t>(std::min(own.size(), path.size()));
  const auto differs = std::mismatch(own.begin(), end, path.begin()).first;
  return {static_cast<std::uint32_t>(differs - own.begin()),
          static_cast<std::uint32_t>(own.size())};
}

} // namespace engross::templating
