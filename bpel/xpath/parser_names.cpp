#include <algorithm>

#include "bpel/xpath/parser_state.hpp"
#include "bpel/xpath/types.hpp"
#include "bpel/xslt/loaded.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

// WS-BPEL 2.0 §8.2.2: how a simple type is seen by XPath 1.0; XPath 2.0 keeps the type.
void set_simple_form(VariableRef& ref, const QName& primitive) {
  ref.form = VariableForm::string;
  ref.type = Type::string;
  if (primitive.ns != ns::xsd) return;
  if (const auto type = type_of_name(primitive.local)) ref.type = *type;
  if (ref.type == Type::boolean)
    ref.form = VariableForm::boolean;
  else if (is_numeric(ref.type))
    ref.form = VariableForm::number;
  // QNames in content need the element's prefixes; as text they can at least be compared.
  if (ref.type == Type::qname) ref.type = Type::string;
}

Kind kind_of_form(VariableForm form) {
  switch (form) {
    case VariableForm::node:
      return Kind::nodes;
    case VariableForm::number:
      return Kind::number;
    case VariableForm::string:
      return Kind::string;
    case VariableForm::boolean:
      return Kind::boolean;
  }
  return Kind::unknown;
}

constexpr std::string_view old_duration_namespaces[] = {"http://www.w3.org/2003/11/xpath-datatypes",
                                                        "http://www.w3.org/2005/xpath-datatypes"};

bool is_type_namespace(std::string_view uri) {
  return uri == ns::xsd || uri == old_duration_namespaces[0] || uri == old_duration_namespaces[1];
}

}  // namespace

std::string Parser::resolve_prefix(std::string_view prefix, std::size_t offset) {
  if (prefix == "xml") return std::string(ns::xml);
  if (context_.document && context_.element != xml::no_node)
    if (const auto uri = context_.document->lookup_namespace(context_.element, prefix); uri && !uri->empty())
      return std::string(*uri);
  if (two() && (prefix == "xs" || prefix == "xsd")) return std::string(ns::xsd);
  if (two() && prefix == "fn") return std::string(ns::xpath_functions);
  fail_at(offset,
          "the prefix '" + std::string(prefix) + "' is not declared; declare it with xmlns:" + std::string(prefix));
}

std::optional<QName> Parser::resolve_qname(std::string_view text, std::size_t offset) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return is_ncname(text) ? std::optional<QName>(QName{"", std::string(text)}) : std::nullopt;
  const auto prefix = text.substr(0, colon), local = text.substr(colon + 1);
  if (!is_ncname(prefix) || !is_ncname(local)) return std::nullopt;
  return QName{resolve_prefix(prefix, offset), std::string(local)};
}

MutableExpr Parser::variable_reference() {
  const auto offset = here().offset;
  ++at_;
  const Token name = here();
  if (name.kind != TokenKind::name && name.kind != TokenKind::prefixed_name) fail("a variable's name must follow '$'");
  ++at_;
  if (name.kind == TokenKind::name) {
    const auto local =
        std::find_if(locals_.rbegin(), locals_.rend(), [&](const auto& entry) { return entry.first == name.text; });
    if (local != locals_.rend()) {
      auto result = make(Op::local, offset);
      result->slot = local->second;
      return result;
    }
  }
  const auto written = (name.prefix.empty() ? std::string() : std::string(name.prefix) + ":") + std::string(name.text);
  // Apache ODE's $ode:pid: the instance's number.
  if (!name.prefix.empty() && name.text == "pid" && resolve_prefix(name.prefix, name.offset) == ns::ode_extension) {
    auto result = make(Op::call, offset, Kind::unknown);
    result->function = find_function(ns::ode_extension, "pid", 0, syntax_->dialect).function;
    return result;
  }
  references_.variables.push_back(written);
  if (names_only_) return make(Op::variable, offset);
  if (context_.purpose == Purpose::join_condition) {
    const auto link = context_.link ? context_.link(written) : std::nullopt;
    if (!link)
      fail_at(offset, "$" + written + " is no incoming link of this activity; a join condition may use only those");
    auto result = make(Op::link, offset, Kind::boolean);
    result->slot = *link;
    return result;
  }
  auto ref = bind(written, offset, false);
  use(ref);
  auto result = make(Op::variable, offset, syntax_->lvalues ? Kind::nodes : kind_of_form(ref.form));
  result->variable = std::move(ref);
  return result;
}

