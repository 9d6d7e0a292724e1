// SPDX-License-Identifier: MPL-2.0
#include "finding/finding.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace engross {

namespace {

constexpr std::size_t k_longest_tag = 80; ///< in characters
constexpr std::size_t k_most_places = 6;

struct Row {
  std::string_view name;
  std::string_view id;
  Severity severity;
  std::string_view message;
  std::string_view hint;
};

constexpr Row k_rows[] = {
#define ENGROSS_FINDING(name, id, severity, message, hint)                                         \
  {#name, id, Severity::severity, message, hint},
#include "finding/codes.def"
#undef ENGROSS_FINDING
};

const Row& row(Code code) { return k_rows[static_cast<std::size_t>(code)]; }

std::string fill(std::string_view sentence, const std::vector<std::string_view>& args) {
  std::string out;
  out.reserve(sentence.size() + 64);
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool slot = i + 2 < sentence.size() && sentence[i] == '{' && sentence[i + 1] >= '0' &&
                      sentence[i + 1] <= '9' && sentence[i + 2] == '}';
    if (!slot) {
      out += sentence[i];
      continue;
    }
    const auto n = static_cast<std::size_t>(sentence[i + 1] - '0');
    if (n < args.size()) out += args[n];
    i += 2;
  }
  // An empty argument may leave the blank that stood before it.
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Where the character number \p count begins, or npos.
std::size_t offset_of(std::string_view text, std::size_t count) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U && count-- == 0) return i;
  return std::string_view::npos;
}

Finding make(Code code, Place place, std::vector<std::string_view> args) {
  const Row& r = row(code);
  // A tag may be as long as its author's patience; a finding need not.
  const std::size_t end = offset_of(place.tag, k_longest_tag);
  if (end == std::string::npos)
    return {code, r.severity, fill(r.message, args), fill(r.hint, args), std::move(place)};
  const std::string whole = std::exchange(place.tag, place.tag.substr(0, end) + "…");
  std::replace(args.begin(), args.end(), std::string_view(whole), std::string_view(place.tag));
  const std::size_t shown = place.excerpt.find(whole);
  if (shown != std::string::npos) place.excerpt.replace(shown, whole.size(), place.tag);
  return {code, r.severity, fill(r.message, args), fill(r.hint, args), std::move(place)};
}

/// Length of the UTF-8 character that a text begins with; 0 where it is none (RFC 3629, 4; what is
/// too long or a surrogate is left to readers).
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80                     ? 1
                             : first >= 0xC2 && first < 0xE0  ? 2
                             : first >= 0xE0 && first < 0xF0  ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  return length;
}

/// With U+FFFD for each byte that belongs to no character, as in names of files.
std::string readable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    out += length == 0 ? std::string_view("\uFFFD") : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : readable(text)) {
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        std::array<char, 8> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(c));
        out += buffer.data();
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, change});
    }
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::string place_text(const Place& place) {
  std::string out;
  const auto where = [&](std::string_view separator, std::string_view text) {
    if (text.empty()) return;
    if (!out.empty()) out += separator;
    out += text;
  };
  where("", place.file);
  if (place.line > 0) out += ":" + std::to_string(place.line);
  where(", ", part_words(place));
  if (place.paragraph > 0) where(", ", "paragraph " + std::to_string(place.paragraph));
  if (!place.heading.empty()) where(", ", "under “" + place.heading + "”");
  where(", ", place.data_path);
  return out;
}

/// One line on where else the same is wrong; empty where it is nowhere.
std::string further_places(const Finding& first, const std::vector<const Finding*>& others) {
  if (others.empty()) return {};
  std::vector<std::string> places;
  for (const Finding* other : others) {
    Place place = other->place;
    // What the first one says need not be said again.
    if (place.file == first.place.file && place.line == 0) place.file.clear();
    if (place.part == first.place.part && place.area == first.place.area) {
      place.part.clear();
      place.area.clear();
    }
    place.heading.clear();
    std::string text = place_text(place);
    if (!text.empty() && std::find(places.begin(), places.end(), text) == places.end())
      places.push_back(std::move(text));
  }
  std::string out = others.size() == 1
                        ? "The same at one further place"
                        : "The same at " + std::to_string(others.size()) + " further places";
  for (std::size_t i = 0; i < places.size() && i < k_most_places; ++i)
    out += (i == 0 ? ": " : "; ") + places[i];
  if (places.size() > k_most_places) out += "; …";
  return out + ".";
}

} // namespace

