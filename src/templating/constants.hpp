// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/syntax.hpp"
#include "templating/tag.hpp"

#include <optional>
#include <string>

namespace engross::templating {

/// What a condition gives with any data; none where it depends on them.
std::optional<bool> constant_truth(const ExpressionNode& node);

/// The opposite of a condition, as its canonical text would be.
std::string opposite(const ExpressionNode& node);

/// An operand of “or” that always holds, beside one that asks: x == "a" or "b". nullptr: none.
const ExpressionNode* idle_alternative(const ExpressionNode& node);

/// The first part of an expression that fails with any data; none: none.
std::optional<TagError> constant_fault(const ExpressionNode& node);

/// Why an expression that is the same with any data gives no value, or \p as_list no list.
std::optional<TagError> constant_use_fault(const ExpressionNode& node, bool as_list);

} // namespace engross::templating
