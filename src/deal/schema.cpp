// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"

namespace engross::deal {

struct Schema::Compiled {
  std::vector<std::string> paths;
};

Schema::Schema(std::unique_ptr<Compiled> compiled) : m_compiled(std::move(compiled)) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<Schema> Schema::compile(const Source& /*source*/) {
  return Schema(std::make_unique<Compiled>());
}

Findings Schema::apply(Deal& /*deal*/) const { return {}; }

const std::vector<std::string>& Schema::declared_paths() const { return m_compiled->paths; }

} // namespace engross::deal
