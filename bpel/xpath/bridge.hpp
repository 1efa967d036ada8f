#pragma once
#include "bpel/xpath/value.hpp"
#include "models/program/expression.hpp"

/// Values of this engine as the rest of the program sees them, and back.
namespace echoflow::xpath {

class Evaluator;

program::Sequence to_program(const Sequence& value, const Evaluator& e);
Sequence from_program(const program::Sequence& value, Evaluator& e);

}  // namespace echoflow::xpath
