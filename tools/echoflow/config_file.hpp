#pragma once
#include <map>
#include <string>

#include "models/base/result.hpp"

namespace echoflow::tool {

/// The settings of a TOML file as text; only strings, whole numbers and booleans at its top are settings.
Result<std::map<std::string, std::string>> read_config_file(const std::string& file);

}  // namespace echoflow::tool
