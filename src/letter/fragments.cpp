// SPDX-License-Identifier: MPL-2.0
#include "letter/fragments.hpp"

#include "letter/assembly.hpp"
#include "letter/template_file.hpp"
#include "odf/element.hpp"
#include "templating/fragment.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <system_error>

namespace engross::letter {

namespace fs = std::filesystem;
using templating::Fragment;
using templating::Tag;

namespace {

// A letter of a hundred fragments within each other is an attack or a mistake.
constexpr std::size_t k_most_fragments = 200;
constexpr std::size_t k_most_bytes = 64U << 20U;
constexpr std::size_t k_deepest = 16;

/// A relative path that never climbs, as every system reads it.
bool stays_inside(const std::string& name) {
  if (name.empty() || name.find_first_of(std::string_view("\\:\0", 3)) != std::string::npos)
    return false;
  const fs::path path(name);
  return path.is_relative() &&
         std::none_of(path.begin(), path.end(), [](const fs::path& step) { return step == ".."; });
}

/// The file itself, links followed, lies in the folder or below it.
bool lies_in(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(file, error);
  const fs::path outer = fs::weakly_canonical(folder.empty() ? "." : folder, error);
  const auto end = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return !error && end.first == outer.end();
}

/// What a fragment holds that cannot stand where its tag does.
struct Misfit {
  const char* place;
  const char* what;
};

using odf::named;

const char* kind_of_note(pugi::xml_node note) {
  return std::strcmp(note.attribute("text:note-class").value(), "endnote") == 0 ? "an endnote"
                                                                                : "a footnote";
}

/// Writer opens no letter with a note in a note or in the table of a text box; of a note in a text
/// box, a table in a note and a table or section in a list item it shows no text.
std::optional<Misfit> misfit_of(pugi::xml_node marker, const Fragment& fragment) {
  const pugi::xml_node text = fragment.document.content.child("office:document-content")
                                  .child("office:body")
                                  .child("office:text");
  const pugi::xml_node note =
      text.find_node([](pugi::xml_node node) { return named(node, "text:note"); });
  const pugi::xml_node table =
      text.find_node([](pugi::xml_node node) { return named(node, "table:table"); });
  for (pugi::xml_node around = marker.parent(); around; around = around.parent()) {
    if (named(around, "text:note-body")) {
      if (note) return Misfit{kind_of_note(around.parent()), kind_of_note(note)};
      if (table) return Misfit{kind_of_note(around.parent()), "a table"};
    }
    if (named(around, "draw:text-box") && note) return Misfit{"a text box", kind_of_note(note)};
  }
  if (named(marker.parent(), "text:list-item") || named(marker.parent(), "text:list-header"))
    for (pugi::xml_node child : text) {
      if (named(child, "table:table")) return Misfit{"a list item", "a table"};
      if (named(child, "text:section")) return Misfit{"a list item", "a section"};
      if (named(child, "text:table-of-content"))
        return Misfit{"a list item", "a table of contents"};
    }
  return std::nullopt;
}

class Includer {
 public:
  Includer(odf::Document& document, templating::MarkedPart& content, const fs::path& template_file,
           const std::vector<fs::path>& folders)
      : m_document(document), m_content(content), m_folders(folders) {
    m_folders.insert(m_folders.begin(), template_file.parent_path());
    std::error_code error;
    m_chains.emplace_back(0, std::vector<fs::path>{fs::weakly_canonical(template_file, error)});
  }

  void run() {
    // What a fragment includes follows behind the tags there are.
    for (std::uint32_t i = 0; i < m_content.tags.size(); ++i)
      if (m_content.tags[i].tag.kind == Tag::Kind::include && m_content.tags[i].marker &&
          m_content.tags[i].alone)
        include(i);
  }

 private:
  using Chain = std::vector<fs::path>; ///< files, each included by the one before

  void say(std::uint32_t tag, Code code, const std::vector<std::string>& arguments) {
    m_content.findings.push_back(make_finding(code, m_content.tags[tag].place, arguments));
  }

  const Chain& chain_of(std::uint32_t tag) const {
    const auto behind = std::find_if(m_chains.rbegin(), m_chains.rend(),
                                     [&](const auto& chain) { return chain.first <= tag; });
    return behind->second;
  }

