#pragma once
#include <string>
#include <vector>

#include "engine/cx/understanding/classifier.hpp"
#include "models/base/result.hpp"

namespace echoflow::tool {

/// Labelled texts from a file: JSON lines with "text" and "label", or CSV (comma, semicolon or tab) whose first line
/// names the columns text and label. Labels are negative, neutral, positive, or short forms of them. The error names
/// the line.
Result<std::vector<understanding::Sample>> read_samples(const std::string& file);

}  // namespace echoflow::tool
