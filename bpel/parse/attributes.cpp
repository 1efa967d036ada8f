#include "bpel/parse/attributes.hpp"

#include <algorithm>

#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::parse {
namespace {

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

}  // namespace

Attributes::Attributes(Context& context, xml::NodeIndex element, ast::Element& out)
    : context_(context), element_(element) {
  const auto& document = context.document();
  for (auto a = document.first_attribute(element); a != xml::no_node; a = document.next_sibling(a)) {
    const auto uri = document.namespace_uri(a);
    if (uri.empty() || uri == ns::bpel) {
      left_.push_back(a);
    } else {
      out.extension_attributes.emplace_back(document.qname(a), std::string(document.value(a)));
    }
  }
}

Attributes::~Attributes() {
  const auto& document = context_.document();
  for (const auto a : left_) {
    const std::string name(document.local_name(a));
    context_.error(a, document.namespace_uri(a).empty()
                          ? "The attribute " + name + " is not one of " + context_.tag(element_) +
                                "; remove it, or give it a namespace of your own."
                          : "The attribute " + name + " of " + context_.tag(element_) +
                                " must be written without a prefix, since WS-BPEL's own attributes have no namespace.");
  }
}

std::optional<std::string_view> Attributes::take(std::string_view name, Need need) {
  const auto& document = context_.document();
  const auto found = std::find_if(left_.begin(), left_.end(), [&](xml::NodeIndex a) {
    return document.local_name(a) == name && document.namespace_uri(a).empty();
  });
  if (found == left_.end()) {
    if (need == Need::required)
      context_.error(element_, context_.tag(element_) + " lacks the attribute " + std::string(name) + "; add it.");
    return std::nullopt;
  }
  const auto value = document.value(*found);
  taken_ = *found;
  left_.erase(found);
  return value;
}

void Attributes::wrong_value(std::string_view name, std::string_view value, std::string_view remedy) {
  context_.error(taken_, "The attribute " + std::string(name) + " of " + context_.tag(element_) + " is " +
                             quoted(value) + "; " + std::string(remedy) + ".");
}

void Attributes::check_ncname(std::string_view name, std::string_view value) {
  if (source::is_ncname(value)) return;
  wrong_value(name, value,
              "it must be a name that begins with a letter or an underscore and has no spaces and no colon");
}

QName Attributes::resolved(std::string_view name, std::string_view value) {
  if (auto q = context_.document().resolve_qname(element_, value)) return *q;
  const auto colon = value.find(':');
  const auto prefix = value.substr(0, colon);
  const bool undeclared =
      colon != std::string_view::npos && source::is_ncname(prefix) && source::is_ncname(value.substr(colon + 1));
  wrong_value(name, value,
              undeclared ? "declare its prefix with xmlns:" + std::string(prefix) + " or use one that is declared"
                         : std::string("it must be a qualified name, as prefix:name"));
  return QName{"", std::string(value.substr(colon == std::string_view::npos ? 0 : colon + 1))};
}

std::optional<std::string> Attributes::text(std::string_view name, Need need) {
  const auto value = take(name, need);
  if (!value) return std::nullopt;
  return std::string(source::trimmed(*value));
}

std::string Attributes::ncname(std::string_view name, Need need) {
  const auto value = take(name, need);
  if (!value) return {};
  const auto word = source::trimmed(*value);
  check_ncname(name, word);
  return std::string(word);
}

std::vector<std::string> Attributes::ncnames(std::string_view name, Need need) {
  std::vector<std::string> out;
  const auto value = take(name, need);
  if (!value) return out;
  for (const auto word : source::words(*value)) {
    check_ncname(name, word);
    out.emplace_back(word);
  }
  if (source::trimmed(*value).empty()) wrong_value(name, *value, "it must name at least one variable");
  return out;
}

std::optional<QName> Attributes::qname(std::string_view name, Need need) {
  const auto value = take(name, need);
  if (!value) return std::nullopt;
  return resolved(name, source::trimmed(*value));
}

std::vector<QName> Attributes::qnames(std::string_view name, Need need) {
  std::vector<QName> out;
  const auto value = take(name, need);
  if (!value) return out;
  for (const auto word : source::words(*value)) out.push_back(resolved(name, word));
  if (source::trimmed(*value).empty()) wrong_value(name, *value, "it must have at least one qualified name");
  return out;
}

ast::YesNo Attributes::yes_no(std::string_view name, Need need) {
  const auto value = take(name, need);
  if (!value) return ast::YesNo::unset;
  const auto word = source::trimmed(*value);
  if (word == "yes") return ast::YesNo::yes;
  if (word == "no") return ast::YesNo::no;
  wrong_value(name, word, "it must be \"yes\" or \"no\"");
  return ast::YesNo::unset;
}

std::string Attributes::one_of(std::string_view name, std::initializer_list<std::string_view> values) {
  const auto value = take(name, Need::optional);
  if (!value) return {};
  const auto word = source::trimmed(*value);
  if (std::find(values.begin(), values.end(), word) != values.end()) return std::string(word);
  std::string remedy = "it must be one of ";
  for (const auto v : values) remedy += (v == *values.begin() ? "" : ", ") + quoted(v);
  wrong_value(name, word, remedy);
  return {};
}

}  // namespace echoflow::parse
