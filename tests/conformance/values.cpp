#include <stdexcept>

#include "models/xml/reader.hpp"
#include "tests/conformance/host.hpp"

namespace echoflow::scenario {
namespace {

xml::DocumentPtr make_part(const program::PartType& type, const std::string& text) {
  if (!text.empty() && text.front() == '<') {
    auto document = xml::read(text);
    if (!document) throw std::runtime_error("bad XML value: " + document.error().message);
    return std::make_shared<const xml::Document>(*std::move(document));
  }
  xml::Document document;
  const bool element = type.form == program::ValueForm::element;
  const auto root = element ? document.append_element(xml::root_node, type.element.ns, type.element.local)
                            : document.append_element(xml::root_node, "", type.name);
  if (!text.empty()) document.append_text(root, text);
  return std::make_shared<const xml::Document>(std::move(document));
}

}  // namespace

Message make_message(const program::MessageType& type, const std::vector<std::string>& words) {
  Message message;
  message.message_type = type.name;
  message.parts.resize(type.parts.size());
  if (type.parts.size() == 1) {
    if (words.size() != 1) throw std::runtime_error("the message has one part: give one value");
    message.parts[0] = make_part(type.parts[0], words[0]);
    return message;
  }
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::uint32_t part = equals == std::string::npos ? program::none : type.part(word.substr(0, equals));
    if (part == program::none) throw std::runtime_error("no part=value of this message: " + word);
    message.parts[part] = make_part(type.parts[part], word.substr(equals + 1));
  }
  return message;
}

std::string text_of(const Parts& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i) text += ' ';
    if (parts[i]) text += parts[i]->string_value(xml::root_node);
  }
  return text;
}

}  // namespace echoflow::scenario
