#include "engine/cx/feedback/alert_record.hpp"

#include "engine/cx/feedback/codec.hpp"
#include "models/records/bare.hpp"

namespace echoflow::intake {

namespace {

constexpr std::uint32_t event_said = 501, event_told = 502;

struct BodyFields {
  AlertRecord& value;
  std::string& alert;
  template <class V>
  void fields(V& visit) {
    visit(1, alert);
    visit(2, value.number);
    visit(3, value.told);
    visit(4, value.instances);
    visit(5, value.seq);
  }
};

AlertChange step(AlertRecord& record, std::uint32_t event) {
  AlertChange change;
  change.seq = ++record.seq;
  std::string alert = encode(record.alert);
  const BodyFields body{record, alert};
  change.row.body = records::bare(body);
  records::append_bare_event(change.events, event, body);
  change.row.id = record.id;
  change.row.episode = static_cast<std::int64_t>(record.alert.episode);
  change.row.state = to_string(record.alert.state);
  change.row.severity = to_string(record.alert.severity);
  change.row.topic = record.alert.key.topic;
  change.row.channel = record.alert.key.channel;
  change.row.at = record.alert.at;
  return change;
}

}  // namespace

Result<AlertRecord> read_alert(const engine::AlertRow& row) {
  AlertRecord record;
  std::string alert;
  BodyFields fields{record, alert};
  if (!records::read_bare(row.body, fields))
    return fail("the stored alert " + std::to_string(row.id) + " is damaged: restore a backup");
  auto read = decode_alert(alert);
  if (!read) return fail(read.error());
  record.alert = std::move(*read);
  record.id = row.id;
  return record;
}

AlertChange say(AlertRecord record) {
  return step(record, event_said);
}

AlertChange tell(AlertRecord record, const std::vector<InstanceId>& taken_by) {
  record.told = true;
  record.instances = taken_by;
  return step(record, event_told);
}

std::string request_key(const AlertRecord& record) {
  return "alert-" + std::to_string(record.alert.episode) + "-" + std::string(to_string(record.alert.state)) + "-" +
         std::to_string(record.number);
}

}  // namespace echoflow::intake