  void include(std::uint32_t tag) {
    const std::string name = literal_text(m_content.tags[tag].tag.expression);
    const std::string typed = m_content.tags[tag].place.tag;
    if (name.empty()) return say(tag, Code::include_name_computed, {typed});
    Chain chain = chain_of(tag);
    const std::optional<fs::path> file = find(tag, name, chain.back().parent_path());
    if (!file) return;
    const auto again = std::find(chain.begin(), chain.end(), *file);
    if (again != chain.end()) {
      std::string circle;
      for (auto at = again; at != chain.end(); ++at) circle += at->filename().string() + " → ";
      return say(tag, Code::include_circle, {circle + file->filename().string()});
    }
    if (chain.size() > k_deepest)
      return say(tag, Code::include_too_much,
                 {"“" + name + "”", std::to_string(k_deepest) + " fragments within each other"});
    if (++m_included > k_most_fragments)
      return say(tag, Code::include_too_much,
                 {"“" + name + "”", std::to_string(k_most_fragments) + " fragments"});
    const Fragment* fragment = open(tag, *file, name);
    if (fragment == nullptr) return;
    if (const std::optional<Misfit> misfit = misfit_of(m_content.tags[tag].marker, *fragment))
      return say(tag, Code::include_not_here, {name, misfit->place, misfit->what});
    chain.push_back(*file);
    const std::size_t first =
        templating::insert_fragment(m_document, m_content, tag, *fragment, m_included);
    m_chains.emplace_back(first, std::move(chain));
  }

  std::optional<fs::path> find(std::uint32_t tag, const std::string& name, const fs::path& beside) {
    if (!stays_inside(name)) {
      say(tag, Code::include_outside, {name});
      return std::nullopt;
    }
    std::vector<fs::path> folders{beside};
    folders.insert(folders.end(), m_folders.begin(), m_folders.end());
    std::error_code error;
    std::vector<std::string> names;
    for (const fs::path& folder : folders) {
      const fs::path file = folder / name;
      if (fs::is_regular_file(file, error)) {
        if (lies_in(file, folder)) return fs::weakly_canonical(file, error);
        say(tag, Code::include_outside, {name});
        return std::nullopt;
      }
      const fs::path where = file.parent_path().empty() ? "." : file.parent_path();
      for (fs::directory_iterator at(where, error), end; !error && at != end; at.increment(error))
        names.push_back((fs::path(name).parent_path() / at->path().filename()).generic_string());
    }
    const auto close = closest_name(name, names);
    say(tag, Code::include_not_found,
        {name, close ? "Did you mean “" + *close + "”?"
                     : "It is looked for beside the template and in the firm's folder templates."});
    return std::nullopt;
  }

  /// Reads and marks a file once.
  const Fragment* open(std::uint32_t tag, const fs::path& file, const std::string& name) {
    const auto known = m_fragments.find(file);
    if (known != m_fragments.end()) return known->second ? &*known->second : nullptr;
    std::optional<Fragment>& fragment = m_fragments[file];
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error || size > k_most_bytes - m_bytes) {
      say(tag, Code::include_too_much, {"“" + name + "”", "64 MB of fragments"});
      return nullptr;
    }
    m_bytes += static_cast<std::size_t>(size);
    Result<std::string> bytes = read_file(file);
    append(m_content.findings, std::move(bytes.findings));
    if (!bytes) return nullptr;
    Result<odf::Document> document = odf::Document::open(file.string(), std::move(*bytes));
    append(m_content.findings, std::move(document.findings));
    if (!document) return nullptr;
    free_slot_ids(*document);
    fragment.emplace(Fragment{std::move(*document), {}});
    fragment->marked = templating::mark_tags(
        fragment->document.content, file.string(), "content.xml",
        fragment->document.styles.child("office:document-styles").child("office:styles"));
    append(m_content.findings, std::exchange(fragment->marked.findings, {}));
    return &*fragment;
  }

  odf::Document& m_document;
  templating::MarkedPart& m_content;
  std::vector<fs::path> m_folders;
  std::map<fs::path, std::optional<Fragment>> m_fragments;
  /// From this tag on: the files whose tags these are.
  std::vector<std::pair<std::size_t, Chain>> m_chains;
  std::size_t m_included = 0;
  std::size_t m_bytes = 0;
};

} // namespace

void include_fragments(odf::Document& document, templating::MarkedPart& content,
                       const fs::path& template_file, const std::vector<fs::path>& folders) {
  Includer(document, content, template_file, folders).run();
}

} // namespace engross::letter
