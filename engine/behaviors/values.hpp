#pragma once
#include <string>
#include <string_view>

#include "models/program/types.hpp"
#include "models/xml/tree.hpp"

/// Values of parts: how documents are made and fitted to what holds them.
namespace echoflow::engine::values {

/// The name of the document element of a part's value.
QName root_name(const program::PartType& part);
/// A part that holds a text.
xml::DocumentPtr text_value(const program::PartType& part, std::string_view text);
/// A value of another part in the form of this one: typed parts have a wrapper of their own name. Shares it when it
/// fits.
xml::DocumentPtr fit_part(const program::PartType& part, const xml::DocumentPtr& value);

}  // namespace echoflow::engine::values
