#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/qname.hpp"
#include "models/base/source_location.hpp"
#include "models/graph/names.hpp"

/// What stands in a process graph. The words are BPMN 2.0's; an EPC's function is a task, its connector a gateway.
namespace echoflow::graph {

/// Index of a node, flow, container, message flow or definition in its graph; stable for the graph's life.
using NodeIndex = std::uint32_t;
using FlowIndex = std::uint32_t;
using ContainerIndex = std::uint32_t;
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

/// A place in the source's own drawing, in its units (BPMN DI: 1/72 inch by convention), y downwards.
struct Bounds {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// An expression as the source has it. `language` is its URI or short name; "" is the source's default.
struct Expression {
  std::string text;
  std::string language;
  SourceLocation where;
  friend bool operator==(const Expression&, const Expression&) = default;
};

/// What a notation says beyond the common words: kept with its name (an extension element's or attribute's expanded
/// name "{ns}local", an ARIS attribute type), so that nothing is lost in silence.
struct Attribute {
  std::string name;
  std::string value;
  std::string language;
  friend bool operator==(const Attribute&, const Attribute&) = default;
};

// --- activities ------------------------------------------------------------------------------------------------------

enum class ActivityKind : std::uint8_t {
  task,
  user_task,
  manual_task,
  service_task,
  send_task,
  receive_task,
  script_task,
  business_rule_task,
  call_activity,
  sub_process,
  event_sub_process,
  transaction,
  ad_hoc_sub_process,
  process_interface,  // EPC: goes on in another process
};

enum class LoopKind : std::uint8_t { none, standard, multi_sequential, multi_parallel };
/// BPMN 2.0 §13.3.7 (behavior of multi-instance): when events are thrown to the activity's boundary.
enum class MultiBehavior : std::uint8_t { all, none_event, one, complex };

struct Loop {
  LoopKind kind = LoopKind::none;
  bool test_before = false;
  std::optional<Expression> condition;    ///< standard
  std::optional<Expression> maximum;      ///< standard: loopMaximum
  std::optional<Expression> cardinality;  ///< multi-instance
  std::string collection_in;              ///< id of the data that is run through
  std::string collection_out;
  std::string item_in;  ///< name of the variable that holds one of them
  std::string item_out;
  std::optional<Expression> completion;
  MultiBehavior behavior = MultiBehavior::all;
  std::string one_event;  ///< oneBehaviorEventRef, noneBehaviorEventRef
  std::string none_event;
  struct ComplexBehavior {
    Expression condition;
    std::string event;  ///< id of an event definition in `ProcessGraph::definitions`
  };
  std::vector<ComplexBehavior> complex;
};

struct Activity {
  ActivityKind kind = ActivityKind::task;
  Loop loop;
  ContainerIndex body = none;  ///< sub-processes
  std::string called;          ///< call activity, process interface: id of the called process or global task
  std::string implementation;
  std::string operation;  ///< operationRef, as an id of `definitions`
  std::string message;    ///< messageRef, as an id of `definitions`
  std::optional<Expression> script;
  bool instantiate = false;  ///< receive task
  bool for_compensation = false;
  bool sequential = false;               ///< ad hoc ordering
  bool cancel_remaining = true;          ///< ad hoc
  std::optional<Expression> completion;  ///< ad hoc
  int start_quantity = 1;
  int completion_quantity = 1;
  std::string transaction_method;
};

// --- events ----------------------------------------------------------------------------------------------------------

enum class EventPosition : std::uint8_t { start, intermediate_catch, intermediate_throw, boundary, end };
enum class EventType : std::uint8_t {
  message,
  timer,
  error,
  escalation,
  cancel,
  compensation,
  conditional,
  link,
  signal,
  terminate,
};
enum class TimerKind : std::uint8_t { none, date, duration, cycle };

struct EventDefinition {
  EventType type = EventType::message;
  std::string id;
  std::string ref;   ///< messageRef, errorRef, signalRef, escalationRef, activityRef, link's target
  std::string name;  ///< a link's name
  TimerKind timer = TimerKind::none;
  std::optional<Expression> expression;  ///< the timer's or the condition
  std::string operation;
  bool wait_for_completion = true;  ///< compensation
};

struct Event {
  EventPosition position = EventPosition::start;
  std::vector<EventDefinition> definitions;  ///< none: a plain event; several: a multiple event
  bool parallel_multiple = false;
  bool interrupting = true;      ///< boundary: cancelActivity; start of an event sub-process: isInterrupting
  NodeIndex attached_to = none;  ///< boundary
};

// --- gateways, data, and who takes part ------------------------------------------------------------------------------

enum class GatewayKind : std::uint8_t { exclusive, inclusive, parallel, event_based, complex };
enum class GatewayDirection : std::uint8_t { unspecified, converging, diverging, mixed };

struct Gateway {
  GatewayKind kind = GatewayKind::exclusive;
  GatewayDirection direction = GatewayDirection::unspecified;
  bool instantiate = false;              ///< event-based
  bool parallel_events = false;          ///< event-based: eventGatewayType Parallel
  std::optional<Expression> activation;  ///< complex: activationCondition
};

enum class DataKind : std::uint8_t { object, reference, store, store_reference, input, output, property, document };

struct Data {
  DataKind kind = DataKind::object;
  std::string item;  ///< itemSubjectRef, as an id of `definitions`
  std::string ref;   ///< what a reference refers to
  std::string state;
  bool collection = false;
};

enum class RoleKind : std::uint8_t { lane, role, person, organisation, performer, potential_owner };
struct Role {
  RoleKind kind = RoleKind::role;
};
struct System {};  ///< an application that supports an activity
struct Kpi {
  std::string target;  ///< planned value with unit, as the source has it
  std::string alarm;
};
struct Risk {};
struct Note {};   ///< text annotation; its text is the node's name
struct Group {};  ///< a frame around things, without meaning for the flow

using Detail = std::variant<Activity, Event, Gateway, Data, Role, System, Kpi, Risk, Note, Group>;

struct Node {
  std::string id;  ///< the source's own; unique in the graph
  Names name;
  Names documentation;
  ContainerIndex container = 0;
  FlowIndex default_flow = none;
  std::vector<std::string> lanes;  ///< ids of the lane nodes that hold it, outermost first
  std::optional<Bounds> bounds;
  std::optional<Bounds> label;
  bool horizontal = true;  ///< lanes
  bool expanded = true;    ///< sub-processes: whether the drawing shows the inside
  std::vector<Attribute> attributes;
  SourceLocation where;
  Detail detail;

  template <class T>
  const T* as() const {
    return std::get_if<T>(&detail);
  }
  template <class T>
  T* as() {
    return std::get_if<T>(&detail);
  }
};

/// A sequence flow: token flow from one node to another of the same container.
struct Flow {
  std::string id;
  Names name;
  std::optional<Expression> condition;
  std::optional<double> probability;  ///< 0 … 1
  std::vector<Point> waypoints;
  std::optional<Bounds> label;
  std::vector<Attribute> attributes;
  SourceLocation where;
};

}  // namespace echoflow::graph
