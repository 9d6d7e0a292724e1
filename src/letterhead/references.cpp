// SPDX-License-Identifier: MPL-2.0
#include "letterhead/references.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace engross::letterhead {

namespace {

struct Pair {
  std::string_view name;
  Space space;
};

constexpr std::array k_families = {
    Pair{"paragraph", Space::paragraph},
    Pair{"text", Space::text},
    Pair{"section", Space::section},
    Pair{"ruby", Space::ruby},
    Pair{"table", Space::table},
    Pair{"table-column", Space::table_column},
    Pair{"table-row", Space::table_row},
    Pair{"table-cell", Space::table_cell},
    Pair{"graphic", Space::graphic},
    Pair{"presentation", Space::presentation},
    Pair{"drawing-page", Space::drawing_page},
    Pair{"chart", Space::chart},
};

constexpr std::array k_definitions = {
    Pair{"text:list-style", Space::list},
    Pair{"number:number-style", Space::data},
    Pair{"number:currency-style", Space::data},
    Pair{"number:percentage-style", Space::data},
    Pair{"number:date-style", Space::data},
    Pair{"number:time-style", Space::data},
    Pair{"number:boolean-style", Space::data},
    Pair{"number:text-style", Space::data},
    Pair{"style:page-layout", Space::page_layout},
    Pair{"style:master-page", Space::master_page},
    Pair{"style:font-face", Space::font},
    Pair{"draw:gradient", Space::gradient},
    Pair{"svg:linearGradient", Space::gradient},
    Pair{"svg:radialGradient", Space::gradient},
    Pair{"draw:hatch", Space::hatch},
    Pair{"draw:fill-image", Space::fill_image},
    Pair{"draw:opacity", Space::opacity},
    Pair{"draw:stroke-dash", Space::stroke_dash},
    Pair{"draw:marker", Space::marker},
};

/// Attributes that mean the same wherever they stand.
constexpr std::array k_plain = {
    Pair{"style:page-layout-name", Space::page_layout},
    Pair{"style:master-page-name", Space::master_page},
    Pair{"text:master-page-name", Space::master_page},
    Pair{"style:list-style-name", Space::list},
    Pair{"style:data-style-name", Space::data},
    Pair{"style:percentage-data-style-name", Space::data},
    Pair{"style:register-truth-ref-style-name", Space::paragraph},
    Pair{"style:leader-text-style", Space::text},
    Pair{"style:text-line-through-text-style", Space::text},
    Pair{"style:font-name", Space::font},
    Pair{"style:font-name-asian", Space::font},
    Pair{"style:font-name-complex", Space::font},
    Pair{"text:cond-style-name", Space::paragraph},
    Pair{"text:default-style-name", Space::paragraph},
    Pair{"text:visited-style-name", Space::text},
    Pair{"text:main-entry-style-name", Space::text},
    Pair{"text:citation-style-name", Space::text},
    Pair{"text:citation-body-style-name", Space::text},
    Pair{"text:style-override", Space::list},
    Pair{"draw:text-style-name", Space::paragraph},
    Pair{"form:text-style-name", Space::paragraph},
    Pair{"presentation:style-name", Space::presentation},
    Pair{"presentation:class-names", Space::presentation},
    Pair{"draw:class-names", Space::graphic},
    Pair{"chart:style-name", Space::chart},
    Pair{"table:default-cell-style-name", Space::table_cell},
    Pair{"table:paragraph-style-name", Space::paragraph},
    Pair{"draw:fill-gradient-name", Space::gradient},
    Pair{"draw:fill-hatch-name", Space::hatch},
    Pair{"draw:fill-image-name", Space::fill_image},
    Pair{"draw:opacity-name", Space::opacity},
    Pair{"draw:stroke-dash", Space::stroke_dash},
    Pair{"draw:stroke-dash-names", Space::stroke_dash},
    Pair{"draw:marker-start", Space::marker},
    Pair{"draw:marker-end", Space::marker},
};

/// text:style-name by the element that carries it; elements not named here are paragraphs of an
/// index's template.
constexpr std::array k_text_style_name = {
    Pair{"text:p", Space::paragraph},
    Pair{"text:h", Space::paragraph},
    Pair{"text:span", Space::text},
    Pair{"text:a", Space::text},
    Pair{"text:ruby", Space::ruby},
    Pair{"text:ruby-text", Space::text},
    Pair{"text:list", Space::list},
    Pair{"text:numbered-paragraph", Space::list},
    Pair{"text:list-level-style-number", Space::text},
    Pair{"text:list-level-style-bullet", Space::text},
    Pair{"text:outline-level-style", Space::text},
    Pair{"text:linenumbering-configuration", Space::text},
    Pair{"text:section", Space::section},
    Pair{"text:index-title", Space::section},
    Pair{"text:table-of-content", Space::section},
    Pair{"text:illustration-index", Space::section},
    Pair{"text:table-index", Space::section},
    Pair{"text:object-index", Space::section},
    Pair{"text:user-index", Space::section},
    Pair{"text:alphabetical-index", Space::section},
    Pair{"text:bibliography", Space::section},
    Pair{"text:index-entry-chapter", Space::text},
    Pair{"text:index-entry-link-start", Space::text},
    Pair{"text:index-entry-link-end", Space::text},
    Pair{"text:index-entry-page-number", Space::text},
    Pair{"text:index-entry-span", Space::text},
    Pair{"text:index-entry-tab-stop", Space::text},
    Pair{"text:index-entry-text", Space::text},
    Pair{"text:index-entry-bibliography", Space::text},
};

constexpr std::array k_table_style_name = {
    Pair{"table:table", Space::table},
    Pair{"table:table-column", Space::table_column},
    Pair{"table:table-row", Space::table_row},
    Pair{"table:table-cell", Space::table_cell},
    Pair{"table:covered-table-cell", Space::table_cell},
};

template <std::size_t N>
Space find(const std::array<Pair, N>& table, std::string_view name, Space otherwise = Space::none) {
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const Pair& p) { return p.name == name; });
  return it == table.end() ? otherwise : it->space;
}

