#include "bpel/parse/activity.hpp"

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/links.hpp"

namespace echoflow::parse {
namespace {

template <class Type>
ast::ActivityPtr read_as(Context& context, xml::NodeIndex element) {
  auto out = std::make_unique<Type>();
  out->origin = context.origin(element);
  read(context, element, *out);
  return out;
}

}  // namespace

std::optional<ast::ActivityKind> activity_kind(std::string_view local) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  if (local == element) return ast::ActivityKind::enumerator;
#include "models/program/activity_kinds.def"
  return std::nullopt;
}

ast::ActivityPtr read_activity(Context& context, xml::NodeIndex element) {
  if (!context.is_bpel(element)) return nullptr;
  const auto kind = activity_kind(context.document().local_name(element));
  if (!kind) return nullptr;
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
