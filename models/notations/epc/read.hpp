#pragma once
#include <string>
#include <string_view>

#include "models/notations/epc/chain.hpp"
#include "models/xml/tree.hpp"

/// What the readers of both file formats do alike.
namespace echoflow::epc {

/// Line breaks and indents of a drawing's label become single blanks; `changed` is set when that changed anything but
/// what stands around the text.
std::string plain_text(std::string_view text, bool* changed = nullptr);

/// A number as models write it; nullopt when it is none or not finite.
std::optional<double> number_of(std::string_view text);

/// 0 … 1, also from percent ("30 %", "30"); nullopt when it is neither.
std::optional<double> probability_of(std::string_view text);

/// "folder/complaint.epml" → "complaint": what a file's processes share in their names.
std::string stem_of(const std::string& file);

/// A document that is read with its positions.
struct File {
  xml::Document document;
  std::string name;

  SourceLocation where(xml::NodeIndex node) const {
    const auto at = document.position(node);
    return {name, at.line, at.column};
  }
  std::string attribute(xml::NodeIndex element, std::string_view local) const {
    return std::string(document.attribute(element, local).value_or(std::string_view{}));
  }
};

/// What a reader adds to its source's report and findings.
void report(Source& source, graph::LossKind kind, const File& file, xml::NodeIndex element, std::string id,
            std::string what);
void refuse(Source& source, const std::string& rule, const SourceLocation& where, std::string message);

/// The file as an XML document, after `to_utf8`, with the declaration of ARIS resolved where `aris_doctype`; on failure
/// the graph is empty and the finding has the rule given.
std::optional<File> open_file(std::string_view bytes, const std::string& name, bool aris_doctype,
                              const std::string& rule, Source& source);

}  // namespace echoflow::epc
