#include "engine/routing/correlation.hpp"

#include <algorithm>

namespace echoflow::engine {

using program::Initiate;

namespace {

/// Properties need nothing but the message.
class NoInstance : public program::EvaluationContext {
 public:
  xml::DocumentPtr variable_part(program::VariableId, std::uint32_t) const override { return nullptr; }
  bool link_status(program::LinkId) const override { return false; }
  TimePoint now() const override { return {}; }
  std::int64_t instance_id() const override { return 0; }
};

void escape(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == '\\' || c == ';' || c == '=') out.push_back('\\');
    out.push_back(c);
  }
}

constexpr std::size_t most_optional_sets = 6;  // 2^6 keys a message at most; further sets count as not in force

}  // namespace

// WS-BPEL 2.0 §7.3: the alias must select exactly one value.
Result<std::string, Fault> read_property(const program::PropertyAlias& alias, const Message& message) {
  if (alias.part >= message.parts.size() || !message.parts[alias.part])
    return fail(
        standard_fault("selectionFailure", "The message has no part for property " + alias.property.clark() + "."));
  const auto& document = message.parts[alias.part];
  const xml::NodeRef context{document, document->document_element()};
  if (alias.query == nullptr) return document->string_value(context.node);
  auto values = alias.query->evaluate(NoInstance{}, &context);
  if (!values) return fail(std::move(values.error()));
  if (values->size() != 1)
    return fail(standard_fault("selectionFailure", "Property " + alias.property.clark() + " selects " +
                                                       std::to_string(values->size()) +
                                                       " values of the message instead of one."));
  return program::to_string(values->front());
}

std::string make_key(std::vector<std::pair<QName, std::string>> properties) {
  std::sort(properties.begin(), properties.end());
  properties.erase(std::unique(properties.begin(), properties.end()), properties.end());
  std::string key;
  for (const auto& [name, value] : properties) {
    if (!key.empty()) key.push_back(';');
    escape(key, name.clark());
    key.push_back('=');
    escape(key, value);
  }
  return key;
}

std::vector<std::string> candidate_keys(const program::Entry& entry, const Message& message) {
  using Properties = std::vector<std::pair<QName, std::string>>;
  Properties fixed;
  std::vector<Properties> optional;
  for (const auto& correlation : entry.inbound->correlations) {
    if (correlation.initiate == Initiate::yes) continue;
    Properties values;
    for (const auto& alias : correlation.properties) {
      auto value = read_property(alias, message);
      if (!value) break;
      values.emplace_back(alias.property, std::move(*value));
    }
    if (values.size() != correlation.properties.size()) {
      // Nobody waits for a set that the message does not have, if the set is in force for certain.
      if (correlation.initiate == Initiate::no) return {};
      continue;
    }
    if (correlation.initiate == Initiate::no)
      fixed.insert(fixed.end(), values.begin(), values.end());
    else if (optional.size() < most_optional_sets)
      optional.push_back(std::move(values));
  }
  std::vector<std::pair<int, std::string>> keys;
  for (unsigned subset = 0; subset < 1u << optional.size(); ++subset) {
    Properties chosen = fixed;
    for (std::size_t i = 0; i < optional.size(); ++i)
      if (subset >> i & 1) chosen.insert(chosen.end(), optional[i].begin(), optional[i].end());
    keys.emplace_back(-__builtin_popcount(subset), make_key(std::move(chosen)));
  }
  std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (auto& [size, key] : keys)
    if (std::find(result.begin(), result.end(), key) == result.end()) result.push_back(std::move(key));
  return result;
}

}  // namespace echoflow::engine
