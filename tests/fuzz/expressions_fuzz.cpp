#include <cstdlib>

#include "bpel/generate/expressions/syntax.hpp"
#include "bpel/xpath/compile.hpp"
#include "models/base/namespaces.hpp"

/// An expression or script of a model is refused with a reason, or its translation is XPath.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace echoflow;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto check = [](const generate::Syntax& syntax) {
    generate::ValueTypes types;
    generate::infer(syntax, generate::ValueType::truth, types);
    generate::KnownVariables known;
    for (const auto& [name, type] : types) known[name] = {"$variable", type};
    const auto translated = generate::to_xpath(syntax, known, generate::ValueType::truth);
    if (!translated) std::abort();        // every variable that it names is known
    constexpr std::size_t shallow = 500;  // XPath has its own limit of depth
    if (translated->size() < shallow && !xpath::references(*translated, std::string(ns::xpath1_sublang), nullptr, 0))
      std::abort();
  };
  const auto expression = generate::parse_expression(text);
  if (expression)
    check(*expression);
  else if (expression.error().message.empty())
    std::abort();
  if (const auto script = generate::parse_script(text))
    for (const auto& assignment : *script) check(assignment.value);
  return 0;
}
