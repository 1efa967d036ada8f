#include "adapters/cx/kpis/declarations.hpp"

#include <spdlog/spdlog.h>

#include "adapters/cx/kpis/standard.hpp"
#include "engine/cx/kpis/kpi_events.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::cx_kpis {

namespace {

/// Event-driven process chains say in words what others say in elements of the namespace (docs/cx-in-epc.md).
constexpr std::string_view word_in_chains = "cx.";

bool hears_customers(const runtime::ProcessInfo& process) {
  for (const auto& endpoint : process.endpoints)
    if (endpoint.port_type.ns == ns::cx) return true;
  return false;
}

}  // namespace

/// Compiling is dear: a source without the namespace or the words declares nothing.
bool Declarations::speaks_of_customers(const runtime::ProcessInfo& process) const {
  const auto files = runtime_.files(process.deployment);
  if (!files) return false;
  const auto source = files->find(process.file);
  if (source == files->end()) return false;
  return source->second.find(ns::cx) != std::string::npos || source->second.find(word_in_chains) != std::string::npos;
}

void Declarations::want(Wanted& wanted, kpis::Declaration declaration) const {
  auto sound = kpis::check(declaration);
  const auto& calendar = declaration.definition.calendar;
  if (sound && !calendar.empty() && !options_.calendars.find(calendar))
    sound = fail("The KPI \"" + declaration.definition.name + "\" asks for the calendar \"" + calendar +
                 "\", which the server does not have.");
  if (sound)
    wanted.declarations.push_back(std::move(declaration));
  else
    wanted.refused[declaration.id()] = sound.error().message;
}

void Declarations::look_at(const runtime::ProcessInfo& process, Wanted& wanted) {
  wanted.hears_customers = wanted.hears_customers || hears_customers(process);
  auto known = known_.find(process.id);
  if (known == known_.end()) {
    std::vector<cx::KpiDefinition> definitions;
    if (speaks_of_customers(process))
      if (const auto program = runtime_.program(process.id))
        definitions = options_.declared_by ? options_.declared_by(**program) : (*program)->kpis;
    known = known_.emplace(process.id, std::move(definitions)).first;
  }
  for (const auto& definition : known->second) want(wanted, {process.key, definition});
}

std::string Declarations::events(const kpis::Kpis& kpis) {
  const auto directory = runtime_.directory();
  Wanted wanted;
  for (const auto& [key, versions] : directory->versions)
    if (const auto newest = directory->newest(key); newest && !newest->in_memory) look_at(*newest, wanted);
  wanted.hears_customers = wanted.hears_customers || !wanted.declarations.empty();
  if (options_.standard && wanted.hears_customers)
    for (auto& definition : standard_kpis()) want(wanted, {"", std::move(definition)});
  std::string events;
  std::set<std::string> ids;
  for (const auto& declaration : wanted.declarations) {
    ids.insert(declaration.id());
    const auto* known = kpis.find(declaration.id());
    if (!known || !kpis::same(known->declaration(), declaration))
      kpis::encode_event(events, kpis::KpiDeclared{declaration});
  }
  for (const auto& [id, kpi] : kpis.all())
    if (!ids.contains(id)) kpis::encode_event(events, kpis::KpiWithdrawn{id});
  for (const auto& [id, why] : wanted.refused)
    if (!refused_.contains(id)) spdlog::warn("{}", why);
  refused_ = std::move(wanted.refused);
  generation_ = directory->generation;
  looked_ = true;
  std::erase_if(known_, [&](const auto& each) { return !directory->process(each.first); });
  return events;
}

std::vector<std::string> Declarations::refused() const {
  std::vector<std::string> all;
  for (const auto& [id, why] : refused_) all.push_back(why);
  return all;
}

}  // namespace echoflow::cx_kpis
