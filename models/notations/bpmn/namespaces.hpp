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

/// What a document of another format is, by its document element: a sentence with the remedy; nullptr when it is none
/// that is known.
const char* known_format(std::string_view uri, std::string_view local);
/// The same, with a sentence for what is not known, too.
const char* other_format(std::string_view uri, std::string_view local);

}  // namespace echoflow::bpmn
