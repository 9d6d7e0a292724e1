// SPDX-License-Identifier: MPL-2.0
#include "writer/outputs.hpp"

#include "writer/convert.hpp"
#include "writer/guard.hpp"

#include <algorithm>
#include <utility>

namespace engross::writer {

namespace fs = std::filesystem;

namespace {

bool holds(const std::vector<fs::path>& files, const fs::path& file) {
  return std::any_of(files.begin(), files.end(), [&](const fs::path& other) {
    std::error_code ignored;
    return fs::weakly_canonical(file, ignored) == fs::weakly_canonical(other, ignored);
  });
}

} // namespace

std::vector<fs::path> output_paths(const css::uno::Sequence<rtl::OUString>& urls,
                                   const std::vector<fs::path>& sources, const Refusal& refusal) {
  std::vector<fs::path> paths;
  Findings findings;
  const auto not_written = [&](const fs::path& path, const char* why) {
    findings.push_back(make_finding(Code::file_not_written, {}, {path.string(), why}));
  };
  for (const rtl::OUString& url : urls) {
    const auto path = path_of(url);
    if (!path) {
      findings.push_back(make_finding(Code::not_a_url, {}, {to_utf8(url)}));
      continue;
    }
    if (Findings refused = refusal(*path); !refused.empty()) {
      append(findings, std::move(refused));
      continue;
    }
    if (holds(paths, *path))
      not_written(*path, "it is named twice");
    else if (holds(sources, *path))
      not_written(*path, "the letter is made from it");
    paths.push_back(*path);
  }
  if (!urls.hasElements()) findings.push_back(make_finding(Code::unknown_format, {}, {"\"\""}));
  if (!findings.empty()) throw Error(std::move(findings));
  return paths;
}

} // namespace engross::writer
