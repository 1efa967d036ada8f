#include "models/notations/import.hpp"

#include <algorithm>

#include "models/notations/aml/import.hpp"
#include "models/notations/bpmn/import.hpp"
#include "models/notations/bpmn/namespaces.hpp"
#include "models/notations/epml/import.hpp"
#include "models/notations/text.hpp"

namespace echoflow::notations {
namespace {

/// Files that are no XML and often given for models.
struct Beginning {
  std::string_view bytes;
  const char* sentence;
};
constexpr Beginning beginnings[] = {
    {"PK\x03\x04",
     "It is an archive (as .zip, .vsdx and .bpm files are): unpack it, or export the model as BPMN 2.0 XML."},
    {"\xd0\xcf\x11\xe0", "It is an old Office or Visio file: export the model as BPMN 2.0 XML."},
    {"{", "It is JSON: export the model as BPMN 2.0 XML."},
    {"[", "It is JSON: export the model as BPMN 2.0 XML."},
    {"%PDF", "It is a PDF: export the model itself, as BPMN 2.0 XML."},
    {"\x89PNG", "It is a picture: export the model itself, as BPMN 2.0 XML."},
    {"\xff\xd8\xff", "It is a picture: export the model itself, as BPMN 2.0 XML."},
};

graph::Imported refused(const SourceLocation& where, std::string message) {
  graph::Imported out;
  out.graph.file = where.file;
  add_finding(out.findings, {"MODEL", Severity::error, std::move(message), where});
  return out;
}

std::optional<graph::Notation> notation_of(const Root& root) {
  if (root.local == "definitions" && bpmn::is_model_namespace(root.ns)) return graph::Notation::bpmn;
  if (root.local == "AML" && root.ns.empty()) return graph::Notation::aml;
  if (root.local == "epml") return graph::Notation::epml;
  return std::nullopt;
}

const char* beginning_of(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  if (bytes.empty()) return "The file is empty.";
  for (const auto& known : beginnings)
    if (bytes.starts_with(known.bytes)) return known.sentence;
  return nullptr;
}

/// What a refused file is or begins with, for its message.
std::string described(const Root& root) {
  if (root.local.empty()) return "It does not begin as an XML document does.";
  if (const char* known = bpmn::known_format(root.ns, root.local)) return known;
  std::string text = "Its document element is <";
  text += root.local;
  text += '>';
  if (!root.ns.empty()) ((text += " in the namespace '") += root.ns) += '\'';
  text += '.';
  if (root.local == "definitions" && root.ns.empty())
    ((text += " It lacks BPMN's namespace: add xmlns=\"") += bpmn::model_namespace) += "\" to it.";
  return text;
}

}  // namespace

std::optional<graph::Notation> recognise(std::string_view bytes) {
  const auto text = to_utf8(bytes, {});
  return text ? notation_of(document_element(*text)) : std::nullopt;
}

graph::Imported import_model(std::string_view bytes, const std::string& file) {
  constexpr std::string_view accepted =
      "This is no model that can be imported: BPMN 2.0 (<definitions>), ARIS AML (<AML>) and EPML (<epml>) can. ";
  if (const char* other = beginning_of(bytes)) return refused({file, 1, 1}, std::string(accepted) + other);
  const auto text = to_utf8(bytes, file);
  if (!text) return refused(text.error().where, text.error().message);
  const Root root = document_element(*text);
  const auto notation = notation_of(root);
  if (!notation) return refused({file, 1, 1}, std::string(accepted) + described(root));
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
