#include "bpel/parse/activity.hpp"

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/links.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {
namespace {

template <class Type>
ast::ActivityPtr read_as(Context& context, xml::NodeIndex element) {
  auto out = std::make_unique<Type>();
  out->origin = context.origin(element);
  read(context, element, *out);
  return out;
}

/// Stands in an <extensionActivity> only.
bool is_extension(ast::ActivityKind kind) {
  return kind == ast::ActivityKind::people_activity || kind == ast::ActivityKind::measure;
}

/// What an understood activity has from its <extensionActivity>.
template <class Type>
ast::ActivityPtr read_content(Context& context, ast::ExtensionActivity&& around) {
  auto out = std::make_unique<Type>();
  static_cast<ast::Element&>(*out) = std::move(static_cast<ast::Element&>(around));
  out->extension_elements.clear();
  out->origin = around.content;
  out->name = std::move(around.name);
  out->suppress_join_failure = around.suppress_join_failure;
  out->sources = std::move(around.sources);
  out->targets = std::move(around.targets);
  read(context, out->origin.element, *out);
  return out;
}

// WS-BPEL 2.0 §10.9: the activities of other namespaces that are understood.
ast::ActivityPtr read_extension(Context& context, xml::NodeIndex element) {
  auto out = std::make_unique<ast::ExtensionActivity>();
  out->origin = context.origin(element);
  read(context, element, *out);
  if (out->content_name == QName{std::string(ns::b4p), "peopleActivity"})
    return read_content<ast::PeopleActivity>(context, std::move(*out));
  if (out->content_name == QName{std::string(ns::cx), "measure"})
    return read_content<ast::Measure>(context, std::move(*out));
  return out;
}

}  // namespace

std::optional<ast::ActivityKind> activity_kind(std::string_view local) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  if (local == element && !is_extension(ast::ActivityKind::enumerator)) return ast::ActivityKind::enumerator;
#include "models/program/activity_kinds.def"
  return std::nullopt;
}

ast::ActivityPtr read_activity(Context& context, xml::NodeIndex element) {
  if (!context.is_bpel(element)) return nullptr;
  const auto kind = activity_kind(context.document().local_name(element));
  if (!kind) return nullptr;
  if (*kind == ast::ActivityKind::extension_activity) return read_extension(context, element);
  switch (*kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, name) \
  case ast::ActivityKind::enumerator:             \
    return read_as<ast::Type>(context, element);
#include "models/program/activity_kinds.def"
  }
  return nullptr;
}

void read_standard_attributes(Attributes& attributes, ast::Activity& out) {
  out.name = attributes.ncname("name");
  out.suppress_join_failure = attributes.yes_no("suppressJoinFailure");
}

void read_standard_elements(Context& context, Children& children, ast::Activity& out) {
  read_targets(context, children.optional("targets"), out.targets);
  read_sources(context, children.optional("sources"), out.sources);
}

}  // namespace echoflow::parse
