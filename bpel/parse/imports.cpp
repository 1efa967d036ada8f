#include "bpel/parse/imports.hpp"

#include "bpel/parse/attributes.hpp"

namespace echoflow::parse {
namespace {

using Need = Attributes::Need;

ast::Extension read_extension_declaration(Context& context, xml::NodeIndex node) {
  ast::Extension out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.ns = attributes.text_or_empty("namespace", Need::required);
  out.must_understand = attributes.yes_no("mustUnderstand", Need::required);
  Children children(context, node, out);
  return out;
}

// WS-BPEL 2.0 §5.4 Document Linking
ast::Import read_import(Context& context, xml::NodeIndex node) {
  ast::Import out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.ns = attributes.text("namespace");
  out.location = attributes.text("location");
  out.import_type = attributes.text_or_empty("importType", Need::required);
  Children children(context, node, out);
  return out;
}

}  // namespace

// WS-BPEL 2.0 §14 Extension Declarations
void read_extensions(Context& context, Children& children, std::vector<ast::Extension>& out) {
  const auto node = children.optional("extensions");
  if (node == xml::no_node) return;
  ast::Element container;
  Attributes attributes(context, node, container);
  Children items(context, node, container);
  for (const auto extension : items.at_least_one("extension"))
    out.push_back(read_extension_declaration(context, extension));
}

void read_imports(Context& context, Children& children, std::vector<ast::Import>& out) {
  for (const auto node : children.many("import")) out.push_back(read_import(context, node));
}

}  // namespace echoflow::parse
