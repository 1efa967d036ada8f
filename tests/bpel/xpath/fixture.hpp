#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/xpath/compile.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xpath::test {

inline xml::DocumentPtr parse_document(std::string_view text) {
  auto document = xml::read(text);
  EXPECT_TRUE(document.ok()) << text;
  return document.ok() ? std::make_shared<const xml::Document>(std::move(*document))
                       : std::make_shared<const xml::Document>();
}

/// Variables, links and files by name, and the two contexts over them.
class World : public program::EvaluationContext {
 public:
  World() {
    namespaces_ = parse_document(
        "<p xmlns:n='urn:n' xmlns:m='urn:m' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
        "xmlns:bpel='http://docs.oasis-open.org/wsbpel/2.0/process/executable' "
        "xmlns:fn='http://www.w3.org/2005/xpath-functions' xmlns:ode='http://www.apache.org/ode/type/extension'/>");
    types_.reserve(100);
  }

  /// A variable whose value is the element in `text`.
  void element(const std::string& name, std::string_view text) {
    add(name, program::ValueForm::element, "", parse_document(text));
  }
  /// A variable of a simple XSD type; a null text leaves it uninitialised.
  void simple(const std::string& name, std::string_view type, const char* text) {
    add(name, program::ValueForm::simple, type, text == nullptr ? nullptr : wrapper(name, text));
  }
  void complex(const std::string& name, std::string_view content) {
    add(name, program::ValueForm::complex, "",
        parse_document("<" + name + ">" + std::string(content) + "</" + name + ">"));
  }
  /// A message variable with element parts.
  void message(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parts) {
    program::MessageType type;
    type.name = {"urn:n", name + "Message"};
    Parts values;
    for (const auto& [part, text] : parts) {
      type.parts.push_back({part, program::ValueForm::element, {}, {}, {}});
      values.push_back(text.empty() ? nullptr : parse_document(text));
    }
    add_type(name, std::move(type), std::move(values), true);
  }
  void link(const std::string& name, bool status) {
    link_ids_[name] = static_cast<program::LinkId>(links_.size());
    links_.push_back(status);
  }
  void alias(const std::string& property, program::PropertyAlias alias) { aliases_[property] = std::move(alias); }

  std::map<std::string, std::string> files;
  std::map<std::string, std::string> process_properties;
  Limits limits;
  TimePoint time{1'700'000'000'000'000};

  StaticContext context(std::string_view language = ns::xpath1_sublang, Purpose purpose = Purpose::expression) const {
    StaticContext c;
    c.language = language;
    c.purpose = purpose;
    c.limits = limits;
    c.document = namespaces_;
    c.element = namespaces_->document_element();
    c.variable = [this](std::string_view name) -> std::optional<VariableBinding> {
      const auto found = ids_.find(std::string(name));
      if (found == ids_.end()) return std::nullopt;
      return VariableBinding{found->second, &types_[found->second], is_message_[found->second]};
    };
    c.link = [this](std::string_view name) -> std::optional<program::LinkId> {
      const auto found = link_ids_.find(std::string(name));
      return found == link_ids_.end() ? std::nullopt : std::optional(found->second);
    };
    c.property = [this](program::VariableId, const QName& name) -> Result<program::PropertyAlias> {
      const auto found = aliases_.find(name.clark());
      if (found == aliases_.end()) return fail("the property " + name.clark() + " has no alias for this variable");
      return found->second;
    };
    c.file = [this](std::string_view uri) -> std::optional<std::string> {
      const auto found = files.find(std::string(uri));
      return found == files.end() ? std::nullopt : std::optional(found->second);
    };
    c.process_property = [this](const QName& name) -> std::optional<std::string> {
      const auto found = process_properties.find(name.clark());
      return found == process_properties.end() ? std::nullopt : std::optional(found->second);
    };
    return c;
  }

  xml::DocumentPtr variable_part(program::VariableId variable, std::uint32_t part) const override {
    return values_[variable][part];
  }
  bool link_status(program::LinkId link) const override { return links_[link]; }
  TimePoint now() const override { return time; }
  std::int64_t instance_id() const override { return 4711; }

 private:
  void add(const std::string& name, program::ValueForm form, std::string_view type, xml::DocumentPtr value) {
    program::MessageType message;
    const QName xsd = type.empty() ? QName{} : QName{std::string(ns::xsd), std::string(type)};
    message.parts.push_back({name, form, {}, xsd, xsd});
    add_type(name, std::move(message), {std::move(value)}, false);
  }
  void add_type(const std::string& name, program::MessageType type, Parts values, bool is_message) {
    ids_[name] = static_cast<program::VariableId>(types_.size());
    types_.push_back(std::move(type));
    values_.push_back(std::move(values));
    is_message_.push_back(is_message);
  }
  static xml::DocumentPtr wrapper(const std::string& name, const char* text) {
    auto document = std::make_shared<xml::Document>();
    document->append_text(document->append_element(xml::root_node, "", name), text);
    return document;
  }

  xml::DocumentPtr namespaces_;
  std::map<std::string, program::VariableId> ids_;
  std::vector<program::MessageType> types_;
  std::vector<Parts> values_;
  std::vector<bool> is_message_;
  std::map<std::string, program::LinkId> link_ids_;
  std::vector<bool> links_;
  std::map<std::string, program::PropertyAlias> aliases_;
};

/// Declarations of the test documents' prefixes are taken out, so that expected values stay short.
inline std::string without_namespaces(std::string text) {
  for (const std::string declaration : {" xmlns:n=\"urn:n\"", " xmlns:m=\"urn:m\""})
    for (auto at = text.find(declaration); at != std::string::npos; at = text.find(declaration))
      text.erase(at, declaration.size());
  return text;
}

inline std::string show(const program::Item& item) {
  struct Show {
    std::string operator()(const xml::NodeRef& n) const {
      const auto kind = n.document->kind(n.node);
      if (kind == xml::NodeKind::element) return without_namespaces(xml::to_string(*n.document, n.node));
      if (kind == xml::NodeKind::attribute)
        return std::string(n.document->local_name(n.node)) + "=" + std::string(n.document->value(n.node));
      return n.document->string_value(n.node);
    }
    std::string operator()(const std::string& s) const { return "'" + s + "'"; }
    std::string operator()(double d) const { return program::to_string(program::Item(d)); }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(const program::Atomic& a) const { return a.type + ":" + a.lexical; }
  };
  return std::visit(Show{}, item);
}

/// The value as text: strings in quotes, nodes as XML, items with ", " between them; "!fault message" for a fault and
/// "?message" for what does not compile.
inline std::string value_of(const World& world, std::string_view expression,
                            std::string_view language = ns::xpath1_sublang, const xml::NodeRef* context = nullptr,
                            Purpose purpose = Purpose::expression) {
  const auto compiled = compile(expression, world.context(language, context != nullptr ? Purpose::query : purpose));
  if (!compiled) return "?" + compiled.error().message;
  const auto value = (*compiled)->evaluate(world, context);
  if (!value) return "!" + value.error().name.local + " " + value.error().detail;
  std::string out;
  for (const auto& item : *value) out += (out.empty() ? "" : ", ") + show(item);
  return out;
}

struct Case {
  const char* expression;
  const char* value;
};

}  // namespace echoflow::xpath::test
