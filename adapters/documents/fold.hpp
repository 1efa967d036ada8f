#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/documents/gather.hpp"
#include "adapters/documents/instance_index.hpp"
#include "adapters/documents/replay.hpp"
#include "adapters/documents/tally.hpp"

/// What is remembered between the rows of the journal: of what runs, not of what has ended.
namespace echoflow::documents {

/// The most pieces of feedback that wait for their first answer; beyond it the oldest is forgotten.
inline constexpr std::size_t most_unanswered = 100'000;
/// The corrective actions that are told one by one: the newest.
inline constexpr std::size_t most_corrections = 200;

/// A deployed version of the process.
struct KnownVersion {
  std::int64_t process = 0;
  program::ProgramPtr program;
  VersionTally* tally = nullptr;
  std::vector<ElementTally*> elements;        ///< by node; null: it is not told of
  std::vector<std::uint32_t> replay_numbers;  ///< by node
};

struct OpenRun {
  const KnownVersion* version = nullptr;
  TimePoint started;
  bool conforming = true, released = true;
  struct Open {
    ActivityId activity = 0;
    program::NodeId node = 0;
    std::int64_t at = 0;
    bool joining = false;
    bool failed = false;  ///< waits for an operator
  };
  std::vector<Open> open;
  std::optional<Replay::Run> replay;
  std::vector<TimePoint> feedback;  ///< when what it took was received
};

struct OpenTask {
  InstanceId instance = 0;
  std::string element, role;
  std::vector<std::string> deadlines;
};

struct PickedCase {
  InstanceId instance = 0;
  const KnownVersion* version = nullptr;
  bool conforming = true;
};

/// Takes the journal in row by row.
class Fold {
 public:
  /// All outlive it.
  Fold(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms, const GatherOptions& options);

  /// Learns which versions there are. The error is the store's words.
  Result<void> start();
  Result<void> add(const engine::JournalRow& row);
  /// What still runs is counted, too.
  void finish();

  Tally& tally() { return tally_; }
  const KnownVersion* documented() const { return documented_; }
  /// By pseudonym.
  const std::map<std::string, PickedCase>& picked() const { return picked_; }

 private:
  friend class RunReader;
  void learn(const engine::ProcessRow& row, TimePoint deployed_at);
  void add_elements(KnownVersion& version);
  std::set<std::string> observable() const;
  Result<void> add_instance_row(const engine::JournalRow& row);
  void add_task_row(const engine::JournalRow& row);
  Result<void> add_feedback_row(const engine::JournalRow& row);
  void add_delivery_row(const engine::JournalRow& row);
  Result<bool> took(InstanceId instance, TimePoint received);
  void end_run(InstanceId id, OpenRun& run, std::uint8_t status, const std::string& fault, TimePoint at);
  void correct(documentation::CorrectiveAction action);
  std::string element_of(const OpenRun* run, ActivityId activity) const;
  std::string role_of(const std::string& queue, const std::vector<std::string>& people) const;

  engine::Store& store_;
  const ProgramOf& program_of_;
  const Pseudonyms& pseudonyms_;
  const GatherOptions& options_;
  InstanceIndex index_;
  std::map<std::int64_t, KnownVersion> versions_;
  const KnownVersion* documented_ = nullptr;
  std::optional<Replay> replay_;
  std::map<InstanceId, OpenRun> runs_;
  std::map<std::int64_t, OpenTask> tasks_;
  std::map<std::int64_t, TimePoint> received_;    ///< feedback that nobody took yet
  std::map<std::int64_t, TimePoint> unanswered_;  ///< feedback of this process
  std::map<std::string, PickedCase> picked_;
  Tally tally_;
};

/// Does the activity only hold others together?
bool is_structure(program::ActivityKind kind);

}  // namespace echoflow::documents
