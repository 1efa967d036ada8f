#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/notations/epc/read.hpp"

/// An ARIS export's definitions, by id: what models then show as occurrences.
namespace echoflow::aml {

struct Values {
  graph::Names name;
  graph::Names documentation;
  std::vector<graph::Attribute> attributes;  ///< all others, with the language where the value has one
  std::size_t bytes = 0;                     ///< of all of them together, about

  /// The first value of an attribute; "" where there is none.
  std::string get(std::string_view type) const;
};

struct ObjectDefinition {
  std::string type;    ///< OT_FUNC
  std::string symbol;  ///< its usual one
  std::string guid;
  Values values;
  std::vector<std::string> linked_models;
  xml::NodeIndex element = xml::no_node;
  bool used = false;
};

struct ConnectionDefinition {
  std::string type;  ///< CT_EXEC_1
  std::string from;  ///< ids of object definitions
  std::string to;
  Values values;
  xml::NodeIndex element = xml::no_node;
  bool used = false;
};

struct TextDefinition {
  Values values;
  xml::NodeIndex element = xml::no_node;
  bool used = false;
};

struct Model {
  std::string id;
  std::string type;
  std::string group;  ///< names of the groups around it, joined by '/'
  xml::NodeIndex element = xml::no_node;
};

struct Database {
  std::map<std::string, ObjectDefinition> objects;
  std::map<std::string, ConnectionDefinition> connections;
  std::map<std::string, TextDefinition> texts;
  std::vector<Model> models;
  std::string name;
  std::string version;
};

/// Reads all definitions; what stands between them and is no definition is reported as left out.
Database read_database(const epc::File& file, epc::Source& source);

/// Names, descriptions and attributes of an element's <AttrDef> children.
Values read_values(const epc::File& file, xml::NodeIndex element);

/// The element's own id, whatever kind it is (ObjOcc.ID, Lane.ID …); "" where it has none.
std::string id_of(const epc::File& file, xml::NodeIndex element);

/// A list of ids as in LinkedModels.IdRefs.
std::vector<std::string> ids_of(std::string_view list);

}  // namespace echoflow::aml
