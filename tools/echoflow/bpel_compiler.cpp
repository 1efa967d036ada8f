#include "tools/echoflow/bpel_compiler.hpp"

#include <algorithm>

#include "bpel/compile/deployment.hpp"
#include "bpel/generate/content.hpp"
#include "bpel/outline/outline.hpp"
#include "bpel/parse/process.hpp"
#include "models/notations/import.hpp"
#include "models/notations/loss_report.hpp"
#include "tools/echoflow/model_warnings.hpp"
#include "tools/echoflow/models.hpp"

namespace echoflow::tool {
namespace {

std::vector<TranslatedModel> translate_all(const Files& files) {
  std::vector<TranslatedModel> models;
  for (const auto& [file, content] : files)
    if (is_model(file, content)) models.push_back(translate(file, content));
  return models;
}

/// The model that a generated file was made of; null for one that was deployed.
const TranslatedModel* model_of(const std::vector<TranslatedModel>& models, const std::string& file) {
  const auto found = std::find_if(models.begin(), models.end(), [&](const auto& model) {
    return file.size() > model.file.size() && file.starts_with(model.file) && file[model.file.size()] == '/';
  });
  return found == models.end() ? nullptr : &*found;
}

/// A finding in a generated file, told of the model: who drew it has not seen the BPEL.
Diagnostic in_model(const TranslatedModel& model, Diagnostic finding) {
  std::string message = "In the BPEL that this became (";
  message += finding.where.file.substr(model.file.size() + 1);
  message += ", line " + std::to_string(finding.where.line) + "): ";
  finding.message = message + finding.message;
  finding.where = place_in_model(model, finding.where);
  return finding;
}

bool ends_with_bpel(const std::string& file) {
  return file.ends_with(".bpel");
}

engine::CompiledDeployment refused(const std::vector<TranslatedModel>& models, engine::CompiledDeployment compiled) {
  for (const auto& model : models) add_findings(compiled.findings, model.findings);
  order_findings(compiled.findings);
  return compiled;
}

}  // namespace

engine::CompiledDeployment BpelCompiler::compile(const Files& files) const {
  const auto models = translate_all(files);
  engine::CompiledDeployment compiled;
  source::SourceSet sources{files};
  bool translated = true;
  for (const auto& model : models) {
    translated = translated && !has_errors(model.findings);
    for (const auto& [path, content] : model.generated) sources.files[path] = content;
  }
  const bool any = std::any_of(sources.files.begin(), sources.files.end(),
                               [](const auto& entry) { return ends_with_bpel(entry.first); });
  if (!translated && !any) return refused(models, std::move(compiled));
  auto deployment = compile::compile_deployment(sources);
  for (auto& finding : deployment.findings) {
    const auto* model = model_of(models, finding.where.file);
    add_finding(compiled.findings, model ? in_model(*model, std::move(finding)) : std::move(finding));
  }
  if (!translated) return refused(models, std::move(compiled));
  for (const auto& model : models) {
    add_findings(compiled.findings, model.findings);
    add_findings(compiled.findings, notations::as_warnings(model.report));
    add_findings(compiled.findings, model_warnings(model.graph, model.file));
  }
  for (const auto& process : deployment.processes)
    if (!model_of(models, process.file)) add_findings(compiled.findings, process_warnings(process.file, files));
  order_findings(compiled.findings);
  for (auto& process : deployment.processes) {
    const auto* model = model_of(models, process.file);
    compiled.processes.push_back(
        {std::move(process.program), model ? model->file : std::move(process.file), process.retired});
  }
  return compiled;
}

engine::ProcessModel BpelCompiler::model(const Files& files, const std::string& file, const QName& process) const {
  engine::ProcessModel out;
  const auto content = files.find(file);
  if (content == files.end()) {
    out.findings.push_back({"MODEL", Severity::error, "The deployment does not hold '" + file + "'.", {file, 1, 1}});
    return out;
  }
  if (!is_model(file, content->second)) {
    const source::SourceSet sources{files};
    const auto parsed = parse::parse_process(file, sources, out.findings);
    if (parsed.document) out.graph = std::make_shared<const graph::ProcessGraph>(outline::outline(parsed));
    return out;
  }
  auto imported = notations::import_model(content->second, file);
  out.findings = std::move(imported.findings);
  for (std::size_t i = 0; i < imported.graph.containers.size(); ++i) {
    const auto& container = imported.graph.containers[i];
    if (container.parent == graph::none && generate::ncname(container.id) == process.local)
      out.container = static_cast<std::uint32_t>(i);
  }
  if (!imported.graph.containers.empty())
    out.graph = std::make_shared<const graph::ProcessGraph>(std::move(imported.graph));
  return out;
}

Files BpelCompiler::interface_files(const Files& files) const {
  Files made;
  for (auto& model : translate_all(files))
    for (auto& [path, content] : model.generated)
      if (path.ends_with(".wsdl") || path.ends_with(".xsd")) made[path] = std::move(content);
  return made;
}

}  // namespace echoflow::tool
