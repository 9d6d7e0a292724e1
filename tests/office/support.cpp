// SPDX-License-Identifier: MPL-2.0
#include "support.hpp"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace engross::office::test {

namespace fs = std::filesystem;

namespace {

void add_part(zipFile zip, const std::string& name, const std::string& text, bool stored) {
  zip_fileinfo info{};
  if (zipOpenNewFileInZip(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                          stored ? 0 : Z_DEFLATED, stored ? 0 : Z_DEFAULT_COMPRESSION) != ZIP_OK ||
      zipWriteInFileInZip(zip, text.data(), static_cast<unsigned>(text.size())) != ZIP_OK ||
      zipCloseFileInZip(zip) != ZIP_OK) {
    throw std::runtime_error("zip: " + name);
  }
}

constexpr std::string_view k_namespaces =
    R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
    R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")"
    R"( xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0")"
    R"( xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0")"
    R"( xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0")"
    R"( xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")"
    R"( xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0")"
    R"( xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3")";

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text.erase(0, text.find_first_not_of(' '));
  return text;
}

struct Stat {
  long parent = 0;
  long group = 0;
  char state = 'X';
};

Stat stat_of(const std::string& id) {
  const std::string text = read_file("/proc/" + id + "/stat");
  Stat out;
  const std::size_t name_end = text.rfind(')'); // the name may hold anything
  if (name_end == std::string::npos) return out;
  std::istringstream fields(text.substr(name_end + 1));
  fields >> out.state >> out.parent >> out.group;
  return out;
}

std::vector<long> processes(const std::function<bool(const Stat&)>& wanted) {
  std::vector<long> out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const Stat stat = stat_of(name);
    if (stat.state != 'Z' && stat.state != 'X' && wanted(stat)) out.push_back(std::stol(name));
  }
  return out;
}

} // namespace

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "engross-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  m_path = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(m_path, ignored);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("write " + path.string());
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void write_zip(const fs::path& path, const std::map<std::string, std::string>& parts) {
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  if (zip == nullptr) throw std::runtime_error("zip " + path.string());
  for (const auto& [name, text] : parts) add_part(zip, name, text, false);
  zipClose(zip, nullptr);
}

void write_odt(const fs::path& path, const Odt& odt) {
  std::string content = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content";
  content += k_namespaces;
  content += "><office:scripts>" + odt.scripts + "</office:scripts><office:automatic-styles>" +
             odt.styles + "</office:automatic-styles><office:body><office:text>" + odt.body +
             "</office:text></office:body></office:document-content>";
  std::map<std::string, std::string> parts = odt.parts;
  parts["content.xml"] = content;
  std::string manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
                         "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                         "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
                         "manifest:version=\"1.3\" "
                         "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>";
  for (const auto& [name, text] : parts) {
    manifest += "<manifest:file-entry manifest:full-path=\"" + name +
                "\" manifest:media-type=\"text/xml\"/>";
  }
  manifest += "</manifest:manifest>";

  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  if (zip == nullptr) throw std::runtime_error("zip " + path.string());
  add_part(zip, "mimetype", "application/vnd.oasis.opendocument.text", true);
  for (const auto& [name, text] : parts) add_part(zip, name, text, false);
  add_part(zip, "META-INF/manifest.xml", manifest, false);
  zipClose(zip, nullptr);
}

std::string read_part(const fs::path& package, const std::string& name) {
  std::string out;
  unzFile zip = unzOpen64(package.c_str());
  if (zip == nullptr) return out;
  if (unzLocateFile(zip, name.c_str(), 1) == UNZ_OK && unzOpenCurrentFile(zip) == UNZ_OK) {
    char buffer[16384];
    for (int n = 0; (n = unzReadCurrentFile(zip, buffer, sizeof buffer)) > 0;) {
      out.append(buffer, static_cast<std::size_t>(n));
    }
    unzCloseCurrentFile(zip);
  }
  unzClose(zip);
  return out;
}

std::vector<Field> docx_fields(const std::string& part) {
  pugi::xml_document xml;
  xml.load_string(part.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  std::vector<Field> done;
  std::vector<Field> open; // fields nest
  std::vector<bool> in_result;
  pugi::xpath_node_set marks = xml.select_nodes("//w:fldChar | //w:instrText | //w:t");
  marks.sort();
  for (const pugi::xpath_node& found : marks) {
    const pugi::xml_node node = found.node();
    const std::string_view name = node.name();
    const std::string_view type = node.attribute("w:fldCharType").value();
    if (type == "begin") {
      open.emplace_back();
      in_result.push_back(false);
    } else if (open.empty()) {
      continue;
    } else if (type == "separate") {
      in_result.back() = true;
    } else if (type == "end") {
      done.push_back({trimmed(open.back().instruction), trimmed(open.back().result)});
      open.pop_back();
      in_result.pop_back();
    } else if (name == "w:instrText") {
      open.back().instruction += node.text().get();
    } else if (name == "w:t" && in_result.back()) {
      open.back().result += node.text().get();
    }
  }
  return done;
}

std::string docx_text(const std::string& part) {
  pugi::xml_document xml;
  xml.load_string(part.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  std::string out;
  for (const pugi::xpath_node& paragraph : xml.select_nodes("//w:p")) {
    for (const pugi::xpath_node& text : paragraph.node().select_nodes(".//w:t")) {
      out += text.node().text().get();
    }
    out += '\n';
  }
  return out;
}

std::string pdf_text(const fs::path& pdf) {
  std::string out;
  FILE* pipe = ::popen(("pdftotext -layout '" + pdf.string() + "' -").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("pdftotext");
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    out.append(buffer, n);
  }
  if (::pclose(pipe) != 0) throw std::runtime_error("pdftotext " + pdf.string());
  return out;
}

std::vector<long> children_of(long id) {
  return processes([id](const Stat& stat) { return stat.parent == id; });
}

std::vector<long> members_of_group(long id) {
  return processes([id](const Stat& stat) { return stat.group == id; });
}

bool wait_until(const std::function<bool()>& condition, std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

} // namespace engross::office::test
