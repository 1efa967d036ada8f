#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/cx/kpis/fact_books.hpp"
#include "engine/ports/store.hpp"
#include "models/cx/feedback.hpp"
#include "models/program/program.hpp"

namespace echoflow::kpis {

/// A deployed process version, as far as its journal must be understood.
struct ProcessInfo {
  std::int64_t id = 0;
  std::string key;
  std::int32_t version = 0;
  program::ProgramPtr program;
};

/// Knows the processes; null where one is not deployed any more.
class ProcessFinder {
 public:
  virtual ~ProcessFinder() = default;
  virtual std::shared_ptr<const ProcessInfo> of_instance(InstanceId id) = 0;
  virtual std::shared_ptr<const ProcessInfo> process(std::int64_t id) = 0;
};

/// What a row is read with.
struct FactContext {
  ProcessFinder& processes;
  std::function<const std::set<std::string>&(const std::string& process)> watched;
  std::function<void(Fact)> tell;
};

// By the stream that a row is of.
void read_instance_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row);
void read_task_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row);

void read_feedback_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row);

void read_delivery_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row);

/// The case that a piece of feedback belongs to.
std::string case_of(const cx::Feedback& feedback);

/// Tells the facts of the journal, row by row in its order.
class FactReader {
 public:
  /// The finder outlives it. `watched` names the activities of a process whose passing somebody measures.
  FactReader(ProcessFinder& processes, std::function<const std::set<std::string>&(const std::string&)> watched)
      : processes_(processes), watched_(std::move(watched)) {}

  void read(const engine::JournalRow& row, const std::function<void(Fact)>& tell);

  /// Calls visit(name, bytes) with every part that changed since the last time.
  void save(bool everything, const std::function<void(std::string, std::string)>& visit);
  /// False when the bytes are broken; a part that is not its own is left alone.
  bool load(std::string_view name, std::string_view bytes);
  /// After the parts were loaded.
  void restore();

 private:
  ProcessFinder& processes_;
  std::function<const std::set<std::string>&(const std::string&)> watched_;
  FactBooks books_;
};

}  // namespace echoflow::kpis
