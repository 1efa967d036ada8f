#include "models/notations/epml/words.hpp"

#include <array>

namespace echoflow::epml {
namespace {

using epc::ObjectKind;
using graph::RelationKind;

/// What stands in an <epc> and flows or belongs to what does.
struct ObjectElement {
  std::string_view element;
  ObjectKind kind;
};
constexpr std::array object_elements = {
    ObjectElement{"function", ObjectKind::function},
    ObjectElement{"event", ObjectKind::event},
    ObjectElement{"xor", ObjectKind::exclusive},
    ObjectElement{"or", ObjectKind::inclusive},
    ObjectElement{"and", ObjectKind::parallel},
    ObjectElement{"processInterface", ObjectKind::interface},
    ObjectElement{"role", ObjectKind::role},
    ObjectElement{"participant", ObjectKind::role},
    ObjectElement{"organization", ObjectKind::organisation},
    ObjectElement{"organizationUnit", ObjectKind::organisation},
    ObjectElement{"object", ObjectKind::data},
    ObjectElement{"dataField", ObjectKind::data},
    ObjectElement{"range", ObjectKind::data},  // C-EPC: so many of these objects or roles
    ObjectElement{"application", ObjectKind::system},
};

/// Words of @type (EPML 2.0) and of the attribute "raci" of an arc's relation, in lower case.
struct RelationWord {
  std::string_view word;
  RelationKind kind;
};
constexpr std::array relation_words = {
    RelationWord{"r", RelationKind::executes},
    RelationWord{"responsible", RelationKind::executes},
    RelationWord{"executes", RelationKind::executes},
    RelationWord{"a", RelationKind::decides},
    RelationWord{"accountable", RelationKind::decides},
    RelationWord{"decides", RelationKind::decides},
    RelationWord{"s", RelationKind::contributes},
    RelationWord{"supports", RelationKind::contributes},
    RelationWord{"contributes", RelationKind::contributes},
    RelationWord{"c", RelationKind::consulted},
    RelationWord{"consulted", RelationKind::consulted},
    RelationWord{"i", RelationKind::informed},
    RelationWord{"informed", RelationKind::informed},
};

}  // namespace

std::optional<ObjectKind> kind_of(std::string_view element) {
  for (const auto& known : object_elements)
    if (known.element == element) return known.kind;
  return std::nullopt;
}

std::optional<RelationKind> relation_of(std::string_view word) {
  for (const auto& known : relation_words)
    if (known.word == word) return known.kind;
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace echoflow::epml
