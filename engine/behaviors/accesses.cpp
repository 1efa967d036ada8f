#include "engine/behaviors/accesses.hpp"

#include "engine/behaviors/links.hpp"

namespace echoflow::engine {

using namespace program;

namespace {

class Collector {
 public:
  explicit Collector(const Program& program) : program_(program) {}
  std::vector<Access> accesses;

  void below(NodeId id) {
    const Node& node = program_.node(id);
    expression(node.join_condition);
    for (LinkId link : node.outgoing) expression(program_.links[link].transition_condition);
    own(node);
    for (NodeId inner : links::inner_nodes(program_, id)) below(inner);
    if (node.kind == ActivityKind::scope) handlers(program_.as<Scope>(id));
  }

 private:
  void add(AccessKind kind, std::uint32_t id, bool writes) {
    if (id != none) accesses.push_back({kind, id, writes});
  }
  void reads(VariableId variable) { add(AccessKind::variable, variable, false); }
  void writes(VariableId variable) { add(AccessKind::variable, variable, true); }
  void expression(const Expression* e) {
    if (e == nullptr) return;
    for (const auto& use : e->uses()) reads(use.variable);
  }
  void correlations(const std::vector<Correlation>& list) {
    for (const auto& c : list) add(AccessKind::correlation_set, c.set, c.initiate != Initiate::no);
  }
  void deadline(const Deadline& d) {
    expression(d.for_);
    expression(d.until);
    expression(d.repeat_every);
  }
  void inbound(const Inbound& in) {
    writes(in.variable);
    for (const auto& part : in.from_parts) writes(part.variable);
    correlations(in.correlations);
    add(AccessKind::partner_link, in.operation.partner_link, false);
  }
  void copy(const Copy& c) {
    std::visit([&](const auto& from) { this->from(from); }, c.from);
    std::visit([&](const auto& to) { this->to(to); }, c.to);
  }
  void from(const FromVariable& f) {
    reads(f.variable);
    expression(f.query);
  }
  void from(const FromProperty& f) { reads(f.variable); }
  void from(const FromPartnerLink& f) { add(AccessKind::partner_link, f.partner_link, false); }
  void from(const FromLiteral&) {}
  void from(const FromExpression& f) { expression(f.expression); }
  void to(const ToVariable& t) {
    writes(t.variable);
    expression(t.query);
  }
  void to(const ToProperty& t) { writes(t.variable); }
  void to(const ToPartnerLink& t) { add(AccessKind::partner_link, t.partner_link, true); }
  void to(const ToExpression& t) {
    if (t.expression == nullptr) return;
    for (const auto& use : t.expression->uses()) writes(use.variable);
  }
  void parts(const std::vector<PartFromVariable>& list) {
    for (const auto& p : list) reads(p.variable);
  }
  void parts(const std::vector<PartToVariable>& list) {
    for (const auto& p : list) writes(p.variable);
  }

  void own(const Node& node) {
    switch (node.kind) {
      case ActivityKind::assign:
        for (const auto& c : as<Assign>(node).copies) copy(c);
        return;
      case ActivityKind::receive:
        return inbound(as<Receive>(node).inbound);
      case ActivityKind::reply:
        return reply(as<Reply>(node));
      case ActivityKind::invoke:
        return invoke(as<Invoke>(node));
      case ActivityKind::people_activity:
        return people_activity(as<PeopleActivity>(node));
      case ActivityKind::measure:
        expression(as<Measure>(node).value);
        return expression(as<Measure>(node).group);
      case ActivityKind::throw_:
        return reads(as<Throw>(node).fault_variable);
      case ActivityKind::validate:
        for (auto v : as<Validate>(node).variables) reads(v);
        return;
      case ActivityKind::wait:
        return deadline(as<Wait>(node).deadline);
      case ActivityKind::if_:
        for (const auto& b : as<If>(node).branches) expression(b.condition);
        return;
      case ActivityKind::while_:
        return expression(as<While>(node).condition);
      case ActivityKind::repeat_until:
        return expression(as<RepeatUntil>(node).condition);
      case ActivityKind::for_each:
        expression(as<ForEach>(node).start);
        expression(as<ForEach>(node).final);
        return expression(as<ForEach>(node).branches);
      case ActivityKind::pick:
        for (const auto& b : as<Pick>(node).on_messages) inbound(b.inbound);
        for (const auto& b : as<Pick>(node).on_alarms) deadline(b.deadline);
        return;
      case ActivityKind::scope:
        for (const auto& i : as<Scope>(node).initializers) copy(i.copy);
        return;
      case ActivityKind::compensate:
      case ActivityKind::compensate_scope:
      case ActivityKind::empty:
      case ActivityKind::exit:
      case ActivityKind::extension_activity:
      case ActivityKind::flow:
      case ActivityKind::rethrow:
      case ActivityKind::sequence:
        return;
    }
  }
  void reply(const Reply& r) {
    reads(r.variable);
    parts(r.to_parts);
    correlations(r.correlations);
    add(AccessKind::partner_link, r.operation.partner_link, false);
  }
  void invoke(const Invoke& i) {
    reads(i.input_variable);
    writes(i.output_variable);
    parts(i.to_parts);
    parts(i.from_parts);
    correlations(i.request_correlations);
    correlations(i.response_correlations);
    add(AccessKind::partner_link, i.operation.partner_link, false);
  }
  void people_activity(const PeopleActivity& a) {
    reads(a.input_variable);
    writes(a.output_variable);
    parts(a.to_parts);
    parts(a.from_parts);
    for (const auto* e : cx::expressions_of(a.task)) expression(e);
  }
  /// Handlers that no link can leave.
  void handlers(const Scope& scope) {
    if (scope.compensation_handler != none) below(scope.compensation_handler);
    for (const auto& handler : scope.on_events) {
      inbound(handler.inbound);
      below(handler.scope);
    }
    for (const auto& handler : scope.on_alarms) {
      deadline(handler.deadline);
      below(handler.activity);
    }
  }
  template <class T>
  const T& as(const Node& node) {
    return static_cast<const T&>(node);
  }

  const Program& program_;
};

}  // namespace

std::vector<Access> accesses_below(const Program& program, NodeId node) {
  Collector collector(program);
  collector.below(node);
  return std::move(collector.accesses);
}

}  // namespace echoflow::engine
