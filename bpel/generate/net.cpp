#include "bpel/generate/net.hpp"

#include <algorithm>

namespace echoflow::generate {

VertexIndex Net::add(Op op, NodeIndex node, VertexIndex of) {
  Vertex vertex;
  vertex.op = op;
  vertex.node = node;
  vertex.of = of;
  vertices.push_back(std::move(vertex));
  return static_cast<VertexIndex>(vertices.size() - 1);
}

EdgeIndex Net::connect(VertexIndex from, VertexIndex to, FlowIndex flow, int outcome) {
  edges.push_back({from, to, flow, outcome});
  const auto edge = static_cast<EdgeIndex>(edges.size() - 1);
  vertices[from].out.push_back(edge);
  vertices[to].in.push_back(edge);
  return edge;
}

void Net::retarget(EdgeIndex edge, VertexIndex to) {
  auto& in = vertices[edges[edge].to].in;
  in.erase(std::find(in.begin(), in.end(), edge));
  edges[edge].to = to;
  vertices[to].in.push_back(edge);
}

bool is_join(Op op) {
  return op == Op::xor_join || op == Op::and_join || op == Op::or_join || op == Op::complex_join;
}

bool is_split(Op op) {
  return op == Op::xor_split || op == Op::and_split || op == Op::or_split || op == Op::event_split;
}

std::string called(const graph::ProcessGraph& graph, NodeIndex node) {
  if (node == none) return "the process";
  const std::string name(graph.node(node).name.in("en"));
  return name.empty() ? "'" + graph.node(node).id + "'" : "'" + name + "' (" + graph.node(node).id + ")";
}

void refuse(Diagnostics& findings, const graph::ProcessGraph& graph, NodeIndex node, std::string message) {
  const SourceLocation where = node == none ? SourceLocation{} : graph.node(node).where;
  add_finding(findings, {"MODEL", Severity::error, std::move(message), where});
}

}  // namespace echoflow::generate
