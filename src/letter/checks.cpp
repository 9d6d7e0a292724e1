// SPDX-License-Identifier: MPL-2.0
#include "deal/merge.hpp"
#include "letter/assembly.hpp"
#include "letter/firm.hpp"

namespace engross::letter {

namespace fs = std::filesystem;

namespace {

Finding not_judged(const fs::path& file, const std::string& why) {
  Place place;
  place.file = file.string();
  return make_finding(Code::deal_not_judged, place, {place.file, why});
}

} // namespace

Findings check_firm(const fs::path& folder) {
  const Result<Firm> firm = read_firm(folder);
  if (!firm) return firm.findings;
  Findings findings = read_deal_schema(*firm).findings;
  for (const std::string& book : firm->books)
    append(findings, check_book((firm->folder / book).lexically_normal()));
  for (const auto& [office, books] : firm->office_books)
    for (const std::string& book : books)
      append(findings, check_book((firm->folder / book).lexically_normal()));
  grade(*firm, findings);
  return findings;
}

Findings check_deal(const fs::path& file, const fs::path& folder) {
  Result<deal::Deal> deal = read_deal_files({file}, {});
  Findings findings = std::move(deal.findings);
  const std::optional<fs::path> found = folder.empty() ? find_firm(file) : folder;
  if (!found) {
    if (deal) findings.push_back(not_judged(file, "it lies in no firm folder"));
    return findings;
  }
  Result<Firm> firm = read_firm(*found);
  append(findings, std::move(firm.findings));
  if (!deal || !firm) return findings;
  Result<deal::Schema> schema = read_deal_schema(*firm);
  append(findings, std::move(schema.findings));
  if (schema) {
    if (firm->data.kind() == deal::Value::Kind::object)
      deal->root = deal::merge(firm->data, deal->root);
    append(findings, schema->apply(*deal));
  } else if (firm->schema.empty()) {
    findings.push_back(not_judged(file, "firm.json names no schema"));
  }
  grade(*firm, findings);
  return findings;
}

Findings check_schema(const fs::path& file) {
  Result<std::string> bytes = read_file(file);
  if (!bytes) return bytes.findings;
  return deal::Schema::compile({file.string(), std::move(*bytes), deal::Format::json}).findings;
}

} // namespace engross::letter
