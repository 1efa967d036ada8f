#pragma once
#include <memory>
#include <string>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/understander.hpp"
#include "models/base/diagnostic.hpp"

namespace echoflow::tool {

/// An understander from files of rules and a classifier; an empty name stands for the standard rules and for none. The
/// error has one line for each mistake in the rules.
Result<std::shared_ptr<const understanding::Understander>> load_understander(const std::string& rules_file,
                                                                             const std::string& model_file);
Result<std::shared_ptr<const understanding::Classifier>> load_classifier(const std::string& file);

}  // namespace echoflow::tool
