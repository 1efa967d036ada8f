#include "adapters/cx/kpis/threshold_message.hpp"

#include <cmath>

#include "engine/cx/kpis/follower.hpp"
#include "models/base/number_text.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::cx_kpis {

namespace {

/// As xs:decimal, to six places behind the point: more is rounding.
std::string decimal(double value) {
  return number_text(std::round(value * 1e6) / 1e6);
}

}  // namespace

Message threshold_message(const kpis::Crossing& crossing) {
  auto document = std::make_shared<xml::Document>();
  const auto root = document->append_element(xml::root_node, ns::cx, "threshold", "cx");
  document->declare_namespace(root, "cx", ns::cx);
  const auto add = [&](std::string_view name, const std::string& value) {
    document->append_text(document->append_element(root, ns::cx, name, "cx"), value);
  };
  add("kpi", crossing.kpi);
  add("processKey", crossing.process);
  add("group", crossing.group);
  if (crossing.instance != 0) add("instanceId", std::to_string(crossing.instance));
  add("level", std::string(to_string(crossing.to)));
  add("previousLevel", std::string(to_string(crossing.from)));
  add("value", decimal(crossing.value));
  add("unit", crossing.unit);
  add("crossed", decimal(crossing.crossed));
  add("at", format_time_point(crossing.at));
  Message message;
  message.message_type = {std::string(ns::cx), "thresholdMessage"};
  message.parts = {std::move(document)};
  return message;
}

std::string threshold_key(const kpis::Crossing& crossing) {
  return "threshold-" + kpis::id_of(crossing) + "-" + crossing.group + "-" + std::to_string(crossing.number);
}

}  // namespace echoflow::cx_kpis