bool is_name_list(std::string_view attribute) {
  return attribute.ends_with(":class-names") || attribute == "draw:stroke-dash-names";
}

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t begin = names.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return out;
    names.remove_prefix(begin);
    const std::size_t end = std::min(names.find_first_of(" \t\r\n"), names.size());
    out.push_back(names.substr(0, end));
    names.remove_prefix(end);
  }
}

} // namespace

bool is_resource(Space space) {
  switch (space) {
  case Space::data:
  case Space::font:
  case Space::gradient:
  case Space::hatch:
  case Space::fill_image:
  case Space::opacity:
  case Space::stroke_dash:
  case Space::marker:
    return true;
  default:
    return false;
  }
}

Space family_space(std::string_view family) {
  return find(k_families, family, Space::other_family);
}

Space definition_space(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (name == "style:style") return family_space(node.attribute("style:family").value());
  return find(k_definitions, name);
}

pugi::xml_attribute definition_name(const pugi::xml_node& node) {
  switch (definition_space(node)) {
  case Space::none:
    return {};
  case Space::gradient:
  case Space::hatch:
  case Space::fill_image:
  case Space::opacity:
  case Space::stroke_dash:
  case Space::marker:
    return node.attribute("draw:name");
  default:
    return node.attribute("style:name");
  }
}

Space reference_space(const pugi::xml_node& node, std::string_view attribute) {
  // Everything that refers to a style or a font says so in its name; the rest is left fast.
  if (attribute.find("name") == std::string_view::npos &&
      attribute.find("style") == std::string_view::npos &&
      attribute.find("marker") == std::string_view::npos && attribute != "draw:stroke-dash") {
    return Space::none;
  }
  const std::string_view element = node.name();
  if (attribute == "text:style-name") return find(k_text_style_name, element, Space::paragraph);
  if (attribute == "table:style-name") return find(k_table_style_name, element);
  if (attribute == "text:class-names") {
    return element == "text:span" ? Space::text : Space::paragraph;
  }
  if (attribute == "draw:style-name") {
    return element == "style:master-page" || element == "draw:page" ||
                   element == "presentation:notes" || element == "style:handout-master"
               ? Space::drawing_page
               : Space::graphic;
  }
  if (attribute == "style:parent-style-name") {
    return family_space(node.attribute("style:family").value());
  }
  if (attribute == "style:next-style-name") {
    return element == "style:master-page" ? Space::master_page : Space::paragraph;
  }
  if (attribute == "style:apply-style-name") {
    return definition_space(node.parent());
  }
  if (attribute == "style:style-name") {
    return element == "style:drop-cap" ? Space::text : Space::none;
  }
  return find(k_plain, attribute);
}

void collect_references(const pugi::xml_node& root,
                        const std::function<void(Space, std::string_view)>& visit) {
  walk(root, [&](const pugi::xml_node& node) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const Space space = reference_space(node, attribute.name());
      if (space == Space::none) continue;
      if (is_name_list(attribute.name())) {
        for (const std::string_view name : split(attribute.value())) visit(space, name);
      } else if (*attribute.value() != '\0') {
        visit(space, attribute.value());
      }
    }
    return true;
  });
}

bool rewrite_references(const pugi::xml_node& root,
                        const std::function<const std::string*(Space, std::string_view)>& rename) {
  bool changed = false;
  walk(root, [&](const pugi::xml_node& node) {
    for (pugi::xml_attribute attribute : node.attributes()) {
      const Space space = reference_space(node, attribute.name());
      if (space == Space::none || *attribute.value() == '\0') continue;
      std::string value;
      bool renamed = false;
      const bool list = is_name_list(attribute.name());
      const std::vector<std::string_view> names =
          list ? split(attribute.value()) : std::vector<std::string_view>{attribute.value()};
      for (const std::string_view name : names) {
        const std::string* other = rename(space, name);
        renamed = renamed || (other != nullptr && *other != name);
        if (!value.empty()) value += ' ';
        value += other != nullptr ? std::string_view(*other) : name;
      }
      if (!renamed) continue;
      attribute.set_value(value.c_str());
      changed = true;
    }
    return true;
  });
  return changed;
}

} // namespace engross::letterhead
