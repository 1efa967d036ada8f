#pragma once
#include <vector>

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

enum class CorrelationPattern { forbidden, allowed };

/// Reads <correlations> if there is one; true when there is.
bool read_correlations(Context& context, Children& children, CorrelationPattern pattern,
                       std::vector<ast::Correlation>& out);
bool read_from_parts(Context& context, Children& children, std::vector<ast::FromPart>& out);
bool read_to_parts(Context& context, Children& children, std::vector<ast::ToPart>& out);

/// What receive, onMessage and onEvent share (WS-BPEL 2.0 §10.4): all but the activity.
void read_inbound_attributes(Attributes& attributes, ast::InboundMessage& out);
void read_inbound_elements(Context& context, Children& children, ast::InboundMessage& out);

}  // namespace echoflow::parse
