// SPDX-License-Identifier: MPL-2.0
#include "../unit/expression_support.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

/// Renders plain text templates: each line of standard input is {"template": …, "data":
/// JSON as text, "locale": …, "voice": …}, each line of standard output {"text": …} or
/// {"error": "!code|argument|…"}.
int main() {
  namespace testing = engross::templating::testing;
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const nlohmann::json job = nlohmann::json::parse(line);
    engross::templating::Settings settings;
    settings.locale = job.value("locale", settings.locale);
    settings.voice = job.value("voice", settings.voice);
    engross::templating::Context context(testing::json(job.value("data", "{}")), settings);
    testing::TextTemplate text_template(job.at("template").get<std::string>());
    const std::string text = text_template.render(context);
    const nlohmann::json answer = {{text_template.failed() ? "error" : "text", text}};
    std::cout << answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
}
