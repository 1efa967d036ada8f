#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {

using namespace engine;

DeploymentRow make_deployment(const std::string& name, const std::string& key) {
  DeploymentRow row;
  row.name = name;
  row.deployed_at = {1'000};
  row.archive = std::string("PK\0\x01\xff zip", 9);
  ProcessRow process;
  process.key = key;
  process.file = "order.bpel";
  process.source_hash = std::string(64, 'a');
  row.processes.push_back(process);
  return row;
}

Turn make_turn(InstanceId id, std::uint64_t seq, std::int64_t process) {
  Turn turn;
  turn.is_new = seq == 1;
  turn.instance.id = id;
  turn.instance.process = process;
  turn.instance.started_at = {id * 1'000};
  turn.instance.last_seq = seq;
  turn.journal.instance = id;
  turn.journal.seq = seq;
  turn.journal.at = {id * 1'000 + static_cast<std::int64_t>(seq)};
  turn.journal.events = "events " + std::to_string(id) + "/" + std::to_string(seq);
  turn.journal.payload = "payload " + std::to_string(id) + "/" + std::to_string(seq);
  return turn;
}

SubscriptionRow make_subscription(ActivityId activity, const std::string& key, std::uint32_t branch) {
  SubscriptionRow row;
  row.process_key = "{urn:test}order";
  row.partner_link = "customer";
  row.operation = "submit";
  row.key = key;
  row.activity = activity;
  row.branch = branch;
  return row;
}

OutboxRow make_send(ActivityId activity, std::int64_t next_attempt) {
  OutboxRow row;
  row.activity = activity;
  row.node = 12;
  row.address = "http://partner/";
  row.body = std::string("\0body\n\"'\\", 9);
  row.one_way = true;
  row.next_attempt = {next_attempt};
  return row;
}

HeldMessageRow make_held(std::int64_t id, std::vector<std::string> keys) {
  HeldMessageRow row;
  row.id = id;
  row.process_key = "{urn:test}order";
  row.partner_link = "customer";
  row.operation = "submit";
  row.keys = std::move(keys);
  row.body = std::string("held\0", 5);
  row.exchange = 77;
  row.at = {id};
  return row;
}

}  // namespace echoflow::store::test
