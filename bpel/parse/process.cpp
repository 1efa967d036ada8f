#include "bpel/parse/process.hpp"

#include <algorithm>
#include <tuple>

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/human_task.hpp"
#include "bpel/parse/imports.hpp"
#include "bpel/parse/scope_body.hpp"
#include "bpel/source/document.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {
namespace {

using Need = Attributes::Need;

constexpr std::string_view bpel_1_1 = "http://schemas.xmlsoap.org/ws/2003/03/business-process/";

bool is_executable_process(Context& context, xml::NodeIndex root) {
  if (context.is_bpel(root, "process")) return true;
  const auto uri = context.document().namespace_uri(root);
  if (uri == ns::bpel_abstract) {
    context.error(root, "This is an abstract process, which cannot be run; complete it and give it the namespace " +
                            std::string(ns::bpel) + ".");
  } else if (uri == bpel_1_1) {
    context.error(root, "This process is written in BPEL4WS 1.1; convert it to WS-BPEL 2.0, namespace " +
                            std::string(ns::bpel) + ".");
  } else {
    context.error(root, "The document element is " + context.tag(root) +
                            "; a process begins with <process> in the namespace " + std::string(ns::bpel) + ".");
  }
  return false;
}

void read_process_extensions(const Context& context, ast::Process& out) {
  for (const auto& extension : out.extension_elements) {
    if (extension.name == QName{std::string(ns::cx), "kpi"})
      out.kpis.push_back(read_kpi(context, extension.origin.element));
    if (extension.name == QName{std::string(ns::b4p), "humanInteractions"})
      for (auto& task : read_human_interactions(context, extension.origin.element))
        out.tasks.push_back(std::move(task));
  }
}

// WS-BPEL 2.0 §5.2 The Structure of a Business Process
void read_process(Context& context, xml::NodeIndex root, ast::Process& out) {
  out.origin = context.origin(root);
  Attributes attributes(context, root, out);
  out.name = attributes.ncname("name", Need::required);
  out.target_namespace = attributes.text_or_empty("targetNamespace", Need::required);
  out.query_language = attributes.text_or_empty("queryLanguage");
  out.expression_language = attributes.text_or_empty("expressionLanguage");
  out.suppress_join_failure = attributes.yes_no("suppressJoinFailure");
  out.body.exit_on_standard_fault = attributes.yes_no("exitOnStandardFault");
  Children children(context, root, out);
  read_process_extensions(context, out);
  read_extensions(context, children, out.extensions);
  read_imports(context, children, out.imports);
  read_declarations(context, children, out.body);
  read_body_fault_handlers(context, children, out.body);
  read_body_event_handlers(context, children, out.body);
  out.body.activity = children.activity();
}

void sort_by_place(Diagnostics& findings, std::ptrdiff_t first) {
  std::stable_sort(findings.begin() + first, findings.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
}

}  // namespace

ast::Process parse_process(const std::string& file, const source::SourceSet& sources, Diagnostics& findings) {
  ast::Process out;
  out.file = file;
  out.document = source::read_document(sources, file, findings);
  if (!out.document) return out;
  const auto root = out.document->document_element();
  const auto first_finding = static_cast<std::ptrdiff_t>(findings.size());
  Context context(out.document, file, findings);
  if (is_executable_process(context, root)) read_process(context, root, out);
  sort_by_place(findings, first_finding);
  return out;
}

}  // namespace echoflow::parse
