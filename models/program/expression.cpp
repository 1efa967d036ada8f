#include "models/program/expression.hpp"

#include "models/base/number_text.hpp"

namespace echoflow::program {
namespace {

struct AsText {
  std::string operator()(const xml::NodeRef& node) const {
    return node ? node.document->string_value(node.node) : std::string();
  }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(bool boolean) const { return boolean ? "true" : "false"; }
  std::string operator()(const Atomic& atomic) const { return atomic.lexical; }
};

}  // namespace

std::string to_string(const Item& item) {
  return std::visit(AsText{}, item);
}

}  // namespace echoflow::program
