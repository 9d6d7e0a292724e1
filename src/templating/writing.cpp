// SPDX-License-Identifier: MPL-2.0
#include "templating/writing.hpp"

#include "odf/document.hpp"
#include "odf/links.hpp"
#include "templating/dom.hpp"
#include "templating/evaluator.hpp"
#include "templating/link_target.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace engross::templating {

namespace {

constexpr std::string_view k_mark_open = "<?eg ";

void report(Rendering& r, Finding finding) {
  // A fault inside a loop is one fault.
  if (std::find(r.findings.begin(), r.findings.end(), finding) == r.findings.end())
    r.findings.push_back(std::move(finding));
}

/// The variable of a loop that is over, in the path of a value that is missing; none: the deal is
/// at fault.
std::optional<std::string> loop_variable_in(const Rendering& r, const std::string& path) {
  std::string name = path.substr(0, path.find_first_of(".["));
  if (r.tags == nullptr || name.empty() || !r.context.lookup(name).is_undefined())
    return std::nullopt;
  const bool of_loop =
      std::any_of(r.tags->begin(), r.tags->end(), [&](const Program::PlacedTag& placed) {
        const std::vector<std::string>& targets = placed.tag.targets;
        return placed.tag.kind == Tag::Kind::for_ &&
               std::find(targets.begin(), targets.end(), name) != targets.end();
      });
  return of_loop ? std::optional<std::string>(std::move(name)) : std::nullopt;
}

/// Text that would be read as a tag by a later pass, as tags that print it.
std::string without_tags(std::string_view text) {
  constexpr std::string_view marks = "{}";
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find_first_of(marks), text.size());
    out += text.substr(0, begin);
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_not_of(marks), text.size());
    if (end > 0) out += "{{ \"" + std::string(text.substr(0, end)) + "\" }}";
    text.remove_prefix(end);
  }
  return out;
}

/// A text as a tag would give it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// What of the target of a link is written already.
std::string_view target_so_far(const Rendering& r) {
  return std::string_view(r.out).substr(r.out.rfind('"') + 1); // quotation marks are escaped in it
}

constexpr std::string_view k_picture_name = "Picture ";

/// A length of ODF (part 3, 18.3.18): number and unit.
std::pair<double, std::string> length_of(const std::string& text) {
  std::size_t end = text.find_first_not_of("0123456789.");
  if (end == std::string::npos) end = text.size();
  double number = 0;
  std::from_chars(text.data(), text.data() + end, number);
  return {number, text.substr(end)};
}

std::string length_text(double number, const std::string& unit) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                          std::chars_format::fixed, 4);
  return std::string(buffer.data(), end) + unit;
}

/// The name that a label, reference or slot carries: text.
std::optional<std::string> name_of(Rendering& r, const Program::PlacedTag& placed) {
  auto name = attempt(r, placed, std::optional<std::string>(), [&]() -> std::optional<std::string> {
    const Value value = evaluate(placed.tag.expression, r.context);
    if (value.kind() == Value::Kind::string) return value.as_string();
    if (r.open.any && r.mode == Mode::partial) return std::nullopt;
    report(r, make_finding(Code::name_not_text, placed.place,
                           {placed.place.tag, deal::kind_name(value.kind())}));
    return std::nullopt;
  });
  if (!is_open(r, placed)) return name;
  append_source(r, placed.source);
  return std::nullopt;
}

void mark(Rendering& r, char kind, std::size_t index) {
  r.out += k_mark_open;
  r.out += kind;
  r.out += std::to_string(index);
  r.out += "?>";
}

} // namespace

void report(Rendering& r, const Place& at, const EvaluationError& error) {
  Place place = at;
  place.data_path = error.data_path;
  Finding finding = make_finding(error.code, place, error.arguments);
  if (error.code == Code::missing_value)
    if (const auto name = loop_variable_in(r, error.data_path))
      finding = make_finding(Code::loop_variable_leaks, place, {*name});
  if (r.mode != Mode::strict && error.code == Code::missing_value)
    finding.severity = Severity::warning;
  if (error.origin.line > 0 && r.deal_files != nullptr &&
      error.origin.file < r.deal_files->size()) {
    if (!finding.hint.empty()) finding.hint += ' ';
    finding.hint += error.code == Code::missing_value ? "It belongs into " : "The value stands in ";
    finding.hint +=
        (*r.deal_files)[error.origin.file] + ", line " + std::to_string(error.origin.line) + ".";
  }
  report(r, std::move(finding));
}

void hold(Rendering& r) {
  r.found.any = true;
  if (r.outer_loop) r.found.loops.insert(*r.outer_loop);
}

bool is_open(Rendering& r, const Program::PlacedTag& placed) {
  if (r.mode != Mode::partial || !r.open.any) return false;
  if (!r.open.path.empty() && !r.open_is_told) {
    EvaluationError error;
    error.code = Code::missing_value;
    error.arguments = {r.open.path, ""};
    error.data_path = r.open.path;
    report(r, placed.place, error);
  }
  hold(r);
  return true;
}

