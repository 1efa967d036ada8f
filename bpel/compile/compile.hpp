#pragma once
#include "bpel/descriptor/descriptor.hpp"
#include "bpel/parse/loaded_process.hpp"
#include "models/base/diagnostic.hpp"
#include "models/program/program.hpp"

namespace echoflow::compile {

/// Turns a checked process (no errors from parse and rules) into its program. Findings: rule "XPATH" for expressions
/// that do not compile, "BPEL" or "DEPLOY" for the rest; null when there is an error among them.
program::ProgramPtr compile_process(const parse::LoadedProcess& process, const descriptor::Descriptor& descriptor,
                                    Diagnostics& findings);

}  // namespace echoflow::compile
