#include "tests/bpel/generate/support.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "models/notations/bpmn/import.hpp"

namespace echoflow::generate::test {

Model::Model() {
  graph.id = "model";
  graph.target_namespace = "urn:test";
  graph::Container process;
  process.id = "p";
  graph.containers.push_back(process);
}

graph::NodeIndex Model::add(const std::string& id, graph::Detail detail) {
  graph::Node node;
  node.id = id;
  node.detail = std::move(detail);
  return graph.add_node(std::move(node));
}

graph::NodeIndex Model::start(const std::string& id) {
  return add(id, graph::Event{});
}

graph::NodeIndex Model::end(const std::string& id) {
  graph::Event event;
  event.position = graph::EventPosition::end;
  return add(id, event);
}

graph::NodeIndex Model::task(const std::string& id, const std::string& script) {
  graph::Activity activity;
  activity.kind = graph::ActivityKind::script_task;
  if (!script.empty()) activity.script = graph::Expression{script, "", {}};
  return add(id, activity);
}

graph::NodeIndex Model::gateway(const std::string& id, graph::GatewayKind kind) {
  graph::Gateway gateway;
  gateway.kind = kind;
  return add(id, gateway);
}

graph::FlowIndex Model::flow(graph::NodeIndex from, graph::NodeIndex to, const std::string& condition) {
  graph::Flow flow;
  flow.id = "f" + std::to_string(graph.flow_count());
  if (!condition.empty()) flow.condition = graph::Expression{condition, "", {}};
  return graph.add_flow(from, to, std::move(flow));
}

graph::FlowIndex Model::otherwise(graph::NodeIndex from, graph::NodeIndex to) {
  const graph::FlowIndex added = flow(from, to);
  graph.node(from).default_flow = added;
  return added;
}

graph::ProcessGraph bpmn_process(const std::string& inside) {
  const std::string text =
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
      "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
      "id='d' targetNamespace='urn:test'>" +
      inside + "</definitions>";
  return bpmn::import(text, "model.bpmn").graph;
}

namespace {

std::vector<std::string> write_files(const Generated& generated) {
  static int number = 0;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      ("echoflow_generate_" + std::to_string(getpid()) + "_" + std::to_string(++number));
  std::filesystem::create_directories(folder / "model");
  std::filesystem::create_directories(folder / "shared");
  std::vector<std::string> files;
  for (const auto& [name, text] : generated.files) {
    files.push_back((folder / "model" / name).string());
    std::ofstream(files.back()) << text;
  }
  return files;
}

std::size_t elements_of(const Generated& generated) {
  std::size_t count = 0;
  for (const auto& [name, text] : generated.files) {
    if (!name.ends_with(".bpel")) continue;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) count += text[i] == '<' && text[i + 1] != '/' ? 1 : 0;
  }
  return count;
}

}  // namespace

Ran run(const graph::ProcessGraph& graph, const std::map<std::string, std::string>& variables, int seconds) {
  Ran result;
  const Generated generated = generate(graph);
  result.findings = generated.findings;
  result.elements = elements_of(generated);
  if (result.refused()) return result;
  scenario::SimulatedHost host(scenario::Mode::plain);
  const std::vector<std::string> files = write_files(generated);
  add_findings(result.findings, host.deploy(files));
  std::filesystem::remove_all(std::filesystem::path(files.at(0)).parent_path().parent_path());
  if (result.refused()) return result;
  const auto& entry = host.program().entries.at(0);
  const std::string operation = entry.inbound->operation.operation;
  const auto& wires = host.program().wire;
  const auto wire =
      std::find_if(wires.begin(), wires.end(), [&](const auto& each) { return each.operation == operation; });
  const program::MessageType& type = host.program().message_types.at(wire->input);
  std::string content = "<v:" + type.parts.at(0).element.local + " xmlns:v='" + type.parts.at(0).element.ns + "'>";
  for (const auto& [name, value] : variables) content += "<" + name + ">" + value + "</" + name + ">";
  content += "</v:" + type.parts.at(0).element.local + ">";
  host.send(operation, scenario::make_message(type, {content}));
  if (seconds > 0) host.advance(static_cast<std::int64_t>(seconds) * 1'000'000);
  result.status = host.status(0);
  for (const engine::ActivityView& each : host.activities(0)) {
    if ((each.status == engine::ActivityStatus::completed || each.status == engine::ActivityStatus::compensated) &&
        graph.find(each.element_id) != graph::none && each.type != "scope" && each.type != "forEach" &&
        each.type != "while" && each.type != "repeatUntil")
      ++result.trace[each.element_id];
  }
  return result;
}

std::string told(const Trace& trace, const std::string& prefix) {
  std::string text;
  for (const auto& [id, times] : trace) {
    if (id.rfind(prefix, 0) != 0) continue;
    text += (text.empty() ? "" : " ") + id + (times > 1 ? "*" + std::to_string(times) : "");
  }
  return text;
}

std::string told(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& each : findings) text += to_string(each) + "\n";
  return text;
}

}  // namespace echoflow::generate::test
