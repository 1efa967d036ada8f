#include <libxml/xpath.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include <fmt/format.h>

#include "bpel/xslt/convert.hpp"
#include "bpel/xslt/session.hpp"

namespace echoflow::xslt {
namespace {

struct FreeContext {
  void operator()(xsltTransformContext* c) const { xsltFreeTransformContext(c); }
};
using Context = std::unique_ptr<xsltTransformContext, FreeContext>;

// An XPath literal; a text with both kinds of quotes is put together.
std::string quoted(const std::string& text) {
  if (text.find('\'') == std::string::npos) return "'" + text + "'";
  if (text.find('"') == std::string::npos) return '"' + text + '"';
  std::string out = "concat(";
  std::size_t at = 0;
  while (at <= text.size()) {
    const auto end = std::min(text.find('\'', at), text.size());
    out += "'" + text.substr(at, end - at) + "'";
    if (end < text.size()) out += ",\"'\",";
    at = end + 1;
  }
  return out + ",'')";
}

struct AsExpression {
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(double number) const {
    if (number != number) return "number('NaN')";
    if (number > 1e308) return "(1 div 0)";
    if (number < -1e308) return "(-1 div 0)";
    return fmt::format("{:f}", number);
  }
  std::string operator()(bool boolean) const { return boolean ? "true()" : "false()"; }
};

/// Parameters as libxslt takes them: names and XPath expressions; nodes as files that only this run has.
struct Parameters {
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  FileMap files;
};

std::string parameter_file(std::size_t i) {
  return "parameter-" + std::to_string(i) + ".xml";
}

std::optional<std::string> as_file(const std::vector<xml::NodeRef>& nodes) {
  auto document = to_libxml(nodes);
  if (!document) return std::nullopt;
  xmlNode* wrapper = xmlNewDocNode(document.get(), nullptr, BAD_CAST "nodes", nullptr);
  xmlNode* children = document->children;
  document->children = document->last = nullptr;
  for (xmlNode* at = children; at != nullptr;) {
    xmlNode* next = at->next;
    at->next = at->prev = nullptr;
    xmlAddChild(wrapper, at);
    at = next;
  }
  xmlDocSetRootElement(document.get(), wrapper);
  xmlChar* text = nullptr;
  int size = 0;
  xmlDocDumpMemory(document.get(), &text, &size);
  std::string result(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  xmlFree(text);
  return result;
}

bool add_parameters(const std::vector<Parameter>& parameters, Parameters& out) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const auto& p = parameters[i];
    out.texts.push_back(p.name);
    if (p.nodes.empty()) {
      out.texts.push_back(std::visit(AsExpression{}, p.value));
      continue;
    }
    auto file = as_file(p.nodes);
    if (!file) return false;
    out.files.emplace(parameter_file(i), std::move(*file));
    out.texts.push_back("document('" + uri_of(parameter_file(i)) + "')/nodes/node()");
  }
  for (const auto& text : out.texts) out.pointers.push_back(text.c_str());
  out.pointers.push_back(nullptr);
  return true;
}

std::string why(const Session& session, const xsltTransformContext& context) {
  if (!session.stopped().empty()) return session.stopped();
  if (context.opLimit != 0 && context.opCount >= context.opLimit)
    return "it needs more than " + std::to_string(context.opLimit) + " operations (limit xslt-operations)";
  if (context.xpathCtxt != nullptr && context.xpathCtxt->opCount >= context.xpathCtxt->opLimit)
    return "it needs more than " + std::to_string(context.opLimit) + " operations (limit xslt-operations)";
  const auto said = session.messages();
  if (said.find("infinite template recursion") != std::string::npos || said.find("maxdepth") != std::string::npos)
    return "templates call each other deeper than " + std::to_string(session.limits().max_depth) +
           " levels (limit xslt-depth)";
  return said.empty() ? "it stopped without saying why" : said;
}

}  // namespace

Result<xml::DocumentPtr> transform(const Stylesheet& sheet, const xml::NodeRef& source,
                                   const std::vector<Parameter>& parameters, const Limits& limits) {
  FileMap files = sheet.files;
  Session session(files, limits);
  Parameters given;
  auto document = to_libxml({source});
  if (!document || !add_parameters(parameters, given)) return fail("there was not enough memory for the source");
  files.merge(given.files);
  const Context context(xsltNewTransformContext(sheet.sheet.get(), document.get()));
  if (!context) return fail("there was not enough memory for the transformation");
  context->opLimit = limits.max_operations;
  context->xpathCtxt->opLimit = limits.max_operations;
  context->maxTemplateDepth = limits.max_depth;
  session.guard(context.get());
  XmlDocument result(xsltApplyStylesheetUser(sheet.sheet.get(), document.get(), given.pointers.data(), nullptr, nullptr,
                                             context.get()));
  session.guard(nullptr);
  if (!result || context->state != XSLT_STATE_OK || !session.stopped().empty()) return fail(why(session, *context));
  return from_libxml(*result);
}

}  // namespace echoflow::xslt
