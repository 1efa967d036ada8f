#include "bpel/parse/children.hpp"

#include <algorithm>

#include "bpel/parse/activity.hpp"
#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::parse {

ast::Documentation read_documentation(Context& context, xml::NodeIndex element) {
  const auto& document = context.document();
  ast::Documentation out;
  out.origin = context.origin(element);
  out.text = document.string_value(element);
  out.language = document.attribute(element, "lang", ns::xml).value_or("");
  return out;
}

Children::Children(Context& context, xml::NodeIndex parent, ast::Element& out, Mixed mixed)
    : context_(context), parent_(parent) {
  sort_out(out, mixed);
}

Children::~Children() {
  for (const auto& child : children_)
    if (!child.taken) report_left_over(child);
}

void Children::sort_out(ast::Element& out, Mixed mixed) {
  const auto& document = context_.document();
  for (auto child = document.first_child(parent_); child != xml::no_node; child = document.next_sibling(child)) {
    switch (document.kind(child)) {
      case xml::NodeKind::element:
        if (context_.is_bpel(child) && document.local_name(child) != "documentation") {
          children_.push_back({child});
        } else {
          read_foreign(child, out, !children_.empty());
        }
        break;
      case xml::NodeKind::text:
        if (mixed == Mixed::no && !source::trimmed(document.value(child)).empty())
          context_.error(child, "Text must not stand in " + context_.tag(parent_) + "; remove it.");
        break;
      case xml::NodeKind::document:
      case xml::NodeKind::attribute:
      case xml::NodeKind::comment:
      case xml::NodeKind::processing_instruction:
      case xml::NodeKind::removed:
        break;
    }
  }
}

void Children::read_foreign(xml::NodeIndex child, ast::Element& out, bool late) {
  const auto& document = context_.document();
  if (document.namespace_uri(child).empty()) {
    context_.error(child, context_.tag(child) + " has no namespace and is not allowed in " + context_.tag(parent_) +
                              "; remove it or give it its namespace.");
    return;
  }
  if (late)
    context_.warning(child, context_.tag(child) + " should stand before the other elements of " +
                                context_.tag(parent_) + "; move it to their front.");
  if (context_.is_bpel(child)) {
    out.documentation.push_back(read_documentation(context_, child));
  } else {
    out.extension_elements.push_back({context_.origin(child), document.qname(child)});
  }
}

xml::NodeIndex Children::take(const Wanted& wanted) {
  for (std::size_t i = 0; i < children_.size(); ++i) {
    if (children_[i].taken || !wanted(children_[i].node)) continue;
    children_[i].taken = true;
    check_order(i);
    return children_[i].node;
  }
  return xml::no_node;
}

std::vector<xml::NodeIndex> Children::take_all(const Wanted& wanted) {
  std::vector<xml::NodeIndex> out;
  for (std::size_t i = 0; i < children_.size(); ++i) {
    if (children_[i].taken || !wanted(children_[i].node)) continue;
    children_[i].taken = true;
    check_order(i);
    out.push_back(children_[i].node);
  }
  return out;
}

Children::Wanted Children::named(std::initializer_list<std::string_view> names) {
  known_.insert(known_.end(), names.begin(), names.end());
  return [this, names = std::vector(names)](xml::NodeIndex n) {
    return std::find(names.begin(), names.end(), context_.document().local_name(n)) != names.end();
  };
}

void Children::check_order(std::size_t index) {
  if (any_taken_ && index < last_taken_) {
    context_.error(children_[index].node, context_.tag(children_[index].node) + " stands in the wrong place of " +
                                              context_.tag(parent_) + "; move it behind " +
                                              context_.tag(children_[last_taken_].node) + ".");
    return;
  }
  last_taken_ = index;
  any_taken_ = true;
}

xml::NodeIndex Children::optional(std::string_view name) {
  return take(named({name}));
}

xml::NodeIndex Children::required(std::string_view name) {
  const auto found = optional(name);
  if (found == xml::no_node)
    context_.error(parent_, context_.tag(parent_) + " lacks its <" + std::string(name) + ">; add it.");
  return found;
}

std::vector<xml::NodeIndex> Children::many(std::string_view name) {
  return take_all(named({name}));
}

std::vector<xml::NodeIndex> Children::at_least_one(std::string_view name) {
  auto out = many(name);
  if (out.empty())
    context_.error(parent_, context_.tag(parent_) + " must hold at least one <" + std::string(name) +
                                ">; add it, or remove " + context_.tag(parent_) + ".");
  return out;
}

std::vector<xml::NodeIndex> Children::at_least_one_of(std::initializer_list<std::string_view> names) {
  auto out = take_all(named(names));
  if (out.empty()) {
    std::string listed;
    for (const auto name : names) listed += (listed.empty() ? "<" : " or <") + std::string(name) + ">";
    context_.error(parent_, context_.tag(parent_) + " must hold at least one " + listed + "; add it.");
  }
  return out;
}

ast::ActivityPtr Children::activity() {
  holds_activity_ = true;
  const auto found =
      take([&](xml::NodeIndex n) { return activity_kind(context_.document().local_name(n)).has_value(); });
  if (found != xml::no_node) return read_activity(context_, found);
  context_.error(parent_, context_.tag(parent_) + " holds no activity; add the one that it shall run.");
  return nullptr;
}

ast::ActivityPtr Children::scope_activity() {
  auto out = activity();
  if (out && out->kind != ast::ActivityKind::scope)
    context_.error(out->origin.element, "The activity of " + context_.tag(parent_) + " must be a <scope>; put " +
                                            context_.tag(out->origin.element) + " into one.");
  return out;
}

std::vector<ast::ActivityPtr> Children::activities() {
  std::vector<ast::ActivityPtr> out;
  const auto is_activity = [&](xml::NodeIndex n) {
    return activity_kind(context_.document().local_name(n)).has_value();
  };
  for (const auto node : take_all(is_activity)) out.push_back(read_activity(context_, node));
  if (out.empty())
    context_.error(parent_, context_.tag(parent_) + " holds no activity; add at least one, for example <empty/>.");
  return out;
}

void Children::report_left_over(const Child& child) {
  const auto local = context_.document().local_name(child.node);
  const std::string tag = context_.tag(child.node), parent = context_.tag(parent_);
  if (std::find(known_.begin(), known_.end(), local) != known_.end()) {
    context_.error(child.node, tag + " may stand only once in " + parent + "; remove or merge this one.");
  } else if (holds_activity_ && activity_kind(local)) {
    context_.error(child.node, parent + " may hold one activity only; put " + tag +
                                   " and the other into a <sequence> or a <flow>.");
  } else {
    context_.error(child.node, tag + " is not allowed in " + parent + "; remove it or move it where it belongs.");
  }
}

}  // namespace echoflow::parse
