#include "models/layout/signs.hpp"

namespace echoflow::layout::signs {

namespace {

constexpr std::string_view envelope = "M2 5 L22 5 L22 19 L2 19 Z M2 5 L12 13 L22 5";

}  // namespace

std::string_view of(graph::EventType type) {
  switch (type) {
    case graph::EventType::message:
      return envelope;
    case graph::EventType::timer:
      return "O 12 12 10 M12 5.5 L12 12 L16.5 14.5 M12 2 L12 4 M12 20 L12 22 M2 12 L4 12 M20 12 L22 12";
    case graph::EventType::error:
      return "M3.5 20.5 L8.5 6 L14 12.5 L20.5 3 L15.5 18.5 L10 12 Z";
    case graph::EventType::escalation:
      return "M12 2.5 L19.5 21 L12 13.5 L4.5 21 Z";
    case graph::EventType::cancel:
      return exclusive;
    case graph::EventType::compensation:
      return compensation;
    case graph::EventType::conditional:
      return "M4.5 2.5 L19.5 2.5 L19.5 21.5 L4.5 21.5 Z M7.5 7 L16.5 7 M7.5 10.5 L16.5 10.5 M7.5 14 L16.5 14 M7.5 17.5 "
             "L16.5 17.5";
    case graph::EventType::link:
      return "M2 9 L13 9 L13 4 L22 12 L13 20 L13 15 L2 15 Z";
    case graph::EventType::signal:
      return "M12 3 L21.5 19.5 L2.5 19.5 Z";
    case graph::EventType::terminate:
      return "O 12 12 10.5";
  }
  return {};
}

bool can_be_filled(graph::EventType type) {
  return type != graph::EventType::timer && type != graph::EventType::conditional;
}

std::string_view of(graph::ActivityKind kind) {
  switch (kind) {
    case graph::ActivityKind::user_task:
      return person;
    case graph::ActivityKind::manual_task:
      return "M2 11 C4 7 7 6 10 6 L15 6 L13 9 L20.5 9 C22.5 9 22.5 12 20.5 12 L14 12 L21 12 C23 12 23 15 21 15 L14 15 "
             "L20 15 C22 "
             "15 22 18 20 18 L14 18 L18 18 C20 18 20 20.5 18 20.5 L7 20.5 C4 20.5 2 18 2 16 Z";
    case graph::ActivityKind::service_task:
      return "M10 2 L14 2 L14.6 5 L17 6.2 L19.8 4.8 L22 8 L20 10.3 L20 13 L22.3 15.2 L20.3 18.6 L17.4 17.8 L15 19.4 "
             "L14.4 22 L10 "
             "22 L9.2 19.2 L7 18 L4.2 19 L2 15.6 L4.2 13.2 L4 10.6 L1.8 8.4 L4 5 L6.8 6 L9.2 4.8 Z O 12 12 3.8";
    case graph::ActivityKind::send_task:
    case graph::ActivityKind::receive_task:
      return envelope;
    case graph::ActivityKind::script_task:
      return "M8 2.5 L21 2.5 C16.5 7 16.5 10 18.5 13 C20.5 16.5 19.5 19 16 21.5 L3 21.5 C6.5 19 7.5 16.5 5.5 13 C3.5 "
             "10 3.5 7 8 "
             "2.5 Z M8 7 L15 7 M8 11 L15 11 M9.5 15 L16.5 15";
    case graph::ActivityKind::business_rule_task:
      return "M2 4 L22 4 L22 20 L2 20 Z M2 9 L22 9 M2 14.5 L22 14.5 M9 9 L9 20";
    case graph::ActivityKind::process_interface:
      return "M3 7 L14 7 L14 3 L22 12 L14 21 L14 17 L3 17 Z";
    case graph::ActivityKind::task:
    case graph::ActivityKind::call_activity:
    case graph::ActivityKind::sub_process:
    case graph::ActivityKind::event_sub_process:
    case graph::ActivityKind::transaction:
    case graph::ActivityKind::ad_hoc_sub_process:
      return {};
  }
  return {};
}

std::string_view of(CxSign sign) {
  switch (sign) {
    case CxSign::none:
      return {};
    case CxSign::feedback:  // a speech bubble with a smile
      return "M2 3 L22 3 L22 17 L11 17 L6 22 L6 17 L2 17 Z M8 7.5 L8 9 M16 7.5 L16 9 M7.5 11.5 C9.5 14.5 14.5 14.5 "
             "16.5 11.5";
    case CxSign::survey:  // a clipboard with ticks
      return "M5 4 L19 4 L19 22 L5 22 Z M9 2 L15 2 L15 6 L9 6 Z M7.5 10.5 L9 12 L11.5 9 M13 10.5 L17 10.5 M7.5 16.5 L9 "
             "18 L11.5 15 "
             "M13 16.5 L17 16.5";
    case CxSign::alert:  // a bell
      return "M4 18 C7 15.5 5.5 9 7.5 6.5 C9 4.5 15 4.5 16.5 6.5 C18.5 9 17 15.5 20 18 Z M10 18 C10 21.5 14 21.5 14 18 "
             "M12 2.5 L12 "
             "5";
    case CxSign::threshold:  // a curve that rises above a line
      return "M2 9 L22 9 M2 20 C8 20 9 17 12 11 C14 7 17 3.5 22 3.5 M12 12.5 L12 16 M12 19 L12 21";
    case CxSign::people_task:  // a person and a clock's hand
      return "O 9 6 3.6 M2 21.5 L2 17 C2 13.5 4.5 12 7 12 L11 12 C12.5 12 13.5 12.5 14.5 13.5 O 18 18 4.8 M18 15 L18 "
             "18 L20.2 19.2";
    case CxSign::escalation:  // a person below an arrow upwards
      return "O 8 9 3.4 M2 22 L2 18.5 C2 15.5 4 14.5 6 14.5 L10 14.5 C12 14.5 14 15.5 14 18.5 L14 22 Z M19 15 L19 3 "
             "M15.5 7 L19 2.5 "
             "L22.5 7";
    case CxSign::kpi:
      return chart;
  }
  return {};
}

}  // namespace echoflow::layout::signs
