// SPDX-License-Identifier: MPL-2.0
#include "templating/evaluator.hpp"

#include <algorithm>
#include <array>

namespace engross::templating {

namespace {

struct Form {
  std::string_view name;
  std::string_view singular;
  std::string_view plural;
};

constexpr std::array<Form, 9> k_forms = {{
    {"we", "I", "we"},
    {"us", "me", "us"},
    {"our", "my", "our"},
    {"ours", "mine", "ours"},
    {"ourselves", "myself", "ourselves"},
    {"am", "am", "are"},
    {"have", "have", "have"},
    {"attorney", "an attorney", "attorneys"},
    {"attorneys", "attorney", "attorneys"},
}};

} // namespace

std::string voice_of(const Context::State& state) {
  std::string voice = state.settings.voice;
  if (state.open != nullptr && state.open->voice && state.data.member("voice") == nullptr)
    state.note_open("voice");
  if (voice.empty()) {
    const Value* given = state.data.member("voice");
    if (given == nullptr) state.note_open("voice");
    if (given == nullptr || given->kind() == Value::Kind::none) return "we";
    if (given->kind() != Value::Kind::string)
      fail(Code::invalid_voice, {std::string(deal::kind_name(given->kind()))});
    voice = given->as_string();
  }
  if (voice == "I" || voice == "i") return "I";
  if (voice == "we" || voice == "We") return "we";
  fail(Code::invalid_voice, {voice});
}

std::optional<std::string_view> voice_form(std::string_view voice, std::string_view form) {
  const auto found =
      std::find_if(k_forms.begin(), k_forms.end(), [&](const Form& f) { return f.name == form; });
  if (found == k_forms.end()) return std::nullopt;
  return voice == "I" ? found->singular : found->plural;
}

std::vector<std::string> voice_forms() {
  std::vector<std::string> names;
  names.reserve(k_forms.size());
  for (const Form& form : k_forms) names.emplace_back(form.name);
  return names;
}

} // namespace engross::templating
