// SPDX-License-Identifier: MPL-2.0
#include "office/layout_dump.hpp"

#include <pugixml.hpp>

#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace engross::office {

namespace {

constexpr double k_twips = 20; ///< in a point

bool is(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

/// A line of a paragraph: its portions in their order, what fields and numbers print instead of
/// what stands for them in the text.
struct Line {
  std::string text;
  std::vector<Extent> pictures;
};

Line line_of(pugi::xml_node layout) {
  Line out;
  for (const pugi::xml_node portion : layout.children()) {
    const std::string_view type = portion.attribute("type").value();
    if (type == "PortionType::FlyCnt") {
      out.pictures.push_back({portion.attribute("width").as_double() / k_twips,
                              portion.attribute("height").as_double() / k_twips});
    } else if (type.starts_with("PortionType::Tab")) {
      out.text += '\t';
    } else if (const pugi::xml_attribute expanded = portion.attribute("expand")) {
      out.text += expanded.value();
    } else if (type != "PortionType::Bookmark" && type != "PortionType::Break") {
      out.text += portion.attribute("portion").value();
    }
  }
  const std::size_t last = out.text.find_last_not_of(" \t");
  out.text.erase(last == std::string::npos ? 0 : last + 1);
  return out;
}

/// The lines of all paragraphs of an area, in the order of the text; frames anchored in it that
/// float (anything but a picture in a line) are left out.
void add_lines(pugi::xml_node area, std::vector<Line>& out) {
  for (const pugi::xml_node child : area.children()) {
    if (is(child, "anchored")) continue;
    if (is(child, "txt")) {
      for (const pugi::xml_node layout : child.child("SwParaPortion").children("SwLineLayout"))
        out.push_back(line_of(layout));
    } else {
      add_lines(child, out);
    }
  }
}

/// What drawings say, which a frame with text may be as well, by their names; fields are not filled
/// in. On all pages but one a drawing in a header is a mere reference to this.
using Drawings = std::map<std::string, std::vector<Line>>;

void collect_paragraphs(pugi::xml_node drawing, std::vector<Line>& out) {
  for (const pugi::xml_node child : drawing.children()) {
    if (is(child, "ContentInfo"))
      out.push_back({child.child("text").text().get(), {}});
    else
      collect_paragraphs(child, out);
  }
}

void collect_drawings(pugi::xml_node area, Drawings& out) {
  for (const pugi::xml_node child : area.children()) {
    if (!is(child, "SdrObject")) {
      collect_drawings(child, out);
    } else if (std::vector<Line> lines; collect_paragraphs(child, lines), !lines.empty()) {
      out[child.attribute("name").value()] = std::move(lines);
    }
  }
}

/// The lines of text boxes anchored in an area.
void add_box_lines(pugi::xml_node area, const Drawings& drawings, std::vector<Line>& out) {
  for (const pugi::xml_node child : area.children()) {
    if (is(child, "anchored")) add_lines(child, out);
    if (!is(child, "SdrObject")) {
      add_box_lines(child, drawings, out);
      continue;
    }
    std::vector<Line> lines;
    collect_paragraphs(child, lines);
    const std::string name = child.attribute("name").value();
    if (const auto at = drawings.find(name); lines.empty() && !name.empty() && at != drawings.end())
      lines = at->second;
    out.insert(out.end(), lines.begin(), lines.end());
  }
}

std::vector<std::string> texts_of(std::vector<Line> lines) {
  std::vector<std::string> out;
  for (Line& line : lines)
    if (!line.text.empty()) out.push_back(std::move(line.text));
  return out;
}

std::vector<std::string> box_texts(pugi::xml_node area, const Drawings& drawings) {
  std::vector<Line> lines;
  add_box_lines(area, drawings, lines);
  return texts_of(std::move(lines));
}

pugi::xml_node first_paragraph(pugi::xml_node area) {
  for (const pugi::xml_node child : area.children()) {
    if (is(child, "anchored")) continue;
    if (is(child, "txt")) return child;
    if (const pugi::xml_node inside = first_paragraph(child)) return inside;
  }
  return {};
}

double top_of_text(pugi::xml_node frame) {
  const pugi::xml_node infos = frame.child("infos");
  return infos.child("bounds").attribute("top").as_double() +
         infos.child("prtBounds").attribute("top").as_double();
}

/// Whether each paragraph that shows something has its lines.
bool is_in_lines(pugi::xml_node area) {
  for (const pugi::xml_node child : area.children()) {
    if (is(child, "anchored")) continue;
    if (!is(child, "txt")) {
      if (!is_in_lines(child)) return false;
    } else if (!child.child("SwParaPortion") && *child.text().get() != '\0' &&
               child.child("infos").child("bounds").attribute("height").as_double() > 0) {
      return false;
    }
  }
  return true;
}

LaidPage page_of(pugi::xml_node node, bool in_lines, const Drawings& drawings) {
  LaidPage out;
  out.is_seen = in_lines;
  const pugi::xml_node info = node.child("page_info");
  out.number = info.attribute("virtNum").as_int();
  out.page_style = info.attribute("pageDesc").value();
  const pugi::xml_node bounds = node.child("infos").child("bounds");
  out.paper = {bounds.attribute("width").as_double() / k_twips,
               bounds.attribute("height").as_double() / k_twips};

  const pugi::xml_node paragraph = first_paragraph(node.child("body"));
  out.body_top = (top_of_text(paragraph ? paragraph : node.child("body")) -
                  bounds.attribute("top").as_double()) /
                 k_twips;
  if (const pugi::xml_node footer = node.child("footer"))
    out.footer_top = (footer.child("infos").child("bounds").attribute("top").as_double() -
                      bounds.attribute("top").as_double()) /
                     k_twips;
  if (!in_lines) return out;

  std::vector<Line> header;
  std::vector<Line> footer;
  std::vector<Line> body;
  add_lines(node.child("header"), header);
  add_lines(node.child("footer"), footer);
  add_lines(node.child("body"), body);
  for (const Line& line : header)
    out.header_pictures.insert(out.header_pictures.end(), line.pictures.begin(),
                               line.pictures.end());
  out.header = texts_of(std::move(header));
  out.footer = texts_of(std::move(footer));
  out.header_boxes = box_texts(node.child("header"), drawings);
  out.footer_boxes = box_texts(node.child("footer"), drawings);
  const std::vector<std::string> texts = texts_of(std::move(body));
  if (!texts.empty()) {
    out.first_line = texts.front();
    out.last_line = texts.back();
  }
  return out;
}

} // namespace

std::optional<LayoutDump> read_layout_dump(std::string_view xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default)) return std::nullopt;
  Drawings drawings;
  collect_drawings(document, drawings);
  LayoutDump out;
  for (const pugi::xml_node page : document.child("root").children("page")) {
    if (!page.child("page_info")) continue;
    const bool in_lines = is_in_lines(page);
    out.layout.pages.push_back(page_of(page, in_lines, drawings));
    out.in_lines.push_back(in_lines);
  }
  if (out.layout.pages.empty()) return std::nullopt;
  return out;
}

void add_pages(LayoutDump& dump, LayoutDump more) {
  if (more.in_lines.size() != dump.in_lines.size()) {
    dump = std::move(more);
    return;
  }
  for (std::size_t i = 0; i < dump.in_lines.size(); ++i) {
    if (dump.in_lines[i] || !more.in_lines[i]) continue;
    dump.layout.pages[i] = std::move(more.layout.pages[i]);
    dump.in_lines[i] = true;
  }
}

} // namespace engross::office
