#include "models/base/diagnostic.hpp"

#include <algorithm>

namespace echoflow {

bool has_errors(const Diagnostics& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string to_string(const Diagnostic& finding) {
  std::string out =
      finding.where.file + ":" + std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + ": ";
  if (finding.severity == Severity::warning) out += "warning: ";
  return out + finding.rule + " " + finding.message;
}

}  // namespace echoflow
