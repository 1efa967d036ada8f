#include "engine/routing/correlation.hpp"

#include <algorithm>

#include "models/cx/namespaces.hpp"

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

/// A filter sees the message and nothing else.
class MessageOnly : public NoInstance {
 public:
  MessageOnly(const Message& message, TimePoint now) : message_(message), now_(now) {}
  TimePoint now() const override { return now_; }
  xml::DocumentPtr variable_part(program::VariableId variable, std::uint32_t part) const override {
    return variable == program::filtered_message && part < message_.parts.size() ? message_.parts[part] : nullptr;
  }

 private:
  const Message& message_;
  TimePoint now_;
};

/// The text of a child of the message's only element.
std::string field_of(const Message& message, std::string_view local) {
  if (message.parts.empty() || !message.parts.front()) return {};
  const auto& document = *message.parts.front();
  const auto found = document.find_child(document.document_element(), ns::cx, local);
  return found == xml::no_node ? std::string() : document.string_value(found);
}

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

Result<bool, Fault> takes(const program::Inbound& inbound, const Message& message, TimePoint now) {
  if (!inbound.filter) return true;
  const auto& channels = inbound.filter->channels;
  const auto listed = [&](std::string_view field) {
    return std::binary_search(channels.begin(), channels.end(), field_of(message, field));
  };
  if (!channels.empty() && !listed("channel") && !listed("network")) return false;
  if (inbound.filter->when == nullptr) return true;
  return inbound.filter->when->evaluate_boolean(MessageOnly(message, now));
}

// No pair of a key begins with a semicolon, and none is without an equals sign: see make_key.
std::string filtered_key(std::string key, const program::Inbound& inbound) {
  if (inbound.filter) key += ";" + inbound.filter->digest;
  return key;
}

bool is_uncorrelated(std::string_view key) {
  return key.empty() || key.front() == ';';
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
    keys.emplace_back(-__builtin_popcount(subset), filtered_key(make_key(std::move(chosen)), *entry.inbound));
  }
  std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> result;
  for (auto& [size, key] : keys)
    if (std::find(result.begin(), result.end(), key) == result.end()) result.push_back(std::move(key));
  return result;
}

}  // namespace echoflow::engine
