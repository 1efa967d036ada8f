#include "models/cx/kpi_built_in.hpp"

#include <array>
#include <charconv>

#include "models/base/time.hpp"

namespace echoflow::cx {
namespace {

constexpr std::array<KpiBuiltInInfo, 19> table = {{
    {KpiBuiltIn::first_response_time, "firstResponseTime", "s", false, false, ""},
    {KpiBuiltIn::next_response_time, "nextResponseTime", "s", false, false, ""},
    {KpiBuiltIn::resolution_time, "resolutionTime", "s", false, false, "pause"},
    {KpiBuiltIn::service_level, "serviceLevel", "percent", true, false, "within"},
    {KpiBuiltIn::handling_time, "handlingTime", "s", false, false, ""},
    {KpiBuiltIn::first_contact_resolution, "firstContactResolution", "percent", true, false, "within definition"},
    {KpiBuiltIn::backlog, "backlog", "count", false, true, ""},
    {KpiBuiltIn::backlog_age, "backlogAge", "s", false, true, ""},
    {KpiBuiltIn::reopen_rate, "reopenRate", "percent", true, false, ""},
    {KpiBuiltIn::escalation_rate, "escalationRate", "percent", true, false, ""},
    {KpiBuiltIn::nps, "nps", "points", true, false, "survey"},
    {KpiBuiltIn::csat, "csat", "percent", true, false, "survey"},
    {KpiBuiltIn::ces, "ces", "points", false, false, "survey scale"},
    {KpiBuiltIn::sentiment_index, "sentimentIndex", "points", true, false, ""},
    {KpiBuiltIn::share_of_voice, "shareOfVoice", "percent", true, false, ""},
    {KpiBuiltIn::process_duration, "processDuration", "s", false, false, ""},
    {KpiBuiltIn::process_steps, "processSteps", "count", false, false, ""},
    {KpiBuiltIn::process_loops, "processLoops", "count", false, false, ""},
    {KpiBuiltIn::process_handovers, "processHandovers", "count", false, false, ""},
}};

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool takes(const KpiBuiltInInfo& info, std::string_view name) {
  const std::string padded = " " + std::string(info.parameters) + " ";
  return !name.empty() && padded.find(" " + std::string(name) + " ") != std::string::npos;
}

std::string names() {
  std::string all;
  for (const auto& info : table) all += (all.empty() ? "" : ", ") + std::string(info.name);
  return all;
}

Result<void> set(KpiBuiltInUse& use, std::string_view name, std::string_view value) {
  if (name == "survey" && !value.empty()) {
    use.survey = value;
    return {};
  }
  if (name == "pause" && (value == "customer" || value == "none")) {
    use.pause_for_customer = value == "customer";
    return {};
  }
  if (name == "definition" && (value == "singleContact" || value == "noReopen")) {
    use.ignore_single_contact = value == "noReopen";
    return {};
  }
  if (name == "scale") {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), use.scale);
    if (error == std::errc() && end == value.data() + value.size() && use.scale >= 2 && use.scale <= 100) return {};
  }
  if (name == "within") {
    const auto duration = parse_duration(value);
    if (duration && duration->months == 0 && duration->micros > 0) {
      use.within = static_cast<double>(duration->micros) / 1e6;
      return {};
    }
  }
  return fail("\"" + std::string(value) + "\" is no value of the parameter \"" + std::string(name) +
              "\" of a built-in KPI; see docs/kpis.md.");
}

}  // namespace

std::span<const KpiBuiltInInfo> kpi_built_ins() {
  return table;
}

const KpiBuiltInInfo& info_of(KpiBuiltIn measure) {
  return table[static_cast<std::size_t>(measure)];
}

Result<KpiBuiltInUse> parse_kpi_built_in(std::string_view text) {
  const auto open = text.find('(');
  const auto name = trim(text.substr(0, open));
  KpiBuiltInUse use;
  const KpiBuiltInInfo* info = nullptr;
  for (const auto& each : table)
    if (each.name == name) info = &each;
  if (!info) return fail("There is no built-in KPI \"" + std::string(name) + "\"; there are " + names() + ".");
  use.measure = info->measure;
  if (use.measure == KpiBuiltIn::first_contact_resolution) use.within = 7 * 86'400;
  if (takes(*info, "survey")) use.survey = info->name;
  if (open == std::string_view::npos) return use;
  auto rest = trim(text.substr(open + 1));
  if (rest.empty() || rest.back() != ')')
    return fail("The parameters of the built-in KPI \"" + std::string(name) + "\" must end with \")\".");
  rest.remove_suffix(1);
  while (!trim(rest).empty()) {
    const auto comma = rest.find(',');
    const auto one = rest.substr(0, comma);
    const auto equals = one.find('=');
    const auto parameter = trim(one.substr(0, equals));
    if (equals == std::string_view::npos || !takes(*info, parameter))
      return fail("The built-in KPI \"" + std::string(name) + "\" takes " +
                  (info->parameters.empty() ? std::string("no parameters") : "only: " + std::string(info->parameters)) +
                  "; \"" + std::string(trim(one)) + "\" is none of them.");
    if (auto done = set(use, parameter, trim(one.substr(equals + 1))); !done) return fail(done.error());
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return use;
}

}  // namespace echoflow::cx
