#include <charconv>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/base/time.hpp"

namespace echoflow::rules {
namespace {

/// A number, or a duration in seconds; nullopt when it is absent or wrong (CX00004).
std::optional<double> value_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  const auto duration = parse_duration(text);
  if (!duration) return std::nullopt;
  return static_cast<double>(duration->micros);
}

bool is_number(const std::string& text) {
  return text.find('P') == std::string::npos;
}

}  // namespace

// From target over warning to critical it becomes worse.
void check_cx00012(const RuleContext& context, Findings& findings) {
  for (const auto& kpi : context.loaded.process.kpis) {
    const bool higher = kpi.direction == "higher";
    const std::pair<const char*, const std::string*> levels[] = {
        {"target", &kpi.target}, {"warning", &kpi.warning}, {"critical", &kpi.critical}};
    const std::pair<const char*, const std::string*>* better = nullptr;
    for (const auto& level : levels) {
      const auto worse_value = value_of(*level.second);
      if (level.second->empty() || !worse_value) continue;
      if (better != nullptr && is_number(*better->second) == is_number(*level.second)) {
        const auto better_value = *value_of(*better->second);
        if (higher ? *worse_value > better_value : *worse_value < better_value)
          findings.add(kpi.origin.where, "The level " + std::string(level.first) + " of KPI " + quoted(kpi.name) +
                                             " is better than " + better->first + ", since " +
                                             (higher ? "higher" : "lower") +
                                             " is better; correct the levels or the direction.");
      }
      better = &level;
    }
  }
}

}  // namespace echoflow::rules