std::string part_words(const Place& place) {
  if (!place.area.empty()) return place.area;
  if (place.part == "content.xml") return {};
  if (place.part == "styles.xml") return "headers, footers and styles";
  if (place.part == "meta.xml") return "document properties";
  return place.part;
}

std::string_view code_id(Code code) { return row(code).id; }
std::string_view code_name(Code code) { return row(code).name; }

std::string_view severity_name(Severity severity) {
  switch (severity) {
  case Severity::info:
    return "info";
  case Severity::warning:
    return "warning";
  case Severity::error:
    break;
  }
  return "error";
}

Finding make_finding(Code code, Place place, std::initializer_list<std::string_view> args) {
  return make(code, std::move(place), std::vector<std::string_view>(args));
}

Finding make_finding(Code code, Place place, const std::vector<std::string>& args) {
  return make(code, std::move(place), std::vector<std::string_view>(args.begin(), args.end()));
}

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::error; });
}

void append(Findings& findings, Findings more) {
  if (findings.empty()) {
    findings = std::move(more);
    return;
  }
  findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

std::string to_text(const Finding& finding) {
  const Place& place = finding.place;
  std::string out = place_text(place);
  if (!out.empty()) out += ": ";
  out += severity_name(finding.severity);
  out += ' ';
  out += code_id(finding.code);
  out += ": " + finding.message + "\n";
  if (!place.excerpt.empty()) {
    out += "    " + place.excerpt + "\n";
    if (place.caret >= 0)
      out += "    " + std::string(static_cast<std::size_t>(place.caret), ' ') + "^\n";
  }
  if (!finding.hint.empty()) out += "    " + finding.hint + "\n";
  return out;
}

std::vector<Said> without_repeats(const Findings& findings) {
  std::vector<Said> out;
  std::vector<std::vector<const Finding*>> further;
  std::map<std::tuple<Code, Severity, std::string_view, std::string_view>, std::size_t> known;
  for (const Finding& finding : findings) {
    const auto [at, is_new] =
        known.emplace(std::tuple(finding.code, finding.severity, std::string_view(finding.message),
                                 std::string_view(finding.hint)),
                      out.size());
    if (is_new) {
      out.push_back({&finding, {}});
      further.emplace_back();
    } else {
      further[at->second].push_back(&finding);
    }
  }
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i].elsewhere = further_places(*out[i].finding, further[i]);
  return out;
}

std::vector<std::string> to_texts(const Findings& findings) {
  std::vector<std::string> out;
  for (const Said& said : without_repeats(findings))
    out.push_back(to_text(*said.finding) +
                  (said.elsewhere.empty() ? "" : "    " + said.elsewhere + "\n"));
  return out;
}

std::string to_json_line(const Finding& finding) {
  std::string out = "{";
  const auto text = [&](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    if (out.size() > 1) out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, value);
  };
  const auto number = [&](std::string_view key, int value) {
    if (value <= 0) return;
    out += ",\"" + std::string(key) + "\":" + std::to_string(value);
  };
  text("code", code_id(finding.code));
  text("severity", severity_name(finding.severity));
  text("message", finding.message);
  text("hint", finding.hint);
  text("file", finding.place.file);
  text("part", finding.place.part);
  text("area", finding.place.area);
  number("paragraph", finding.place.paragraph);
  text("heading", finding.place.heading);
  text("tag", finding.place.tag);
  text("excerpt", finding.place.excerpt);
  text("data_path", finding.place.data_path);
  number("line", finding.place.line);
  return out + "}";
}

std::optional<std::string> closest_name(std::string_view name,
                                        const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t best_distance = name.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance == 0 || distance > best_distance || (best && distance == best_distance)) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

Error::Error(Findings findings)
    : std::runtime_error(findings.empty() ? "error" : findings.front().message),
      m_findings(std::move(findings)) {}

} // namespace engross
