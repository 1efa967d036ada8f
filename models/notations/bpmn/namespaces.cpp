#include "models/notations/bpmn/namespaces.hpp"

namespace echoflow::bpmn {
namespace {

struct Known {
  std::string_view part;   // of the namespace; "" matches any
  std::string_view local;  // the document element; "" matches any
  const char* sentence;
};

constexpr Known others[] = {
    {"/XPDL", "", "This is XPDL, not BPMN 2.0: export the model as BPMN 2.0 XML."},
    {"schemas.microsoft.com/office/visio", "", "This is a Visio drawing, not BPMN 2.0: export it as BPMN 2.0 XML."},
    {"schemas.microsoft.com/visio", "", "This is a Visio drawing, not BPMN 2.0: export it as BPMN 2.0 XML."},
    {"", "VisioDocument", "This is a Visio drawing, not BPMN 2.0: export it as BPMN 2.0 XML."},
    {"", "AML", "This is ARIS AML, not BPMN 2.0: import it as a .aml or .xml file of ARIS."},
    {"epml", "", "This is EPML, not BPMN 2.0: import it as a .epml file."},
    {"", "epml", "This is EPML, not BPMN 2.0: import it as a .epml file."},
    {"wsbpel", "", "This is WS-BPEL, not BPMN 2.0: deploy it with its .wsdl files, as a .bpel file."},
    {"/DMN/", "", "This is a DMN decision model, not BPMN 2.0: only process models can be imported."},
    {"/CMMN/", "", "This is a CMMN case model, not BPMN 2.0: only process models can be imported."},
    {"omg.org/XMI", "", "This is XMI, not the BPMN 2.0 XML format: export the model as BPMN 2.0 XML (.bpmn)."},
    {"/MODEL-XMI", "", "This is XMI, not the BPMN 2.0 XML format: export the model as BPMN 2.0 XML (.bpmn)."},
    {"", "tDefinitions", "This is XMI, not the BPMN 2.0 XML format: export the model as BPMN 2.0 XML (.bpmn)."},
    {"", "XMI", "This is XMI, not the BPMN 2.0 XML format: export the model as BPMN 2.0 XML (.bpmn)."},
    {"", "mxfile",
     "This is a drawing of a drawing tool, without process meaning: draw it as BPMN 2.0 and export that."},
    {"", "pnml", "This is a Petri net, not BPMN 2.0: draw the process as BPMN 2.0 and export that."},
    {"/pnml/", "", "This is a Petri net, not BPMN 2.0: draw the process as BPMN 2.0 and export that."},
    {"", "graphml", "This is a graph without process meaning: draw it as BPMN 2.0 and export that."},
    {"", "process-definition", "This is a jPDL process, not BPMN 2.0: draw the process as BPMN 2.0 and export that."},
    {"stp.eclipse.org", "", "This is BPMN 1.x of an older tool: export the model as BPMN 2.0 XML."},
    {"wsdl", "definitions", "This is a WSDL description, not BPMN 2.0: give the file of the process model."},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool omg_bpmn(std::string_view uri, std::string_view end) {
  return uri.starts_with("http://www.omg.org/spec/BPMN/") && uri.ends_with(end);
}

}  // namespace

bool is_model_namespace(std::string_view uri) {
  if (uri == model_namespace) return true;
  return omg_bpmn(uri, "/MODEL") || uri == "http://schema.omg.org/spec/BPMN/2.0" ||
         uri == "http://www.omg.org/bpmn20" || uri == "http://www.omg.org/spec/BPMN/2.0";
}

bool is_diagram_namespace(std::string_view uri) {
  return omg_bpmn(uri, "/DI") || uri == "http://bpmndi.org" || uri == "http://www.omg.org/bpmndi";
}

bool is_drawing_namespace(std::string_view uri) {
  return uri.starts_with("http://www.omg.org/spec/DD/");
}

bool is_bpmn_namespace(std::string_view uri) {
  return is_model_namespace(uri) || is_diagram_namespace(uri) || is_drawing_namespace(uri);
}

bool is_translation_namespace(std::string_view uri) {
  return uri.starts_with("http://www.omg.org/spec/BPMN/") && contains(uri, "/i18n/");
}

const char* known_format(std::string_view uri, std::string_view local) {
  for (const Known& known : others)
    if ((known.part.empty() || contains(uri, known.part)) && (known.local.empty() || known.local == local))
      return known.sentence;
  return nullptr;
}

const char* other_format(std::string_view uri, std::string_view local) {
  if (const char* known = known_format(uri, local)) return known;
  return "This is no BPMN 2.0: the document element must be definitions of the namespace "
         "http://www.omg.org/spec/BPMN/20100524/MODEL.";
}

}  // namespace echoflow::bpmn
