#pragma once
#include "models/xml/schema.hpp"

namespace echoflow::xml {

/// XML Schema part 1 §3.3.6: true when an element may stand where `declared` is: it is that one, or the substitution
/// groups that it belongs to lead there. `schemas` may be null.
bool may_stand_for(const SchemaSet* schemas, const QName& element, const QName& declared);

}  // namespace echoflow::xml
