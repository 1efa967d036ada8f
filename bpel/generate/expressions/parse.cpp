#include <algorithm>
#include <optional>

#include "bpel/generate/expressions/functions.hpp"
#include "bpel/generate/expressions/syntax.hpp"
#include "bpel/generate/expressions/tokens.hpp"

namespace echoflow::generate {

namespace {

constexpr int deepest = 200;

struct BinarySign {
  std::string_view sign;
  int level;  ///< binds the stronger the higher
  Operator op;
};
constexpr BinarySign binary_signs[] = {
    {"||", 1, Operator::either},   {"or", 1, Operator::either},  {"&&", 2, Operator::both},
    {"and", 2, Operator::both},    {"===", 3, Operator::equal},  {"==", 3, Operator::equal},
    {"=", 3, Operator::equal},     {"eq", 3, Operator::equal},   {"!==", 3, Operator::unequal},
    {"!=", 3, Operator::unequal},  {"ne", 3, Operator::unequal}, {"<", 4, Operator::less},
    {"lt", 4, Operator::less},     {"<=", 4, Operator::at_most}, {"le", 4, Operator::at_most},
    {">", 4, Operator::greater},   {"gt", 4, Operator::greater}, {">=", 4, Operator::at_least},
    {"ge", 4, Operator::at_least}, {"+", 5, Operator::plus},     {"-", 5, Operator::minus},
    {"*", 6, Operator::times},     {"/", 6, Operator::divided},  {"div", 6, Operator::divided},
    {"%", 6, Operator::modulo},    {"mod", 6, Operator::modulo},
};

struct ChangeSign {
  std::string_view sign;
  Operator op;
};
constexpr ChangeSign change_signs[] = {
    {"+=", Operator::plus}, {"-=", Operator::minus}, {"*=", Operator::times}, {"/=", Operator::divided}};

constexpr std::string_view declaring[] = {"var", "let", "const", "def", "int", "String", "long", "double", "boolean"};
/// What engines call the object that holds the variables: execution.setVariable("x", …).
constexpr std::string_view holders[] = {"execution", "kcontext", "processInstance"};

Syntax operation(Operator op, std::vector<Syntax> operands) {
  Syntax syntax;
  syntax.kind = SyntaxKind::operation;
  syntax.op = op;
  syntax.operands = std::move(operands);
  return syntax;
}
Syntax leaf(SyntaxKind kind, std::string word) {
  Syntax syntax;
  syntax.kind = kind;
  syntax.word = std::move(word);
  return syntax;
}

class Parser {
 public:
  Parser(std::vector<Token> tokens, bool script, bool feel) : tokens_(std::move(tokens)), feel_(feel) {
    if (!script) std::erase_if(tokens_, [](const Token& token) { return token.kind == TokenKind::line_end; });
  }

  Result<Syntax> expression() {
    auto read = value();
    if (read && now().kind != TokenKind::end) return unexpected();
    return read;
  }
  Result<std::vector<Assignment>> script();

 private:
  const Token& now() const { return tokens_[at_]; }
  bool is(std::string_view sign) const { return now().kind == TokenKind::sign && now().text == sign; }
  bool is_name(std::string_view name) const { return now().kind == TokenKind::name && now().text == name; }
  bool take(std::string_view sign) {
    if (!is(sign)) return false;
    ++at_;
    return true;
  }
  Failure<Error> unexpected() const {
    if (now().kind == TokenKind::end) return fail(std::string("it ends too early"));
    return fail("'" + now().text + "' is not understood there");
  }

  /// Everything that can stand in parentheses: condition ? value : value, if condition then value else value.
  Result<Syntax> value() {
    if (++depth_ > deepest) return fail(std::string("it is nested too deeply"));
    auto read = is_name("if") ? if_then_else() : with_choice(binary(1));
    --depth_;
    return read;
  }
  Result<Syntax> with_choice(Result<Syntax> condition) {
    if (!condition || !take("?")) return condition;
    auto yes = value();
    if (!yes) return yes;
    if (!take(":")) return unexpected();
    auto no = value();
    if (!no) return no;
    return choice(std::move(*condition), std::move(*yes), std::move(*no));
  }
  Result<Syntax> if_then_else() {
    ++at_;
    auto condition = value();
    if (!condition) return condition;
    if (!take_name("then")) return unexpected();
    auto yes = value();
    if (!yes) return yes;
    if (!take_name("else")) return unexpected();
    auto no = value();
    if (!no) return no;
    return choice(std::move(*condition), std::move(*yes), std::move(*no));
  }
  static Syntax choice(Syntax condition, Syntax yes, Syntax no) {
    Syntax syntax = leaf(SyntaxKind::choice, "");
    syntax.operands = {std::move(condition), std::move(yes), std::move(no)};
    return syntax;
  }
  bool take_name(std::string_view name) {
    if (!is_name(name)) return false;
    ++at_;
    return true;
  }

