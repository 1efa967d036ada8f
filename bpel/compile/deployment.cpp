#include "bpel/compile/deployment.hpp"

#include <set>

#include "bpel/compile/compile.hpp"
#include "bpel/rules/check_rules.hpp"
#include "models/cx/description.hpp"

namespace echoflow::compile {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void refuse_double_names(const std::vector<DeployedProcess>& processes, Diagnostics& findings) {
  std::set<QName> names;
  for (const auto& process : processes)
    if (!names.insert(process.program->name).second)
      add_finding(findings,
                  {"DEPLOY",
                   Severity::error,
                   "The deployment has two processes named " + process.program->name.clark() + "; rename one of them.",
                   {process.file, 1, 1}});
}

}  // namespace

Deployment compile_deployment(const source::SourceSet& deployed, bool check) {
  Deployment deployment;
  source::SourceSet described;
  const bool uses_services = cx::uses_description(deployed.files);
  if (uses_services) {
    described = deployed;
    cx::add_description(described.files);
  }
  const source::SourceSet& sources = uses_services ? described : deployed;
  const descriptor::Descriptor settings = descriptor::read_descriptors(sources, deployment.findings);
  bool any = false;
  std::set<QName> names;
  for (const auto& [file, content] : sources.files) {
    if (!ends_with(file, ".bpel")) continue;
    any = true;
    Diagnostics findings;
    const parse::LoadedProcess loaded = parse::load_process(file, sources, findings);
    const QName name{loaded.process.target_namespace, loaded.process.name};
    names.insert(name);
    if (!settings.deploys(file, name)) continue;
    if (check && loaded.process.origin.document) {
      const auto imports = settings.is_ode(file) ? rules::Imports::imported : rules::Imports::own;
      add_findings(findings, rules::check_rules(loaded, imports));
    }
    if (!has_errors(findings))
      if (auto program = compile_process(loaded, settings, findings))
        deployment.processes.push_back(
            {std::move(program), file, settings.settings_for(file, name).retired.value_or(false)});
    add_findings(deployment.findings, findings);
  }
  descriptor::report_unknown_processes(settings, names, deployment.findings);
  if (!any)
    add_finding(deployment.findings,
                {"DEPLOY", Severity::error, "There is no .bpel file in the deployment; add the process.", {".", 0, 0}});
  refuse_double_names(deployment.processes, deployment.findings);
  order_findings(deployment.findings);
  if (has_errors(deployment.findings)) deployment.processes.clear();
  return deployment;
}

}  // namespace echoflow::compile
