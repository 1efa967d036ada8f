#pragma once
#include <memory>

#include "bpel/generate/generate.hpp"
#include "models/program/program.hpp"
#include "tests/bpel/generate/reference/accepts.hpp"

namespace echoflow::generate::reference {

/// A model, translated and compiled; its instances run on the engine alone, with a clock of their own. Signals go to
/// all that listen in the instance.
class Translated {
 public:
  explicit Translated(const graph::ProcessGraph& graph);

  const Diagnostics& findings() const { return findings_; }
  bool refused() const { return has_errors(findings_); }
  const Generated& generated() const { return generated_; }
  Observed run(const Inputs& inputs) const;

 private:
  const graph::ProcessGraph& graph_;
  Generated generated_;
  Diagnostics findings_;
  program::ProgramPtr program_;
};

}  // namespace echoflow::generate::reference
