#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/notations/epc/chain.hpp"

/// EPML's words in the graph's.
namespace echoflow::epml {

/// What an element of an <epc> is; nullopt for an arc and for what is not known.
std::optional<epc::ObjectKind> kind_of(std::string_view element);

/// What a relation's type (or its attribute "raci"), in lower case, says; nullopt when only its ends tell.
std::optional<graph::RelationKind> relation_of(std::string_view word);

std::string lower(std::string_view text);

}  // namespace echoflow::epml
