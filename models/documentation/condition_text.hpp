#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/documentation/words.hpp"

namespace echoflow::documentation {

/// A condition on what was heard ("$feedback/cx:intent = 'complaint' and …") as a sentence; nullopt where it says more
/// than comparisons of known things joined by "and" and "or".
std::optional<std::string> condition_text(const Words& words, std::string_view xpath);

/// A word that a rule set or a level has ("complaint", "critical", "delivery") in the document's language; as it is
/// where it is not known.
std::string spoken_value(const Words& words, const std::string& value);

}  // namespace echoflow::documentation
