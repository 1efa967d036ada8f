// Random BPMN models, translated and run, against the rules of BPMN: translation_judge [--seeds N] [--first N]
// [--shape NAME] [--seed N (shows one model)] [--runs N]
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bpel/generate/reference/differential.hpp"
#include "tests/bpel/generate/reference/execute.hpp"

using namespace echoflow;
using namespace echoflow::generate::reference;

namespace {

/// The model and its BPEL as files, to look at.
void show(Shape shape, unsigned seed) {
  std::string problems;
  const graph::ProcessGraph graph = graph_of(shape, seed, problems);
  std::printf("%s\n%s", random_model(shape, seed).c_str(), problems.c_str());
  const Translated translated(graph);
  for (const Diagnostic& each : translated.findings()) std::printf("%s\n", to_string(each).c_str());
  for (const auto& [name, text] : translated.generated().files)
    if (name.ends_with(".bpel")) std::printf("%s\n", text.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  unsigned seeds = 1000;
  unsigned first = 1;
  int runs = 3;
  bool one = false;
  std::string shape;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    const char* const value = argv[i + 1];
    if (option == "--seeds") seeds = static_cast<unsigned>(std::atoi(value));
    if (option == "--first" || option == "--seed") first = static_cast<unsigned>(std::atoi(value));
    if (option == "--seed") one = true;
    if (option == "--runs") runs = std::atoi(value);
    if (option == "--shape") shape = value;
  }
  if (one) seeds = 1;
  std::size_t wrong = 0;
  for (const Shape each : shapes) {
    if (!shape.empty() && shape != name_of(each)) continue;
    Tally tally;
    if (one) show(each, first);
    for (unsigned seed = first; seed < first + seeds; ++seed) try_model(each, seed, runs, tally);
    std::printf("== %s: %s", std::string(name_of(each)).c_str(), told(tally).c_str());
    for (std::size_t i = 0; i < tally.wrong.size() && i < 10; ++i) std::printf("%s\n", tally.wrong[i].c_str());
    wrong += tally.wrong.size();
  }
  return wrong == 0 ? 0 : 1;
}
