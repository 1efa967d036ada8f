#include "bpel/outline/drawer.hpp"

namespace echoflow::outline {
namespace {

constexpr std::string_view owners = "potentialOwners";

void set_texts(graph::Names& names, const std::vector<ast::LocalText>& texts) {
  for (const auto& text : texts) names.set(text.language, text.text);
}

/// The names of those who do a task.
std::vector<std::string> names_of(const std::vector<ast::PeopleFrom>& from) {
  std::vector<std::string> names;
  for (const auto& source : from) {
    names.insert(names.end(), source.groups.begin(), source.groups.end());
    names.insert(names.end(), source.users.begin(), source.users.end());
    if (!source.logical_group.empty()) names.push_back(source.logical_group);
  }
  return names;
}

}  // namespace

const ast::HumanTask* Drawer::task_of(const ast::PeopleActivity& activity) const {
  if (!activity.tasks.empty()) return &activity.tasks.front();
  if (activity.references.empty()) return nullptr;
  const auto& reference = activity.references.front().reference;
  const auto local = reference.substr(reference.find(':') == std::string::npos ? 0 : reference.find(':') + 1);
  for (const auto& task : process_.tasks)
    if (task.name == local) return &task;
  return nullptr;
}

void Drawer::people(NodeIndex task, const std::vector<ast::PeopleAssignment>& assignments) {
  for (const auto& assignment : assignments) {
    for (const auto& name : names_of(assignment.from)) {
      const std::string id = std::string("/process#role:") + name;
      NodeIndex role = graph_.find(id);
      if (role == graph::none) {
        graph::Node node;
        node.id = id;
        node.name = graph::Names(name);
        node.where = assignment.origin.where;
        node.detail = graph::Role{graph::RoleKind::potential_owner};
        role = add(std::move(node));
      }
      const bool does = assignment.role == owners;
      relate(does ? graph::RelationKind::executes : graph::RelationKind::informed, role, task, assignment.role,
             assignment.origin.where);
    }
  }
}

Piece Drawer::draw_one(const ast::PeopleActivity& activity, ContainerIndex in) {
  const NodeIndex n = add_task(activity, "peopleActivity", graph::ActivityKind::user_task, in);
  reads(n, activity.input_variable, activity.origin.where);
  writes(n, activity.output_variable, activity.origin.where);
  for (const auto& part : activity.to_parts) reads(n, part.from_variable, part.origin.where);
  for (const auto& part : activity.from_parts) writes(n, part.to_variable, part.origin.where);
  const auto* task = task_of(activity);
  if (!task) return {n, n};
  auto& node = graph_.node(n);
  if (task->presentation) {
    if (node.name.empty()) set_texts(node.name, task->presentation->names);
    set_texts(node.documentation, task->presentation->descriptions);
  }
  if (node.name.empty()) node.name = graph::Names(task->name);
  for (const auto& outcome : task->outcomes) node.attributes.push_back({"cx.outcome", outcome.name, {}});
  for (const auto& deadline : task->deadlines) {
    const std::string kind = deadline.is_start ? "htd.startDeadline" : "htd.completionDeadline";
    const auto& time = deadline.for_ ? deadline.for_ : deadline.until;
    if (time) node.attributes.push_back({kind, time->text, {}});
    for (const auto& escalation : deadline.escalations)
      node.attributes.push_back({kind + ".escalation", escalation.name, {}});
  }
  people(n, task->people);
  if (!activity.references.empty()) people(n, activity.references.front().people);
  return {n, n};
}

Piece Drawer::draw_one(const ast::Measure& measure, ContainerIndex in) {
  const NodeIndex n = add_task(measure, "measure", graph::ActivityKind::task, in);
  graph_.node(n).attributes.push_back({"cx.kpi", measure.kpi, {}});
  return {n, n};
}

/// Each cx:kpi is a node; what it is measured at is related to it, else the process's start.
void Drawer::kpis() {
  for (const auto& kpi : process_.kpis) {
    auto node = node_of(kpi, "", 0);
    node.name = graph::Names(kpi.title.empty() ? kpi.name : kpi.title);
    node.attributes = {{"cx.name", kpi.name, {}}, {"cx.measure", kpi.measure, {}}, {"cx.warning", kpi.warning, {}}};
    graph::Kpi detail{kpi.target, kpi.critical};
    if (!kpi.unit.empty() && !detail.target.empty()) (detail.target += ' ') += kpi.unit;
    if (!kpi.unit.empty() && !detail.alarm.empty()) (detail.alarm += ' ') += kpi.unit;
    node.detail = std::move(detail);
    const NodeIndex index = add(std::move(node));
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      for (const auto& attribute : graph_.node(n).attributes)
        if (attribute.name == "cx.kpi" && attribute.value == kpi.name)
          relate(graph::RelationKind::measured_by, n, index, "cx:measure", kpi.origin.where);
    for (const auto& name : {kpi.from, kpi.to, kpi.of})
      if (const auto found = activities_.find(name); found != activities_.end())
        relate(graph::RelationKind::measured_by, found->second, index, "cx:kpi", kpi.origin.where);
  }
}

}  // namespace echoflow::outline
