#pragma once
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "adapters/cx/tasks/world.hpp"
#include "adapters/runtime/clock.hpp"
#include "adapters/runtime/ids.hpp"
#include "engine/cx/assignment/choose.hpp"
#include "engine/cx/tasks/command.hpp"
#include "engine/ports/cx_store.hpp"

namespace echoflow::tasks {

enum class FailureKind : std::uint8_t { forbidden, conflict, invalid, not_found, unavailable };
struct Failure {
  FailureKind kind = FailureKind::conflict;
  std::string code;     ///< stable
  std::string message;  ///< one plain English sentence
};
template <class T>
using Answer = Result<T, Failure>;

struct Options {
  assignment::Options assignment;
  calendar::Calendars calendars;
  std::int64_t first_retry = 1'000'000;      ///< microseconds; doubles …
  std::int64_t longest_retry = 300'000'000;  ///< … up to this
  std::uint32_t notice_attempts = 10;        ///< then a notification is given up
  std::size_t routed_at_once = 200;          ///< ready tasks of a group that are looked at
};

struct Counters {
  std::atomic<std::uint64_t> created{0}, commands{0}, refused{0}, conflicts{0}, assigned{0}, requeued{0}, escalated{0},
      effects{0};
};

/// A list of tasks, and where the next page begins.
struct TaskPage {
  std::vector<Task> tasks;
  std::optional<engine::TaskCursor> next;
};

/// Keeps the human tasks: loads, decides, commits, and does afterwards what was decided. Thread-safe.
class TaskService {
 public:
  TaskService(engine::Store& store, World& world, runtime::Clock& clock, Options options = {});
  ~TaskService();  ///< stop()
  TaskService(const TaskService&) = delete;
  TaskService& operator=(const TaskService&) = delete;

  /// Reads agents and loads, then takes up timers and effects that wait.
  Answer<void> start();
  void stop();

  // Tasks.
  /// For a call of a process: the same call key gives the same task.
  Answer<Task> create(Creation creation);
  Answer<Task> task(std::int64_t id) const;
  Answer<TaskPage> list(const engine::TaskFilter& filter) const;
  Answer<std::vector<HistoryEntry>> history(std::int64_t id) const;
  /// Decides anew when somebody else was quicker; returns the task after its commit.
  Answer<Task> act(std::int64_t id, const Command& command);
  /// Creates a part of a task; its parent waits for it.
  Answer<Task> add_sub_task(std::int64_t parent, const Actor& actor, Creation creation);
  /// The process does not wait for the task any more. Never blocks.
  void abandon(std::int64_t instance, std::uint32_t activity);
  Answer<std::vector<engine::TaskCount>> counts() const;

  // People.
  /// Groups, and what he supervises, as far as he is known; `extra_groups` besides.
  Actor actor(const std::string& user, const People& extra_groups = {}) const;
  std::vector<assignment::Agent> agents() const;
  /// Mail addresses of a user, or of the members of "group:<name>"; a recipient with an '@' is one itself.
  std::vector<std::string> addresses(const std::string& recipient) const;
  assignment::Load load(const std::string& user) const;
  Answer<void> put_agent(assignment::Agent agent);
  Answer<void> remove_agent(const std::string& user);
  /// Who goes offline gives back what was assigned to him.
  Answer<assignment::Agent> set_presence(const std::string& user, assignment::Presence presence);

  const Options& options() const { return options_; }
  const Counters& counters() const { return counters_; }
  /// True when nothing is due now. For tests.
  bool at_rest() const;

 private:
  struct Loaded {
    Task task;
    std::uint64_t version = 0;
  };
  Answer<Loaded> load(std::int64_t id) const;
  /// The state made again from the journal, where the row has lost it: its customer was erased.
  Answer<Task> fold(std::int64_t id) const;
  Answer<Task> commit(const Task& before, const Events& events, TimePoint now);
  Answer<void> commit_document(engine::DocumentRow row);
  Context context(TimePoint now) const;
  void committed(const Task& before, const Task& after);
  Command command(Operation operation) const;

  // The worker.
  void work();
  bool round();
  bool do_due(TimePoint now);
  void settle_effects(Task task, TimePoint now);
  Outcome perform(const Task& task, const Effect& effect, TimePoint now);
  Outcome answer_process(const Task& task);
  Outcome notify(const Task& task, const Effect& effect);
  Outcome tell_parent(const Task& task);
  Outcome activate_next(const Task& task);
  Outcome end_children(const Task& task);
  void end_abandoned();
  void look_for_abandoned();
  /// Something may go to, or come from, these people.
  void want_route(const std::vector<std::string>& owners);
  std::vector<std::string> owners_of_agent(const std::string& user) const;
  bool route(TimePoint now);
  bool route_group(const std::string& owner, TimePoint now);
  bool has_room(const std::string& owner) const;
  std::string last_agent_of(const std::string& customer) const;
  void give_back_all(const std::string& user);
  bool is_stopping() const;

  engine::Store& store_;
  World& world_;
  runtime::Clock& clock_;
  const Options options_;
  mutable runtime::IdBlocks ids_;
  Counters counters_;

  mutable std::mutex people_mutex_;
  assignment::Desk desk_;
  std::int64_t people_stream_ = 0;
  std::uint64_t people_seq_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::pair<std::int64_t, std::uint32_t>> abandoned_;
  std::int64_t next_due_ = INT64_MAX;
  std::set<std::string> to_route_;                   ///< users and groups for whom something may have changed
  std::map<std::string, std::int64_t> to_route_at_;  ///< for whom waiting itself changes something
  bool more_ = false, working_ = false, stopping_ = true, look_back_ = false;
  std::thread thread_;
};

/// The row of a task in its table.
engine::TaskRow row_of(const Task& task);
/// An erased task has only what its row says.
Task task_of(const engine::TaskRow& row);

}  // namespace echoflow::tasks