  const BinarySign* binary_sign(int level) const {
    if (now().kind != TokenKind::sign && now().kind != TokenKind::name) return nullptr;
    const auto found = std::find_if(std::begin(binary_signs), std::end(binary_signs), [&](const BinarySign& each) {
      return each.level == level && each.sign == now().text;
    });
    return found == std::end(binary_signs) ? nullptr : found;
  }
  Result<Syntax> binary(int level) {
    constexpr int strongest = 6;
    if (level > strongest) return unary();
    auto left = binary(level + 1);
    if (!left) return left;
    while (const BinarySign* sign = binary_sign(level)) {
      ++at_;
      auto right = binary(level + 1);
      if (!right) return right;
      left = operation(sign->op, {std::move(*left), std::move(*right)});
    }
    return left;
  }
  Result<Syntax> unary() {
    if (++depth_ > deepest) return fail(std::string("it is nested too deeply"));
    auto read = unary_at_depth();
    --depth_;
    return read;
  }
  Result<Syntax> unary_at_depth() {
    const bool opposite = is("!") || (is_name("not") && !next_is("("));
    if (opposite || is("-")) {
      ++at_;
      auto operand = unary();
      if (!operand) return operand;
      return operation(opposite ? Operator::opposite : Operator::negative, {std::move(*operand)});
    }
    if (is_name("empty")) {
      ++at_;
      auto operand = unary();
      if (!operand) return operand;
      return call("isEmpty", {std::move(*operand)});
    }
    return with_methods(primary());
  }
  bool next_is(std::string_view sign) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == TokenKind::sign && tokens_[at_ + 1].text == sign;
  }

  Result<Syntax> primary() {
    const Token token = now();
    if (take("(")) {
      auto inner = value();
      if (inner && !take(")")) return unexpected();
      return inner;
    }
    ++at_;
    switch (token.kind) {
      case TokenKind::number:
        return leaf(SyntaxKind::number, token.text);
      case TokenKind::text:
        return leaf(SyntaxKind::text, token.text);
      case TokenKind::name:
        return named(token.text);
      case TokenKind::sign:
      case TokenKind::line_end:
      case TokenKind::end:
        --at_;
        return unexpected();
    }
    return unexpected();
  }
  Result<Syntax> named(const std::string& name) {
    if (name == "true" || name == "false") return leaf(SyntaxKind::truth, name);
    if (name == "null") return leaf(SyntaxKind::nothing, "");
    if (is("(")) return function(name, {});
    // FEEL writes some functions in two words.
    if (now().kind == TokenKind::name && next_is("(") &&
        find_function(name + " " + now().text, std::nullopt, ValueType::list)) {
      const std::string both = name + " " + now().text;
      ++at_;
      return function(both, {});
    }
    return leaf(SyntaxKind::variable, name);
  }
  Result<Syntax> with_methods(Result<Syntax> value) {
    while (value && (is(".") || is("["))) value = take("[") ? element(std::move(*value)) : member(std::move(*value));
    return value;
  }
  /// list[0], structure["field"]
  Result<Syntax> element(Syntax of) {
    auto index = value();
    if (!index) return index;
    if (!take("]")) return unexpected();
    return element(std::move(of), std::move(*index), feel_ ? "1" : "0");
  }
  static Syntax element(Syntax of, Syntax index, std::string first) {
    if (index.kind == SyntaxKind::text) return field(std::move(of), std::move(index.word));
    Syntax syntax = leaf(SyntaxKind::element, std::move(first));
    syntax.operands = {std::move(of), std::move(index)};
    return syntax;
  }
  static Syntax field(Syntax of, std::string name) {
    Syntax syntax = leaf(SyntaxKind::field, std::move(name));
    syntax.operands.push_back(std::move(of));
    return syntax;
  }
  /// What follows a dot: a method, a field.
  Result<Syntax> member(Syntax value) {
    ++at_;
    if (now().kind != TokenKind::name) return unexpected();
    const std::string name = now().text;
    ++at_;
    const bool holder = value.kind == SyntaxKind::variable &&
                        std::find(std::begin(holders), std::end(holders), value.word) != std::end(holders);
    if (holder) return held(name);
    if (is("(")) return method(name, std::move(value));
    if (name == "length") return call("length", {std::move(value)});
    return field(std::move(value), name);
  }
  Result<Syntax> held(const std::string& name) {
    if (name != "getVariable") return fail("'" + name + "' of the engine's own objects cannot be read");
    auto arguments = arguments_of();
    if (!arguments) return fail(arguments.error());
    if (arguments->size() != 1 || (*arguments)[0].kind != SyntaxKind::text)
      return fail(std::string("getVariable takes the name of a variable"));
    return leaf(SyntaxKind::variable, (*arguments)[0].word);
  }
  /// Also the methods by which objects, lists and documents give their parts.
  Result<Syntax> method(const std::string& name, Syntax value) {
    std::vector<Syntax> self{std::move(value)};
    if (find_function(name, std::nullopt, ValueType::list)) return function(name, std::move(self));
    auto arguments = arguments_of();
    if (!arguments) return fail(arguments.error());
    const bool getter = name.size() > 3 && name.starts_with("get") && name[3] >= 'A' && name[3] <= 'Z';
    if (getter && arguments->empty()) {
      const char first = static_cast<char>(name[3] - 'A' + 'a');
      return field(std::move(self.front()), first + name.substr(4));
    }
    if ((name == "get" || name == "prop") && arguments->size() == 1)
      return element(std::move(self.front()), std::move(arguments->front()), "0");
    for (Syntax& each : *arguments) self.push_back(std::move(each));
    return call(name, std::move(self));
  }
  Result<std::vector<Syntax>> arguments_of() {
    std::vector<Syntax> arguments;
    if (!take("(")) return unexpected();
    while (!take(")")) {
      if (!arguments.empty() && !take(",")) return unexpected();
      auto argument = value();
      if (!argument) return fail(argument.error());
      arguments.push_back(std::move(*argument));
    }
    return arguments;
  }
  Result<Syntax> function(const std::string& name, std::vector<Syntax> before) {
    auto more = arguments_of();
    if (!more) return fail(more.error());
    for (Syntax& each : *more) before.push_back(std::move(each));
    return call(name, std::move(before));
  }
  Result<Syntax> call(const std::string& name, std::vector<Syntax> arguments) {
    if (name == "not" && arguments.size() == 1) return operation(Operator::opposite, std::move(arguments));
    const Function* found = find_function(name, arguments.size(), ValueType::list);
    if (!found) {
      return fail(find_function(name, std::nullopt, ValueType::list)
                      ? "the function '" + name + "' takes another number of values"
                      : "there is no function '" + name + "'");
    }
    Syntax syntax = leaf(SyntaxKind::call, std::string(found->name));
    syntax.operands = std::move(arguments);
    return syntax;
  }

