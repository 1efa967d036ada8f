#pragma once
#include <string>

#include "adapters/rest/json_value.hpp"
#include "adapters/rest/json_writer.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// Messages and variables as JSON and back.
namespace echoflow::rest {

/// What some JSON means as a WSDL message, element or typed value. `json` is an object of parts by name; a type that
/// has one part, and is no message, takes its value alone.
///
/// A part's value is: a string that begins with '<': XML, the part's element itself; another string, number or boolean:
/// text content; an object: child elements by name in their order ("@x" an attribute, "#text" text, an array repeats
/// its element, null is xsi:nil). Children are in the element's namespace or in none, whichever the schema accepts.
Result<Parts, json::ReadError> parts_from_json(const program::Program& program, const program::MessageType& type,
                                               const json::Value& json, const std::string& pointer);

/// One part's value in the same forms: text where there is only text, else XML as a string; null when not initialised.
void write_part_value(json::Writer& writer, const xml::DocumentPtr& part, program::ValueForm form);
/// {"part": value, …}
void write_parts(json::Writer& writer, const program::MessageType& type, const Parts& parts);
/// {"name": "{ns}local", "detail": "…", "data": …}
void write_fault_value(json::Writer& writer, const Fault& fault);

}  // namespace echoflow::rest
