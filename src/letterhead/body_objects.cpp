// SPDX-License-Identifier: MPL-2.0
#include "letterhead/body_objects.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/length.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <string_view>

namespace engross::letterhead {

namespace {

double points(const pugi::xml_node& node, const char* attribute) {
  return points_of(attribute_of(node, attribute)).value_or(0);
}

/// A property of a style or of the styles that it inherits from.
std::string_view inherited(const StyleIndex& index, Space space, std::string_view style,
                           const char* properties, const char* name) {
  constexpr int k_deepest = 20;
  pugi::xml_node node = index.find(space, style);
  for (int depth = 0; node && depth < k_deepest; ++depth) {
    const std::string_view value = attribute_of(node.child(properties), name);
    if (!value.empty()) return value;
    const std::string_view parent = attribute_of(node, "style:parent-style-name");
    const auto named = index.named.find(style_key(space, parent));
    node = named == index.named.end() ? pugi::xml_node() : named->second;
  }
  return {};
}

class Reader {
 public:
  Reader(const odf::Document& document, const MasterPages& masters)
      : m_document(document), m_masters(masters), m_page(masters.start) {
    add_definitions(m_index.automatic,
                    document.content.document_element().child("office:automatic-styles"));
    add_definitions(m_index.named, document.styles.document_element().child("office:styles"));
  }

  std::vector<BodyObject> read() {
    MasterPageResolver resolver(m_index);
    for_each_flow_element(m_document.content, [&](const pugi::xml_node& element, bool) {
      const auto [space, style] = flow_style(element);
      if (const std::string& name = resolver.master_page(space, style); !name.empty())
        m_page = m_masters.find(name);
      if (m_page == MasterPages::npos) m_page = m_masters.continuation;
      if (space == Space::table) return add_table(element);
      walk(element, [&](const pugi::xml_node& node) {
        const std::string_view kind = node.name();
        if (kind == "draw:frame") add_frame(node);
        return kind != "draw:frame" && kind != "text:note" && kind != "office:annotation";
      });
    });
    return std::move(m_objects);
  }

 private:
  void add_table(const pugi::xml_node& table) {
    const pugi::xml_node properties =
        m_index.find(Space::table, attribute_of(table, "table:style-name"))
            .child("style:table-properties");
    const std::string_view align = attribute_of(properties, "table:align");
    const bool follows_text =
        align.empty() || align == "margins" || properties.attribute("style:rel-width");
    const double width = points(properties, "style:width");
    if (!follows_text && width > 0)
      add(table, width, align == "left" ? points(properties, "fo:margin-left") : 0);
  }

  void add_frame(const pugi::xml_node& frame) {
    const std::string_view style = attribute_of(frame, "draw:style-name");
    const std::string_view of = inherited(m_index, Space::graphic, style,
                                          "style:graphic-properties", "style:horizontal-rel");
    const bool is_as_char = attribute_of(frame, "text:anchor-type") == "as-char";
    if (!is_as_char && of.starts_with("page") && !of.ends_with("content")) return;
    if (frame.attribute("style:rel-width")) return;
    if (const double width = points(frame, "svg:width"); width > 0) add(frame, width, 0);
  }

  void add(const pugi::xml_node& node, double width, double indent) {
    BodyObject object{node, width, width + indent, 0, m_page};
    // Where on the chain of page styles it stands, only the layout knows.
    std::size_t page = m_page;
    for (std::size_t steps = 0; page != MasterPages::npos && steps < m_masters.pages.size();
         ++steps) {
      object.text_width = std::max(object.text_width, text_width(m_masters.pages[page]));
      page = m_masters.find(m_masters.pages[page].next);
    }
    m_objects.push_back(object);
  }

  const odf::Document& m_document;
  const MasterPages& m_masters;
  StyleIndex m_index;
  std::size_t m_page;
  std::vector<BodyObject> m_objects;
};

} // namespace

bool BodyObject::stands_out(double of_width) const {
  constexpr double k_padding = 14.4; // Word's tables stand out by 0.08 inch on both sides
  return of_width > 0 && edge > of_width + k_padding;
}

std::vector<BodyObject> body_objects(const odf::Document& document, const MasterPages& masters) {
  if (masters.pages.empty()) return {};
  return Reader(document, masters).read();
}

double text_width(const MasterPage& page) {
  const pugi::xml_node properties = page.layout.child("style:page-layout-properties");
  double out = points(properties, "fo:page-width");
  for (const char* side : {"fo:margin-left", "fo:margin-right"})
    out -= points(properties, properties.attribute(side) ? side : "fo:margin");
  return out;
}

std::string object_name(const pugi::xml_node& node) {
  const bool is_table = std::string_view(node.name()) == "table:table";
  std::string kind = is_table                      ? "table"
                     : node.child("draw:text-box") ? "frame"
                     : node.child("draw:image")    ? "picture"
                                                   : "object";
  const std::string_view name = attribute_of(node, is_table ? "table:name" : "draw:name");
  // Word files name what they draw only now and then.
  if (name.empty()) return (kind == "object" ? "An " : "A ") + kind;
  return "The " + kind + " “" + std::string(name) + "”";
}

} // namespace engross::letterhead
