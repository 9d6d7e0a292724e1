// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/context.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Python does with values, done with ours. Numbers compare as numbers; true and false are 1
/// and 0.
namespace engross::templating {

/// A number, or true and false as 1 and 0.
std::optional<deal::Number> as_number(const Value& value);

bool values_equal(const Value& a, const Value& b);
/// Whether the answer hangs on groups that are compared as a whole.
bool groups_decide(const Value& a, const Value& b);
/// The same of whether a list holds a value.
bool groups_decide_in(const Value& container, const Value& value);
/// No value where the two cannot be ordered.
std::optional<std::strong_ordering> order_values(const Value& a, const Value& b);
/// Whether `container` holds the value; no value where it is nothing that holds.
std::optional<bool> contains(const Value& container, const Value& value);

/// container[key]; nullptr: there is none. Characters of text are no items.
const Value* find_item(const Value& container, const Value& key);
/// The name under which a group holds a key: 1 and "1" are the same. No value: no key.
std::optional<std::string> key_name(const Value& key);
/// An index, from the end where it is negative; no value outside.
std::optional<std::size_t> position_in(const Value& key, std::size_t size);
/// "a" and 0 give "a[0]", "a" and "b" give "a.b".
std::string index_path(const std::string& parent, const Value& key);

/// The positions that [start:stop:step] takes, in order; step is not 0.
std::vector<std::size_t> slice_positions(std::optional<std::int64_t> start,
                                         std::optional<std::int64_t> stop, std::int64_t step,
                                         std::size_t size);

/// Dotted names and indices into a value, as `attribute=` of filters has it. Undefined where there
/// is none, its path beginning with `subject`.
Value attribute_of(const Value& value, const Value& path, std::string_view subject);

} // namespace engross::templating
