#pragma once
// Inside models/notations/aml only.
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/notations/aml/database.hpp"
#include "models/notations/epc/chain.hpp"

namespace echoflow::aml {

/// Reads an export into chains. Parts of it are in import.cpp and allocation.cpp (function allocation diagrams).
class Reader {
 public:
  Reader(const epc::File& file, epc::Source source) : file_(file), source_(std::move(source)) {}

  graph::Imported read();

 private:
  const xml::Document& document() const { return file_.document; }
  void left_out(xml::NodeIndex n, std::string id, std::string what) {
    epc::report(source_, graph::LossKind::left_out, file_, n, std::move(id), std::move(what));
  }
  template <class Do>
  void each_child(xml::NodeIndex parent, Do what) const {
    for (auto n = document().first_child_element(parent); n != xml::no_node; n = document().next_sibling_element(n))
      what(n);
  }
  void left_out_below(xml::NodeIndex parent, const std::string& what);
  /// Whether an occurrence may have a copy of its definition: a small file must not become a huge graph.
  bool may_copy(const Values& values, xml::NodeIndex n, const std::string& id);
  void read_chain(const Model& model);
  void read_part(xml::NodeIndex n, epc::Chain& chain);
  void read_occurrence(xml::NodeIndex n, epc::Chain& chain);
  std::optional<epc::Object> object_of(const ObjectDefinition& definition, std::string_view symbol);
  void read_connection(xml::NodeIndex n, const std::string& from, epc::Chain& chain);
  void describe(const ConnectionDefinition& definition, epc::Connection& connection);
  void read_note(xml::NodeIndex n, epc::Chain& chain);
  std::optional<graph::Bounds> bounds_of(xml::NodeIndex n) const;
  void connect_without_arrows(epc::Chain& chain);
  void index_chains();
  void read_allocation(const Model& model);
  void allocate(xml::NodeIndex occurrence, const Model& model,
                const std::map<std::string, xml::NodeIndex>& occurrences);
  void add_allocated(epc::Chain& chain, const std::string& function, const ConnectionDefinition& definition,
                     const std::string& other, xml::NodeIndex arrow);
  std::string linked_chain(const ObjectDefinition& definition) const;
  void report_definitions();
  void report_definition(xml::NodeIndex n, const std::string& id, bool used, const char* what);

  const epc::File& file_;
  epc::Source source_;
  Database database_;
  std::set<std::string> chains_;                      // ids of the models that become chains
  std::map<std::string, std::string> definition_of_;  // occurrence → definition
  std::set<std::string> models_;                      // ids of all models
  /// For what function allocation diagrams add: each function's definition, its chain and occurrence; each connection
  /// that a chain shows already, by type, occurrence of the function and definition of the other end.
  std::multimap<std::string, std::pair<std::size_t, std::string>> functions_;
  std::set<std::tuple<std::string, std::string, std::string>> shown_;
  std::set<std::pair<std::string, std::string>> allocated_;
  bool drawn_arrows_ = false;
  std::size_t copied_ = 0;
};

}  // namespace echoflow::aml
