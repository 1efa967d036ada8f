#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// WS-BPEL 2.0 §8.4: a literal is one element, or text. White space around an element only lays out the source.
xml::DocumentPtr literal_value(const ast::Literal& literal) {
  auto value = std::make_shared<xml::Document>();
  const xml::Document& source = *literal.origin.document;
  const bool has_element = source.first_child_element(literal.origin.element) != xml::no_node;
  for (xml::NodeIndex n = source.first_child(literal.origin.element); n != xml::no_node; n = source.next_sibling(n)) {
    const bool layout = source.kind(n) == xml::NodeKind::comment ||
                        source.kind(n) == xml::NodeKind::processing_instruction ||
                        (source.kind(n) == xml::NodeKind::text && is_blank(source.value(n)));
    if (has_element && layout) continue;
    value->append_copy(xml::root_node, source, n);
  }
  return value;
}

struct Variant {
  Compiler& compiler;
  const Place& place;
  const SourceLocation& where;

  /// variable, part and query of a from or to; a variable that is no message has its only part.
  template <class Spec>
  Spec part_reference(const ast::PartReference& reference) const {
    Spec spec;
    spec.variable = compiler.variable(reference.variable, place, where);
    if (spec.variable == program::none) return spec;
    const bool message = compiler.program().variables[spec.variable].is_message;
    if (!message) {
      spec.part = 0;
    } else if (!reference.part.empty()) {
      spec.part = compiler.type_of(spec.variable).part(reference.part);
      if (spec.part == program::none)
        compiler.error(
            "BPEL", where,
            "The variable '" + reference.variable + "' has no part '" + reference.part + "'; correct the part's name.");
    }
    spec.query = compiler.query(reference.query, place);
    return spec;
  }

  template <class Spec>
  Spec property(const ast::PropertyReference& reference) const {
    Spec spec;
    spec.variable = compiler.variable(reference.variable, place, where);
    auto alias = compiler.alias_for_variable(reference.property, spec.variable);
    if (alias)
      spec.alias = *alias;
    else
      compiler.error("BPEL", where, "Variable '" + reference.variable + "': " + alias.error().message + ".");
    return spec;
  }
};

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

constexpr const char* no_variant =
    "has no variable, partnerLink, literal or expression, and no extension that is understood; say what to copy.";

}  // namespace

program::FromSpec Compiler::from(const ast::From& source, const Place& place) {
  const Variant variant{*this, place, source.origin.where};
  return std::visit(
      Overloaded{
          [&](const ast::NoVariant&) -> program::FromSpec {
            error("BPEL", source.origin.where, std::string("<from> ") + no_variant);
            return program::FromVariable{};
          },
          [&](const ast::PartReference& r) -> program::FromSpec {
            return variant.part_reference<program::FromVariable>(r);
          },
          [&](const ast::PropertyReference& r) -> program::FromSpec {
            return variant.property<program::FromProperty>(r);
          },
          [&](const ast::PartnerLinkReference& r) -> program::FromSpec {
            return program::FromPartnerLink{partner_link(r.partner_link, place, source.origin.where),
                                            r.endpoint_reference == "myRole"};
          },
          [&](const ast::Literal& r) -> program::FromSpec { return program::FromLiteral{literal_value(r)}; },
          [&](const ast::Expression& r) -> program::FromSpec { return program::FromExpression{expression(r, place)}; }},
      source.variant);
}

program::ToSpec Compiler::to(const ast::To& source, const Place& place) {
  const Variant variant{*this, place, source.origin.where};
  return std::visit(
      Overloaded{
          [&](const ast::NoVariant&) -> program::ToSpec {
            error("BPEL", source.origin.where, std::string("<to> ") + no_variant);
            return program::ToVariable{};
          },
          [&](const ast::PartReference& r) -> program::ToSpec {
            return variant.part_reference<program::ToVariable>(r);
          },
          [&](const ast::PropertyReference& r) -> program::ToSpec { return variant.property<program::ToProperty>(r); },
          [&](const ast::PartnerLinkReference& r) -> program::ToSpec {
            return program::ToPartnerLink{partner_link(r.partner_link, place, source.origin.where)};
          },
          [&](const ast::Expression& r) -> program::ToSpec { return program::ToExpression{target(r, place)}; }},
      source.variant);
}

program::Copy Compiler::copy(const ast::Copy& source, const Place& place) {
  program::Copy compiled;
  compiled.from = from(source.from, place);
  compiled.to = to(source.to, place);
  compiled.keep_src_element_name = source.keep_src_element_name == ast::YesNo::yes;
  compiled.ignore_missing_from_data = source.ignore_missing_from_data == ast::YesNo::yes;
  compiled.where = source.origin.where;
  return compiled;
}

}  // namespace echoflow::compile
