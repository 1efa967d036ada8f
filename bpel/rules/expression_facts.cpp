#include "bpel/rules/expression_facts.hpp"

#include <algorithm>
#include <array>

#include "bpel/rules/expression_tokens.hpp"
#include "bpel/rules/understood.hpp"

namespace echoflow::rules {
namespace {

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Where an operand has just ended, a name can only be an operator (XPath 1.0 §3.7).
constexpr std::array<std::string_view, 8> node_tests{"node",    "text",      "comment",       "processing-instruction",
                                                     "element", "attribute", "document-node", "item"};
constexpr std::array<std::string_view, 4> type_operators{"instance", "treat", "castable", "cast"};

// Walks the tokens once and keeps account of whether an operand is expected and whether there is a context node.
class Scanner {
 public:
  Scanner(const std::vector<Token>& tokens, const xml::Document& document, xml::NodeIndex element)
      : tokens_(tokens), document_(document), element_(element) {}

  ExpressionFacts run() {
    for (position_ = 0; position_ < tokens_.size();) scan();
    drop_bound_variables();
    auto first = std::find_if(tokens_.begin(), tokens_.end(), [](const Token& t) { return !t.is("("); });
    facts_.begins_with_variable = first != tokens_.end() && first->kind == TokenKind::variable;
    facts_.is_bare_name = tokens_.size() == 1 && tokens_.front().kind == TokenKind::name;
    find_constant();
    find_last_step();
    return std::move(facts_);
  }

 private:
  struct Bracket {
    bool has_context = false;  // a predicate, or parentheses that are a step
    int call = -1;             // index into facts_.calls
    std::size_t argument_begin = 0;
  };

  const Token* peek(std::size_t ahead = 0) const {
    return position_ + ahead < tokens_.size() ? &tokens_[position_ + ahead] : nullptr;
  }
  bool next_is(std::string_view symbol) const { return peek(1) != nullptr && peek(1)->is(symbol); }
  bool has_context() const {
    return std::any_of(open_.begin(), open_.end(), [](const Bracket& b) { return b.has_context; });
  }
  void operand() {
    operand_ended_ = true;
    after_slash_ = false;
    ++position_;
  }
  void operator_() {
    operand_ended_ = false;
    after_slash_ = false;
    ++position_;
  }
  void context_read() {
    if (!after_slash_ && !has_context()) facts_.reads_context_node = true;
    facts_.only_boolean_operators = false;
  }

  void scan() {
    const Token& token = tokens_[position_];
    switch (token.kind) {
      case TokenKind::variable:
        facts_.variables.push_back(token.text);
        return operand();
      case TokenKind::string:
      case TokenKind::number:
        facts_.only_boolean_operators = false;
        return operand();
      case TokenKind::name:
        return operand_ended_ ? operator_name(token) : operand_name(token);
      case TokenKind::symbol:
        return symbol(token);
    }
  }

  void operator_name(const Token& token) {
    if (token.text != "and" && token.text != "or") facts_.only_boolean_operators = false;
    if (!any_of(type_operators, token.text)) return operator_();
    // "cast as xs:int?", "instance of node()*": the type is no operand.
    operator_();
    if (peek() != nullptr && (peek()->is_word("as") || peek()->is_word("of"))) ++position_;
    if (peek() != nullptr && peek()->kind == TokenKind::name) ++position_;
    if (peek() != nullptr && peek()->is("(")) skip_parentheses();
    if (peek() != nullptr && (peek()->is("?") || peek()->is("*") || peek()->is("+"))) ++position_;
    operand_ended_ = true;
  }

  void skip_parentheses() {
    int depth = 0;
    for (; position_ < tokens_.size(); ++position_) {
      if (tokens_[position_].is("(")) ++depth;
      if (tokens_[position_].is(")") && --depth == 0) {
        ++position_;
        return;
      }
    }
  }

  void operand_name(const Token& token) {
    const bool binds = peek(1) != nullptr && peek(1)->kind == TokenKind::variable;
    if (binds && (token.text == "for" || token.text == "some" || token.text == "every")) {
      facts_.only_boolean_operators = false;
      ++position_;
      return bind();
    }
    if (next_is("(")) {
      if (token.text == "if") return facts_.only_boolean_operators = false, operator_();
      if (any_of(node_tests, token.text)) {
        context_read();
        ++position_;
        skip_parentheses();
        operand_ended_ = true;
        after_slash_ = false;
        return;
      }
      return call(token);
    }
    if (next_is("::")) {  // an axis: its step follows
      context_read();
      ++position_;
      ++position_;
      after_slash_ = true;
      return;
    }
    context_read();
    operand();
  }

  void bind() {
    bound_.push_back(tokens_[position_].text);
    operand();
  }

  void call(const Token& token) {
    FunctionCall out;
    out.written = token.text;
    const auto colon = token.text.find(':');
    if (colon == std::string::npos) {
      out.name.local = token.text;
    } else {
      const auto uri = document_.lookup_namespace(element_, token.text.substr(0, colon));
      out.name = {std::string(uri.value_or("")), token.text.substr(colon + 1)};
    }
    if (token.text != "not" && token.text != "true" && token.text != "false" && token.text != "boolean")
      facts_.only_boolean_operators = false;
    facts_.calls.push_back(std::move(out));
    position_ += 2;
    open_.push_back({after_slash_, static_cast<int>(facts_.calls.size()) - 1, position_});
    operand_ended_ = false;
    after_slash_ = false;
  }

