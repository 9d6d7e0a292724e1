// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "opinion/book.hpp"
#include "templating/context.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::opinion {

/// Who decided, strongest first.
enum class Decider { person, deal_excludes, deal_includes, requirement, rule, nobody };

/// Whether one opinion paragraph is in the letter, and why.
struct Choice {
  const Opinion* opinion = nullptr;
  bool in = false;
  Decider decider = Decider::nobody;
  std::string reason; ///< one sentence for `explain` and dialogs
};

/// What the rule of a paragraph saw: each name that it reads with its value, as text for a person:
/// "Delaware", true, "a list of 3", "missing".
std::vector<std::pair<std::string, std::string>> values_seen(const Opinion& opinion,
                                                             const templating::Context& context);

/// For which paragraphs a template has a place.
struct Places {
  std::set<std::string> groups; ///< {% opinions "group" %}
  std::set<std::string> ids;    ///< {% opinion "id" %}

  bool has(const Opinion& o) const { return groups.contains(o.group) || ids.contains(o.id); }
  bool empty() const { return groups.empty() && ids.empty(); }
};

/// "person", "deal excludes", "deal includes", "requirement", "rule", "nobody".
std::string_view decider_name(Decider decider);

/// What the person says beats what the deal excludes, that beats what it includes, that beats the
/// rule. Of alternatives one stands; what is in brings what it requires. Findings: unknown ids,
/// exclusions and requirements in conflict, rules that fail.
/// `places`: those of the template; paragraphs without one stay out. Without it all have a place.
/// The result is parallel to Book::opinions().
std::vector<Choice> choose(const Book& book, templating::Context& context,
                           const std::map<std::string, bool>& person,
                           const std::optional<Places>& places, Findings& findings);

} // namespace engross::opinion
