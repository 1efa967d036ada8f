#pragma once
#include "adapters/rest/json_writer.hpp"
#include "models/cx/understanding.hpp"

namespace echoflow::rest {

/// The object of the schema "Understanding".
void write_understanding(json::Writer& writer, const cx::Understanding& understanding);

}  // namespace echoflow::rest
