#pragma once
#include <map>
#include <memory>
#include <string>

#include "adapters/documents/gather.hpp"
#include "engine/ports/store.hpp"
#include "tools/echoflow/settings.hpp"

namespace echoflow::tool {

/// A database that no server has open: --data or --database.
Result<std::unique_ptr<engine::Store>> open_database(const Settings& settings);

/// The programs of what is deployed in a store, compiled when they are asked for.
class StoredProcesses {
 public:
  /// The store outlives it.
  explicit StoredProcesses(engine::Store& store) : store_(store) {}
  program::ProgramPtr program(std::int64_t process);
  documents::ProgramOf finder() {
    return [this](std::int64_t process) { return program(process); };
  }
  /// Its key, from its key or local name; the error says what there is.
  Result<std::string> key_of(const std::string& name);

 private:
  engine::Store& store_;
  std::map<std::int64_t, program::ProgramPtr> known_;
};

/// A line on a terminal that shows how far something is; nothing where no terminal is attached.
documents::Progress progress_bar(const std::string& what);

}  // namespace echoflow::tool
