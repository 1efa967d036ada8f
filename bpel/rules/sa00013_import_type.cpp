#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00013 (§5.4): the importType must say what the imported document is.
void check_sa00013(const RuleContext& context, Findings& findings) {
  const auto& imports = context.loaded.process.imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const auto& resolved = context.loaded.imports[i];
    std::string_view right;
    if (resolved.kind == parse::FileKind::wsdl) right = ns::wsdl;
    if (resolved.kind == parse::FileKind::schema) right = ns::xsd;
    if (right.empty() || imports[i].import_type == right) continue;
    findings.add(imports[i].origin.where, quoted(resolved.file) + " is imported with the importType " +
                                              quoted(imports[i].import_type) + ", but is " +
                                              (right == ns::wsdl ? "a WSDL 1.1 document" : "an XML schema") +
                                              "; set importType to " + quoted(right) + ".");
  }
}

}  // namespace echoflow::rules
