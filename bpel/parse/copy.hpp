#pragma once
#include "bpel/parse/context.hpp"

namespace echoflow::parse {

ast::From read_from(Context& context, xml::NodeIndex node);
ast::To read_to(Context& context, xml::NodeIndex node);
ast::Copy read_copy(Context& context, xml::NodeIndex node);

}  // namespace echoflow::parse
