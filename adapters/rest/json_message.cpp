#include "adapters/rest/json_message.hpp"

#include <algorithm>
#include <optional>

#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::rest {

namespace {

using json::Kind;
using json::ReadError;
using json::Value;
using program::PartType;
using program::ValueForm;
using xml::Document;
using xml::NodeIndex;

constexpr std::string_view nil_prefix = "xsi";

/// A name that may stand in a tag; the reader's own rules are wider, but this keeps out all that could not be written.
bool is_element_name(std::string_view name) {
  auto letter = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  };
  if (name.empty() || !letter(static_cast<unsigned char>(name.front()))) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](unsigned char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

bool has_forbidden_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
}

/// Builds element content from JSON; `child_namespace` is that of all child elements.
class ContentBuilder {
 public:
  ContentBuilder(Document& document, std::string child_namespace)
      : document_(document), child_namespace_(std::move(child_namespace)) {}

  std::optional<ReadError> fill(NodeIndex element, const Value& value, const std::string& pointer) {
    switch (value.kind) {
      case Kind::null:
        document_.set_attribute(element, ns::xsi, "nil", "true", nil_prefix);
        return std::nullopt;
      case Kind::boolean:
        document_.append_text(element, value.boolean ? "true" : "false");
        return std::nullopt;
      case Kind::number:
      case Kind::string:
        return text(element, value, pointer);
      case Kind::array:
        return ReadError{"A list can only stand where its member's name tells the repeated element.", pointer};
      case Kind::object:
        return members(element, value, pointer);
    }
    return std::nullopt;
  }

 private:
  std::optional<ReadError> text(NodeIndex element, const Value& value, const std::string& pointer) {
    if (has_forbidden_character(value.text))
      return ReadError{"The text holds a control character, which XML cannot carry.", pointer};
    document_.append_text(element, value.text);
    return std::nullopt;
  }

  std::optional<ReadError> members(NodeIndex element, const Value& value, const std::string& pointer) {
    for (const auto& [name, member] : value.members) {
      const std::string place = pointer + json::pointer_step(name);
      std::optional<ReadError> error;
      if (name == "#text")
        error = is_text(member) ? fill(element, member, place)
                                : ReadError{"\"#text\" must be a string, number or boolean.", place};
      else if (name.starts_with('@'))
        error = attribute(element, name.substr(1), member, place);
      else
        error = children(element, name, member, place);
      if (error) return error;
    }
    return std::nullopt;
  }

  static bool is_text(const Value& value) {
    return value.kind == Kind::string || value.kind == Kind::number || value.kind == Kind::boolean;
  }

  std::optional<ReadError> attribute(NodeIndex element, const std::string& name, const Value& value,
                                     const std::string& place) {
    if (!is_element_name(name)) return ReadError{"'" + name + "' is no XML name.", place};
    if (!is_text(value) || has_forbidden_character(value.text))
      return ReadError{"An attribute must be a string, number or boolean.", place};
    document_.set_attribute(element, "", name,
                            value.kind == Kind::boolean ? (value.boolean ? "true" : "false") : value.text);
    return std::nullopt;
  }

  std::optional<ReadError> children(NodeIndex element, const std::string& name, const Value& value,
                                    const std::string& place) {
    if (!is_element_name(name)) return ReadError{"'" + name + "' is no XML name.", place};
    if (value.kind != Kind::array) return child(element, name, value, place);
    for (std::size_t i = 0; i < value.items.size(); ++i)
      if (auto error = child(element, name, value.items[i], place + "/" + std::to_string(i))) return error;
    return std::nullopt;
  }

  std::optional<ReadError> child(NodeIndex element, const std::string& name, const Value& value,
                                 const std::string& place) {
    return fill(document_.append_element(element, child_namespace_, name), value, place);
  }

  Document& document_;
  const std::string child_namespace_;
};

QName root_name(const PartType& part) {
  return part.form == ValueForm::element ? part.element : QName{"", part.name};
}

std::string schema_error(const program::Program& program, const PartType& part, const Document& document) {
  if (!program.schemas) return {};
  std::vector<xml::ValidationError> errors;
  auto root = document.document_element();
  if (part.form == ValueForm::element) {
    if (program.schemas->has_element(part.element)) errors = program.schemas->validate_element(document, root);
  } else if (program.schemas->has_type(part.type)) {
    errors = program.schemas->validate_type(document, root, part.type);
  }
  return errors.empty() ? std::string() : errors.front().message;
}

