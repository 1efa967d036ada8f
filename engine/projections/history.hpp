#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// Read models for operators and auditors: folds over an instance's journal.
namespace echoflow::engine {

enum class ActivityStatus : std::uint8_t { ready, executing, completed, faulted, terminated, skipped, compensated };
std::string_view to_string(ActivityStatus status);

struct ActivityView {
  ActivityId id = 0;
  std::string element_id, name, type;  ///< type: the BPEL element's name
  ActivityStatus status = ActivityStatus::ready;
  std::optional<TimePoint> started_at, ended_at;
  std::optional<std::int64_t> iteration;  ///< of its nearest loop or forEach, from 1
  ActivityId scope = 0;                   ///< its scope's activity id
  bool failed = false;                    ///< waits for an operator (incident)
};
struct VariableView {
  std::string name;
  ActivityId scope = 0;
  program::VariableId variable = program::none;
  Parts parts;
};
struct FaultView {
  ActivityId activity = 0;
  TimePoint at;
  Fault fault;
  bool handled = false;
};
/// One line of the readable journal: what happened, to what, with which data.
struct EventView {
  std::uint64_t seq = 0;
  TimePoint at;
  std::string type;
  ActivityId activity = 0;
  std::string element_id;
  std::string detail;
};

class History {
 public:
  explicit History(const program::Program& program);
  ~History();
  History(History&&) noexcept;
  /// Adds one journal row, in order.
  Result<void> add(std::uint64_t seq, TimePoint at, std::string_view events, std::string_view payload);
  std::vector<ActivityView> activities() const;
  std::vector<VariableView> variables() const;  ///< live scopes, outermost first
  std::vector<FaultView> faults() const;
  std::vector<EventView> events() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::engine