  bool ends_statement() const {
    return now().kind == TokenKind::end || now().kind == TokenKind::line_end || is(";") || is("}");
  }
  Result<Assignment> statement();
  Result<Assignment> set_variable();

  std::vector<Token> tokens_;
  bool feel_ = false;
  std::size_t at_ = 0;
  int depth_ = 0;
};

Result<std::vector<Assignment>> Parser::script() {
  std::vector<Assignment> assignments;
  while (true) {
    while (now().kind == TokenKind::line_end || is(";")) ++at_;
    if (now().kind == TokenKind::end) return assignments;
    auto read = statement();
    if (!read) return fail(read.error());
    assignments.push_back(std::move(*read));
    if (!ends_statement()) return unexpected();
  }
}

/// execution.setVariable("x", value)
Result<Assignment> Parser::set_variable() {
  at_ += 3;
  auto arguments = arguments_of();
  if (!arguments) return fail(arguments.error());
  if (arguments->size() != 2 || arguments->front().kind != SyntaxKind::text)
    return fail(std::string("setVariable takes the name of a variable and a value"));
  return Assignment{arguments->front().word, std::move(arguments->back())};
}

Result<Assignment> Parser::statement() {
  const auto holds = [&](const Token& token) {
    return std::find(std::begin(holders), std::end(holders), token.text) != std::end(holders);
  };
  if (now().kind == TokenKind::name && holds(now()) && next_is(".") && tokens_[at_ + 2].text == "setVariable")
    return set_variable();
  const bool declares = now().kind == TokenKind::name && tokens_[at_ + 1].kind == TokenKind::name &&
                        std::find(std::begin(declaring), std::end(declaring), now().text) != std::end(declaring);
  if (declares) ++at_;
  if (now().kind != TokenKind::name) return unexpected();
  const std::string name = now().text;
  ++at_;
  const Syntax itself = leaf(SyntaxKind::variable, name);
  if (take("++")) return Assignment{name, operation(Operator::plus, {itself, leaf(SyntaxKind::number, "1")})};
  if (take("--")) return Assignment{name, operation(Operator::minus, {itself, leaf(SyntaxKind::number, "1")})};
  for (const ChangeSign& change : change_signs) {
    if (!take(change.sign)) continue;
    auto more = value();
    if (!more) return fail(more.error());
    return Assignment{name, operation(change.op, {itself, std::move(*more)})};
  }
  if (!take("=")) return unexpected();
  auto given = value();
  if (!given) return fail(given.error());
  return Assignment{name, std::move(*given)};
}

}  // namespace

Result<Syntax> parse_expression(std::string_view text, const Dialect& dialect) {
  auto tokens = tokens_of(text, dialect.names);
  if (!tokens) return fail(tokens.error());
  return Parser(std::move(*tokens), false, dialect.feel).expression();
}

Result<std::vector<Assignment>> parse_script(std::string_view text, const Dialect& dialect) {
  auto tokens = tokens_of(text, dialect.names);
  if (!tokens) return fail(tokens.error());
  return Parser(std::move(*tokens), true, dialect.feel).script();
}

}  // namespace echoflow::generate
