// SPDX-License-Identifier: MPL-2.0
#include "letter/pictures.hpp"

#include "letter/assembly.hpp"
#include "odf/deflate.hpp"
#include "odf/document.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <locale>
#include <sstream>

namespace engross::letter {

namespace fs = std::filesystem;
using Picture = templating::Rendering::Picture;

namespace {

constexpr std::uintmax_t k_most_bytes = std::uintmax_t{64} << 20U;

struct Kind {
  std::string_view media_type;
  std::string_view ending;
};
constexpr Kind k_png{"image/png", "png"};
constexpr Kind k_jpeg{"image/jpeg", "jpg"};
constexpr Kind k_gif{"image/gif", "gif"};
constexpr Kind k_svg{"image/svg+xml", "svg"};

/// By what the bytes are, whatever name they come under.
const Kind* kind_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return &k_png;
  if (bytes.starts_with("\xff\xd8\xff")) return &k_jpeg;
  if (bytes.starts_with("GIF8")) return &k_gif;
  const std::string_view head = bytes.substr(0, 1024);
  return head.find("<svg") != std::string_view::npos ? &k_svg : nullptr;
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
    out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

/// A length of SVG or CSS in the unit of the others; 0: it says nothing by itself ("100%").
double svg_length(std::string_view text) {
  struct Unit {
    std::string_view name;
    double pixels;
  };
  static constexpr std::array<Unit, 7> k_units = {{{"", 1},
                                                   {"px", 1},
                                                   {"pt", 96.0 / 72},
                                                   {"pc", 16},
                                                   {"mm", 96 / 25.4},
                                                   {"cm", 96 / 2.54},
                                                   {"in", 96}}};
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return 0;
  const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : k_units)
    if (unit.name == name) return number * unit.pixels;
  return 0;
}

/// By its own width and height, else by its viewBox (SVG 2, 8.2); none: it is no SVG.
std::optional<double> svg_aspect(std::string_view bytes) {
  pugi::xml_document svg;
  if (!svg.load_buffer(bytes.data(), bytes.size())) return std::nullopt;
  const pugi::xml_node root = svg.document_element();
  const std::string_view name = root.name();
  if (name != "svg" && !name.ends_with(":svg")) return std::nullopt;
  double width = svg_length(root.attribute("width").value());
  double height = svg_length(root.attribute("height").value());
  if (width <= 0 || height <= 0) {
    std::string box = root.attribute("viewBox").value();
    std::replace(box.begin(), box.end(), ',', ' ');
    double ignored = 0;
    std::istringstream numbers(box);
    numbers.imbue(std::locale::classic());
    if (!(numbers >> ignored >> ignored >> width >> height)) return 0;
  }
  return width > 0 && height > 0 ? width / height : 0;
}

/// Whether a PNG has all its chunks up to the last (PNG, 5.3, 11.2.5).
bool is_whole_png(std::string_view bytes) {
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    if (bytes.substr(at + 4, 4) == "IEND") return true;
    at += std::size_t{12} + big_endian(bytes, at, 4);
  }
  return false;
}

/// Width by height in pixels, from the header of the file: PNG's IHDR, GIF's screen, JPEG's frame.
double aspect_of(const Kind& kind, std::string_view bytes) {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  if (&kind == &k_png && bytes.size() >= 24) {
    width = big_endian(bytes, 16, 4);
    height = big_endian(bytes, 20, 4);
  } else if (&kind == &k_gif && bytes.size() >= 10) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    width = byte(6) + 256U * byte(7);
    height = byte(8) + 256U * byte(9);
  } else if (&kind == &k_jpeg) {
    for (std::size_t at = 2; at + 9 < bytes.size();) {
      const std::uint32_t marker = big_endian(bytes, at, 2);
      const bool frame = marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 &&
                         marker != 0xFFC8 && marker != 0xFFCC;
      if (frame) {
        height = big_endian(bytes, at + 5, 2);
        width = big_endian(bytes, at + 7, 2);
        break;
      }
      if (marker < 0xFF00) break;
      at += 2 + big_endian(bytes, at + 2, 2);
    }
  }
  return height == 0 ? 0 : static_cast<double>(width) / height;
}

