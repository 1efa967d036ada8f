#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace echoflow::rules {

/// One process to check, from a file of cases. A file holds many: "## title" begins a case, "@process attributes" adds
/// attributes to its <process>, "@imports" replaces the imports by the rest of the line, "@file name" begins a further
/// file of the deployment. $NAMES stand for the usual declarations and activities (see case_file.cpp). A comment such
/// as
/// <!-- SA00005 SA00010 --> says which rules must find something in its line; nothing else may be found.
struct Case {
  std::string title;
  std::string rule;  ///< the rule that the file is about
  std::map<std::string, std::string> files;
  /// (file:line, rule)
  std::set<std::pair<std::string, std::string>> expected;
};

std::vector<Case> read_cases(const std::string& path, const std::string& rule);
/// The cases of all files in a folder, which are named by their rule: "sa00005.cases".
std::vector<Case> read_all_cases(const std::string& folder);

}  // namespace echoflow::rules
