#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00012 (§5.4): what an import without a namespace brings in must have no target namespace.
void check_sa00012(const RuleContext& context, Findings& findings) {
  const auto& imports = context.loaded.process.imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const auto& resolved = context.loaded.imports[i];
    const bool readable = resolved.kind == parse::FileKind::wsdl || resolved.kind == parse::FileKind::schema;
    if (!readable || imports[i].ns || resolved.target_namespace.empty()) continue;
    findings.add(imports[i].origin.where, "The import has no namespace, but " + quoted(resolved.file) +
                                              " defines the namespace " + quoted(resolved.target_namespace) +
                                              "; write that namespace into the import.");
  }
}

}  // namespace echoflow::rules
