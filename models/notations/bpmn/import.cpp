#include "models/notations/bpmn/import.hpp"

#include "models/notations/bpmn/check.hpp"
#include "models/notations/bpmn/namespaces.hpp"
#include "models/notations/bpmn/readers.hpp"
#include "models/notations/bpmn/written_types.hpp"
#include "models/notations/text.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::bpmn {
namespace {

graph::Imported refused(Severity severity, std::string rule, std::string message, SourceLocation where) {
  graph::Imported out;
  out.graph.file = where.file;
  add_finding(out.findings, {std::move(rule), severity, std::move(message), std::move(where)});
  return out;
}

}  // namespace

graph::Imported import(std::string_view bytes, const std::string& file) {
  xml::ReadOptions options;
  options.keep_positions = true;
  options.keep_comments = false;
  options.file = file;
  const auto text = notations::to_utf8(bytes, file);
  if (!text) return refused(Severity::error, "XML", text.error().message, text.error().where);
  auto document = xml::read(*text, options);
  if (!document) return refused(Severity::error, "XML", document.error().message, document.error().where);
  name_by_type(*document);
  const Source source(*document, file);
  const auto root = source.root();
  if (!source.is(root, "definitions"))
    return refused(Severity::error, "BPMN0001", other_format(document->namespace_uri(root), document->local_name(root)),
                   source.where(root));
  Reading reading(source);
  reading.graph.notation = graph::Notation::bpmn;
  read_definitions(reading);
  graph::Imported out;
  out.report = reading.ledger.report();
  out.graph = std::move(reading.graph);
  out.findings = std::move(reading.findings);
  add_findings(out.findings, check(*document, file));
  order_findings(out.findings);
  return out;
}

}  // namespace echoflow::bpmn
