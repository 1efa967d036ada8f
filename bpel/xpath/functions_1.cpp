// XPath 1.0 §4: the core function library.
#include <algorithm>
#include <cmath>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/text.hpp"
#include "bpel/xpath/unicode.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

Sequence text_result(std::string text) {
  return single(Item::of(std::move(text)));
}
Sequence number_result(double value) {
  return single(Item::of(value));
}
Sequence boolean_result(bool value) {
  return single(Item::of(value));
}

std::string context_or_argument(Evaluator& e, const Expr& call, const Focus& focus) {
  return call.children.empty() ? e.text_of(e.context_node(focus)) : e.string(*call.children[0], focus);
}

Sequence position(Evaluator& e, const Expr&, const Focus& focus) {
  e.context_node(focus);
  return number_result(focus.position);
}
Sequence last(Evaluator& e, const Expr&, const Focus& focus) {
  e.context_node(focus);
  return number_result(focus.size);
}
Sequence count(Evaluator& e, const Expr& call, const Focus& focus) {
  return number_result(static_cast<double>(e.nodes(*call.children[0], focus).size()));
}

// Messages carry no DTD, so no attribute is of type ID.
Sequence id(Evaluator& e, const Expr& call, const Focus& focus) {
  e.evaluate(*call.children[0], focus);
  return {};
}

Sequence local_name(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  return text_result(n ? e.name_of(*n).name.local : "");
}
Sequence namespace_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  return text_result(n ? e.name_of(*n).name.ns : "");
}
Sequence name(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto n = e.node_argument(call, 0, focus);
  if (!n) return text_result("");
  const auto q = e.name_of(*n);
  return text_result(q.prefix.empty() ? q.name.local : q.prefix + ":" + q.name.local);
}

Sequence string(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_result(context_or_argument(e, call, focus));
}

Sequence concat(Evaluator& e, const Expr& call, const Focus& focus) {
  std::string out;
  for (const auto& child : call.children) {
    out += e.string(*child, focus);
    e.check_text(out.size());
  }
  return text_result(std::move(out));
}

Sequence starts_with(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  return boolean_result(text.starts_with(e.string(*call.children[1], focus)));
}
Sequence contains(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  return boolean_result(text.find(e.string(*call.children[1], focus)) != std::string::npos);
}
Sequence substring_before(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  const auto at = text.find(e.string(*call.children[1], focus));
  return text_result(at == std::string::npos ? "" : text.substr(0, at));
}
Sequence substring_after(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  const auto mark = e.string(*call.children[1], focus);
  const auto at = text.find(mark);
  return text_result(at == std::string::npos ? "" : text.substr(at + mark.size()));
}

Sequence substring(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  const double first = xpath_round(e.number(*call.children[1], focus));
  const double end = call.children.size() > 2 ? first + xpath_round(e.number(*call.children[2], focus)) : INFINITY;
  return text_result(characters_between(text, first, end));
}

Sequence string_length(Evaluator& e, const Expr& call, const Focus& focus) {
  return number_result(static_cast<double>(utf8_length(context_or_argument(e, call, focus))));
}
Sequence normalize_space(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_result(normalized_space(context_or_argument(e, call, focus)));
}
Sequence translate(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.string(*call.children[0], focus);
  const auto from = e.string(*call.children[1], focus);
  return text_result(translated(text, from, e.string(*call.children[2], focus)));
}

Sequence boolean(Evaluator& e, const Expr& call, const Focus& focus) {
  return boolean_result(e.boolean(*call.children[0], focus));
}
Sequence not_(Evaluator& e, const Expr& call, const Focus& focus) {
  return boolean_result(!e.boolean(*call.children[0], focus));
}
Sequence true_(Evaluator&, const Expr&, const Focus&) {
  return boolean_result(true);
}
Sequence false_(Evaluator&, const Expr&, const Focus&) {
  return boolean_result(false);
}

// XPath 1.0 §4.3: xml:lang of the nearest ancestor that has one, a prefix up to '-', in any case.
Sequence lang(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto wanted = e.string(*call.children[0], focus);
  return boolean_result(has_language(e, e.context_node(focus), wanted));
}

Sequence number(Evaluator& e, const Expr& call, const Focus& focus) {
  if (call.children.empty()) return number_result(e.number_of(e.context_node(focus)));
  return number_result(e.number(*call.children[0], focus));
}
Sequence sum(Evaluator& e, const Expr& call, const Focus& focus) {
  double total = 0;
  const auto tally = [&](Node n) {
    total += e.number_of(n);
    return true;
  };
  e.each_node(*call.children[0], focus, NodeSink(tally));
  return number_result(total);
}
Sequence floor(Evaluator& e, const Expr& call, const Focus& focus) {
  return number_result(std::floor(e.number(*call.children[0], focus)));
}
Sequence ceiling(Evaluator& e, const Expr& call, const Focus& focus) {
  return number_result(std::ceil(e.number(*call.children[0], focus)));
}
Sequence round(Evaluator& e, const Expr& call, const Focus& focus) {
  return number_result(xpath_round(e.number(*call.children[0], focus)));
}

constexpr Function functions[] = {
    {"last", 0, 0, Kind::number, last, FocusUse::last, Intrinsic::last},
    {"position", 0, 0, Kind::number, position, FocusUse::position, Intrinsic::position},
    {"count", 1, 1, Kind::number, count, FocusUse::none, Intrinsic::count},
    {"id", 1, 1, Kind::nodes, id},
    {"local-name", 0, 1, Kind::string, local_name, FocusUse::context_by_default},
    {"namespace-uri", 0, 1, Kind::string, namespace_uri, FocusUse::context_by_default},
    {"name", 0, 1, Kind::string, name, FocusUse::context_by_default},
    {"string", 0, 1, Kind::string, string, FocusUse::context_by_default, Intrinsic::string},
    {"concat", 2, any_number, Kind::string, concat},
    {"starts-with", 2, 2, Kind::boolean, starts_with},
    {"contains", 2, 2, Kind::boolean, contains},
    {"substring-before", 2, 2, Kind::string, substring_before},
    {"substring-after", 2, 2, Kind::string, substring_after},
    {"substring", 2, 3, Kind::string, substring},
    {"string-length", 0, 1, Kind::number, string_length, FocusUse::context_by_default},
    {"normalize-space", 0, 1, Kind::string, normalize_space, FocusUse::context_by_default},
    {"translate", 3, 3, Kind::string, translate},
    {"boolean", 1, 1, Kind::boolean, boolean, FocusUse::none, Intrinsic::boolean},
    {"not", 1, 1, Kind::boolean, not_, FocusUse::none, Intrinsic::not_},
    {"true", 0, 0, Kind::boolean, true_, FocusUse::none, Intrinsic::true_},
    {"false", 0, 0, Kind::boolean, false_, FocusUse::none, Intrinsic::false_},
    {"lang", 1, 1, Kind::boolean, lang, FocusUse::context_by_default},
    {"number", 0, 1, Kind::number, number, FocusUse::context_by_default, Intrinsic::number},
    {"sum", 1, 1, Kind::number, sum},
    {"floor", 1, 1, Kind::number, floor},
    {"ceiling", 1, 1, Kind::number, ceiling},
    {"round", 1, 1, Kind::number, round},
};

}  // namespace

std::span<const Function> core_functions_1() {
  return functions;
}

}  // namespace echoflow::xpath
