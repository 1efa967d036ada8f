#include "adapters/runtime/version.hpp"

#include <algorithm>
#include <set>

namespace echoflow::runtime {
namespace {

bool has_join(const program::Entry& entry) {
  return std::any_of(entry.inbound->correlations.begin(), entry.inbound->correlations.end(),
                     [](const program::Correlation& c) { return c.initiate == program::Initiate::join; });
}

EntryGroup& group_for(std::vector<EntryGroup>& groups, const std::string& partner_link, const std::string& operation) {
  for (auto& g : groups)
    if (g.partner_link == partner_link && g.operation == operation) return g;
  auto& added = groups.emplace_back();
  added.partner_link = partner_link;
  added.operation = operation;
  return added;
}

}  // namespace

const EntryGroup* Version::group(std::string_view partner_link, std::string_view operation) const {
  for (const auto& g : groups)
    if (g.operation == operation && g.partner_link == partner_link) return &g;
  return nullptr;
}

ProcessInfo describe(const program::Program& program, std::string file, bool retired) {
  ProcessInfo info;
  info.key = program.name.clark();
  info.name = program.name;
  info.file = std::move(file);
  info.in_memory = program.in_memory;
  info.retired = retired;
  std::set<std::string> seen;
  for (const auto& link : program.partner_links)
    if (!link.my_role.empty() && seen.insert(link.name).second)
      info.endpoints.push_back({link.name, link.my_role, link.my_port_type, link.my_wsdl_file});
  return info;
}

VersionPtr make_version(ProcessInfoPtr info, program::ProgramPtr program) {
  auto version = std::make_shared<Version>();
  version->info = std::move(info);
  std::set<program::NodeId> creating;
  for (const auto& entry : program->entries)
    if (entry.creates_instance) creating.insert(entry.node);
  for (const auto& entry : program->entries) {
    const auto& operation = entry.inbound->operation;
    auto& group = group_for(version->groups, program->partner_links[operation.partner_link].name, operation.operation);
    group.entries.push_back(&entry);
    group.one_way = operation.one_way();
    if (!entry.creates_instance || creating.size() > 1) group.may_wait = true;
    if (!entry.creates_instance) continue;
    group.starts = true;
    group.joins = group.joins || has_join(entry);
  }
  // A new instance takes a second message only where one can wait in it.
  for (auto& group : version->groups) group.joins = group.joins && group.may_wait;
  version->program = std::move(program);
  return version;
}

}  // namespace echoflow::runtime
