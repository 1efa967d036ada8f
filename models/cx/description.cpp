#include "models/cx/description.hpp"

#include <algorithm>

#include "models/cx/namespaces.hpp"

namespace echoflow::cx {
namespace {

constexpr std::string_view folder = ".echoflow/";

std::string without_returns(std::string_view text) {
  std::string out(text);
  std::erase(out, '\r');
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace

void add_description(std::map<std::string, std::string>& files) {
  for (const auto& file : description_files())
    files.insert_or_assign(std::string(folder) + std::string(file.name), std::string(file.text));
}

bool uses_description(const std::map<std::string, std::string>& files) {
  return std::any_of(files.begin(), files.end(),
                     [](const auto& file) { return file.second.find(ns::cx) != std::string::npos; });
}

bool is_description(std::string_view text) {
  for (const auto& file : description_files())
    if (description_wsdl.ends_with(file.name)) return without_returns(text) == without_returns(file.text);
  return false;
}

}  // namespace echoflow::cx