std::optional<std::string> base64_decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<std::uint32_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<std::uint32_t>(c - 'a') + 26;
    else if (c >= '0' && c <= '9')
      value = static_cast<std::uint32_t>(c - '0') + 52;
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else if (c == '=' || c == '\n' || c == '\r' || c == ' ')
      continue;
    else
      return std::nullopt;
    bits = bits << 6U | value;
    if ((count += 6) >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
  }
  return out;
}

/// A path that stays in its folder.
bool stays_inside(const fs::path& path) {
  return path.is_relative() && !path.has_root_name() &&
         std::none_of(path.begin(), path.end(), [](const fs::path& step) { return step == ".."; });
}

} // namespace

std::optional<Picture> Pictures::take(const std::string& value, const Place& place,
                                      Findings& findings) {
  if (const auto known = m_known.find(value); known != m_known.end()) return known->second;
  const std::string shown = value.substr(0, 60);
  const auto refuse = [&](const std::string& why) {
    const Finding finding = make_finding(Code::picture_not_usable, place, {shown, why});
    if (std::find(findings.begin(), findings.end(), finding) == findings.end())
      findings.push_back(finding);
    return std::nullopt;
  };
  std::string bytes;
  if (value.starts_with("data:")) {
    const std::size_t comma = value.find(',');
    if (comma == std::string::npos || value.substr(0, comma).find(";base64") == std::string::npos)
      return refuse("a data URI must hold base64");
    auto decoded = base64_decoded(std::string_view(value).substr(comma + 1));
    if (!decoded) return refuse("its base64 is broken");
    bytes = std::move(*decoded);
  } else {
    if (value.empty()) return refuse("its name is empty");
    if (value.find("://") != std::string::npos) return refuse("nothing is loaded from the network");
    if (!stays_inside(value)) return refuse("the file must lie in the folder of the deal");
    std::error_code error;
    if (const auto size = fs::file_size(m_folder / value, error); !error && size > k_most_bytes)
      return refuse("it has more than 64 MB");
    Result<std::string> read = read_file(m_folder / value);
    if (!read)
      return refuse(read.findings.front().code == Code::file_not_found
                        ? "there is no such file beside the deal"
                        : "it is a folder, or may not be read");
    bytes = std::move(*read);
  }
  const Kind* kind = kind_of(bytes);
  if (kind == nullptr) return refuse("it is no PNG, JPEG, GIF or SVG");
  Picture out;
  if (kind == &k_svg) {
    const std::optional<double> aspect = svg_aspect(bytes);
    if (!aspect) return refuse("it is damaged");
    out.aspect = *aspect;
  } else {
    out.aspect = aspect_of(*kind, bytes);
    if (out.aspect <= 0 || (kind == &k_png && !is_whole_png(bytes))) return refuse("it is damaged");
  }
  const std::string ending(kind->ending);
  out.part = free_part(bytes, ending);
  Findings unsafe = odf::check_picture(bytes, place.file, out.part);
  if (has_errors(unsafe)) {
    append(findings, std::move(unsafe));
    return std::nullopt;
  }
  m_parts[out.part] = {std::string(kind->media_type), std::move(bytes)};
  m_known[value] = out;
  return out;
}

std::string Pictures::free_part(const std::string& bytes, const std::string& ending) {
  const std::string stem = "Pictures/deal-" + std::to_string(odf::crc32(bytes));
  const auto named = [&](const std::string& mark) {
    std::string part = stem;
    part.append(mark).append(".").append(ending);
    return part;
  };
  std::string part = named({});
  for (int n = 2; m_parts.contains(part) && m_parts[part].bytes != bytes; ++n)
    part = named("-" + std::to_string(n));
  return part;
}

Picture Pictures::stand_in(const std::string& name) {
  std::string text;
  odf::append_escaped(text, "[" + name + "]");
  const auto letters = static_cast<int>(std::min<std::size_t>(name.size() + 2, 60));
  const int width = std::max(160, letters * 10);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) +
                    "\" height=\"60\"><rect x=\"1\" y=\"1\" width=\"" + std::to_string(width - 2) +
                    "\" height=\"58\" fill=\"#fff3b0\" stroke=\"#a40000\"/><text x=\"" +
                    std::to_string(width / 2) +
                    "\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#a40000\" "
                    "text-anchor=\"middle\">" +
                    text + "</text></svg>";
  Picture out;
  out.part = free_part(svg, "svg");
  out.aspect = width / 60.0;
  m_parts[out.part] = {std::string(k_svg.media_type), std::move(svg)};
  return out;
}

} // namespace engross::letter