Result<xml::DocumentPtr, ReadError> part_from_xml(const PartType& part, const std::string& text,
                                                  const std::string& pointer) {
  auto read = xml::read(text);
  if (!read)
    return fail(ReadError{"The text begins with '<', but is no acceptable XML: " + read.error().message, pointer});
  auto name = root_name(part);
  if (read->qname(read->document_element()) != name)
    return fail(ReadError{"The XML must be the element '" + name.clark() + "'.", pointer});
  return std::make_shared<const Document>(std::move(read).value());
}

Result<xml::DocumentPtr, ReadError> built(const PartType& part, const Value& value, const std::string& child_namespace,
                                          const std::string& pointer) {
  auto document = std::make_shared<Document>();
  auto name = root_name(part);
  auto root = document->append_element(xml::root_node, name.ns, name.local);
  if (auto error = ContentBuilder(*document, child_namespace).fill(root, value, pointer))
    return fail(std::move(*error));
  return xml::DocumentPtr(document);
}

Result<xml::DocumentPtr, ReadError> part_from_json(const program::Program& program, const PartType& part,
                                                   const Value& value, const std::string& pointer) {
  if (value.kind == Kind::string && value.text.starts_with('<')) return part_from_xml(part, value.text, pointer);
  const std::string& qualified = part.form == ValueForm::element ? part.element.ns : part.type.ns;
  auto first = built(part, value, qualified, pointer);
  if (!first) return first;
  std::string wrong = schema_error(program, part, **first);
  if (wrong.empty()) return first;
  auto second = built(part, value, "", pointer);
  if (second && schema_error(program, part, **second).empty()) return second;
  return fail(ReadError{"The value does not follow the schema of part '" + part.name + "': " + wrong, pointer});
}

}  // namespace

Result<Parts, ReadError> parts_from_json(const program::Program& program, const program::MessageType& type,
                                         const Value& value, const std::string& pointer) {
  Parts parts(type.parts.size());
  if (!type.is_message() && type.parts.size() == 1) {
    auto part = part_from_json(program, type.parts[0], value, pointer);
    if (!part) return fail(std::move(part).error());
    parts[0] = std::move(part).value();
    return parts;
  }
  if (value.kind != Kind::object)
    return fail(ReadError{"Expected is an object with the message's parts by name.", pointer});
  for (const auto& [name, member] : value.members) {
    auto index = type.part(name);
    const std::string place = pointer + json::pointer_step(name);
    if (index == program::none)
      return fail(ReadError{"The message '" + type.name.clark() + "' has no part '" + name + "'.", place});
    auto part = part_from_json(program, type.parts[index], member, place);
    if (!part) return fail(std::move(part).error());
    parts[index] = std::move(part).value();
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!parts[i]) return fail(ReadError{"The part '" + type.parts[i].name + "' is missing.", pointer});
  return parts;
}

void write_part_value(json::Writer& writer, const xml::DocumentPtr& part, ValueForm form) {
  auto root = part ? part->document_element() : xml::no_node;
  if (root == xml::no_node) {
    if (part)
      writer.string(part->string_value(xml::root_node));
    else
      writer.null();
    return;
  }
  bool only_text = part->first_child_element(root) == xml::no_node && part->first_attribute(root) == xml::no_node;
  if (only_text && form != ValueForm::complex)
    writer.string(part->string_value(root));
  else
    writer.string(xml::to_string(*part, root));
}

void write_parts(json::Writer& writer, const program::MessageType& type, const Parts& parts) {
  writer.begin_object();
  for (std::size_t i = 0; i < type.parts.size() && i < parts.size(); ++i) {
    writer.key(type.parts[i].name);
    write_part_value(writer, parts[i], type.parts[i].form);
  }
  writer.end_object();
}

void write_fault_value(json::Writer& writer, const Fault& fault) {
  writer.begin_object().member("name", fault.name.clark());
  if (!fault.detail.empty()) writer.member("detail", fault.detail);
  if (fault.has_data()) {
    writer.key("data").begin_array();
    for (const auto& part : fault.parts) {
      if (part)
        writer.string(xml::to_string(*part));
      else
        writer.null();
    }
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace echoflow::rest
