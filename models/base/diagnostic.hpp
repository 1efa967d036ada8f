#pragma once
#include <cstddef>
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

/// A hostile file has a finding in every element, and nobody reads more than these.
inline constexpr std::size_t most_findings = 1'000;

/// Adds a finding. What comes after ten times most_findings (the same one may come from several places) is not kept: a
/// last finding stands for it, an error when there was one among it.
void add_finding(Diagnostics& to, Diagnostic finding);
void add_findings(Diagnostics& to, const Diagnostics& more);

/// Orders by file, line, column and rule, each finding once. Where there are more than most_findings, errors come
/// before warnings, and a last finding says that there are more.
void order_findings(Diagnostics& findings);

/// True when at least one finding is an error, so that the deployment must be refused.
bool has_errors(const Diagnostics& findings);

/// "file:line:col: SA00024 message", as `echoflow check` prints it.
std::string to_string(const Diagnostic& finding);

}  // namespace echoflow
