#include "tests/bpel/generate/reference/differential.hpp"

#include "models/notations/bpmn/import.hpp"
#include "tests/bpel/generate/reference/execute.hpp"

namespace echoflow::generate::reference {

namespace {

Inputs inputs_of(unsigned seed, int round) {
  std::mt19937 random(seed * 31 + static_cast<unsigned>(round));
  Inputs inputs;
  for (const char* const name : {"v1", "v2", "v3", "v4"}) inputs.flags[name] = random() % 2 == 0;
  return inputs;
}

/// A message without the names in it.
std::string reason(const Diagnostic& finding) {
  std::string text = finding.rule + " ";
  bool quoted = false;
  for (const char c : finding.message) {
    if (c == '\'') {
      quoted = !quoted;
      if (quoted) text += "'…'";
    } else if (!quoted) {
      text += c;
    }
  }
  return text;
}

std::string shown(const Inputs& inputs) {
  std::string text;
  for (const auto& [name, value] : inputs.flags) text += name + "=" + (value ? "1 " : "0 ");
  return text;
}

}  // namespace

/// A gateway that does nothing is no good model, but one whose meaning is clear.
graph::ProcessGraph graph_of(Shape shape, unsigned seed, std::string& problems) {
  const std::string text =
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' "
      "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' id='d' targetNamespace='urn:test'>" +
      random_model(shape, seed) + "</definitions>";
  graph::Imported imported = bpmn::import(text, "model.bpmn");
  for (const Diagnostic& each : imported.findings)
    if (each.severity == Severity::error && each.rule != "BPMN0503") problems += to_string(each) + "\n";
  return std::move(imported.graph);
}

void try_model(Shape shape, unsigned seed, int runs, Tally& tally) {
  const std::string where = "--shape " + std::string(name_of(shape)) + " --seed " + std::to_string(seed);
  ++tally.models;
  std::string problems;
  const graph::ProcessGraph graph = graph_of(shape, seed, problems);
  if (!problems.empty()) {
    tally.wrong.push_back(where + ": the importer finds\n" + problems);
    return;
  }
  const Translated translated(graph);
  if (translated.refused()) {
    ++tally.refused;
    for (const Diagnostic& each : translated.findings()) {
      if (each.severity != Severity::error) continue;
      ++tally.refusals[reason(each)];
      if (each.rule != "MODEL") tally.wrong.push_back(where + ": " + to_string(each));
      break;
    }
    return;
  }
  for (int round = 0; round < runs; ++round) {
    const Inputs inputs = inputs_of(seed, round);
    const Observed observed = translated.run(inputs);
    const Judgement judgement = judge(graph, inputs, observed);
    ++tally.runs;
    if (judgement.verdict == Verdict::allowed) ++tally.allowed;
    if (judgement.verdict == Verdict::undecided) ++tally.undecided;
    if (judgement.verdict != Verdict::forbidden) continue;
    tally.wrong.push_back(where + " with " + shown(inputs) + "\n  engine    " + told(graph, observed) +
                          "\n  reference " + told(graph, one_run(graph, inputs)) + "\n  in common " +
                          std::to_string(judgement.matched));
    break;
  }
}

std::string told(const Tally& tally) {
  std::string text = std::to_string(tally.models) + " models, " + std::to_string(tally.runs) +
                     " runs: " + std::to_string(tally.allowed) + " allowed, " + std::to_string(tally.undecided) +
                     " undecided, " + std::to_string(tally.wrong.size()) + " wrong; " + std::to_string(tally.refused) +
                     " models refused\n";
  for (const auto& [why, times] : tally.refusals) text += "  " + std::to_string(times) + "  " + why + "\n";
  return text;
}

}  // namespace echoflow::generate::reference
