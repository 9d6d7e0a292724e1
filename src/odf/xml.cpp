// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/namespaces.hpp"
#include "odf/parts.hpp"
#include "odf/utf8.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_blanks = " \t\r\n";

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

/// The value of encoding="…" in an XML declaration; empty where there is none.
std::string_view declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return declaration.substr(at + 1, end - at - 1);
}

/// What pugixml does not look at, and what must be known before a tree is built: encoding,
/// forbidden characters, DOCTYPE, depth, entities.
class Scan {
 public:
  Scan(std::string_view text, const std::string& file, const std::string& part,
       const Limits& limits)
      : m_text(text), m_file(file), m_part(part), m_limits(limits) {}

  std::optional<Finding> run() {
    if (auto finding = encoding()) return finding;
    std::size_t i = 0;
    while (i < m_text.size()) {
      const std::size_t open = std::min(m_text.find('<', i), m_text.size());
      if (auto finding = text(i, open)) return finding;
      if (open == m_text.size()) break;
      i = open;
      if (auto finding = markup(i)) return finding;
    }
    if (!m_root) return syntax("it has no element", 0);
    if (m_depth > 0) return syntax("it ends before all elements are closed", m_text.size());
    return std::nullopt;
  }

 private:
  Finding at(Code code, std::size_t offset,
             std::initializer_list<std::string_view> args = {}) const {
    return make_finding(code, place_of(m_file, m_part, line_of(m_text, offset)), args);
  }
  Finding syntax(const char* what, std::size_t offset) const {
    return at(Code::odf_xml_syntax, offset, {what});
  }

  std::optional<Finding> encoding() const {
    if (m_text.starts_with("\xFF\xFE") || m_text.starts_with("\xFE\xFF") ||
        m_text.substr(0, 4).find('\0') != std::string_view::npos)
      return at(Code::odf_xml_encoding, 0, {"it looks like UTF-16"});
    const std::string_view declared = declared_encoding(m_text);
    if (!declared.empty() && !equal_ignoring_case(declared, "utf-8") &&
        !equal_ignoring_case(declared, "us-ascii")) {
      const std::string_view name = declared.substr(0, 40);
      return at(
          Code::odf_xml_encoding, 0,
          {"it says that it is " + (first_bad_utf8(name) ? "something else" : std::string(name))});
    }
    if (const auto bad = first_bad_utf8(m_text))
      return at(Code::odf_xml_encoding, *bad, {"a byte belongs to no character"});
    if (const auto bad = first_forbidden(m_text))
      return syntax("it holds a control character", *bad);
    return std::nullopt;
  }

  /// Character data or what stands between quotes.
  std::optional<Finding> text(std::size_t begin, std::size_t end) const {
    const std::string_view run = m_text.substr(begin, end - begin);
    if (m_depth == 0) {
      const std::size_t other = run.find_first_not_of(k_blanks);
      if (other != std::string_view::npos)
        return syntax("text stands outside the root element", begin + other);
    }
    return entities(run, begin);
  }

  std::optional<Finding> entities(std::string_view run, std::size_t begin) const {
    for (std::size_t i = run.find('&'); i != std::string_view::npos; i = run.find('&', i + 1)) {
      const std::size_t end = run.find(';', i);
      const std::string_view name =
          run.substr(i + 1, end == std::string_view::npos ? 0 : end - i - 1);
      if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos")
        continue;
      if (name.starts_with('#')) {
        if (auto finding = number(name.substr(1), begin + i)) return finding;
        continue;
      }
      if (name.empty() || name.size() > 40) return syntax("an & stands alone", begin + i);
      return at(Code::odf_xml_entity, begin + i, {"&" + std::string(name) + ";"});
    }
    return std::nullopt;
  }

  std::optional<Finding> number(std::string_view digits, std::size_t offset) const {
    const bool hex = digits.starts_with('x');
    if (hex) digits.remove_prefix(1);
    unsigned value = 0;
    bool good = !digits.empty() && digits.size() <= 8;
    for (const char c : digits.substr(0, 8)) {
      const auto u = static_cast<unsigned char>(c);
      if (hex ? std::isxdigit(u) == 0 : std::isdigit(u) == 0) good = false;
      const unsigned digit =
          std::isdigit(u) != 0 ? u - '0' : static_cast<unsigned>(std::tolower(u) - 'a') + 10U;
      value = value * (hex ? 16U : 10U) + digit;
    }
    const bool allowed =
        value == 9 || value == 10 || value == 13 || (value >= 0x20 && value <= 0xD7FF) ||
        (value >= 0xE000 && value <= 0xFFFD) || (value >= 0x10000 && value <= 0x10FFFF);
    if (good && allowed) return std::nullopt;
    return syntax("a character is given by a number that XML does not allow", offset);
  }

