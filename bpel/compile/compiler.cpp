#include "bpel/compile/compiler.hpp"

#include <algorithm>

#include "bpel/compile/human_tasks.hpp"

namespace echoflow::compile {

program::ProgramPtr compile_process(const parse::LoadedProcess& process, const descriptor::Descriptor& settings,
                                    Diagnostics& findings) {
  return Compiler(process, settings, findings).compile();
}

Compiler::Compiler(const parse::LoadedProcess& loaded, const descriptor::Descriptor& descriptor, Diagnostics& findings)
    : source(loaded),
      settings(descriptor),
      findings_(findings),
      process_settings_(
          descriptor.settings_for(loaded.process.file, {loaded.process.target_namespace, loaded.process.name})),
      program_(std::make_shared<program::Program>()) {}

program::ProgramPtr Compiler::compile() {
  const ast::Process& process = source.process;
  program_->name = {process.target_namespace, process.name};
  program_->source_file = process.file;
  program_->schemas = source.schemas;
  program_->in_memory = process_settings_.in_memory.value_or(false);
  program_->expression_language =
      process.expression_language.empty() ? std::string(ns::xpath1_sublang) : process.expression_language;
  program_->query_language = process.query_language.empty() ? std::string(ns::xpath1_sublang) : process.query_language;

  const std::size_t before = findings_.size();
  const NodeId root = reserve();
  auto scope = std::make_unique<program::Scope>();
  scope->id = root;
  scope->is_process = true;
  scope->name = process.name;
  scope->element_id = process.origin.path;
  scope->where = process.origin.where;
  scope->suppress_join_failure = process.suppress_join_failure == ast::YesNo::yes;
  scope->exit_on_standard_fault = process.body.exit_on_standard_fault == ast::YesNo::yes;
  Environment names{nullptr, root};
  Place inner{&names, root, root, program::none, scope->suppress_join_failure, scope->exit_on_standard_fault};
  program::Scope& kept = *scope;
  put(root, std::move(scope));
  declare_default_exchange(kept, names);
  declare_partner_links(kept, process.body, names);
  scope_body(kept, root, process.body, names, inner);
  wire_operations();
  for (const auto& kpi : process.kpis) program_->kpis.push_back(compile_kpi(*this, kpi));

  if (std::any_of(findings_.begin() + static_cast<std::ptrdiff_t>(before), findings_.end(),
                  [](const Diagnostic& d) { return d.severity == Severity::error; }))
    return nullptr;
  for (const PendingEntry& e : entries_) program_->entries.push_back({e.node, e.branch, e.creates_instance, e.inbound});
  for (auto& node : nodes_) program_->nodes.push_back(std::move(node));
  return program_;
}

void Compiler::error(const std::string& rule, const SourceLocation& where, std::string message) {
  add_finding(findings_, {rule, Severity::error, std::move(message), where});
}

void Compiler::own(std::unique_ptr<const program::Expression> expression) {
  program_->expressions.push_back(std::move(expression));
}

}  // namespace echoflow::compile