  void symbol(const Token& token) {
    if (token.is("(")) {
      open_.push_back({after_slash_, -1, position_ + 1});
      return operator_();
    }
    if (token.is("[")) {
      facts_.only_boolean_operators = false;
      open_.push_back({true, -1, position_ + 1});
      return operator_();
    }
    if (token.is(")") || token.is("]")) {
      end_argument(position_);
      if (!open_.empty()) open_.pop_back();
      return operand();
    }
    if (token.is(",")) {
      end_argument(position_);
      if (!open_.empty()) open_.back().argument_begin = position_ + 1;
      const bool binds = peek(1) != nullptr && peek(1)->kind == TokenKind::variable && !bound_.empty() &&
                         peek(2) != nullptr && peek(2)->is_word("in");
      operator_();
      if (binds) bind();
      return;
    }
    facts_.only_boolean_operators = false;
    if (token.is("/") || token.is("//")) {
      if (!operand_ended_) context_read();
      operand_ended_ = false;
      // A lone "/" is a whole path; a step may follow it.
      after_slash_ = true;
      ++position_;
      return;
    }
    if (!operand_ended_ && (token.is(".") || token.is("..") || token.is("*"))) {
      context_read();
      return operand();
    }
    if (!operand_ended_ && token.is("@")) {
      context_read();
      after_slash_ = true;
      ++position_;
      return;
    }
    operator_();
  }

  void end_argument(std::size_t end) {
    if (open_.empty() || open_.back().call < 0) return;
    const auto begin = open_.back().argument_begin;
    auto& arguments = facts_.calls[static_cast<std::size_t>(open_.back().call)].arguments;
    if (begin == end && arguments.empty() && tokens_[end].is(")")) return;
    Argument argument;
    if (end == begin + 1 && tokens_[begin].kind == TokenKind::string) argument.literal = tokens_[begin].text;
    arguments.push_back(std::move(argument));
  }

  void drop_bound_variables() {
    std::erase_if(facts_.variables, [&](const std::string& name) {
      return std::find(bound_.begin(), bound_.end(), name) != bound_.end();
    });
  }

  void find_constant() {
    const bool negative = tokens_.size() == 2 && tokens_[0].is("-") && tokens_[1].kind == TokenKind::number;
    if (negative || (tokens_.size() == 1 && tokens_[0].kind == TokenKind::number)) {
      facts_.constant = ConstantKind::number;
      facts_.constant_text = (negative ? "-" : "") + tokens_.back().text;
    } else if (tokens_.size() == 1 && tokens_[0].kind == TokenKind::string) {
      facts_.constant = ConstantKind::string;
      facts_.constant_text = tokens_[0].text;
    } else if (tokens_.size() == 3 && (tokens_[0].is_word("true") || tokens_[0].is_word("false")) &&
               tokens_[1].is("(") && tokens_[2].is(")")) {
      facts_.constant = ConstantKind::boolean;
      facts_.constant_text = tokens_[0].text;
    }
  }

  // "…/@id" and "…/text()" at the end of a path that is the whole expression.
  void find_last_step() {
    const auto n = tokens_.size();
    if (!facts_.begins_with_variable || n < 3) return;
    if (tokens_[n - 2].is("@")) facts_.ends_in_attribute_or_text = true;
    if (n >= 4 && tokens_[n - 1].is(")") && tokens_[n - 2].is("(") && tokens_[n - 3].is_word("text"))
      facts_.ends_in_attribute_or_text = true;
  }

  const std::vector<Token>& tokens_;
  const xml::Document& document_;
  xml::NodeIndex element_;
  std::size_t position_ = 0;
  bool operand_ended_ = false;
  bool after_slash_ = false;
  std::vector<Bracket> open_;
  std::vector<std::string> bound_;
  ExpressionFacts facts_;
};

std::optional<ExpressionFacts> read(std::string_view text, const std::string& language, const xml::Document& document,
                                    xml::NodeIndex element) {
  if (!understood_language(language)) return std::nullopt;
  const auto tokens = tokenize(text, language);
  if (!tokens || tokens->empty()) return std::nullopt;
  return Scanner(*tokens, document, element).run();
}

}  // namespace

ExpressionTable::ExpressionTable(const parse::LoadedProcess& loaded, const Model& model) {
  const auto& process = loaded.process;
  for (const auto& used : model.expressions()) {
    const auto& preset = used.use == ExpressionUse::query ? process.query_language : process.expression_language;
    const auto& expression = *used.expression;
    indices_[&expression] = facts_.size();
    facts_.push_back(read(expression.text, expression.language.empty() ? preset : expression.language,
                          *expression.origin.document, expression.origin.element));
  }
  for (const auto& alias : loaded.definitions.aliases) {
    if (!alias.query)
      alias_facts_.emplace_back();
    else
      alias_facts_.push_back(
          read(alias.query->text, alias.query->language, *alias.query->document, alias.query->element));
  }
}

const ExpressionFacts* ExpressionTable::of(const ast::Expression& expression) const {
  const auto found = indices_.find(&expression);
  return found == indices_.end() ? nullptr : of(found->second);
}

}  // namespace echoflow::rules
