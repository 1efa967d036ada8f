#include "models/notations/import.hpp"

#include "models/notations/aml/import.hpp"
#include "models/notations/bpmn/import.hpp"
#include "models/notations/epml/import.hpp"
#include "models/notations/text.hpp"

namespace echoflow::notations {
namespace {

constexpr std::string_view bpmn_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";

graph::Imported refused(const SourceLocation& where, std::string message) {
  graph::Imported out;
  out.graph.file = where.file;
  add_finding(out.findings, {"MODEL", Severity::error, std::move(message), where});
  return out;
}

std::optional<graph::Notation> notation_of(const Root& root) {
  if (root.local == "definitions" && root.ns == bpmn_namespace) return graph::Notation::bpmn;
  if (root.local == "AML" && root.ns.empty()) return graph::Notation::aml;
  if (root.local == "epml") return graph::Notation::epml;
  return std::nullopt;
}

/// What a refused file begins with, for its message.
std::string described(const Root& root) {
  if (root.local.empty()) return "It does not begin as an XML document does.";
  std::string text = "Its document element is <";
  text += root.local;
  text += '>';
  if (!root.ns.empty()) ((text += " in the namespace '") += root.ns) += '\'';
  return text += '.';
}

}  // namespace

std::optional<graph::Notation> recognise(std::string_view bytes) {
  const auto text = to_utf8(bytes, {});
  return text ? notation_of(document_element(*text)) : std::nullopt;
}

graph::Imported import_model(std::string_view bytes, const std::string& file) {
  const auto text = to_utf8(bytes, file);
  if (!text) return refused(text.error().where, text.error().message);
  const Root root = document_element(*text);
  const auto notation = notation_of(root);
  if (!notation)
    return refused(
        {file, 1, 1},
        "This is no model that can be imported: BPMN 2.0 (<definitions>), ARIS AML (<AML>) and EPML (<epml>) "
        "can. " +
            described(root));
  switch (*notation) {
    case graph::Notation::bpmn:
      return bpmn::import(bytes, file);
    case graph::Notation::aml:
      return aml::import(bytes, file);
    case graph::Notation::epml:
      return epml::import(bytes, file);
    case graph::Notation::bpel:
      break;  // never recognised
  }
  return refused({file, 1, 1}, "A BPEL process is deployed as it is; it needs no import.");
}

}  // namespace echoflow::notations
