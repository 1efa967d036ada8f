#include "bpel/xpath/compile.hpp"

#include "bpel/xpath/bridge.hpp"
#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/parser.hpp"
#include "bpel/xpath/types.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

/// BPEL4WS's name for XPath 1.0, which Apache ODE takes too.
constexpr std::string_view xpath1_recommendation = "http://www.w3.org/TR/1999/REC-xpath-19991116";

class XPathExpression final : public program::Expression {
 public:
  XPathExpression(std::shared_ptr<const Syntax> syntax, SourceLocation where)
      : syntax_(std::move(syntax)), where_(std::move(where)) {}

  Result<program::Sequence, Fault> evaluate(const program::EvaluationContext& scope,
                                            const xml::NodeRef* context) const override {
    return run<program::Sequence>(scope, context, [&](Evaluator& e, const Focus& focus) {
      if (const auto exact = exact_variable(e)) return program::Sequence{program::Item(*exact)};
      return to_program(e.evaluate(*syntax_->root, focus), e);
    });
  }

  Result<bool, Fault> evaluate_boolean(const program::EvaluationContext& scope,
                                       const xml::NodeRef* context) const override {
    return run<bool>(scope, context,
                     [&](Evaluator& e, const Focus& focus) { return e.boolean(*syntax_->root, focus); });
  }

  Result<std::string, Fault> evaluate_string(const program::EvaluationContext& scope,
                                             const xml::NodeRef* context) const override {
    return run<std::string>(scope, context, [&](Evaluator& e, const Focus& focus) {
      if (auto exact = exact_variable(e)) return std::move(*exact);
      return e.string(*syntax_->root, focus);
    });
  }

  Result<double, Fault> evaluate_number(const program::EvaluationContext& scope,
                                        const xml::NodeRef* context) const override {
    return run<double>(scope, context,
                       [&](Evaluator& e, const Focus& focus) { return e.number(*syntax_->root, focus); });
  }

  const std::string& text() const override { return syntax_->text; }
  const SourceLocation& where() const override { return where_; }
  const std::vector<program::VariableUse>& uses() const override { return syntax_->uses; }

 private:
  template <class T, class F>
  Result<T, Fault> run(const program::EvaluationContext& scope, const xml::NodeRef* context, F&& body) const {
    if (!syntax_->root)
      return fail(standard_fault("subLanguageExecutionFault", "The expression is empty; write a value."));
    try {
      Evaluator e(*syntax_, scope);
      return body(e, context != nullptr ? Focus::at(e.add_node(*context)) : Focus::none());
    } catch (EvaluationError& error) {
      return fail(Fault{std::move(error.fault), {}, {}, describe(error.message)});
    }
  }

  // A bare numeric variable is copied digit by digit: an XPath 1.0 number would round a long and drop a decimal's
  // zeros.
  std::optional<std::string> exact_variable(const Evaluator& e) const {
    const auto& root = *syntax_->root;
    if (root.op != Op::variable || e.two() || syntax_->lvalues || root.variable.form != VariableForm::number)
      return std::nullopt;
    const auto document = e.scope().variable_part(root.variable.id, root.variable.part);
    if (!document) return std::nullopt;
    const auto value = from_text(document->string_value(xml::root_node), root.variable.type);
    if (!value || !is_decimal(value->type)) return std::nullopt;
    return normalized(document->string_value(xml::root_node));
  }

  static std::string normalized(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string()
                                      : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  }

  std::string describe(const std::string& message) const {
    return "In the expression " + syntax_->text.substr(0, 200) + ": " + message;
  }

  std::shared_ptr<const Syntax> syntax_;
  SourceLocation where_;
};

CompileError unsupported(std::string_view language) {
  return {"The language '" + std::string(language) + "' is not supported; use " + std::string(ns::xpath1_sublang) +
              " or " + std::string(ns::xpath2_sublang) + ".",
          0};
}

// Makes a whole sentence of what the parser says.
CompileError sentence(CompileError error) {
  if (error.message.empty()) return error;
  if (error.message.back() != '.') error.message += '.';
  if (error.message[0] >= 'a' && error.message[0] <= 'z')
    error.message[0] = static_cast<char>(error.message[0] - 'a' + 'A');
  return error;
}

}  // namespace

bool is_supported_language(std::string_view language) {
  return language == ns::xpath1_sublang || language == ns::xpath2_sublang || language == xpath1_recommendation;
}

Result<std::unique_ptr<const program::Expression>, CompileError> compile(std::string_view text,
                                                                         const StaticContext& context) {
  if (!is_supported_language(context.language)) return fail(unsupported(context.language));
  try {
    auto parsed = parse(text, context, false);
    return std::unique_ptr<const program::Expression>(
        std::make_unique<XPathExpression>(std::move(parsed.syntax), context.where));
  } catch (CompileError& error) {
    return fail(sentence(std::move(error)));
  }
}

Result<References, CompileError> references(std::string_view text, std::string_view language,
                                            const xml::DocumentPtr& document, xml::NodeIndex element) {
  if (!is_supported_language(language)) return fail(unsupported(language));
  StaticContext context;
  context.language = language;
  context.document = document;
  context.element = element;
  try {
    return parse(text, context, true).references;
  } catch (CompileError& error) {
    return fail(sentence(std::move(error)));
  }
}

}  // namespace echoflow::xpath
