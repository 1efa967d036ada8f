#pragma once
#include <map>
#include <string>

#include "bpel/source/source_set.hpp"
#include "models/base/diagnostic.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::source {

/// Parses one file of the deployment, with positions. null and a finding (rule "XML") when it is absent, is not
/// well-formed, or passes a limit.
xml::DocumentPtr read_document(const SourceSet& set, const std::string& file, Diagnostics& findings);

/// Where a node stands; a node without a position of its own stands where its nearest ancestor does.
SourceLocation location_of(const xml::Document& document, xml::NodeIndex node, const std::string& file);

/// True for "http://host/file" and the like, which are never fetched.
bool is_remote(std::string_view location);

/// Each file of a deployment parsed once, so that its findings come once.
class Documents {
 public:
  Documents(const SourceSet& set, Diagnostics& findings) : set_(set), findings_(findings) {}

  const SourceSet& set() const { return set_; }
  Diagnostics& findings() { return findings_; }
  /// null when the file could not be read, which is reported the first time.
  xml::DocumentPtr get(const std::string& file);
  /// As get, for whoever leaves the report to another.
  xml::DocumentPtr peek(const std::string& file) { return entry(file).document; }

 private:
  struct Entry {
    xml::DocumentPtr document;
    Diagnostics unreported;
  };
  Entry& entry(const std::string& file);

  const SourceSet& set_;
  Diagnostics& findings_;
  std::map<std::string, Entry> read_;
};

}  // namespace echoflow::source
