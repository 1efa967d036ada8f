#include "bpel/xpath/arguments_2.hpp"

#include "bpel/xpath/lexer.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

constexpr std::string_view codepoint_collation = "http://www.w3.org/2005/xpath-functions/collation/codepoint";

bool promotes(Type from, Type to) {
  if (to == Type::double_) return is_numeric(from);
  if (to == Type::float_) return is_decimal(from);
  return to == Type::string && from == Type::any_uri;
}

}  // namespace

std::optional<Item> typed_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Type type) {
  auto item = e.atomic_argument(call, i, focus);
  if (!item || derives_from(item->type, type)) return item;
  if (item->type == Type::untyped_atomic || promotes(item->type, type)) return cast(*item, type);
  raise("XPTY0004", "argument " + std::to_string(i + 1) + " must be xs:" + std::string(type_name(type)) +
                        ", not xs:" + std::string(type_name(item->type)));
}

Item required_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Type type) {
  auto item = typed_argument(e, call, i, focus, type);
  if (!item) raise("XPTY0004", "argument " + std::to_string(i + 1) + " must not be empty");
  return std::move(*item);
}

std::int64_t integer_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  const auto n = to_int64(required_argument(e, call, i, focus, Type::integer).decimal());
  if (!n) raise("FOCA0003", "argument " + std::to_string(i + 1) + " is too large");
  return *n;
}

double double_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  return required_argument(e, call, i, focus, Type::double_).number();
}

void check_collation(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  if (i < call.children.size() && e.text_argument(call, i, focus) != codepoint_collation)
    raise("FOCH0002", "only the codepoint collation is known");
}

QNameValue qname_from_text(const Evaluator& e, const std::string& text) {
  const auto colon = text.find(':');
  const std::string prefix = colon == std::string::npos ? std::string() : text.substr(0, colon);
  const std::string local = colon == std::string::npos ? text : text.substr(colon + 1);
  if (!is_ncname(local) || (colon != std::string::npos && !is_ncname(prefix)))
    raise("FOCA0002", "'" + text.substr(0, 60) + "' is no name");
  if (prefix.empty()) return {"", {"", local}};
  if (prefix == "xml") return {prefix, {std::string(ns::xml), local}};
  const auto& syntax = e.syntax();
  const auto uri = syntax.namespaces ? syntax.namespaces->lookup_namespace(syntax.element, prefix) : std::nullopt;
  if (!uri) raise("FONS0004", "the prefix '" + prefix + "' is not declared");
  return {prefix, {std::string(*uri), local}};
}

}  // namespace echoflow::xpath
