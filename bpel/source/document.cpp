#include "bpel/source/document.hpp"

#include "models/xml/reader.hpp"

namespace echoflow::source {

xml::DocumentPtr read_document(const SourceSet& set, const std::string& file, Diagnostics& findings) {
  const std::string* bytes = set.find(file);
  if (!bytes) {
    add_finding(findings,
                {"XML", Severity::error, "The file " + file + " is not in the deployment; add it.", {file, 0, 0}});
    return nullptr;
  }
  xml::ReadOptions options;
  options.keep_positions = true;
  options.file = file;
  auto result = xml::read(*bytes, options);
  if (!result) {
    auto& error = result.error();
    add_finding(findings, {"XML", Severity::error, std::move(error.message), std::move(error.where)});
    return nullptr;
  }
  return std::make_shared<const xml::Document>(std::move(result).value());
}

SourceLocation location_of(const xml::Document& document, xml::NodeIndex node, const std::string& file) {
  auto position = document.position(node);
  while (position.line == 0 && document.parent(node) != xml::no_node) {
    node = document.parent(node);
    position = document.position(node);
  }
  return {file, position.line, position.column};
}

bool is_remote(std::string_view location) {
  return location.find("://") != std::string_view::npos;
}

Documents::Entry& Documents::entry(const std::string& file) {
  const auto [found, is_new] = read_.try_emplace(file);
  if (is_new) found->second.document = read_document(set_, file, found->second.unreported);
  return found->second;
}

xml::DocumentPtr Documents::get(const std::string& file) {
  auto& read = entry(file);
  add_findings(findings_, read.unreported);
  read.unreported.clear();
  return read.document;
}

}  // namespace echoflow::source
