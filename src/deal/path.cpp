// SPDX-License-Identifier: MPL-2.0
#include "deal/path.hpp"

#include "deal/deal.hpp"

#include <algorithm>
#include <charconv>

namespace engross::deal {

namespace {

constexpr std::size_t k_most_steps = 256;

/// A name that may follow a dot in a template.
bool is_plain_name(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) > 0x7F;
  });
}

} // namespace

std::string join_path(std::string_view parent, std::string_view member) {
  std::string path(parent);
  if (member.starts_with('[')) return path.append(member);
  if (!is_plain_name(member)) {
    path += "[\"";
    for (const char c : member) {
      if (c == '"' || c == '\\') path += '\\';
      path += c;
    }
    return path += "\"]";
  }
  if (!path.empty()) path += '.';
  return path.append(member);
}

std::optional<std::vector<Step>> parse_path(std::string_view path, std::string& why) {
  std::vector<Step> steps;
  std::size_t i = 0;
  while (i < path.size()) {
    if (steps.size() == k_most_steps) {
      why = "it has more than 256 steps";
      return std::nullopt;
    }
    if (path[i] != '[') {
      if (path[i] == '.' && !steps.empty()) ++i;
      const std::size_t end = std::min(path.find_first_of(".[]\"", i), path.size());
      if (end == i) {
        why = i < path.size() && path[i] != '.'
                  ? "a name is missing before “" + std::string(1, path[i]) + "”"
                  : "a name is missing beside a point";
        return std::nullopt;
      }
      steps.push_back({std::nullopt, std::string(path.substr(i, end - i))});
      i = end;
    } else if (path.substr(i).starts_with("[\"")) {
      std::string name;
      for (i += 2; i < path.size() && path[i] != '"'; ++i) {
        if (path[i] == '\\' && i + 1 < path.size()) ++i;
        name += path[i];
      }
      if (!path.substr(std::min(i, path.size())).starts_with("\"]")) {
        why = "\"] is missing after " + name;
        return std::nullopt;
      }
      i += 2;
      steps.push_back({std::nullopt, std::move(name)});
    } else {
      const std::size_t end = path.find(']', i);
      if (end == std::string_view::npos) {
        why = "] is missing";
        return std::nullopt;
      }
      const std::string_view digits = path.substr(i + 1, end - i - 1);
      long index = 0;
      const auto [stop, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), index);
      if (error != std::errc{} || stop != digits.data() + digits.size()) {
        why = "between [ and ] stands “" + std::string(digits) + "” and no number";
        return std::nullopt;
      }
      i = end + 1;
      steps.push_back({index, {}});
    }
    if (i < path.size() && path[i] != '.' && path[i] != '[') {
      why = "“" + std::string(path.substr(i)) + "” does not continue it";
      return std::nullopt;
    }
    if (i + 1 == path.size() && path[i] == '.') {
      why = "it ends with a point";
      return std::nullopt;
    }
  }
  if (steps.empty()) {
    why = "it is empty";
    return std::nullopt;
  }
  return steps;
}

} // namespace engross::deal
