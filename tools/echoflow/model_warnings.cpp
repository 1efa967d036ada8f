#include "tools/echoflow/model_warnings.hpp"

#include "bpel/outline/outline.hpp"
#include "bpel/parse/process.hpp"
#include "models/analysis/analysis.hpp"

namespace echoflow::tool {

Diagnostics model_warnings(const graph::ProcessGraph& graph, const std::string& file) {
  analysis::Options options;
  options.style = false;
  options.waiting = graph.notation != graph::Notation::bpel;  // a program waits for its partners as it is told to
  return analysis::to_diagnostics(analysis::analyse(graph, options), file);
}

Diagnostics process_warnings(const std::string& file, const std::map<std::string, std::string>& files) {
  const source::SourceSet sources{files};
  Diagnostics findings;
  const auto process = parse::parse_process(file, sources, findings);
  if (has_errors(findings)) return {};
  return model_warnings(outline::outline(process), file);
}

}  // namespace echoflow::tool