// WS-BPEL 2.0 §8.2.2: `$variable` or `$variable.part`. Names may contain dots, so the longest declared variable wins.
VariableRef Parser::bind(std::string_view name, std::size_t offset, bool whole_message_allowed) {
  for (std::size_t end = name.size(); end != std::string_view::npos && end > 0; end = name.rfind('.', end - 1)) {
    const auto variable_name = name.substr(0, end);
    const auto binding = context_.variable ? context_.variable(variable_name) : std::nullopt;
    if (!binding || binding->type == nullptr) continue;
    if (end == name.size()) {
      if (binding->is_message && !whole_message_allowed)
        fail_at(offset, "the variable '" + std::string(name) + "' holds a message; name one of its parts, as in $" +
                            std::string(name) +
                            (binding->type->parts.empty() ? ".part" : "." + binding->type->parts.front().name));
      return variable_part(*binding, 0, name);
    }
    const std::string part_name(name.substr(end + 1));
    const auto part = binding->type->part(part_name);
    if (!binding->is_message || part == program::none)
      fail_at(offset, "the variable '" + std::string(variable_name) + "' has no part '" + part_name + "'");
    return variable_part(*binding, part, name);
  }
  fail_at(offset, "there is no variable '" + std::string(name.substr(0, name.find('.'))) + "' in scope here");
}

VariableRef Parser::variable_part(const VariableBinding& binding, std::uint32_t part, std::string_view name) const {
  VariableRef ref;
  ref.id = binding.id;
  ref.part = part;
  ref.name = name;
  if (part < binding.type->parts.size() && binding.type->parts[part].form == program::ValueForm::simple)
    set_simple_form(ref, binding.type->parts[part].primitive);
  return ref;
}

void Parser::use(const VariableRef& ref) {
  for (const auto& known : syntax_->uses)
    if (known.variable == ref.id && known.part == ref.part) return;
  syntax_->uses.push_back({ref.id, ref.part});
}

MutableExpr Parser::function_call() {
  const Token name = here();
  at_ += 2;
  auto result = make(Op::call, name.offset);
  if (!accept(")")) {
    do {
      adopt(*result, single());
      if (result->children.size() > 4096) fail("the call has too many arguments");
    } while (accept(","));
    expect(")", "the arguments");
  }
  const std::string uri = name.prefix.empty() ? std::string(two() ? ns::xpath_functions : std::string_view())
                                              : resolve_prefix(name.prefix, name.offset);
  note_call({uri, std::string(name.text)}, result->children);
  if (two() && is_type_namespace(uri)) return constructor(name.text, std::move(result->children), name.offset);
  const auto lookup = find_function(uri, name.text, result->children.size(), syntax_->dialect);
  const auto written = (name.prefix.empty() ? std::string() : std::string(name.prefix) + ":") + std::string(name.text);
  if (!lookup.known_name)
    fail_at(name.offset, "there is no function " + written + "()" + (two() ? "" : " in XPath 1.0"));
  if (lookup.function == nullptr)
    fail_at(name.offset, written + "() takes " + lookup.arities + ", not " + std::to_string(result->children.size()));
  result->function = lookup.function;
  result->kind = lookup.function->kind;
  const auto focus = lookup.function->focus;
  if (focus == FocusUse::context_by_default && result->children.size() < lookup.function->max_arguments)
    result->needs_context = true;
  if (focus == FocusUse::position) result->needs_position = true;
  if (focus == FocusUse::last) result->needs_last = true;
  if (uri == ns::bpel && name.text == "getVariableProperty") bind_property(*result);
  if (uri == ns::bpel && name.text == "doXslTransform") bind_stylesheet(*result);
  if (uri == ns::ode_extension && name.text == "process-property") bind_process_property(*result);
  return result;
}

