#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00011 (§5.4): what an import with a namespace brings in must be in that namespace.
void check_sa00011(const RuleContext& context, Findings& findings) {
  const auto& imports = context.loaded.process.imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const auto& resolved = context.loaded.imports[i];
    const bool readable = resolved.kind == parse::FileKind::wsdl || resolved.kind == parse::FileKind::schema;
    if (!readable || !imports[i].ns || *imports[i].ns == resolved.target_namespace) continue;
    findings.add(imports[i].origin.where, "The import says namespace " + quoted(*imports[i].ns) + ", but " +
                                              quoted(resolved.file) + " defines the namespace " +
                                              quoted(resolved.target_namespace) + "; make the two the same.");
  }
}

}  // namespace echoflow::rules
