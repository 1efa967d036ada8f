#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/source_location.hpp"
#include "models/base/time.hpp"
#include "models/cx/kpi_reading.hpp"
#include "models/messages/fault.hpp"
#include "models/program/ids.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::program {

/// What an expression may read while it runs. Implemented by the engine over an instance's state.
class EvaluationContext {
 public:
  virtual ~EvaluationContext() = default;
  /// The document of one part of a variable in the scope of the activity that evaluates; null when not initialised.
  virtual xml::DocumentPtr variable_part(VariableId variable, std::uint32_t part) const = 0;
  /// Status of an incoming link, for join conditions. False for a link whose status is not yet known.
  virtual bool link_status(LinkId link) const = 0;
  /// The turn's time; the only clock there is.
  virtual TimePoint now() const = 0;
  /// The instance's id, for ode:process-property style functions and `$ode:pid`.
  virtual std::int64_t instance_id() const = 0;
  /// The present figure of a KPI that this process sees, for cx:kpi and cx:level; nullopt: there is none (yet).
  virtual std::optional<cx::KpiReading> kpi(std::string_view, std::string_view /*group*/) const { return std::nullopt; }
  /// A fact of the task at hand ("getTaskPriority", "getActualOwner", "getState"), for the functions of WS-HumanTask;
  /// nullopt: the expression does not stand in a task.
  virtual std::optional<std::string> task_fact(std::string_view) const { return std::nullopt; }
};

/// A typed atomic value of XPath 2.0 that is none of the four types of XPath 1.0: its xs: type's local name and its
/// canonical lexical form.
struct Atomic {
  std::string type;
  std::string lexical;
};

using Item = std::variant<xml::NodeRef, std::string, double, bool, Atomic>;
using Sequence = std::vector<Item>;

/// The string value of an item (numbers as XPath 1.0 §4.2 prints them).
std::string to_string(const Item& item);

/// A reference that an expression makes, for data-flow analysis.
struct VariableUse {
  VariableId variable;
  std::uint32_t part;
};

/// A compiled expression or query. Immutable; evaluated by many threads at once. The only faults are those of
/// WS-BPEL 2.0 (subLanguageExecutionFault, uninitializedVariable, selectionFailure, xslt…, or one raised by XPath 2.0
/// error()).
class Expression {
 public:
  virtual ~Expression() = default;
  /// `context` is the context node of a query; null in plain expressions.
  virtual Result<Sequence, Fault> evaluate(const EvaluationContext& scope,
                                           const xml::NodeRef* context = nullptr) const = 0;
  /// Effective boolean value, for conditions.
  virtual Result<bool, Fault> evaluate_boolean(const EvaluationContext& scope,
                                               const xml::NodeRef* context = nullptr) const = 0;
  /// XPath string(), for durations, dates, properties.
  virtual Result<std::string, Fault> evaluate_string(const EvaluationContext& scope,
                                                     const xml::NodeRef* context = nullptr) const = 0;
  /// XPath number(), for counters; NaN when it is no number.
  virtual Result<double, Fault> evaluate_number(const EvaluationContext& scope,
                                                const xml::NodeRef* context = nullptr) const = 0;

  virtual const std::string& text() const = 0;
  virtual const SourceLocation& where() const = 0;
  virtual const std::vector<VariableUse>& uses() const = 0;
};

}  // namespace echoflow::program
