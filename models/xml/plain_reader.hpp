#pragma once
// Inside models/xml only: a quick way for the XML that most messages are.
#include <string_view>

#include "models/xml/limits.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {

/// Reads UTF-8 that holds nothing but elements with ASCII names, attributes, text and the predefined entities in text,
/// all of it well-formed and within the limits. False when anything else stands there, acceptable or not: then the
/// parser decides, and words the error. Where it gives true, the document is the one that the parser gives. The limit
/// on bytes is the caller's to check. `texts`: see ReadOptions.
bool read_plain(std::string_view bytes, const Limits& limits, Document& document,
                std::vector<ElementText>* texts = nullptr);

}  // namespace echoflow::xml
