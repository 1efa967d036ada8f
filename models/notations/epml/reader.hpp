#pragma once
// Inside models/notations/epml only.
#include <map>
#include <string>
#include <vector>

#include "models/notations/epc/chain.hpp"
#include "models/notations/epc/read.hpp"

namespace echoflow::epml {

/// The attribute of an event (or of the arc to it) that holds a condition to run by.
inline constexpr std::string_view condition_attribute = "condition";
inline constexpr std::string_view condition_language = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0";

/// What elements of chains may refer to by defRef.
struct Definition {
  graph::Names name;
  graph::Names documentation;
  xml::NodeIndex element = xml::no_node;
  std::size_t bytes = 0;  ///< of name and documentation
  bool used = false;
};

/// Reads a document into chains. Parts of it are in import.cpp (the file, chains, objects) and read_arcs.cpp.
class Reader {
 public:
  Reader(epc::File file, epc::Source source) : file_(std::move(file)), source_(std::move(source)) {}

  graph::Imported read();

 private:
  const xml::Document& document() const { return file_.document; }
  std::string_view local(xml::NodeIndex n) const { return document().local_name(n); }
  template <class Do>
  void each_child(xml::NodeIndex parent, Do what) const {
    for (auto n = document().first_child_element(parent); n != xml::no_node; n = document().next_sibling_element(n))
      what(n);
  }
  void left_out(xml::NodeIndex n, std::string id, std::string what) {
    epc::report(source_, graph::LossKind::left_out, file_, n, std::move(id), std::move(what));
  }
  void changed(xml::NodeIndex n, std::string id, std::string what) {
    epc::report(source_, graph::LossKind::changed, file_, n, std::move(id), std::move(what));
  }
  void kept(xml::NodeIndex n, std::string id) {
    epc::report(source_, graph::LossKind::kept, file_, n, std::move(id), "");
  }
  void unknown(xml::NodeIndex n, const std::string& owner) {
    left_out(n, file_.attribute(n, "id").empty() ? owner : file_.attribute(n, "id"),
             "This element is not one that is read here.");
  }

  void read_coordinates(xml::NodeIndex n);
  void read_definitions(xml::NodeIndex n);
  void read_directory(xml::NodeIndex n, const std::string& path);
  void read_epc(xml::NodeIndex n, const std::string& path);
  void read_object(xml::NodeIndex n, epc::ObjectKind kind, epc::Chain& chain);
  bool read_common(xml::NodeIndex n, const std::string& id, graph::Names& name, graph::Names& documentation);
  void read_part(xml::NodeIndex n, epc::Object& object);
  void read_annotation(xml::NodeIndex n, const std::string& id, std::vector<graph::Attribute>& to);
  void keep_others(xml::NodeIndex n, std::initializer_list<std::string_view> read,
                   std::vector<graph::Attribute>& to) const;
  void take_definition(xml::NodeIndex n, epc::Object& object);
  void read_arc(xml::NodeIndex n, epc::Chain& chain);
  bool read_ends(xml::NodeIndex n, epc::Connection& connection);
  void read_arc_part(xml::NodeIndex n, epc::Connection& connection, bool& found);
  void read_waypoints(xml::NodeIndex graphics, epc::Connection& connection);
  void read_relation(xml::NodeIndex n, epc::Chain& chain);
  void finish_relation(epc::Connection& connection);
  graph::Bounds placed(graph::Bounds bounds) const;
  std::optional<graph::Bounds> bounds_of(xml::NodeIndex graphics);
  void set_name(graph::Names& names, xml::NodeIndex n, const std::string& id);
  void report_unused_definitions();

  epc::File file_;
  epc::Source source_;
  std::map<std::string, Definition> definitions_;
  std::size_t copied_ = 0;  // bytes of definitions
  bool mirrored_ = false;   // x grows to the left
  bool upwards_ = false;    // y grows upwards
};

}  // namespace echoflow::epml
