#pragma once
#include <optional>
#include <string_view>

#include "bpel/xpath/value.hpp"

namespace echoflow::xpath {

/// The type of a local name in the XML Schema namespace; nullopt for what is not supported.
std::optional<Type> type_of_name(std::string_view local);
/// True when every value of `type` is also one of `base` (xs:int is an xs:decimal).
bool derives_from(Type type, Type base);

/// Casts an atomic item (XPath 2.0 functions §17). Throws err:FORG0001 and friends. Casts to QName are not done here.
Item cast(const Item& item, Type target);
/// As cast, nullopt where cast would fail.
std::optional<Item> try_cast(const Item& item, Type target);
/// Reads the lexical form of a type; nullopt when it is none.
std::optional<Item> from_text(std::string_view text, Type target);

/// A number as a double, whatever its numeric type.
double as_double(const Item& item);

}  // namespace echoflow::xpath
