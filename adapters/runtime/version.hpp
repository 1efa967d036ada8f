#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/directory.hpp"
#include "models/program/program.hpp"

namespace echoflow::runtime {

/// The entries of a program for one operation of one partner link.
struct EntryGroup {
  std::string partner_link;
  std::string operation;
  std::vector<const program::Entry*> entries;  ///< in document order
  bool starts = false;                         ///< some of them create instances
  bool may_wait = false;  ///< a running instance can wait here; false: the entry only ever starts new ones
  bool joins = false;     ///< two messages may meet in one new instance (initiate="join" at a start activity)
  bool one_way = false;
};

/// A compiled process version, immutable.
struct Version {
  ProcessInfoPtr info;
  program::ProgramPtr program;
  std::vector<EntryGroup> groups;

  const EntryGroup* group(std::string_view partner_link, std::string_view operation) const;
};
using VersionPtr = std::shared_ptr<const Version>;

/// What a program offers, for a directory: endpoints and settings. Ids, version and hash are left to the caller.
ProcessInfo describe(const program::Program& program, std::string file, bool retired);
VersionPtr make_version(ProcessInfoPtr info, program::ProgramPtr program);

}  // namespace echoflow::runtime
