// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "templating/context.hpp"
#include "templating/tag.hpp"
#include "templating/unicode.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Plain text templates, for tests of the language without documents.
namespace engross::templating::testing {

/// An empty object where the text is no JSON.
inline Value json(std::string_view text) {
  Result<deal::Deal> deal =
      deal::read(std::vector<deal::Source>{{"test.json", std::string(text), deal::Format::json}});
  return deal ? deal->root : Value(deal::Object{});
}

/// Renders text with {{ }}, {% if %}, {% for %} and {% set %}; "!code" in place of the text where a
/// tag cannot be read or evaluated, first fault only.
class TextTemplate {
 public:
  explicit TextTemplate(std::string_view text) {
    const TagScan scan = scan_tags(text);
    if (!scan.errors.empty()) note(scan.errors.front().code, scan.errors.front().arguments);
    std::size_t position = 0;
    for (const TagSpan& span : scan.spans) {
      m_pieces.push_back({std::string(text.substr(position, span.begin - position)), {}});
      std::variant<Tag, TagError> tag = parse_tag(text.substr(span.begin, span.end - span.begin));
      if (auto* error = std::get_if<TagError>(&tag))
        note(error->code, error->arguments);
      else
        m_pieces.push_back({"", std::get<Tag>(std::move(tag))});
      position = span.end;
    }
    m_pieces.push_back({std::string(text.substr(position)), {}});
    trim_marked_sides();
  }

  std::string render(Context& context) {
    m_out.clear();
    if (m_error.empty()) run(context);
    return m_error.empty() ? m_out : m_error;
  }

  bool failed() const { return !m_error.empty(); }

 private:
  struct Piece {
    std::string text;
    std::optional<Tag> tag;
  };
  using Kind = Tag::Kind;

  void run(Context& context) {
    try {
      std::size_t i = 0;
      block(i, context, true);
      if (i < m_pieces.size()) m_error = "!block";
    } catch (const EvaluationError& error) {
      note(error.code, error.arguments);
    } catch (const char* fault) {
      m_error = fault;
    }
  }

  void note(Code code, const std::vector<std::string>& arguments) {
    if (!m_error.empty()) return;
    m_error = "!" + std::string(code_name(code));
    for (const std::string& argument : arguments) m_error += "|" + argument;
  }

  void trim_marked_sides() {
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
      if (!m_pieces[i].tag) continue;
      if (m_pieces[i].tag->trim_left && i > 0) {
        std::string& text = m_pieces[i - 1].text;
        text.resize(begin_of_blanks(text, text.size()));
      }
      if (m_pieces[i].tag->trim_right && i + 1 < m_pieces.size()) {
        std::string& text = m_pieces[i + 1].text;
        text.erase(0, end_of_blanks(text, 0));
      }
    }
  }

  bool at(std::size_t i, std::initializer_list<Kind> kinds) const {
    if (i >= m_pieces.size()) throw "!block";
    for (const Kind kind : kinds)
      if (m_pieces[i].tag && m_pieces[i].tag->kind == kind) return true;
    return false;
  }

  /// Renders, or skips, up to a tag that ends or divides a block.
  void block(std::size_t& i, Context& context, bool live) {
    for (; i < m_pieces.size(); ++i) {
      const Piece& piece = m_pieces[i];
      if (!piece.tag) {
        if (live) m_out += piece.text;
        continue;
      }
      const Tag& tag = *piece.tag;
      switch (tag.kind) {
      case Kind::print:
        if (live) print(tag.expression, context, m_out);
        break;
      case Kind::set:
        if (live) context.assign(tag);
        break;
      case Kind::if_:
        conditional(i, context, live);
        break;
      case Kind::for_:
        loop(i, context, live);
        break;
      case Kind::elif:
      case Kind::else_:
      case Kind::endif:
      case Kind::endfor:
        return;
      default:
        break;
      }
    }
  }

  void conditional(std::size_t& i, Context& context, bool live) {
    bool taken = false;
    while (true) {
      const Tag& tag = *m_pieces[i].tag;
      const bool enter = live && !taken &&
                         (tag.kind == Kind::else_ || evaluate_condition(tag.expression, context));
      taken = taken || enter;
      const bool is_else = tag.kind == Kind::else_;
      block(++i, context, enter);
      if (at(i, {Kind::endif})) return;
      if (is_else || !at(i, {Kind::elif, Kind::else_})) throw "!block";
    }
  }

  void loop(std::size_t& i, Context& context, bool live) {
    const std::size_t body = i + 1;
    std::size_t end = body;
    block(end, context, false);
    std::size_t last = end;
    const bool has_else = at(end, {Kind::else_});
    if (has_else) block(++last, context, false);
    if (!at(last, {Kind::endfor})) throw "!block";
    i = last;
    if (!live) return;
    if (context.begin_loop(*m_pieces[body - 1].tag)) {
      while (context.next()) {
        std::size_t j = body;
        block(j, context, true);
      }
    } else if (has_else) {
      std::size_t j = end + 1;
      block(j, context, true);
    }
    context.end_loop();
  }

  std::vector<Piece> m_pieces;
  std::string m_error;
  std::string m_out;
};

inline std::string render(std::string_view text, const Value& data, Settings settings = {}) {
  Context context(data, std::move(settings));
  return TextTemplate(text).render(context);
}

} // namespace engross::templating::testing
