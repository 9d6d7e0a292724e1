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

/// "person", "deal excludes", "deal includes", "requirement", "rule", "nobody".
std::string_view decider_name(Decider decider);

/// What the person says beats what the deal excludes, that beats what it includes, that beats the
/// rule. Of alternatives one stands; what is in brings what it requires. Findings: unknown ids,
/// exclusions and requirements in conflict, rules that fail.
/// `groups`: those for which the template has a place; the paragraphs of others stay out. Without
/// it all groups count. The result is parallel to Book::opinions().
std::vector<Choice> choose(const Book& book, templating::Context& context,
                           const std::map<std::string, bool>& person,
                           const std::optional<std::set<std::string>>& groups, Findings& findings);

} // namespace engross::opinion
