#include "bpel/rules/expression_tokens.hpp"

#include "bpel/xpath/lexer.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

Token converted(const xpath::Token& token) {
  switch (token.kind) {
    case xpath::TokenKind::name:
      return {TokenKind::name, std::string(token.text)};
    case xpath::TokenKind::prefixed_name:
      return {TokenKind::name, std::string(token.prefix) + ":" + std::string(token.text)};
    case xpath::TokenKind::prefix_wildcard:
      return {TokenKind::name, std::string(token.prefix) + ":*"};
    case xpath::TokenKind::local_wildcard:
      return {TokenKind::name, "*:" + std::string(token.text)};
    case xpath::TokenKind::string:
      return {TokenKind::string, token.value};
    case xpath::TokenKind::integer:
    case xpath::TokenKind::decimal:
    case xpath::TokenKind::double_:
      return {TokenKind::number, std::string(token.text)};
    case xpath::TokenKind::symbol:
    case xpath::TokenKind::end:
      return {TokenKind::symbol, std::string(token.text)};
  }
  return {};
}

}  // namespace

std::optional<std::vector<Token>> tokenize(std::string_view text, std::string_view language) {
  const auto dialect = language == ns::xpath2_sublang ? xpath::Dialect::xpath2 : xpath::Dialect::xpath1;
  std::vector<xpath::Token> tokens;
  try {
    tokens = xpath::tokenize(text, dialect);
  } catch (const xpath::CompileError&) {
    return std::nullopt;
  }
  std::vector<Token> out;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    out.push_back(converted(tokens[i]));
    // A variable is one token here.
    if (!out.back().is("$") || i + 2 >= tokens.size()) continue;
    out.back() = converted(tokens[++i]);
    if (out.back().kind != TokenKind::name) return std::nullopt;
    out.back().kind = TokenKind::variable;
  }
  return out;
}

}  // namespace echoflow::rules
