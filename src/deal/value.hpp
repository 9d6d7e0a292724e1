// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace engross::deal {

/// Where a value was written: index into Deal::files and 1-based line; line 0 is "not from a file".
struct Origin {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
};

/// A number as it was written: JSON's number grammar (RFC 8259, 6). Its text is kept, so that
/// 12345678901234567890.12 stays what it is; arithmetic on it is decimal.
struct Number {
  std::string text = "0";

  Number() = default;
  explicit Number(std::string t) : text(std::move(t)) {}
  explicit Number(std::int64_t n) : text(std::to_string(n)) {}
  bool is_integer() const { return text.find_first_of(".eE") == std::string::npos; }
};

/// A name that leads nowhere; the path is what was asked for ("deal.closing_date").
struct Undefined {
  std::string path;
  bool of_key = false; ///< the path is that of a key by which something was looked up
};

class Object;
class Value;
using List = std::vector<Value>;

/// One value of a deal: immutable once built, cheap to copy, shareable between threads.
class Value {
 public:
  enum class Kind { undefined, none, boolean, number, string, list, object };

  Value() = default; ///< none (JSON null)
  Value(Undefined u) : m_data(std::move(u)) {}
  Value(bool b) : m_data(b) {}
  Value(Number n) : m_data(std::move(n)) {}
  Value(std::string s) : m_data(std::move(s)) {}
  Value(const char* s) : m_data(std::string(s)) {}
  Value(List list) : m_data(std::make_shared<const List>(std::move(list))) {}
  Value(Object object);
  static Value integer(std::int64_t n) { return Value(Number(n)); }

  Kind kind() const;
  bool is_undefined() const { return kind() == Kind::undefined; }

  // Each of these requires the kind it names.
  bool as_bool() const { return std::get<bool>(m_data); }
  const Number& as_number() const { return std::get<Number>(m_data); }
  const std::string& as_string() const { return std::get<std::string>(m_data); }
  const List& as_list() const { return *std::get<std::shared_ptr<const List>>(m_data); }
  const Object& as_object() const { return *std::get<std::shared_ptr<const Object>>(m_data); }
  const Undefined& as_undefined() const { return std::get<Undefined>(m_data); }
  std::shared_ptr<const List> share_list() const {
    return std::get<std::shared_ptr<const List>>(m_data);
  }

  /// The member of an object, or nullptr (also when this is no object).
  const Value* member(std::string_view name) const;
  /// "letter.addressee.name": members only, no indices. nullptr when any step is missing.
  const Value* at_path(std::string_view path) const;

  Origin origin;

 private:
  std::variant<std::monostate, Undefined, bool, Number, std::string, std::shared_ptr<const List>,
               std::shared_ptr<const Object>>
      m_data;
};

/// Members in the order in which they were written; names are unique.
class Object {
 public:
  using Member = std::pair<std::string, Value>;

  const Value* find(std::string_view name) const;
  /// Replaces the member of that name where it stands, else adds it at the end.
  void set(std::string name, Value value);
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  std::size_t size() const { return m_members.size(); }
  bool empty() const { return m_members.empty(); }
  auto begin() const { return m_members.begin(); }
  auto end() const { return m_members.end(); }

 private:
  std::size_t position(std::string_view name) const;
  void index(std::size_t member);

  std::vector<Member> m_members;
  /// Open addressing by the hash of the name: 1 + position in m_members, 0 is free. Empty for few
  /// members, which are searched one by one.
  std::vector<std::uint32_t> m_index;
};

/// "list", "text", … as a lawyer would call it in a finding.
std::string_view kind_name(Value::Kind kind);

} // namespace engross::deal