void Parser::note_call(const QName& name, const std::vector<ExprPtr>& arguments) {
  FunctionCall call{name, {}};
  for (const auto& a : arguments) {
    const bool text = a->op == Op::literal && a->literal.type == Type::string;
    call.literal_arguments.push_back(text ? std::optional<std::string>(a->literal.text()) : std::nullopt);
  }
  references_.calls.push_back(std::move(call));
}

// XPath 2.0 functions §5: xs:date($x) is $x cast as xs:date?.
MutableExpr Parser::constructor(std::string_view type, std::vector<ExprPtr> arguments, std::uint32_t offset) {
  const auto target = type_of_name(type);
  if (!target) fail_at(offset, "the type xs:" + std::string(type) + " is not supported");
  if (arguments.size() != 1) fail_at(offset, "a constructor takes one argument");
  auto result = make(Op::cast, offset);
  SequenceType sequence_type;
  sequence_type.target = SequenceType::Target::atomic;
  sequence_type.type = *target;
  sequence_type.occurrence = Occurrence::optional;
  result->sequence_type = std::make_unique<const SequenceType>(std::move(sequence_type));
  adopt(*result, std::move(arguments.front()));
  return result;
}

// WS-BPEL 2.0 §8.3: both arguments are string literals (SA00031), so that they are resolved here.
void Parser::bind_property(Expr& call) {
  if (names_only_) return;
  const auto& variable = *call.children[0];
  const auto& property = *call.children[1];
  for (const auto* argument : {&variable, &property})
    if (argument->op != Op::literal || argument->literal.type != Type::string)
      fail_at(argument->offset, "the arguments of getVariableProperty must be string literals");
  const auto name = variable.literal.text();
  const auto binding = context_.variable ? context_.variable(name) : std::nullopt;
  if (!binding || binding->type == nullptr)
    fail_at(variable.offset, "there is no variable '" + name + "' in scope here");
  const auto property_name = resolve_qname(property.literal.text(), property.offset);
  if (!property_name) fail_at(property.offset, "'" + property.literal.text() + "' is not the name of a property");
  if (!context_.property) fail_at(property.offset, "properties cannot be used here");
  const auto alias = context_.property(binding->id, *property_name);
  if (!alias) fail_at(property.offset, alias.error().message);
  auto bound = std::make_unique<PropertyCall>();
  bound->variable = variable_part(*binding, alias->part == program::none ? 0 : alias->part, name);
  bound->query = alias->query;
  use(bound->variable);
  call.property = std::move(bound);
}

// WS-BPEL 2.0 §8.4: the stylesheet's URI is a string literal. A missing or broken sheet is a fault of the evaluation.
void Parser::bind_stylesheet(Expr& call) {
  if (call.children.size() % 2 != 0)
    fail_at(call.offset, "doXslTransform takes a stylesheet, a source, and pairs of name and value");
  const auto& uri = *call.children[0];
  if (names_only_) return;
  if (uri.op != Op::literal || uri.literal.type != Type::string)
    fail_at(uri.offset, "the first argument of doXslTransform must be a string literal");
  call.stylesheet = xslt::load(uri.literal.text(), context_.file);
}

void Parser::bind_process_property(Expr& call) {
  const auto& name = *call.children[0];
  if (names_only_) return;
  if (name.op != Op::literal || name.literal.type != Type::string)
    fail_at(name.offset, "the argument of process-property must be a string literal");
  const auto property = resolve_qname(name.literal.text(), name.offset);
  if (!property) fail_at(name.offset, "'" + name.literal.text() + "' is not the name of a process property");
  call.literal = Item::of(std::string());
  if (context_.process_property)
    if (auto text = context_.process_property(*property)) call.literal = Item::of(std::move(*text));
}

}  // namespace echoflow::xpath
