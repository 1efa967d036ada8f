#pragma once
#include <string_view>

/// The namespaces of BPMN 2.0 and of its drafts, which older tools still write.
namespace echoflow::bpmn {

inline constexpr std::string_view model_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// BPMN 2.0's model elements.
bool is_model_namespace(std::string_view uri);
/// BPMN DI: diagrams, planes, shapes, edges.
bool is_diagram_namespace(std::string_view uri);
/// Diagram Definition (DC, DI): bounds, way points, fonts.
bool is_drawing_namespace(std::string_view uri);
/// Any of the three.
bool is_bpmn_namespace(std::string_view uri);
/// The extension for names in several languages.
bool is_translation_namespace(std::string_view uri);

/// What a document that is no BPMN 2.0 seems to be, by its document element: a sentence with the remedy.
const char* other_format(std::string_view uri, std::string_view local);

}  // namespace echoflow::bpmn
