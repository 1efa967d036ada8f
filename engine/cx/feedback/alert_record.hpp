#pragma once
#include <string>

#include "engine/ports/cx_rows.hpp"
#include "models/base/result.hpp"
#include "models/cx/alert.hpp"

/// Alerts as records: one row for each change of an episode.
namespace echoflow::intake {

struct AlertRecord {
  std::int64_t id = 0;
  cx::Alert alert;
  std::uint32_t number = 1;  ///< of this change within its episode
  bool told = false;         ///< the processes have had it
  std::vector<InstanceId> instances;
  std::uint64_t seq = 0;
};

Result<AlertRecord> read_alert(const engine::AlertRow& row);

struct AlertChange {
  std::string events;
  std::uint64_t seq = 0;
  engine::AlertRow row;
};
/// Numbers of the journal's events: 501 said, 502 told.
AlertChange say(AlertRecord record);
AlertChange tell(AlertRecord record, const std::vector<InstanceId>& taken_by);

/// "alert-<episode>-<state>-<number>": the same after a restart.
std::string request_key(const AlertRecord& record);

}  // namespace echoflow::intake
