// SPDX-License-Identifier: MPL-2.0
#include "opinion/slot.hpp"

#include <algorithm>
#include <charconv>

namespace engross::opinion {

namespace {

using deal::Value;

const std::vector<std::string>& option_names() {
  static const std::vector<std::string> k_names = {
      "end", "end2", "end3", "list", "numbering", "start", "level", "empty", "lead_in", "reserved"};
  return k_names;
}

/// LibreOffice reads no greater one.
constexpr int k_last_start = 32767;

bool is_text(const Value& value) { return value.kind() == Value::Kind::string; }

std::optional<int> whole_number(const Value& value) {
  if (value.kind() != Value::Kind::number || !value.as_number().is_integer()) return std::nullopt;
  const std::string& text = value.as_number().text;
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

/// "." for each, or [between, before the last, last]. Sub-items may have two, for the last takes
/// the mark of its opinion; where a flush continuation follows, the last is the first again. A full
/// stop as the second is meant for the last item: not so.
bool read_marks(const Value& value, bool of_sub_items, EndMarks& marks) {
  if (is_text(value)) {
    marks = {value.as_string(), value.as_string(), value.as_string()};
    return true;
  }
  if (value.kind() != Value::Kind::list) return false;
  const deal::List& list = value.as_list();
  if (list.size() < 2 || list.size() > 3 || !std::all_of(list.begin(), list.end(), is_text))
    return false;
  const bool two = list.size() == 2;
  const std::string& second = list[1].as_string();
  if (two && (!of_sub_items || (second.starts_with('.') && second != list[0].as_string())))
    return false;
  marks = {list[0].as_string(), second, two ? list[0].as_string() : list[2].as_string()};
  return true;
}

/// False: the value cannot be used.
bool read_option(const std::string& key, const Value& value, SlotOptions& out) {
  if (key.starts_with("end"))
    return read_marks(value, key != "end", out.end[key == "end" ? 0 : key == "end2" ? 1 : 2]);
  if (key == "start") {
    out.start = whole_number(value);
    return out.start && *out.start > 0 && *out.start <= k_last_start;
  }
  if (key == "level") {
    const std::optional<int> level = whole_number(value);
    if (!level || *level < 1 || *level > 3) return false;
    out.level = *level;
    return true;
  }
  if (!is_text(value)) return false;
  const std::string& text = value.as_string();
  if (key == "list") {
    out.list_style = text;
  } else if (key == "numbering") {
    out.goes_on = text == "continue";
    return out.goes_on || text == "restart";
  } else if (key == "lead_in") {
    out.drops_lead_in = text == "drop";
    return out.drops_lead_in || text == "keep";
  } else {
    (key == "empty" ? out.empty : out.reserved) = text;
  }
  return true;
}

/// What would help, by option.
std::string right_value(const std::string& key) {
  if (key == "end")
    return "End marks are a text, or a list of three: between, before the last, last.";
  if (key.starts_with("end"))
    return "End marks are a text, or a list of three: between, before the last, last; or of two, "
           "since the last sub-item takes the mark of its opinion.";
  if (key == "start") return "It is a whole number from 1 to " + std::to_string(k_last_start) + ".";
  if (key == "level") return "It is 1, 2 or 3.";
  if (key == "numbering") return "It is \"continue\" or \"restart\".";
  if (key == "lead_in") return "It is \"drop\" or \"keep\".";
  return "It is a text.";
}

/// A tag does nothing in the text of an option: the letter would show it.
bool holds_tag(const std::string& text) {
  return text.find("{{") != std::string::npos || text.find("{%") != std::string::npos;
}

/// As a person wrote it, where that is short.
std::string shown(const Value& value) {
  if (is_text(value)) return "“" + value.as_string() + "”";
  if (value.kind() == Value::Kind::number) return value.as_number().text;
  return std::string(kind_name(value.kind()));
}

} // namespace

SlotOptions read_slot_options(const templating::Program::PlacedTag& placed,
                              templating::Rendering& rendering, const odf::ListStyles& lists,
                              const std::function<bool(const std::string&)>& is_read,
                              bool without_data) {
  SlotOptions out;
  const auto say = [&](Code code, const std::vector<std::string>& arguments) {
    rendering.findings.push_back(make_finding(code, placed.place, arguments));
  };
  for (const auto& [key, expression] : placed.tag.options) {
    const std::vector<std::string>& names = option_names();
    const bool is_option = std::find(names.begin(), names.end(), key) != names.end();
    const bool unknowable = without_data && !templating::names_read(expression).empty();
    if (unknowable && is_option) continue;
    Value value;
    try {
      if (!unknowable) value = evaluate(expression, rendering.context);
    } catch (const templating::EvaluationError& error) {
      Place place = placed.place;
      place.data_path = error.data_path;
      rendering.findings.push_back(make_finding(error.code, place, error.arguments));
      continue;
    }
    if (!is_option) {
      out.parameters.set(key, value);
      if (is_read(key)) continue;
      const auto close = closest_name(key, names);
      say(Code::slot_option_unknown,
          {key, placed.place.tag,
           close ? "Did you mean “" + *close + "”?" : "Delete it, or correct its name."});
      continue;
    }
    const bool prints = key == "empty" || key == "reserved";
    if (!read_option(key, value, out))
      say(Code::slot_option_wrong, {shown(value), key, right_value(key)});
    // A value of the deal may say what it likes.
    else if (prints && templating::names_read(expression).empty() && holds_tag(value.as_string()))
      say(Code::slot_option_wrong,
          {shown(value), key,
           "A tag in it would be printed as it is: join the value to the text, as in " + key +
               "=\"None for \" ~ name ~ \".\"."});
  }
  out.list_style = lists.name_of(out.list_style);
  if (lists.find(out.list_style) == nullptr)
    say(Code::slot_list_unknown,
        {out.list_style, "Add it to the letterhead, or name another one with list=\"…\"."});
  return out;
}

void check_levels(const Opinion& opinion, const std::set<int>& levels, const SlotOptions& options,
                  const odf::ListStyles& lists, ListLevels& said, Findings& findings) {
  const odf::ListStyle* style = lists.find(options.list_style);
  if (style == nullptr) return;
  for (const int own : levels) {
    const int level = own + options.level - 1;
    if (odf::has_level(*style, level)) continue;
    if (!said.emplace(options.list_style, level).second) continue;
    findings.push_back(
        make_finding(Code::list_level_missing, opinion.place,
                     {shown_style(options.list_style), std::to_string(level), opinion.id}));
  }
}

} // namespace engross::opinion
