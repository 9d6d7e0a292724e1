// SPDX-License-Identifier: MPL-2.0
#include "templating/analysis.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

/// What templates need, compared with a schema, and written as a schema and as a deal.
namespace engross::templating {

namespace {

using Json = nlohmann::ordered_json;

void compare(const Need& need, const std::string& path, const std::set<std::string>& declared,
             const std::vector<std::string>& names, Findings& findings) {
  // Looked up by a computed key: the schema says so with [], data of the firm with {}.
  const bool in_data = need.keyed && !declared.contains(path + "[]");
  if (need.item) compare(*need.item, path + (in_data ? "{}" : "[]"), declared, names, findings);
  for (const auto& [name, member] : need.members) {
    std::string whole = path;
    if (!whole.empty()) whole += '.';
    whole += name;
    if (declared.contains(whole)) {
      compare(member, whole, declared, names, findings);
      continue;
    }
    if (!path.empty() && declared.contains(path + "[]")) { // members of any name
      compare(member, path + "[]", declared, names, findings);
      continue;
    }
    const auto close = closest_name(whole, names);
    findings.push_back(make_finding(Code::name_not_declared, member.place,
                                    {whole, close ? "Did you mean " + *close + "?" : ""}));
  }
}

Json schema_of(const Need& need) {
  switch (need.kind) {
  case Need::Kind::number:
    return {{"type", "number"}};
  case Need::Kind::date:
    return {{"type", "string"}, {"format", "date"}};
  case Need::Kind::boolean:
    return {{"type", "boolean"}};
  case Need::Kind::text:
    return {{"type", "string"}};
  case Need::Kind::list: {
    Json out = {{"type", "array"}};
    if (!need.parts.empty()) {
      out["items"] = Json::array();
      for (const Need& part : need.parts) out["items"].push_back(schema_of(part));
      out["minItems"] = need.parts.size();
      out["maxItems"] = need.parts.size();
    } else {
      if (need.item) out["items"] = schema_of(*need.item);
      if (need.at_least > 0) out["minItems"] = need.at_least;
    }
    return out;
  }
  case Need::Kind::object: {
    Json out = {{"type", "object"}};
    Json required = Json::array();
    Json properties = Json::object();
    for (const auto& [name, member] : need.members) {
      properties[name] = schema_of(member);
      if (member.required) required.push_back(name);
    }
    if (!properties.empty()) out["properties"] = std::move(properties);
    if (need.keyed && need.item) out["additionalProperties"] = schema_of(*need.item);
    if (!required.empty()) out["required"] = std::move(required);
    return out;
  }
  case Need::Kind::any:
    break;
  }
  return Json::object();
}

/// What stands for every name that a computed key may take.
constexpr const char* k_any_name = "KEY";

Json sample_of(const Need& need, const std::string& name) {
  if (need.is_key) return k_any_name;
  if (!need.example.empty() && need.kind != Need::Kind::list && need.kind != Need::Kind::object)
    return need.example;
  switch (need.kind == Need::Kind::any ? need.weak : need.kind) {
  case Need::Kind::number:
    return 1;
  case Need::Kind::date:
    return "2026-01-31";
  case Need::Kind::boolean:
    return true;
  case Need::Kind::list:
    if (!need.parts.empty()) {
      Json out = Json::array();
      for (const Need& part : need.parts) out.push_back(sample_of(part, name));
      return out;
    }
    return Json(std::max<std::size_t>(need.at_least, 1),
                need.item ? sample_of(*need.item, name) : Json("[" + name + "]"));
  case Need::Kind::object: {
    Json out = Json::object();
    for (const auto& [member_name, member] : need.members)
      out[member_name] = sample_of(member, member_name);
    if (need.keyed && need.item) out[k_any_name] = sample_of(*need.item, name);
    return out;
  }
  default:
    return "[" + name + "]";
  }
}

} // namespace

Need& Need::member(const std::string& name) {
  for (auto& [known, need] : members)
    if (known == name) return need;
  members.emplace_back(name, Need{});
  return members.back().second;
}

Need& Need::any_item() {
  if (!item) item = std::make_unique<Need>();
  return *item;
}

void check_declared(const Need& need, const std::vector<std::string>& declared,
                    Findings& findings) {
  compare(need, {}, {declared.begin(), declared.end()}, declared, findings);
}

std::string to_json_schema(const Need& need, const std::string& title) {
  Json out = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  out.update(schema_of(need));
  return out.dump(2) + "\n";
}

std::string to_sample(const Need& need) { return sample_of(need, {}).dump(2) + "\n"; }

} // namespace engross::templating
