#include <algorithm>

#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/xpath/compile.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
// cx:when is asked before there is an instance: it sees the message's part and nothing else.
void check_cx00007(const RuleContext& context, Findings& findings) {
  for_each_filter(context, [&](const MessageActivity& activity, const ast::InboundFilter& filter) {
    if (!filter.when || !activity.incoming || activity.incoming->message == nullptr) return;
    const auto& parts = activity.incoming->message->parts;
    const auto language =
        filter.when->language.empty() ? context.loaded.process.expression_language : filter.when->language;
    const auto references =
        xpath::references(filter.when->text, language.empty() ? std::string(ns::xpath1_sublang) : language,
                          filter.when->origin.document, filter.when->origin.element);
    if (!references) {
      findings.add(filter.when->origin.where, "cx:when is no expression: " + references.error().message);
      return;
    }
    for (const auto& name : references->variables)
      if (std::none_of(parts.begin(), parts.end(), [&](const wsdl::Part& part) { return part.name == name; }))
        findings.add(filter.when->origin.where,
                     "cx:when names the variable $" + name + ", but it sees only " +
                         (parts.empty() ? std::string("nothing") : "$" + parts.front().name) +
                         ", the message; correct the name, or ask it in an <if> after the message has come.");
  });
}

}  // namespace echoflow::rules
