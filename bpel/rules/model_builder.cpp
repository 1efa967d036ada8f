#include "bpel/rules/model_builder.hpp"

#include "bpel/rules/visit_activity.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {

void ModelBuilder::build() {
  Site& root = add_site(SiteKind::process, nullptr, loaded_.process);
  read_body(loaded_.process.body, root);
  root.last = model_.sites_.size() - 1;
  resolve_links();
  for (auto& activity : model_.message_activities_) resolve(activity);
  type_event_variables();
}

Site& ModelBuilder::add_site(SiteKind kind, Site* parent, const ast::Element& element) {
  Site& site = model_.sites_.emplace_back();
  site.kind = kind;
  site.parent = parent;
  site.element = &element;
  site.index = site.last = model_.sites_.size() - 1;
  if (parent != nullptr) parent->children.push_back(&site);
  return site;
}

Site* ModelBuilder::child(const ast::ActivityPtr& activity, Site& parent) {
  if (!activity) return nullptr;
  Site& site = add_site(SiteKind::activity, &parent, *activity);
  site.activity = activity.get();
  // The counter of a <forEach> is declared implicitly in its scope (§11.7).
  if (parent.is(ast::ActivityKind::for_each)) {
    const auto& for_each = static_cast<const ast::ForEach&>(*parent.activity);
    Variable counter{for_each.counter_name, VariableOrigin::for_each_counter, {}, {}, {}, for_each.origin.where};
    counter.type = QName{std::string(ns::xsd), "unsignedInt"};
    site.variables.push_back(std::move(counter));
  }
  read_links(*activity, site);
  visit_activity(*activity, [&](const auto& concrete) { read(concrete, site); });
  site.last = model_.sites_.size() - 1;
  return &site;
}

Site& ModelBuilder::handler(SiteKind kind, Site& parent, const ast::Element& element,
                            const ast::ActivityPtr& activity) {
  Site& site = add_site(kind, &parent, element);
  child(activity, site);
  site.last = model_.sites_.size() - 1;
  return site;
}

void ModelBuilder::read_links(const ast::Activity& activity, Site& site) {
  for (const auto& source : activity.sources) {
    link_end(source.link_name, site, source, true);
    // A transition condition is evaluated where the activity stands, not inside it (§11.6.1).
    expression(source.transition_condition, ExpressionUse::transition_condition, *site.parent);
  }
  if (!activity.targets) return;
  for (const auto& target : activity.targets->targets) link_end(target.link_name, site, target, false);
  expression(activity.targets->join_condition, ExpressionUse::join_condition, site);
}

void ModelBuilder::expression(const std::optional<ast::Expression>& expression, ExpressionUse use, const Site& site) {
  if (expression) model_.expressions_.push_back({&*expression, use, &site});
}

void ModelBuilder::expression(const ast::Expression& expression, ExpressionUse use, const Site& site) {
  model_.expressions_.push_back({&expression, use, &site});
}

void ModelBuilder::variable_reference(const std::string& name, const Site& site, const ast::Element& element) {
  if (!name.empty()) model_.variable_references_.push_back({name, &site, &element});
}

void ModelBuilder::read_copy(const ast::Copy* copy, const ast::From& from, const ast::To* to, const Site& site) {
  model_.copies_.push_back({&site, copy, &from, to});
  const auto read_common = [&](const ast::Element& element, const auto& variant, ExpressionUse use) {
    if (const auto* part = std::get_if<ast::PartReference>(&variant)) {
      variable_reference(part->variable, site, element);
      expression(part->query, ExpressionUse::query, site);
    } else if (const auto* property = std::get_if<ast::PropertyReference>(&variant)) {
      variable_reference(property->variable, site, element);
    } else if (const auto* text = std::get_if<ast::Expression>(&variant)) {
      expression(*text, use, site);
    }
  };
  read_common(from, from.variant, ExpressionUse::from);
  if (to != nullptr) read_common(*to, to->variant, ExpressionUse::to);
}

// --- activities ----------------------------------------------------------------------------------------------------

void ModelBuilder::read(const ast::Assign& assign, Site& site) {
  for (const auto& operation : assign.operations)
    if (const auto* copy = std::get_if<ast::Copy>(&operation)) read_copy(copy, copy->from, &copy->to, site);
}

void ModelBuilder::read(const ast::Flow& flow, Site& site) {
  for (const auto& link : flow.links) model_.links_.push_back({&link, &site, {}, {}});
  for (const auto& activity : flow.activities) child(activity, site);
}

void ModelBuilder::read(const ast::ForEach& for_each, Site& site) {
  expression(for_each.start, ExpressionUse::counter, site);
  expression(for_each.final, ExpressionUse::counter, site);
  if (for_each.branches) expression(*for_each.branches, ExpressionUse::branches, site);
  child(for_each.activity, site);
}

void ModelBuilder::read(const ast::If& choice, Site& site) {
  for (const auto& branch : choice.branches) {
    expression(branch.condition, ExpressionUse::condition, site);
    child(branch.activity, site);
  }
}

void ModelBuilder::read(const ast::Pick& pick, Site& site) {
  const bool creates_instance = pick.create_instance == ast::YesNo::yes;
  if (creates_instance) model_.start_activities_.push_back(&site);
  for (const auto& message : pick.on_messages) {
    Site& branch = handler(SiteKind::pick_message, site, message, message.activity);
    auto activity = inbound(MessageActivityKind::on_message, message, branch, message);
    activity.creates_instance = creates_instance;
    add(std::move(activity));
  }
  for (const auto& alarm : pick.on_alarms) {
    expression(alarm.for_, ExpressionUse::time, site);
    expression(alarm.until, ExpressionUse::time, site);
    expression(alarm.repeat_every, ExpressionUse::time, site);
    handler(SiteKind::pick_alarm, site, alarm, alarm.activity);
  }
}

void ModelBuilder::read(const ast::RepeatUntil& loop, Site& site) {
  expression(loop.condition, ExpressionUse::condition, site);
  child(loop.activity, site);
}

void ModelBuilder::read(const ast::While& loop, Site& site) {
  expression(loop.condition, ExpressionUse::condition, site);
  child(loop.activity, site);
}

void ModelBuilder::read(const ast::Sequence& sequence, Site& site) {
  for (const auto& activity : sequence.activities) child(activity, site);
}

void ModelBuilder::read(const ast::Throw& activity, Site& site) {
  variable_reference(activity.fault_variable, site, activity);
}

void ModelBuilder::read(const ast::Validate& validate, Site& site) {
  for (const auto& name : validate.variables) variable_reference(name, site, validate);
}

void ModelBuilder::read(const ast::Wait& wait, Site& site) {
  expression(wait.for_, ExpressionUse::time, site);
  expression(wait.until, ExpressionUse::time, site);
}

}  // namespace echoflow::rules
