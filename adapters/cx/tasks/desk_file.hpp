#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "adapters/cx/tasks/notifiers.hpp"
#include "adapters/cx/tasks/service.hpp"
#include "engine/cx/policy/rule_book.hpp"

namespace echoflow::tasks {

/// What a company says of its work, as one JSON file (docs/tasks.md): calendars, assignment, notifications, and the
/// policy of what may be said.
struct DeskFile {
  Options options;
  NoticeOptions notices;
  std::shared_ptr<const policy::RuleBook> policy;  ///< nullptr: none is given
};

/// The error names the place by a JSON pointer and the remedy. There is always a calendar "standard": Monday to Friday
/// 9 to 17 in Berlin with the holidays of all Germany, unless the file has one of that name.
Result<DeskFile> parse_desk_file(std::string_view json);
/// What holds without a file.
DeskFile standard_desk();

}  // namespace echoflow::tasks
