#pragma once
#include <string>
#include <vector>

#include "models/graph/import_report.hpp"
#include "models/notations/bpmn/source.hpp"

namespace echoflow::bpmn {

/// What became of every element and attribute. Whatever nobody spoke for is left out, and the report says so.
class Ledger {
 public:
  explicit Ledger(const Source& source);

  void kept(xml::NodeIndex element);
  void changed(xml::NodeIndex element, std::string what);
  void left_out(xml::NodeIndex element, std::string what);
  /// The element and everything in it, attributes too, is kept (as XML text).
  void kept_below(xml::NodeIndex element);
  /// As left_out, for the element and everything in it.
  void left_out_below(xml::NodeIndex element, std::string what);
  void took(xml::NodeIndex attribute);

  bool has_entry(xml::NodeIndex element) const { return entries_[element].spoken; }
  bool is_taken(xml::NodeIndex attribute) const { return taken_[attribute]; }

  /// One line for each element of the document, in its order.
  std::vector<graph::Loss> report() const;

 private:
  struct Entry {
    bool spoken = false;
    bool below = false;
    graph::LossKind kind = graph::LossKind::left_out;
    std::string what;
  };
  void set(xml::NodeIndex element, graph::LossKind kind, std::string what, bool below);
  std::string untaken(xml::NodeIndex element) const;
  graph::Loss line(xml::NodeIndex element, const Entry& entry, bool attributes_too) const;

  const Source& source_;
  std::vector<Entry> entries_;
  std::vector<bool> taken_;
};

}  // namespace echoflow::bpmn
