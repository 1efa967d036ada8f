// XPath 2.0 functions and operators §2 (accessors), §3 (error), §14 (nodes), and what is refused of §15.5.
#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

Sequence name(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  if (!n) return text_value("");
  const auto q = e.name_of(*n);
  return text_value(q.prefix.empty() ? q.name.local : q.prefix + ":" + q.name.local);
}
Sequence local_name(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  return text_value(n ? e.name_of(*n).name.local : "");
}
Sequence namespace_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  return single({Type::any_uri, n ? e.name_of(*n).name.ns : std::string()});
}
Sequence node_name(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  if (!n) return {};
  auto q = e.name_of(*n);
  return q.name.local.empty() ? Sequence{} : single(Item::of(std::move(q)));
}
Sequence nilled(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  if (!n || n->ns > 0 || e.node_kind(*n) != xml::NodeKind::element) return {};
  const auto nil = e.document(*n).attribute(n->index, "nil", ns::xsi);
  return truth_value(nil && (*nil == "true" || *nil == "1"));
}
Sequence root(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  return n ? single(Item::of(e.root_of(*n))) : Sequence{};
}
Sequence lang(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto wanted = e.text_argument(call, 0, focus);
  const auto n = e.node_argument(call, 1, focus);
  return truth_value(n && has_language(e, *n, wanted));
}
// Messages carry no DTD, so no attribute is of type ID.
Sequence id(Evaluator& e, const Expr& call, const Focus& focus) {
  e.evaluate(*call.children[0], focus);
  return {};
}
Sequence nothing(Evaluator&, const Expr&, const Focus&) {
  return {};
}

Sequence in_scope_prefixes(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  if (!n || e.node_kind(*n) != xml::NodeKind::element) raise("XPTY0004", "in-scope-prefixes() needs an element");
  Sequence result = text_value("xml");
  for (const auto& d : e.document(*n).namespaces_in_scope(n->index)) result.push_back(Item::of(std::string(d.prefix)));
  return result;
}
Sequence namespace_uri_for_prefix(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto prefix = e.text_argument(call, 0, focus);
  const auto n = e.node_argument(call, 1, focus);
  if (!n || e.node_kind(*n) != xml::NodeKind::element) raise("XPTY0004", "namespace-uri-for-prefix() needs an element");
  if (prefix == "xml") return single({Type::any_uri, std::string(ns::xml)});
  const auto uri = e.document(*n).lookup_namespace(n->index, prefix);
  return uri && !uri->empty() ? single({Type::any_uri, std::string(*uri)}) : Sequence{};
}

// §3: an error with a name raises that fault, so that a process can catch it.
Sequence error(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto description =
      call.children.size() > 1 ? e.text_argument(call, 1, focus) : std::string("error() was called");
  const auto code = call.children.empty() ? std::nullopt : typed_argument(e, call, 0, focus, Type::qname);
  if (!code) raise("FOER0000", description);
  throw EvaluationError{code->qname().name, description, {}};
}
Sequence trace(Evaluator& e, const Expr& call, const Focus& focus) {
  return e.evaluate(*call.children[0], focus);
}

Sequence refused(Evaluator&, const Expr& call, const Focus&) {
  raise("FODC0002",
        std::string(call.function->name) + "() is not allowed: a process reads no documents but its variables");
}
Sequence never(Evaluator&, const Expr&, const Focus&) {
  return truth_value(false);
}
Sequence default_collation(Evaluator&, const Expr&, const Focus&) {
  return text_value("http://www.w3.org/2005/xpath-nfunctions/collation/codepoint");
}

constexpr auto by_context = FocusUse::context_by_default;
constexpr Function node_2_functions[] = {
    {"name", 0, 1, Kind::string, name, by_context},
    {"local-name", 0, 1, Kind::string, local_name, by_context},
    {"namespace-uri", 0, 1, Kind::unknown, namespace_uri, by_context},
    {"node-name", 1, 1, Kind::unknown, node_name},
    {"nilled", 1, 1, Kind::unknown, nilled},
    {"root", 0, 1, Kind::nodes, root, by_context},
    {"lang", 1, 2, Kind::boolean, lang, by_context},
    {"id", 1, 2, Kind::nodes, id},
    {"idref", 1, 2, Kind::nodes, id},
    {"base-uri", 0, 1, Kind::unknown, nothing},
    {"document-uri", 1, 1, Kind::unknown, nothing},
    {"static-base-uri", 0, 0, Kind::unknown, nothing},
    {"in-scope-prefixes", 1, 1, Kind::unknown, in_scope_prefixes},
    {"namespace-uri-for-prefix", 2, 2, Kind::unknown, namespace_uri_for_prefix},
    {"error", 0, 3, Kind::unknown, error},
    {"trace", 2, 2, Kind::unknown, trace},
    {"doc", 1, 1, Kind::unknown, refused},
    {"doc-available", 1, 1, Kind::boolean, never},
    {"collection", 0, 1, Kind::unknown, refused},
    {"default-collation", 0, 0, Kind::string, default_collation},
};

}  // namespace

std::span<const Function> node_functions_2() {
  return node_2_functions;
}

}  // namespace echoflow::xpath