void append_source(Rendering& r, std::string_view source) {
  if (r.plain)
    odf::append_escaped(r.out, source);
  else
    append_text(r.out, source);
}

void append_value(Rendering& r, const Program::PlacedTag& placed, std::string_view text) {
  bool dropped = false;
  std::string held;
  if (r.held.any && text.find_first_of("{}") != std::string_view::npos) {
    held = without_tags(text);
    text = held;
  }
  if (r.plain)
    odf::append_escaped(r.out, text);
  else
    dropped = append_text(r.out, text);
  if (dropped) report(r, make_finding(Code::characters_dropped, placed.place, {placed.place.tag}));
}

void append_missing(Rendering& r, const std::string& name) {
  const std::string text = "[" + name + "]";
  if (r.plain) {
    odf::append_escaped(r.out, text);
    return;
  }
  r.out += "<text:span text:style-name=\"" + std::string(k_missing_style) + "\">";
  odf::append_escaped(r.out, text);
  r.out += "</text:span>";
}

namespace {

/// What a list printed concerns the rest of its paragraph only.
void forget_other_paragraphs(Rendering& r) {
  auto& collapsed = r.context.state().collapsed;
  const std::size_t before = std::exchange(r.printed_at, r.out.size());
  if (!collapsed.empty() &&
      (before > r.out.size() || r.out.find("<text:p", before) != std::string::npos))
    collapsed.clear();
}

} // namespace

std::optional<std::string> printed(Rendering& r, const Program::PlacedTag& placed) {
  forget_other_paragraphs(r);
  auto text = attempt(r, placed, std::optional<std::string>(), [&]() -> std::optional<std::string> {
    try {
      std::string out;
      templating::print(placed.tag.expression, r.context, out);
      return out;
    } catch (const EvaluationError& error) {
      if (r.mode == Mode::draft && error.code == Code::missing_value)
        append_missing(r, error.data_path);
      throw;
    }
  });
  if (!is_open(r, placed)) return text;
  append_source(r, placed.source);
  return std::nullopt;
}

void print(Rendering& r, const Program::PlacedTag& placed) {
  if (const std::optional<std::string> text = printed(r, placed)) append_value(r, placed, *text);
}

void write_link_value(Rendering& r, const Program::PlacedTag& placed) {
  const std::string before(target_so_far(r));
  std::string missing;
  const auto text =
      attempt(r, placed, std::optional<std::string>(), [&]() -> std::optional<std::string> {
        try {
          std::string out;
          templating::print(placed.tag.expression, r.context, out);
          if (const auto why = unusable_in_link(out)) {
            EvaluationError error;
            error.code = Code::link_target_unusable;
            error.arguments = {placed.place.tag, std::string(*why)};
            error.data_path = Evaluator(r.context).data_path(placed.tag.expression.root());
            error.origin = evaluate(placed.tag.expression, r.context).origin;
            throw error;
          }
          return out;
        } catch (const EvaluationError& error) {
          if (error.code == Code::missing_value) missing = error.data_path;
          throw;
        }
      });
  if (is_open(r, placed)) {
    r.out += percent_encoded(placed.source);
  } else if (!text) {
    // A place that the letter does not have: a click leads nowhere.
    if (before.empty()) r.out += '#';
    if (!missing.empty()) r.out += percent_encoded("[" + missing + "]");
  } else if (r.held.any && text->find_first_of("{}%") != std::string::npos) {
    // What a later pass would decode, and take for a tag.
    r.out += percent_encoded("{{ " + quoted(*text) + " }}");
  } else {
    odf::append_escaped(r.out, in_link(before, *text));
  }
}

void check_link(Rendering& r, const Program::PlacedTag& placed) {
  const std::string_view target = target_so_far(r);
  if (!target.empty() && !odf::may_be_clicked(target))
    report(r, make_finding(Code::link_refused, placed.place, {target.substr(0, 120)}));
}

void keep_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field) {
  const std::vector<std::string>& frame = placed.tag.targets; // href, name, width, height
  const std::size_t which = field == PictureField::href    ? 0
                            : field == PictureField::name  ? 1
                            : field == PictureField::width ? 2
                                                           : 3;
  if (which < frame.size()) odf::append_escaped(r.out, frame[which]);
}

std::uint32_t last_picture(std::string_view xml) {
  const std::string name = "draw:name=\"" + std::string(k_picture_name);
  std::uint32_t last = 0;
  for (std::size_t at = xml.find(name); at != std::string_view::npos; at = xml.find(name, at)) {
    at += name.size();
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(xml.data() + at, xml.data() + xml.size(), number);
    if (error == std::errc() && end != xml.data() + xml.size() && *end == '"' && number < 1U << 30U)
      last = std::max(last, number);
  }
  return last;
}

std::uint32_t last_picture(const pugi::xml_node& root) {
  std::uint32_t last = 0;
  walk(root, [&](const pugi::xml_node& node) {
    if (const pugi::xml_attribute name = node.attribute("draw:name"))
      last = std::max(last, last_picture("draw:name=\"" + std::string(name.value()) + "\""));
    return true;
  });
  return last;
}

