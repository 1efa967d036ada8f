#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpel/xpath/functions.hpp"
#include "bpel/xpath/lexer.hpp"
#include "bpel/xpath/parser.hpp"

namespace echoflow::xpath {

using MutableExpr = std::unique_ptr<Expr>;

/// Whether nodes may come out of it. A variable of a simple type is no error of form: it faults when it is evaluated.
inline bool may_be_nodes(const Expr& e) {
  return e.kind == Kind::nodes || e.kind == Kind::unknown || e.op == Op::variable;
}

/// Recursive descent with precedence climbing. Private to parser*.cpp.
class Parser {
 public:
  Parser(std::string_view text, const StaticContext& context, bool names_only);
  Parsed run();

 private:
  struct Operator {
    Op op;
    int level;
    Comparison comparison = Comparison::equal;
    bool associative = true;
    std::size_t tokens = 1;
  };
  /// Counts nesting while a construct is read.
  class Deeper {
   public:
    explicit Deeper(Parser& parser);
    ~Deeper() { --parser_.nesting_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  // parser.cpp: expressions
  MutableExpr expression();
  MutableExpr single();
  MutableExpr binary(int min_level);
  MutableExpr operand(int min_level);
  std::optional<Operator> operator_here() const;
  std::optional<Operator> word_operator() const;
  MutableExpr combine(const Operator& op, std::uint32_t offset, MutableExpr left, MutableExpr right);
  MutableExpr type_operation(const Operator& op, std::uint32_t offset, MutableExpr left);
  MutableExpr for_or_quantified(Op op);
  MutableExpr conditional();
  SequenceType sequence_type(bool single_type);
  void item_type(SequenceType& type);

  // parser_path.cpp: paths and primaries
  MutableExpr path_expression();
  bool relative_path(Path& path);
  bool starts_step() const;
  bool starts_primary() const;
  Step step();
  Step axis_step();
  NodeTest node_test(Axis axis);
  NodeTest kind_test();
  NodeTest name_test(bool element_name);
  std::vector<Predicate> predicates();
  MutableExpr finish_path(Path path, std::uint32_t offset);
  MutableExpr primary();
  MutableExpr literal();
  MutableExpr filtered_primary();

  // parser_names.cpp: variables, functions, prefixes
  MutableExpr variable_reference();
  MutableExpr function_call();
  std::string resolve_prefix(std::string_view prefix, std::size_t offset);
  std::optional<QName> resolve_qname(std::string_view text, std::size_t offset);
  VariableRef bind(std::string_view name, std::size_t offset, bool whole_message_allowed);
  VariableRef variable_part(const VariableBinding& binding, std::uint32_t part, std::string_view name) const;
  void use(const VariableRef& ref);
  MutableExpr constructor(std::string_view type, std::vector<ExprPtr> arguments, std::uint32_t offset);
  void bind_property(Expr& call);
  void bind_stylesheet(Expr& call);
  void bind_process_property(Expr& call);
  void note_call(const QName& name, const std::vector<ExprPtr>& arguments);

  // helpers
  const Token& here() const { return tokens_[at_]; }
  const Token& ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  bool accept(std::string_view symbol);
  void expect(std::string_view symbol, std::string_view where);
  bool accept_word(std::string_view word);
  void expect_word(std::string_view word, std::string_view where);
  [[noreturn]] void fail(std::string message) const { fail_at(here().offset, std::move(message)); }
  [[noreturn]] static void fail_at(std::size_t offset, std::string message);
  std::string found() const;
  MutableExpr make(Op op, std::uint32_t offset, Kind kind = Kind::unknown) const;
  void adopt(Expr& parent, ExprPtr child) const;
  void limit_depth(const Expr& expr) const;
  bool two() const { return syntax_->dialect == Dialect::xpath2; }

  const StaticContext& context_;
  bool names_only_;
  std::shared_ptr<Syntax> syntax_;
  References references_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::size_t focus_depth_ = 0;  ///< > 0 inside predicates and steps, where there is a context node
  std::vector<std::pair<std::string, std::uint32_t>> locals_;
  std::vector<std::pair<QName, std::uint32_t>> names_;
};

}  // namespace echoflow::xpath
