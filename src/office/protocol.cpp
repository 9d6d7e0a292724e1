// SPDX-License-Identifier: MPL-2.0
#include "office/protocol.hpp"

#include "finding/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace engross::office {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Trouble, std::string_view>, 8> k_troubles{{
    {Trouble::bad_request, "bad_request"},
    {Trouble::not_read, "not_read"},
    {Trouble::not_started, "not_started"},
    {Trouble::not_opened, "not_opened"},
    {Trouble::not_stored, "not_stored"},
    {Trouble::not_written, "not_written"},
    {Trouble::time_limit, "time_limit"},
    {Trouble::crashed, "crashed"},
}};

std::string strict_line(const Json& json) {
  try {
    return json.dump();
  } catch (const Json::exception&) {
    throw std::runtime_error("its name is not valid UTF-8");
  }
}

std::string lenient_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const Extent& extent) { return {extent.width, extent.height}; }

Extent extent_from(const Json& json) {
  return {json.at(0).get<double>(), json.at(1).get<double>()};
}

Json to_json(const Layout& layout) {
  Json out = Json::array();
  for (const LaidPage& page : layout.pages) {
    Json pictures = Json::array();
    for (const Extent& picture : page.header_pictures) pictures.push_back(to_json(picture));
    out.push_back({{"seen", page.is_seen},
                   {"number", page.number},
                   {"page_style", page.page_style},
                   {"paper", to_json(page.paper)},
                   {"header", page.header},
                   {"footer", page.footer},
                   {"header_boxes", page.header_boxes},
                   {"footer_boxes", page.footer_boxes},
                   {"header_pictures", std::move(pictures)},
                   {"shows_pictures", page.shows_pictures},
                   {"first_line", page.first_line},
                   {"last_line", page.last_line},
                   {"body_top", page.body_top},
                   {"footer_top", page.footer_top}});
  }
  return out;
}

Layout layout_from(const Json& json) {
  Layout out;
  for (const Json& from : json) {
    LaidPage& page = out.pages.emplace_back();
    page.is_seen = from.at("seen").get<bool>();
    page.number = from.at("number").get<int>();
    page.page_style = from.at("page_style").get<std::string>();
    page.paper = extent_from(from.at("paper"));
    page.header = from.at("header").get<std::vector<std::string>>();
    page.footer = from.at("footer").get<std::vector<std::string>>();
    page.header_boxes = from.at("header_boxes").get<std::vector<std::string>>();
    page.footer_boxes = from.at("footer_boxes").get<std::vector<std::string>>();
    for (const Json& picture : from.at("header_pictures")) {
      page.header_pictures.push_back(extent_from(picture));
    }
    page.shows_pictures = from.at("shows_pictures").get<bool>();
    page.first_line = from.at("first_line").get<std::string>();
    page.last_line = from.at("last_line").get<std::string>();
    page.body_top = from.at("body_top").get<double>();
    page.footer_top = from.at("footer_top").get<double>();
  }
  return out;
}

/// What `read` makes of the line, with the parser's exceptions turned into ours.
template <class Read> auto parsed(std::string_view line, Read read) {
  try {
    return read(Json::parse(line));
  } catch (const Json::exception& e) {
    throw std::runtime_error(e.what());
  }
}

} // namespace

std::optional<Format> format_of(const std::filesystem::path& path) {
  const std::string ending = ending_of(path);
  if (ending == ".odt") return Format::odt;
  if (ending == ".docx") return Format::docx;
  if (ending == ".pdf") return Format::pdf;
  return std::nullopt;
}

std::string to_line(const Request& request) {
  Json outputs = Json::array();
  for (const auto& path : request.outputs) outputs.push_back(path.string());
  Json json{{"id", request.id},
            {"letter", request.letter.string()},
            {"outputs", std::move(outputs)},
            {"seconds", request.seconds}};
  if (!request.layouts.empty()) json["layouts"] = request.layouts;
  for (const auto& path : request.pictures) json["pictures"].push_back(path.string());
  return strict_line(json);
}

std::string to_line(const Reply& reply) {
  Json json{{"id", reply.id}, {"done", reply.trouble == Trouble::none}};
  for (const auto& [trouble, word] : k_troubles) {
    if (trouble == reply.trouble) json["trouble"] = word;
  }
  if (!reply.detail.empty()) json["detail"] = reply.detail;
  if (!reply.file.empty()) json["file"] = reply.file;
  if (reply.pages > 0) json["pages"] = reply.pages;
  if (!reply.micros.empty()) json["micros"] = reply.micros;
  for (const Layout& layout : reply.layouts) json["layouts"].push_back(to_json(layout));
  return lenient_line(json);
}

std::string to_line(const Started& started) {
  return lenient_line({{"started", started.process}, {"folder", started.folder.string()}});
}

Request request_from(std::string_view line) {
  return parsed(line, [](const Json& json) {
    Request out;
    out.id = json.at("id").get<std::int64_t>();
    out.letter = json.at("letter").get<std::string>();
    for (auto& path : json.at("outputs").get<std::vector<std::string>>()) {
      out.outputs.emplace_back(std::move(path));
    }
    out.seconds = json.value("seconds", out.seconds);
    for (const auto& path : out.outputs) {
      if (!format_of(path)) throw std::runtime_error("unknown ending: " + path.string());
    }
    if (json.contains("layouts")) {
      out.layouts = json["layouts"].get<std::vector<std::string>>();
    }
    for (const std::string& layout : out.layouts) {
      if (layout != "letter" && layout != "pdf" && layout != "docx" && layout != "docx again")
        throw std::runtime_error("layout of " + layout);
    }
    if (json.contains("pictures")) {
      for (auto& path : json["pictures"].get<std::vector<std::string>>()) {
        out.pictures.emplace_back(std::move(path));
      }
    }
    if (out.outputs.empty() && out.layouts.empty()) throw std::runtime_error("no outputs");
    if (!(out.seconds > 0)) throw std::runtime_error("no time");
    return out;
  });
}

std::variant<Reply, Started> answer_from(std::string_view line) {
  return parsed(line, [](const Json& json) -> std::variant<Reply, Started> {
    if (json.contains("started")) {
      return Started{json["started"].get<long>(), json.at("folder").get<std::string>()};
    }
    Reply out;
    out.id = json.at("id").get<std::int64_t>();
    const std::string word = json.value("trouble", "");
    for (const auto& [trouble, name] : k_troubles) {
      if (name == word) out.trouble = trouble;
    }
    if (json.at("done").get<bool>() != (out.trouble == Trouble::none)) {
      throw std::runtime_error("unknown trouble: " + word);
    }
    out.detail = json.value("detail", "");
    out.file = json.value("file", "");
    out.pages = json.value("pages", 0);
    if (json.contains("layouts")) {
      for (const Json& layout : json["layouts"]) out.layouts.push_back(layout_from(layout));
    }
    if (json.contains("micros")) out.micros = json["micros"].get<std::map<std::string, int>>();
    return out;
  });
}

} // namespace engross::office
