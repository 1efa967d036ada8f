#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/base/result.hpp"

/// The server's own measures. docs/kpis.md says exactly what each counts. Stored by name: a name is permanent.
namespace echoflow::cx {

enum class KpiBuiltIn : std::uint8_t {
  first_response_time,
  next_response_time,
  resolution_time,
  service_level,
  handling_time,
  first_contact_resolution,
  backlog,
  backlog_age,
  reopen_rate,
  escalation_rate,
  nps,
  csat,
  ces,
  sentiment_index,
  share_of_voice,
  process_duration,
  process_steps,
  process_loops,
  process_handovers,
};

struct KpiBuiltInInfo {
  KpiBuiltIn measure;
  std::string_view name;        ///< as in <cx:kpi>
  std::string_view unit;        ///< where none is declared: s, percent, points, count
  bool is_share;                ///< always the mean of its samples, whatever aggregate is declared
  bool is_state;                ///< what is now, without a window
  std::string_view parameters;  ///< names that it takes, separated by blanks
};
std::span<const KpiBuiltInInfo> kpi_built_ins();
const KpiBuiltInInfo& info_of(KpiBuiltIn measure);

/// A built-in with its parameters: "serviceLevel(within=PT1H)", "resolutionTime(pause=customer)", "nps".
struct KpiBuiltInUse {
  KpiBuiltIn measure = KpiBuiltIn::first_response_time;
  /// serviceLevel: seconds within which an answer counts (default 3 600).
  /// firstContactResolution: seconds without a reopening after which a case counts as resolved for good (default 7
  /// days).
  double within = 3'600;
  bool pause_for_customer = false;     ///< resolutionTime(pause=customer): not counted while the customer is waited for
  bool ignore_single_contact = false;  ///< firstContactResolution(definition=noReopen); default singleContact
  std::string survey;  ///< nps, csat, ces: answers to the survey of this name; default the measure's own name
  double scale = 7;    ///< ces: the best answer; answers from 1 on count
};

/// Reads what stands in <cx:kpi>. Failure: an unknown name, parameter or value; the message says what there is.
Result<KpiBuiltInUse> parse_kpi_built_in(std::string_view text);

}  // namespace echoflow::cx
