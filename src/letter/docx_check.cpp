// SPDX-License-Identifier: MPL-2.0
#include "letter/docx_check.hpp"

#include <pugixml.hpp>

#include <set>
#include <vector>

namespace engross::letter {

void check_docx(const std::string& content, const odf::ListStyles& lists, const std::string& file,
                Findings& findings) {
  pugi::xml_document dom;
  if (!dom.load_buffer(content.data(), content.size())) return;
  const pugi::xml_node root = dom.child("office:document-content");
  odf::ListStyles all = lists;
  all.read(root.child("office:automatic-styles"));
  std::set<const odf::ListStyle*> said;
  odf::number_lists(root.child("office:body"), all,
                    [&](pugi::xml_node, const std::vector<odf::LevelNumber>& levels) {
                      const odf::LevelNumber& own = levels.back();
                      odf::ListLevel level = (*own.style)[static_cast<std::size_t>(own.level)];
                      const std::string here = odf::format_number(own.number, level);
                      level.letter_sync = true;
                      const std::string in_word = odf::format_number(own.number, level);
                      if (here == in_word || !said.insert(own.style).second) return;
                      Place place;
                      place.file = file;
                      findings.push_back(make_finding(Code::letters_past_z, place,
                                                      {all.shown_name(*own.style), in_word, here}));
                    });
}

} // namespace engross::letter
