// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "templating/render.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace engross::letter {

/// Pictures that a deal brings into one letter: files beside the deal, or data URIs (RFC 2397).
/// PNG, JPEG, GIF and SVG; nothing outside the deal's folder, nothing from the network.
class Pictures {
 public:
  struct Part {
    std::string media_type;
    std::string bytes;
  };

  explicit Pictures(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  /// Takes a picture in; a picture used twice is one part.
  std::optional<templating::Rendering::Picture> take(const std::string& value, const Place& place,
                                                     Findings& findings);

  /// A picture that says [name], for one that a draft lacks.
  templating::Rendering::Picture stand_in(const std::string& name);

  const std::map<std::string, Part>& parts() const { return m_parts; }

 private:
  std::string free_part(const std::string& bytes, const std::string& ending);

  std::filesystem::path m_folder;
  std::map<std::string, Part> m_parts;
  std::map<std::string, templating::Rendering::Picture> m_known;
};

} // namespace engross::letter
