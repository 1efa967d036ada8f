#pragma once
#include <map>
#include <optional>
#include <string>

#include "adapters/documents/gather.hpp"

/// How often the elements of one process version ran, over all its instances: one pass over the journal, in memory that
/// grows with the model and with what runs at the moment. Nothing is kept or counted ahead.
namespace echoflow::documents {

struct ElementCount {
  std::int64_t entered = 0;
  std::int64_t running = 0;
  std::int64_t faulted = 0;  ///< ended with a fault, or waiting for an operator
};

struct CountOptions {
  std::string process_key;                           ///< Clark notation
  std::int64_t process = 0;                          ///< the version (process-definition id)
  const graph::ProcessGraph* description = nullptr;  ///< its elements are counted
  std::optional<TimePoint> from, to;                 ///< instances that started then; none: all
};

/// By element id. The error is the store's words.
Result<std::map<std::string, ElementCount>> count_elements(engine::Store& store, const ProgramOf& program_of,
                                                           const CountOptions& options);

}  // namespace echoflow::documents
