#include "models/base/diagnostic.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>

namespace echoflow {
namespace {

constexpr std::size_t most_collected = 10 * most_findings;
constexpr std::uint32_t behind_all_lines = UINT32_MAX;

bool is_error(const Diagnostic& finding) {
  return finding.severity == Severity::error;
}
bool stands_for_others(const Diagnostic& finding) {
  return finding.where.line == behind_all_lines;
}

void sort(Diagnostics& findings) {
  const auto key = [](const Diagnostic& d) {
    return std::tie(d.where.file, d.where.line, d.where.column, d.rule, d.message);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

}  // namespace

void add_finding(Diagnostics& to, Diagnostic finding) {
  if (to.size() < most_collected) return to.push_back(std::move(finding));
  if (to.size() == most_collected) to.push_back({"DEPLOY", Severity::warning, {}, {{}, behind_all_lines, 0}});
  if (is_error(finding)) to.back().severity = Severity::error;
}

void add_findings(Diagnostics& to, const Diagnostics& more) {
  for (const auto& finding : more) add_finding(to, finding);
}

void order_findings(Diagnostics& findings) {
  auto others = std::stable_partition(findings.begin(), findings.end(),
                                      [](const Diagnostic& d) { return !stands_for_others(d); });
  Diagnostics cut(std::make_move_iterator(others), std::make_move_iterator(findings.end()));
  findings.erase(others, findings.end());
  sort(findings);
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
  if (findings.size() > most_findings) {
    std::stable_partition(findings.begin(), findings.end(), is_error);
    const auto first_cut = findings.begin() + most_findings;
    cut.insert(cut.end(), std::make_move_iterator(first_cut), std::make_move_iterator(findings.end()));
    findings.erase(first_cut, findings.end());
    sort(findings);
  }
  if (cut.empty()) return;
  findings.push_back(
      {"DEPLOY",
       has_errors(cut) ? Severity::error : Severity::warning,
       "There are more than " + std::to_string(most_findings) + " findings; correct these first, then check again.",
       {".", 0, 0}});
}

bool has_errors(const Diagnostics& findings) {
  return std::any_of(findings.begin(), findings.end(), is_error);
}

std::string to_string(const Diagnostic& finding) {
  std::string out =
      finding.where.file + ":" + std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + ": ";
  if (finding.severity == Severity::warning) out += "warning: ";
  return out + finding.rule + " " + finding.message;
}

}  // namespace echoflow
