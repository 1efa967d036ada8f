#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/notations/epc/chain.hpp"

/// ARIS's words (types of models, objects, connections, attributes) in the graph's.
namespace echoflow::aml {

/// What a type of model is for us.
enum class ModelUse { chain, allocation, other };
ModelUse use_of(std::string_view model_type);
/// What a model that is left out is, for the report: "a value-added chain diagram".
std::string description_of(std::string_view model_type);

/// What an occurrence is, by its definition's type and its symbol; nullopt for what has no place in a process graph.
std::optional<epc::ObjectKind> kind_of(std::string_view type, std::string_view symbol);

/// Control flow, or what relates something to an activity; nullopt for what is not known.
struct ConnectionWord {
  bool flow = false;
  graph::RelationKind relation = graph::RelationKind::other;
};
std::optional<ConnectionWord> connection_word(std::string_view type);
/// The type alone where it is written with both ends: "OT_FUNC.CT_CRT_1.OT_EVT" → "CT_CRT_1".
std::string_view connection_type(std::string_view written);

/// BCP 47 tag of a Windows language number ("1031" → "de"), or of a tag as other tools write it ("de-DE"); "x-lcid-…"
/// for a number that is not known.
std::string language_of(std::string_view locale_id);

/// An ISO 8601 duration of ARIS's "value;unit" (unit 43 seconds … 48 years); nullopt when it is none.
std::optional<std::string> duration_of(std::string_view value);

}  // namespace echoflow::aml
