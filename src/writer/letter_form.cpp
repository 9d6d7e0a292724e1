// SPDX-License-Identifier: MPL-2.0
#include "writer/letter_form.hpp"

#include <algorithm>
#include <utility>

namespace engross::writer {

namespace {

using Paths = std::vector<std::filesystem::path>;

std::optional<std::size_t> index_of(const Paths& paths, const std::filesystem::path& path) {
  const auto found = std::find(paths.begin(), paths.end(), path);
  if (found == paths.end()) return {};
  return static_cast<std::size_t>(found - paths.begin());
}

void join_list(Paths& paths, const std::filesystem::path& path) {
  if (!path.empty() && !index_of(paths, path)) paths.push_back(path);
}

} // namespace

void LetterForm::set_firm(std::filesystem::path folder) {
  m_job.sources.firm = std::move(folder);
  auto listed = letter::list_firm(m_job.sources.firm);
  m_firm = listed ? std::move(*listed) : letter::FirmFolder{};
  m_firm_findings = std::move(listed.findings);
  if (!selected_template())
    m_job.sources.template_file = m_firm.templates.empty() ? "" : m_firm.templates.front();
  if (!selected_deal()) {
    m_job.deals.clear();
    if (!m_firm.deals.empty()) m_job.deals.push_back(m_firm.deals.front());
  }
  m_letterhead = 0;
  m_job.sources.letterhead.clear();
  m_job.request.opinions.clear();
  refresh();
}

void LetterForm::select_template(std::size_t index) {
  if (index >= m_firm.templates.size()) return;
  set_template(std::filesystem::path(m_firm.templates[index]));
}

void LetterForm::select_letterhead(std::size_t index) {
  if (index > m_firm.letterheads.size()) return;
  m_letterhead = index;
  m_job.sources.letterhead = index == 0 ? "" : m_firm.letterheads[index - 1];
  refresh();
}

void LetterForm::select_deal(std::size_t index) {
  if (index >= m_firm.deals.size()) return;
  set_deal(std::filesystem::path(m_firm.deals[index]));
}

void LetterForm::set_template(const std::filesystem::path& file) {
  join_list(m_firm.templates, file);
  m_job.sources.template_file = file;
  m_job.request.opinions.clear();
  refresh();
}

void LetterForm::set_deal(const std::filesystem::path& file) {
  join_list(m_firm.deals, file);
  m_job.deals = {file};
  // What was said by hand was said of another deal.
  m_job.request.opinions.clear();
  refresh();
}

void LetterForm::set_draft(bool draft) {
  m_job.request.mode = draft ? letter::Mode::draft : letter::Mode::strict;
  refresh();
}

void LetterForm::choose_opinion(const std::string& id, bool in) {
  const auto is_so = [&] {
    const auto& now = m_preview.opinions;
    const auto found =
        std::find_if(now.begin(), now.end(), [&](const auto& opinion) { return opinion.id == id; });
    return found != now.end() && found->chosen == in;
  };
  // Back to what deal and rules say is no word of the person's.
  if (m_job.request.opinions.erase(id) > 0) refresh();
  if (is_so()) return;
  m_job.request.opinions[id] = in;
  refresh();
}

std::vector<std::string> LetterForm::template_names() const {
  std::vector<std::string> names;
  for (const auto& path : m_firm.templates) names.push_back(path.stem().string());
  return names;
}

std::vector<std::string> LetterForm::letterhead_names() const {
  std::vector<std::string> names{"The firm’s default"};
  names.insert(names.end(), m_firm.letterheads.begin(), m_firm.letterheads.end());
  return names;
}

std::vector<std::string> LetterForm::deal_names() const {
  std::vector<std::string> names;
  for (const auto& path : m_firm.deals) names.push_back(path.filename().string());
  return names;
}

std::optional<std::size_t> LetterForm::selected_template() const {
  return index_of(m_firm.templates, m_job.sources.template_file);
}

std::optional<std::size_t> LetterForm::selected_deal() const {
  return index_of(m_firm.deals, deal_file());
}

std::filesystem::path LetterForm::deal_file() const {
  return m_job.deals.empty() ? std::filesystem::path() : m_job.deals.front();
}

std::size_t LetterForm::chosen_opinions() const {
  return static_cast<std::size_t>(
      std::count_if(m_preview.opinions.begin(), m_preview.opinions.end(),
                    [](const auto& opinion) { return opinion.chosen; }));
}

letter::Letter LetterForm::assemble() { return writer::assemble(m_job); }

void LetterForm::refresh() {
  m_preview = complete() ? preview(m_job) : Preview{};
  m_findings = m_firm_findings;
  append(m_findings, m_preview.findings);
}

} // namespace engross::writer