void write_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field) {
  const std::vector<std::string>& frame = placed.tag.targets; // href, name, width, height
  std::string value;
  std::optional<Rendering::Picture> picture;
  std::string missing;
  const bool done = attempt(r, placed, false, [&] {
    try {
      templating::print(placed.tag.expression, r.context, value);
      Place place = placed.place;
      place.data_path = Evaluator(r.context).data_path(placed.tag.expression.root());
      if (r.picture && field != PictureField::name) picture = r.picture(value, place);
      return true;
    } catch (const EvaluationError& error) {
      if (error.code == Code::missing_value) missing = error.data_path;
      throw;
    }
  });
  if (is_open(r, placed)) return keep_picture(r, placed, field);
  if (!done) {
    if (r.mode == Mode::strict || missing.empty()) return;
    if (r.stand_in && field != PictureField::name) picture = r.stand_in(missing);
  }
  if (field == PictureField::name) {
    r.out += k_picture_name;
    r.out += std::to_string(++r.pictures);
    return;
  }
  if (field == PictureField::href) {
    if (picture) odf::append_escaped(r.out, picture->part);
    return;
  }
  const std::size_t side = field == PictureField::width ? 2 : 3;
  const auto [width, width_unit] = length_of(frame[2]);
  const auto [height, height_unit] = length_of(frame[3]);
  if (!picture || picture->aspect <= 0 || width <= 0 || height <= 0 || width_unit != height_unit) {
    odf::append_escaped(r.out, frame[side]);
    return;
  }
  const double fitting_width = std::min(width, height * picture->aspect);
  r.out += side == 2 ? length_text(fitting_width, width_unit)
                     : length_text(fitting_width / picture->aspect, height_unit);
}

void write_label(Rendering& r, const Program::PlacedTag& placed) {
  const std::optional<std::string> name = name_of(r, placed);
  if (!name) return;
  if (r.held.any) return append_source(r, "{% label " + quoted(*name) + " %}");
  const bool twice =
      std::any_of(r.labels.begin(), r.labels.end(), [&](const Rendering::Mark& label) {
        return label.name == *name && (label.copy == r.copy || label.tag != &placed);
      });
  if (twice) return report(r, make_finding(Code::label_twice, placed.place, {*name}));
  mark(r, 'l', r.labels.size());
  r.labels.push_back({*name, {}, placed.place, r.copy, &placed});
}

void write_reference(Rendering& r, const Program::PlacedTag& placed) {
  const std::optional<std::string> name = name_of(r, placed);
  if (!name) return;
  std::string form = "full";
  for (const auto& [key, expression] : placed.tag.options) {
    const Value value =
        attempt(r, placed, Value(), [&, &e = expression] { return evaluate(e, r.context); });
    if (is_open(r, placed)) return append_source(r, placed.source);
    form = value.kind() == Value::Kind::string ? value.as_string() : key;
  }
  if (form == "below") form = "above";
  if (form != "full" && form != "number" && form != "page" && form != "above")
    return report(r, make_finding(Code::reference_form_unknown, placed.place, {form}));
  if (r.held.any)
    return append_source(r, "{{ ref(" + quoted(*name) + ", form=" + quoted(form) + ") }}");
  mark(r, 'r', r.references.size());
  r.references.push_back({*name, form, placed.place, r.copy, nullptr});
}

bool append_text(std::string& out, std::string_view text) {
  bool dropped = false;
  std::size_t blanks = 0;
  const bool at_start = out.empty() || out.back() == '>';
  std::size_t plain_from = 0;
  const auto plain = [&](std::size_t to) {
    if (to > plain_from) {
      const std::size_t before = out.size();
      const std::string_view piece = text.substr(plain_from, to - plain_from);
      odf::append_escaped(out, piece);
      dropped = dropped || out.size() - before < piece.size();
    }
  };
  const auto flush_blanks = [&](bool edge) {
    if (blanks == 0) return;
    // The first blank of a run may stay a character unless it stands at the edge of the value.
    if (!edge) {
      out += ' ';
      --blanks;
    }
    if (blanks == 1)
      out += "<text:s/>";
    else if (blanks > 1)
      out += "<text:s text:c=\"" + std::to_string(blanks) + "\"/>";
    blanks = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') {
      if (blanks == 0) plain(i);
      ++blanks;
      plain_from = i + 1;
      continue;
    }
    if (blanks > 0) flush_blanks(i == blanks && at_start);
    if (c != '\n' && c != '\t' && c != '\r') continue;
    plain(i);
    plain_from = i + 1;
    if (c == '\t')
      out += "<text:tab/>";
    else if (c == '\n' || i + 1 >= text.size() || text[i + 1] != '\n')
      out += "<text:line-break/>";
  }
  if (blanks > 0)
    flush_blanks(true);
  else
    plain(text.size());
  return dropped;
}

std::string anchor_bookmark(std::uint32_t anchor) {
  return "_eng_header_" + std::to_string(anchor + 1);
}

} // namespace engross::templating
