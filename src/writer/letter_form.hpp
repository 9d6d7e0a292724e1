// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letter/assembly.hpp"
#include "writer/letter_job.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engross::writer {

/// What the New Letter dialog asks, without the dialog: no window, no UNO. Every setter reads the
/// files anew, so that what is shown is what would be assembled. One thread at a time.
class LetterForm {
 public:
  /// `today` is the day by which review dates are judged; empty: they are not looked at.
  explicit LetterForm(std::string today = {}) { m_job.request.today = std::move(today); }

  /// Takes the folder's first template and deal where the former ones are not of this folder.
  void set_firm(std::filesystem::path folder);
  void select_template(std::size_t index);
  /// 0 is the firm's default letterhead.
  void select_letterhead(std::size_t index);
  void select_deal(std::size_t index);
  /// A template or deal by path; one that the firm folder does not list joins the list.
  void set_template(const std::filesystem::path& file);
  void set_deal(const std::filesystem::path& file);
  /// A draft marks what is missing; else there is no letter without it.
  void set_draft(bool draft);
  /// Puts an opinion paragraph in or takes it out, as the person says.
  void choose_opinion(const std::string& id, bool in);

  const std::filesystem::path& firm_folder() const { return m_job.sources.firm; }
  const std::string& firm_name() const { return m_firm.name; }
  std::vector<std::string> template_names() const;
  std::vector<std::string> letterhead_names() const; ///< the firm's default first
  std::vector<std::string> deal_names() const;
  std::optional<std::size_t> selected_template() const;
  std::size_t selected_letterhead() const { return m_letterhead; }
  std::optional<std::size_t> selected_deal() const;
  const std::filesystem::path& template_file() const { return m_job.sources.template_file; }
  std::filesystem::path deal_file() const;
  const std::vector<letter::OpinionChoice>& opinions() const { return m_preview.opinions; }
  std::size_t chosen_opinions() const;
  /// Of the firm folder, the template, the deal and the letter as it would be now.
  const Findings& findings() const { return m_findings; }
  /// A template is chosen.
  bool complete() const { return !m_job.sources.template_file.empty(); }

  /// The letter, from the files as they are on disk now.
  letter::Letter assemble();

 private:
  void refresh();

  LetterJob m_job;
  letter::FirmFolder m_firm;
  Findings m_firm_findings;
  std::size_t m_letterhead = 0;
  Preview m_preview;
  Findings m_findings;
};

} // namespace engross::writer
