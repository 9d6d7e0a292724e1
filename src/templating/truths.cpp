// SPDX-License-Identifier: MPL-2.0
#include "templating/truths.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;

/// Gathers the names that an expression reads. False: asked again, it may answer otherwise, as
/// loop.changed() does.
bool read_names(const ExpressionNode& node, std::set<std::string>& names) {
  if (node.kind == Kind::call) return false;
  if (node.kind == Kind::name) names.insert(node.text);
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const NodePointer& child) { return !child || read_names(*child, names); });
}

} // namespace

void Truths::next_branch() {
  if (m_chains.empty()) return;
  Chain& chain = m_chains.back();
  chain.here.clear();
  if (chain.condition != nullptr) add(*chain.condition, false, chain.before);
  chain.condition = nullptr;
}

void Truths::hold(const ExpressionNode& condition) {
  if (m_chains.empty()) return;
  Chain& chain = m_chains.back();
  chain.condition = &condition;
  add(condition, true, chain.here);
}

void Truths::forget(const std::string& name) {
  const auto reads = [&](const Fact& fact) { return fact.names.contains(name); };
  for (Chain& chain : m_chains) {
    std::erase_if(chain.before, reads);
    std::erase_if(chain.here, reads);
  }
}

std::optional<bool> Truths::known(const ExpressionNode& condition) const {
  if (condition.kind == Kind::not_) {
    const auto inner = known(condition.child(0));
    return inner ? std::optional<bool>(!*inner) : std::nullopt;
  }
  const std::string text = canonical_text(condition);
  for (auto chain = m_chains.rbegin(); chain != m_chains.rend(); ++chain)
    for (const std::vector<Fact>* facts : {&chain->here, &chain->before})
      for (const Fact& fact : *facts)
        if (fact.text == text) return fact.holds;
  if (condition.kind != Kind::and_ && condition.kind != Kind::or_) return std::nullopt;
  const bool decides = condition.kind == Kind::or_;
  const auto left = known(condition.child(0));
  const auto right = known(condition.child(1));
  if (left == decides || right == decides) return decides;
  return left && right ? std::optional<bool>(!decides) : std::nullopt;
}

void Truths::add(const ExpressionNode& condition, bool holds, std::vector<Fact>& facts) {
  if (condition.kind == Kind::not_) return add(condition.child(0), !holds, facts);
  Fact fact{canonical_text(condition), holds, {}};
  if (read_names(condition, fact.names)) facts.push_back(std::move(fact));
  if (condition.kind == (holds ? Kind::and_ : Kind::or_))
    for (const NodePointer& child : condition.children) add(*child, holds, facts);
}

} // namespace engross::templating
