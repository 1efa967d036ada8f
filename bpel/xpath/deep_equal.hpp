#pragma once
#include "bpel/xpath/evaluator.hpp"

namespace echoflow::xpath {

/// XPath 2.0 functions §15.3.1: same length, equal values pairwise (NaN equals NaN), nodes equal in kind, name,
/// attributes and children; comments and instructions inside elements do not count.
bool deep_equal(Evaluator& e, const Sequence& a, const Sequence& b);

}  // namespace echoflow::xpath
