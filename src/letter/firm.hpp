// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "finding/finding.hpp"
#include "letterhead/paper.hpp"
#include "odf/document.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace engross::letter {

/// firm.json: what a firm says once for all its letters.
struct Firm {
  /// A letterhead that is another one on other paper.
  struct Derived {
    std::string from; ///< stem in letterheads/
    letterhead::Paper paper;
  };
  std::filesystem::path folder;
  std::string name;
  std::string locale = "en-US";
  std::string voice;                          ///< "I", "we", or empty: the deal says
  std::string letterhead;                     ///< stem of the default letterhead
  std::map<std::string, Derived> letterheads; ///< by name
  std::vector<std::string> books; ///< each a book.json, relative to the folder; later ones override
  std::map<std::string, std::vector<std::string>> office_books; ///< the same, by office
  std::string laws;     ///< path in the deal: laws that the letter covers; empty: unchecked
  std::string examined; ///< path in the deal: documents examined; empty: unchecked
  std::string schema;   ///< deal schema, relative to the folder
  deal::Value data;     ///< merged under every deal
  std::map<std::string, Severity, std::less<>> severities; ///< by code id
};

/// Reads FOLDER/firm.json. A key that nobody reads is an error, since it was meant to be read.
Result<Firm> read_firm(const std::filesystem::path& folder);

/// The files in letterheads/ of a firm folder.
std::vector<std::filesystem::path> letterhead_files(const std::filesystem::path& folder);

/// The schema that firm.json names. Neither value nor finding where it names none.
Result<deal::Schema> read_deal_schema(const Firm& firm);

/// Names that a deal of the firm may have: those of the schema and of the firm's own data.
std::vector<std::string> declared_names(const Firm& firm, const deal::Schema& schema);

/// The next folder upwards from a file that holds firm.json; relative where the file is.
std::optional<std::filesystem::path> find_firm(const std::filesystem::path& file);

/// The letterhead NAME: a path if there is such a file, else one that firm.json derives from
/// another, else the file of that stem in letterheads/. A finding lists the letterheads there are.
Result<odf::Document> open_letterhead(const Firm& firm, const std::string& name);

/// The firm may judge a finding otherwise than we do.
void grade(const Firm& firm, Findings& findings);

} // namespace engross::letter
