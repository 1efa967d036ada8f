#pragma once
#include <string>
#include <vector>

#include "bpel/source/source_set.hpp"

namespace echoflow::scenario {

/// The files of a scenario's deployment: those named, and all that is in the folder "shared" beside theirs.
source::SourceSet scenario_sources(const std::vector<std::string>& files);
/// What a partner's reply is made of: one value for one part; "part=value" words for several.
std::vector<std::string> words_of(const std::string& value, std::size_t parts);

}  // namespace echoflow::scenario
