#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/base/source_location.hpp"

namespace echoflow {

enum class Severity { error, warning };

/// One finding of the static analysis. `rule` is "SA00024" for WS-BPEL 2.0 Appendix B, "XML", "SCHEMA", "WSDL", "XSD",
/// "BPEL", "XPATH", "DEPLOY" for what lies below it. `message` is one plain English sentence that says what to change.
struct Diagnostic {
  std::string rule;
  Severity severity = Severity::error;
  std::string message;
  SourceLocation where;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// True when at least one finding is an error, so that the deployment must be refused.
bool has_errors(const Diagnostics& findings);

/// "file:line:col: SA00024 message", as `echoflow check` prints it.
std::string to_string(const Diagnostic& finding);

}  // namespace echoflow
