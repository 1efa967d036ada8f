#include "bpel/generate/names.hpp"

namespace echoflow::generate {

std::string target_namespace(const graph::ProcessGraph& graph) {
  if (!graph.target_namespace.empty()) return graph.target_namespace;
  return "urn:echoflow:model:" + plain_name(graph.id);
}

std::string fault_name(const graph::ProcessGraph& graph, const std::string& definition) {
  const auto found = graph.definitions.find(definition);
  std::string name = definition;
  if (found != graph.definitions.end()) {
    if (!found->second.name.empty()) name = found->second.name.in("");
    if (!found->second.code.empty()) name = found->second.code;
  }
  return "tns:" + plain_name(name);
}

std::string plain_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool later = (c >= '0' && c <= '9') || c == '-';
    const auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0;
    // Letters of the Latin-1 supplement, which are two bytes.
    const bool accented = c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7;
    if (letter || (later && !out.empty())) {
      out += name[i];
    } else if (accented) {
      out += name.substr(i, 2);
      ++i;
    } else if ((c & 0xC0) != 0x80 || out.empty()) {
      out += '_';
      if (later) out += name[i];
    }
  }
  return out.empty() ? "_" : out;
}

}  // namespace echoflow::generate
