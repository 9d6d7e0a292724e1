// SPDX-License-Identifier: MPL-2.0
// apply_letterhead TARGET LETTERHEAD OUT: for the tests that read the result with other readers.
// Prints the findings as JSON lines. Status 1: an error among them (OUT is written all the same),
// 2: usage, 3: a file cannot be used, 4: applying a second time changed something.
#include "letterhead/apply.hpp"
#include "odf/document.hpp"

#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

using engross::Findings;

void print(const Findings& findings) {
  for (const engross::Finding& finding : findings) std::cout << to_json_line(finding) << '\n';
}

engross::Result<engross::odf::Document> open(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  return engross::odf::Document::open(file, std::move(bytes));
}

int run(const std::string& target_file, const std::string& letterhead_file,
        const std::string& out_file) {
  engross::Result<engross::odf::Document> target = open(target_file);
  const engross::Result<engross::odf::Document> letterhead = open(letterhead_file);
  print(target.findings);
  print(letterhead.findings);
  if (!target || !letterhead) return 3;
  const Findings findings = engross::letterhead::apply(*target, *letterhead);
  print(findings);
  constexpr std::int64_t k_time = 315532800;
  const std::string once = engross::odf::write(*target, k_time);
  std::ofstream(out_file, std::ios::binary) << once;
  engross::letterhead::apply(*target, *letterhead);
  if (engross::odf::write(*target, k_time) != once) return 4;
  return has_errors(findings) ? 1 : 0;
}

} // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  try {
    return run(arguments[1], arguments[2], arguments[3]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
