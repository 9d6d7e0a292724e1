// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/address_block.hpp"
#include "letterhead/house/audit.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// What the rules share while one document is audited.
class Auditor {
 public:
  Auditor(const Subject& s, const House& h, const Reference* r)
      : subject(s), house(h), reference(r), is_template(letterhead::is_template(s, h)) {}

  const Subject& subject;
  const House& house;
  const Reference* reference; ///< null: no letterhead
  const bool is_template;
  Hits hits;

  /// The document's address block, read once.
  const AddressBlock& block();

  /// Whether the rule is on and for this kind of document.
  bool applies(Rule rule) const;
  void report(Rule rule, Code code, Place place, std::initializer_list<std::string_view> args,
              bool is_repairable = false);
  void report(Rule rule, Code code, Place place, const std::vector<std::string>& args,
              bool is_repairable = false);

 private:
  std::optional<AddressBlock> m_block;
};

// The rules, each group in a file of its own.
void check_paper(Auditor& auditor); // rules_paper.cpp
void check_pages(Auditor& auditor); // rules_page.cpp
void check_header_agreement(Auditor& auditor);
void check_page_numbers(Auditor& auditor); // rules_numbers.cpp
void check_openings(Auditor& auditor);
void check_styles_of(Auditor& auditor);         // rules_style.cpp
void check_direct_formatting(Auditor& auditor); // rules_formatting.cpp
void check_text(Auditor& auditor);              // rules_text.cpp
void check_layout(Auditor& auditor);            // rules_layout.cpp
void check_file(Auditor& auditor);              // rules_file.cpp

/// A page style for a sentence: “First Page”.
inline std::string quoted_name(const MasterPage& page) { return "“" + shown_name(page.node) + "”"; }

/// Subject, keywords and properties of one's own in meta.xml: of a letter they are
/// metadata.
bool is_about_the_text(std::string_view meta_element);

} // namespace engross::letterhead
