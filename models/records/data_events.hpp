#pragma once
#include "models/records/event_types.hpp"

/// Events that change what an instance knows.
namespace echoflow::records {

struct VariableSet {
  static constexpr auto type = EventType::variable_set;
  ActivityId scope = 0;
  VariableId variable = 0;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, variable);
    v(3, parts);
  }
};

struct VariablePartSet {
  static constexpr auto type = EventType::variable_part_set;
  ActivityId scope = 0;
  VariableId variable = 0;
  std::uint32_t part = 0;
  xml::DocumentPtr value;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, variable);
    v(3, part);
    v(4, value);
  }
};

struct CorrelationSetInitiated {
  static constexpr auto type = EventType::correlation_set_initiated;
  ActivityId scope = 0;
  instances::CorrelationSetId set = 0;
  std::vector<PayloadText> values;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, set);
    v(3, values);
  }
};

struct PartnerLinkAssigned {
  static constexpr auto type = EventType::partner_link_assigned;
  ActivityId scope = 0;
  PartnerLinkId partner_link = 0;
  xml::DocumentPtr service_ref;
  PayloadText address;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, partner_link);
    v(3, service_ref);
    v(4, address);
  }
};

}  // namespace echoflow::records
