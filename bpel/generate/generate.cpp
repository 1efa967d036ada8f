#include "bpel/generate/generate.hpp"

#include <algorithm>

#include "bpel/generate/content.hpp"
#include "bpel/generate/names.hpp"
#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

namespace {

/// The processes that are run: those that say so; where none does, all.
std::vector<ContainerIndex> processes_of(const graph::ProcessGraph& graph) {
  std::vector<ContainerIndex> all;
  std::vector<ContainerIndex> executable;
  for (ContainerIndex c = 0; c < graph.containers.size(); ++c) {
    if (graph.containers[c].parent != none) continue;
    const bool empty = graph.nodes_of(c).empty();
    if (empty) continue;
    all.push_back(c);
    if (graph.containers[c].executable) executable.push_back(c);
  }
  return executable.empty() ? all : executable;
}

}  // namespace

std::string ncname(std::string_view id) {
  return plain_name(id);
}

Generated generate(const graph::ProcessGraph& graph) {
  Generated generated;
  const std::vector<ContainerIndex> processes = processes_of(graph);
  if (processes.empty()) {
    add_finding(generated.findings,
                {"MODEL", Severity::error, "the file has no process that could be run", {graph.file}});
    return generated;
  }
  const std::unique_ptr<Content> content = make_content(graph, generated);
  Writer writer(graph, *content, generated);
  for (const ContainerIndex process : processes) writer.process(process);
  content->finish();
  order_findings(generated.findings);
  if (has_errors(generated.findings)) generated.files.clear();
  return generated;
}

}  // namespace echoflow::generate