  /// From a "<"; moves behind it.
  std::optional<Finding> markup(std::size_t& i) {
    const std::string_view rest = m_text.substr(i);
    if (rest.starts_with("<!--")) return skip(i, 4, "-->", "a comment");
    if (rest.starts_with("<![CDATA[")) {
      if (m_depth == 0) return syntax("text stands outside the root element", i);
      return skip(i, 9, "]]>", "a CDATA section");
    }
    if (rest.starts_with("<!")) return at(Code::odf_xml_doctype, i);
    if (rest.starts_with("<?")) return skip(i, 2, "?>", "a processing instruction");
    if (rest.starts_with("</")) {
      if (m_depth == 0) return syntax("an element is closed that was not opened", i);
      --m_depth;
      return skip(i, 2, ">", "a closing tag");
    }
    return start_tag(i);
  }

  std::optional<Finding> skip(std::size_t& i, std::size_t start, std::string_view end,
                              const char* what) const {
    const std::size_t at = m_text.find(end, i + start);
    if (at == std::string_view::npos)
      return syntax((std::string(what) + " does not end").c_str(), i);
    i = at + end.size();
    return std::nullopt;
  }

  std::optional<Finding> start_tag(std::size_t& i) {
    if (m_depth == 0 && m_root) return syntax("it has more than one root element", i);
    m_root = true;
    std::size_t j = i + 1;
    while (true) {
      j = m_text.find_first_of("\"'<>", j);
      if (j == std::string_view::npos) return syntax("a tag does not end", i);
      if (m_text[j] == '<') return syntax("a < stands inside a tag", j);
      if (m_text[j] == '>') break;
      const std::size_t end = m_text.find(m_text[j], j + 1);
      if (end == std::string_view::npos) return syntax("a tag does not end", i);
      const std::string_view value = m_text.substr(j + 1, end - j - 1);
      if (value.find('<') != std::string_view::npos)
        return syntax("a < stands inside an attribute", j);
      if (auto finding = entities(value, j + 1)) return finding;
      j = end + 1;
    }
    const bool closed = m_text[j - 1] == '/';
    if (m_depth + 1 > m_limits.xml_depth)
      return at(Code::odf_xml_too_deep, i, {std::to_string(m_limits.xml_depth)});
    if (!closed) ++m_depth;
    i = j + 1;
    return std::nullopt;
  }

  std::string_view m_text;
  const std::string& m_file;
  const std::string& m_part;
  const Limits& m_limits;
  int m_depth = 0;
  bool m_root = false;
};

class StringWriter : public pugi::xml_writer {
 public:
  explicit StringWriter(std::string& out) : m_out(out) {}
  void write(const void* data, std::size_t size) override {
    m_out.append(static_cast<const char*>(data), size);
  }

 private:
  std::string& m_out;
};

} // namespace

Result<pugi::xml_document> parse_xml(std::string_view bytes, const std::string& file,
                                     const std::string& part, const Limits& limits) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (auto finding = Scan(bytes, file, part, limits).run()) return std::move(*finding);
  Result<pugi::xml_document> result(pugi::xml_document{});
  constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                             pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
  const pugi::xml_parse_result parsed =
      result->load_buffer(bytes.data(), bytes.size(), flags, pugi::encoding_utf8);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    std::string why = parsed.description();
    if (!why.empty()) why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
    return make_finding(Code::odf_xml_syntax, place_of(file, part, line_of(bytes, offset)), {why});
  }
  Findings findings = normalise(*result, file, part);
  if (has_errors(findings)) return findings;
  return result;
}

std::string to_string(const pugi::xml_document& document) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  StringWriter writer(out);
  document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  std::size_t i = 0;
  const auto replace = [&](std::string_view by, std::size_t length) {
    out.append(text.substr(copied, i - copied));
    out.append(by);
    i += length;
    copied = i;
  };
  while (i < text.size()) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      const std::size_t length = utf8_length(text, i);
      if (length == 0) {
        replace({}, 1);
      } else if (c == 0xEF && first_forbidden(text.substr(i, length))) {
        replace({}, length);
      } else {
        i += length;
      }
      continue;
    }
    switch (c) {
    case '&':
      replace("&amp;", 1);
      break;
    case '<':
      replace("&lt;", 1);
      break;
    case '>':
      replace("&gt;", 1);
      break;
    case '"':
      replace("&quot;", 1);
      break;
    case '\r':
      replace("&#13;", 1);
      break;
    case '\t':
    case '\n':
      ++i;
      break;
    default:
      if (c < 0x20) {
        replace({}, 1);
      } else {
        ++i;
      }
    }
  }
  out.append(text.substr(copied));
}

Place place_of(std::string file, std::string part, int line) {
  Place place;
  place.file = std::move(file);
  place.part = std::move(part);
  place.line = line;
  return place;
}

int line_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t mega = 1U << 20U;
  if (bytes >= mega) return std::to_string(bytes / mega) + " MB";
  return std::to_string(bytes) + " bytes";
}

} // namespace engross::odf
