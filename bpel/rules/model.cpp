#include "bpel/rules/model.hpp"

#include "bpel/rules/model_builder.hpp"

namespace echoflow::rules {

Model::Model(const parse::LoadedProcess& loaded) {
  ModelBuilder(*this, loaded).build();
}

namespace {

// Looks through the declarations of one kind, from the innermost scope outwards.
template <class List>
auto lookup(const Site& from, const std::string& name, List list) -> decltype(&list(*from.body)[0]) {
  for (const Site* site = &from; site != nullptr; site = site->parent) {
    if (site->body == nullptr) continue;
    for (const auto& declaration : list(*site->body))
      if (declaration.name == name) return &declaration;
  }
  return nullptr;
}

// WS-BPEL 2.0 §10.4.1: the process, the associated scope of an <onEvent> and the scope of a parallel <forEach> each
// declare an implicit default message exchange.
bool declares_default_exchange(const Site& site) {
  if (site.kind == SiteKind::process) return true;
  if (site.body == nullptr || site.parent == nullptr) return false;
  if (site.parent->kind == SiteKind::on_event) return true;
  return site.parent->is(ast::ActivityKind::for_each) &&
         static_cast<const ast::ForEach&>(*site.parent->activity).parallel == ast::YesNo::yes;
}

}  // namespace

const Variable* Model::variable(const Site& from, const std::string& name) const {
  for (const Site* site = &from; site != nullptr; site = site->parent)
    for (const auto& variable : site->variables)
      if (variable.name == name) return &variable;
  return nullptr;
}

const ast::PartnerLink* Model::partner_link(const Site& from, const std::string& name) const {
  return lookup(
      from, name, [](const ast::ScopeBody& body) -> const auto& { return body.partner_links; });
}

const ast::CorrelationSet* Model::correlation_set(const Site& from, const std::string& name) const {
  return lookup(
      from, name, [](const ast::ScopeBody& body) -> const auto& { return body.correlation_sets; });
}

const void* Model::message_exchange(const Site& from, const std::string& name) const {
  if (!name.empty())
    return lookup(
        from, name, [](const ast::ScopeBody& body) -> const auto& { return body.message_exchanges; });
  for (const Site* site = &from; site != nullptr; site = site->parent)
    if (declares_default_exchange(*site)) return site;
  return nullptr;
}

}  // namespace echoflow::rules
