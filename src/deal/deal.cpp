// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"

#include "deal/json_reader.hpp"
#include "deal/merge.hpp"
#include "deal/text.hpp"
#include "deal/tree_reader.hpp"

#include <algorithm>
#include <array>

namespace engross::deal {

namespace {

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  if (text.size() < end.size()) return false;
  text.remove_prefix(text.size() - end.size());
  return std::equal(text.begin(), text.end(), end.begin(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

std::optional<Value> read_one(const Source& source, std::uint32_t file, const Limits& limits,
                              Findings& findings) {
  const std::optional<std::string_view> text = text_of(source, limits, findings);
  if (!text) return std::nullopt;
  std::optional<Value> root = source.format == Format::json
                                  ? read_json({source.name, *text, file, limits.depth}, findings)
                                  : read_tree(source, *text, file, limits, findings);
  if (root && source.format == Format::xml && root->kind() == Value::Kind::string &&
      root->as_string().empty()) {
    const Origin origin = root->origin;
    root = Value(Object());
    root->origin = origin;
  }
  if (root && root->kind() != Value::Kind::object) {
    findings.push_back(make_finding(Code::data_root, place_of(source.name, root->origin.line),
                                    {kind_name(root->kind())}));
    return std::nullopt;
  }
  return root;
}

} // namespace

std::optional<Format> format_of(std::string_view file_name) {
  constexpr std::array<std::pair<std::string_view, Format>, 4> k_endings = {
      {{".json", Format::json},
       {".xml", Format::xml},
       {".ini", Format::ini},
       {".info", Format::info}}};
  for (const auto& [ending, format] : k_endings)
    if (ends_with_ignoring_case(file_name, ending)) return format;
  return std::nullopt;
}

Result<Deal> read(std::span<const Source> sources, std::span<const Assignment> assignments,
                  const Limits& limits) {
  Result<Deal> result;
  Deal deal;
  deal.root = Value(Object());
  bool complete = true;
  for (const Source& source : sources) {
    const auto file = static_cast<std::uint32_t>(deal.files.size());
    deal.files.push_back(source.name);
    deal.formats.push_back(source.format);
    const std::optional<Value> root = read_one(source, file, limits, result.findings);
    if (!root)
      complete = false;
    else
      deal.root = file == 0 ? *root : merge(deal.root, *root);
  }
  if (!complete) return result;
  for (const Assignment& assignment : assignments)
    assign(deal.root, assignment, limits, result.findings);
  result.value = std::move(deal);
  return result;
}

} // namespace engross::deal
