#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echoflow::generate {

/// An element of the BPEL (or WSDL) that is being written: a plain value, so that a region can be moved and copied.
/// Names carry a prefix: none is BPEL; the root element declares the others (see `to_text`).
struct Element {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;
  std::string text;
  std::string source;  ///< id of the model's element, written as cx:elementId

  Element() = default;
  explicit Element(std::string element_name) : name(std::move(element_name)) {}
  Element(std::string element_name, std::vector<std::pair<std::string, std::string>> with)
      : name(std::move(element_name)), attributes(std::move(with)) {}

  /// Adds or replaces.
  Element& set(std::string_view attribute, std::string value);
  /// "" where there is none.
  std::string_view get(std::string_view attribute) const;
  /// Appends a child and returns it; the reference holds until the next child is added.
  Element& add(Element child);
  Element& from(std::string_view source_id);
};

using Elements = std::vector<Element>;

/// <empty/> for nothing, the one itself, or a <sequence>.
Element sequence_of(Elements activities);
/// <condition>, <from> … with XPath text in it.
Element with_text(std::string name, std::string text);
/// <assign><copy><from>xpath</from><to variable="…"/></copy></assign>
Element assign(const std::string& variable, const std::string& xpath);

/// The document as text, indented, with the namespaces on its root: the prefixes cx, xsd, xsi, wsdl, plnk, vprop, and
/// tns for the target namespace.
std::string to_text(const Element& root, std::string_view default_namespace, std::string_view target_namespace);
/// Moves all of `more` behind what is there.
void append(Elements& to, Elements more);

}  // namespace echoflow::generate
