#include "adapters/store_soci/cx_rows.hpp"

#include <charconv>

namespace echoflow::store {

using namespace engine;

namespace {

std::vector<InstanceId> read_instances(const std::string& text) {
  std::vector<InstanceId> ids;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    InstanceId id = 0;
    const auto [next, error] = std::from_chars(at, end, id);
    if (error != std::errc()) break;
    ids.push_back(id);
    at = next + 1;
  }
  return ids;
}

std::vector<std::string> read_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

}  // namespace

FeedbackRow read_feedback(Columns& columns) {
  FeedbackRow row;
  row.id = columns.integer();
  row.channel = columns.text();
  row.external_id = columns.text();
  row.conversation = columns.text();
  row.customer = columns.text();
  row.status = columns.number<FeedbackStatus>();
  row.received_at = columns.time();
  row.instances = read_instances(columns.text());
  row.body = columns.bytes();
  return row;
}

DeliveryRow read_delivery(Columns& columns) {
  DeliveryRow row;
  row.id = columns.integer();
  row.key = columns.text();
  row.channel = columns.text();
  row.feedback = columns.integer();
  row.status = columns.number<DeliveryStatus>();
  row.attempts = columns.number<std::uint32_t>();
  row.next_attempt = columns.time();
  row.external_id = columns.text();
  row.body = columns.bytes();
  return row;
}

TaskRow read_task(Columns& columns) {
  TaskRow row;
  row.id = columns.integer();
  row.instance = columns.integer();
  row.activity = columns.number<ActivityId>();
  row.name = columns.text();
  row.state = columns.text();
  row.priority = columns.number<std::int32_t>();
  row.owner = columns.text();
  row.queue = columns.text();
  row.customer = columns.text();
  row.created_at = columns.time();
  if (const auto deadline = columns.optional_integer()) row.next_deadline = TimePoint{*deadline};
  row.version = columns.number<std::uint64_t>();
  row.potential_owners = read_lines(columns.text());
  row.body = columns.bytes();
  return row;
}

AlertRow read_alert(Columns& columns) {
  AlertRow row;
  row.id = columns.integer();
  row.episode = columns.integer();
  row.state = columns.text();
  row.severity = columns.text();
  row.topic = columns.text();
  row.channel = columns.text();
  row.at = columns.time();
  row.body = columns.bytes();
  return row;
}

}  // namespace echoflow::store
