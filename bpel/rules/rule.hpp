#pragma once
#include <string>
#include <utility>

#include "bpel/rules/control_order.hpp"
#include "bpel/rules/expression_facts.hpp"
#include "bpel/rules/import_scope.hpp"
#include "bpel/rules/model.hpp"

namespace echoflow::rules {

/// What every rule may look at.
struct RuleContext {
  const parse::LoadedProcess& loaded;
  const Model& model;
  const ControlOrder& order;
  const ExpressionTable& expressions;  ///< same index as Model::expressions
  const ImportScope& imports;
};

/// Collects what one rule finds.
class Findings {
 public:
  Findings(std::string rule, Diagnostics& out) : rule_(std::move(rule)), out_(out) {}
  /// `message` is one sentence that says what is wrong and what to change.
  void add(const SourceLocation& where, std::string message) {
    add_finding(out_, {rule_, Severity::error, std::move(message), where});
  }

 private:
  std::string rule_;
  Diagnostics& out_;
};

// One function for each rule of rules.def, defined in the file of that rule.
#define ECHOFLOW_RULE(number) void check_sa##number(const RuleContext& context, Findings& findings);
#include "bpel/rules/rules.def"
// … and of cx_rules.def.
#define ECHOFLOW_CX_RULE(number) void check_cx##number(const RuleContext& context, Findings& findings);
#include "bpel/rules/cx_rules.def"

}  // namespace echoflow::rules
