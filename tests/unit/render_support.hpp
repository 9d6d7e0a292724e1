// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "odf/document.hpp"
#include "templating/compile.hpp"
#include "templating/render.hpp"

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <optional>
#include <string>

/// The way from a body and data to the letter's XML.
namespace engross::templating {

inline constexpr const char* k_lists = R"xml(<s>
 <text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="A" style:num-prefix="(" style:num-suffix=")" style:num-letter-sync="true"/>
  <text:list-level-style-number text:level="3" style:num-format="i" style:num-prefix="(" style:num-suffix=")"/>
 </text:list-style></s>)xml";

struct Rendered {
  std::string body;
  Findings findings;
};

inline Rendered render(const std::string& body, const std::string& json, Mode mode = Mode::strict) {
  pugi::xml_document dom;
  const std::string xml = "<office:text>" + body + "</office:text>";
  EXPECT_TRUE(dom.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  MarkedPart marked = mark_tags(dom, "t.odt", "content.xml");
  Rendered out;
  out.findings = marked.findings;
  if (has_errors(out.findings)) return out;
  Emitter emitter(marked);
  emitter.children(dom);
  const Program program = emitter.finish();
  const deal::Source source{"deal.json", json, deal::Format::json};
  Result<deal::Deal> deal = deal::read({&source, 1});
  EXPECT_TRUE(deal) << (deal.findings.empty() ? "" : to_text(deal.findings.front()));
  std::optional<Context> context;
  std::optional<Rendering> renderer;
  Held held;
  do {
    context.emplace(deal->root, Settings{});
    renderer.emplace(*context);
    renderer->mode = mode;
    renderer->held = held;
    renderer->deal_files = &deal->files;
    watch_partial(*renderer);
    run(program, *renderer);
  } while (mode == Mode::partial && held.add(renderer->found));
  Rendering& rendering = *renderer;
  pugi::xml_document lists;
  lists.load_string(k_lists);
  odf::ListStyles styles;
  styles.read(lists.first_child());
  std::string no_headers;
  resolve_references(rendering, no_headers, styles,
                     [](const std::string&) { return std::string(); });
  append(out.findings, std::move(rendering.findings));
  out.body = rendering.out.substr(std::string("<office:text>").size());
  const std::size_t end = out.body.rfind("</office:text>");
  if (end != std::string::npos) out.body.resize(end);
  return out;
}

} // namespace engross::templating
