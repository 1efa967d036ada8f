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

/// A <cx:measure> gave a value to a KPI. All of it is structure: a figure stays what it was when a customer is erased,
/// so that a group must be no customer's.
struct Measured {
  static constexpr auto type = EventType::measured;
  ActivityId activity = 0;
  std::string kpi;
  std::string value;  ///< a decimal number
  std::string group;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, kpi);
    v(3, value);
    v(4, group);
  }
};

}  // namespace echoflow::records
