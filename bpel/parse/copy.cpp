#include "bpel/parse/copy.hpp"

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/expressions.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::parse {
namespace {

// Everything that a from or to may be written with; which of it may stand together is SA00032's to say.
struct Specification {
  std::optional<std::string> language, variable, part, partner_link;
  std::optional<QName> property;
  std::string endpoint_reference;
  xml::NodeIndex literal = xml::no_node, query = xml::no_node;
  std::string text;
};

std::optional<std::string> name_if_present(Context& context, xml::NodeIndex node, Attributes& attributes,
                                           std::string_view name) {
  if (!context.document().attribute(node, name)) return std::nullopt;
  return attributes.ncname(name);
}

Specification read_specification(Context& context, xml::NodeIndex node, ast::Element& out, bool is_from) {
  out.origin = context.origin(node);
  Specification spec;
  Attributes attributes(context, node, out);
  spec.language = attributes.text("expressionLanguage");
  spec.variable = name_if_present(context, node, attributes, "variable");
  spec.part = name_if_present(context, node, attributes, "part");
  spec.partner_link = name_if_present(context, node, attributes, "partnerLink");
  spec.property = attributes.qname("property");
  Children children(context, node, out, Mixed::yes);
  if (is_from) {
    spec.endpoint_reference = attributes.one_of("endpointReference", {"myRole", "partnerRole"});
    spec.literal = children.optional("literal");
  }
  spec.query = children.optional("query");
  spec.text = own_text(context.document(), node);
  return spec;
}

ast::PartReference part_reference(Context& context, const Specification& spec) {
  ast::PartReference out{spec.variable.value_or(""), spec.part.value_or(""), std::nullopt};
  if (spec.query != xml::no_node) out.query = read_expression(context, spec.query, "queryLanguage");
  return out;
}

ast::Expression expression(const ast::Element& element, Specification& spec) {
  return {element.origin, spec.language.value_or(""), std::move(spec.text)};
}

void check_literal(Context& context, xml::NodeIndex literal) {
  ast::Element ignored;
  Attributes attributes(context, literal, ignored);
}

}  // namespace

// WS-BPEL 2.0 §8.4 Assignment: the variants of from.
ast::From read_from(Context& context, xml::NodeIndex node) {
  ast::From out;
  auto spec = read_specification(context, node, out, true);
  if (spec.literal != xml::no_node) {
    check_literal(context, spec.literal);
    out.variant = ast::Literal{context.origin(spec.literal)};
  } else if (spec.partner_link) {
    out.variant = ast::PartnerLinkReference{*spec.partner_link, spec.endpoint_reference};
  } else if (spec.property) {
    out.variant = ast::PropertyReference{spec.variable.value_or(""), *spec.property};
  } else if (spec.variable) {
    out.variant = part_reference(context, spec);
  } else if (!source::trimmed(spec.text).empty()) {
    out.variant = expression(out, spec);
  }
  return out;
}

// WS-BPEL 2.0 §8.4 Assignment: the variants of to.
ast::To read_to(Context& context, xml::NodeIndex node) {
  ast::To out;
  auto spec = read_specification(context, node, out, false);
  if (spec.partner_link) {
    out.variant = ast::PartnerLinkReference{*spec.partner_link, ""};
  } else if (spec.property) {
    out.variant = ast::PropertyReference{spec.variable.value_or(""), *spec.property};
  } else if (spec.variable) {
    out.variant = part_reference(context, spec);
  } else if (!source::trimmed(spec.text).empty()) {
    out.variant = expression(out, spec);
  }
  return out;
}

ast::Copy read_copy(Context& context, xml::NodeIndex node) {
  ast::Copy out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.keep_src_element_name = attributes.yes_no("keepSrcElementName");
  out.ignore_missing_from_data = attributes.yes_no("ignoreMissingFromData");
  Children children(context, node, out);
  if (const auto from = children.required("from"); from != xml::no_node) out.from = read_from(context, from);
  if (const auto to = children.required("to"); to != xml::no_node) out.to = read_to(context, to);
  return out;
}

}  // namespace echoflow::parse
