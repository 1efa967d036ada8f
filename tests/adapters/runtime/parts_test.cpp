#include <thread>

#include "adapters/runtime/deployment_archive.hpp"
#include "adapters/runtime/message_codec.hpp"
#include "adapters/runtime/port.hpp"
#include "adapters/runtime/timers.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "models/xml/writer.hpp"
#include "tests/adapters/runtime/support.hpp"

namespace echoflow::runtime::test {
namespace {

TEST(MessageCodec, KeepsEveryFieldOfAMessage) {
  auto message = note("7", "a < b & \"c\" – ü");
  message.parts.push_back(nullptr);
  message.reply_to = "http://reply.example/";
  message.message_id = "urn:uuid:1";
  auto back = decode_message(encode_message(message));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->message_type, message.message_type);
  EXPECT_EQ(back->reply_to, message.reply_to);
  EXPECT_EQ(back->message_id, message.message_id);
  ASSERT_EQ(back->parts.size(), 2u);
  EXPECT_EQ(xml::to_string(*back->parts[0]), xml::to_string(*message.parts[0]));
  EXPECT_EQ(back->parts[1], nullptr);
}

TEST(MessageCodec, SkipsFieldsItDoesNotKnow) {
  auto bytes = encode_message(note("7", "x"));
  bytes += std::string(
      "\x7f\x03"
      "new",
      5);
  auto back = decode_message(bytes);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(text_of(*back), "x");
}

TEST(MessageCodec, ReadsTheOldestStoredForm) {
  // Written once and never changed: type "m", one part <a/>, one empty part.
  const std::string golden("\x01\x01m\x04\x04<a/>\x05\x00", 11);
  auto back = decode_message(golden);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->message_type.local, "m");
  ASSERT_EQ(back->parts.size(), 2u);
  EXPECT_EQ(encode_message(*back), golden);
}

TEST(MessageCodec, RefusesDamagedBytes) {
  auto bytes = encode_message(note("7", "x"));
  EXPECT_FALSE(decode_message(bytes.substr(0, bytes.size() - 3)).ok());
  EXPECT_FALSE(decode_message("\x04\x03<a>").ok());
}

TEST(MessageCodec, KeepsAFault) {
  FaultReply reply{5, {{"urn:f", "broken"}, {"urn:f", "type"}, note("1", "data").parts, "because"}, note("2", "sent")};
  auto back = decode_answer(5, encode_answer(reply));
  ASSERT_TRUE(back.ok());
  ASSERT_TRUE(holds<FaultReply>(*back));
  const auto& fault = std::get<FaultReply>(*back);
  EXPECT_EQ(fault.fault.name, reply.fault.name);
  EXPECT_EQ(fault.fault.message_type, reply.fault.message_type);
  EXPECT_EQ(fault.fault.detail, "because");
  EXPECT_EQ(fault.fault.parts.size(), 1u);
  EXPECT_EQ(text_of(fault.message), "sent");
}

TEST(DeploymentArchive, GivesFilesAndIndexBack) {
  ProcessInfo info;
  info.key = "{urn:x}P";
  info.file = "a/p.bpel";
  info.in_memory = true;
  info.endpoints = {{"client", "server", {"urn:x", "Port"}, "a/p.wsdl"}};
  const Files files{{"a/p.bpel", "<process/>"}, {"a/p.wsdl", "<definitions/>"}};
  auto unpacked = unpack(pack(files, {info}));
  ASSERT_TRUE(unpacked.ok());
  EXPECT_EQ(unpacked->files, files);
  auto index = read_index(unpacked->index);
  ASSERT_EQ(index.size(), 1u);
  EXPECT_EQ(index[0].name, (QName{"urn:x", "P"}));
  EXPECT_TRUE(index[0].in_memory);
  EXPECT_FALSE(index[0].retired);
  ASSERT_EQ(index[0].endpoints.size(), 1u);
  EXPECT_EQ(index[0].endpoints[0].port_type, (QName{"urn:x", "Port"}));
  EXPECT_EQ(index[0].endpoints[0].wsdl_file, "a/p.wsdl");
  EXPECT_TRUE(read_index("echoflow-index 99\nprocess\tx\ty\t0\t0").empty());
}

TEST(Port, FindsTheOldestThatWaits) {
  Port port("p", "l", "o");
  port.open("k", {9, 1, 0});
  port.open("k", {4, 1, 0});
  EXPECT_EQ(port.first("k")->instance, 4);
  port.close("k", {4, 1, 0});
  EXPECT_EQ(port.first("k")->instance, 9);
  EXPECT_FALSE(port.first("other"));
}

TEST(Port, GivesAHeldMessageOnce) {
  Port port("p", "l", "o");
  auto first = std::make_shared<Inbound>();
  auto second = std::make_shared<Inbound>();
  port.hold(first, {"a", "b"});
  port.hold(second, {"b"});
  EXPECT_EQ(port.held_in_memory(), 2u);
  EXPECT_EQ(port.take_first("b"), first);
  EXPECT_EQ(port.take_first("a"), nullptr);
  EXPECT_TRUE(port.take(second.get()));
  EXPECT_FALSE(port.take(second.get()));
  EXPECT_EQ(port.held_in_memory(), 0u);
}

TEST(EventFeed, KeepsTheLastEventsAndWakesWaiters) {
  EventFeed feed(3);
  for (int i = 0; i < 5; ++i) feed.publish({0, {}, EventType::deployed, i, 0, 0});
  auto events = feed.next(0, std::chrono::milliseconds(0));
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events.front().id, 3);
  EXPECT_EQ(feed.next(4, std::chrono::milliseconds(0)).size(), 1u);
  EXPECT_TRUE(feed.next(5, std::chrono::milliseconds(1)).empty());
  auto waiting = std::async(std::launch::async, [&] { return feed.next(5, std::chrono::seconds(5)); });
  feed.publish({0, {}, EventType::undeployed, 0, 0, 0});
  EXPECT_EQ(waiting.get().size(), 1u);
  auto closed = std::async(std::launch::async, [&] { return feed.next(6, std::chrono::seconds(5)); });
  feed.close();
  EXPECT_TRUE(closed.get().empty());
}

TEST(Metrics, SpeaksPrometheus) {
  Metrics metrics;
  metrics.instances_completed = 3;
  metrics.observe_commit(90);
  metrics.observe_commit(3'000'000);
  const auto text = metrics.prometheus();
  EXPECT_NE(text.find("echoflow_instances_ended_total{outcome=\"completed\"} 3\n"), std::string::npos);
  EXPECT_NE(text.find("echoflow_commit_seconds_bucket{le=\"0.000100\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("echoflow_commit_seconds_bucket{le=\"+Inf\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("echoflow_commit_seconds_sum 3.000090\n"), std::string::npos);
}

TEST(Timers, FiresInOrderAndForgetsTheCancelled) {
  auto store = store::make_memory_store();
  ManualClock clock;
  Timers timers(*store, clock);
  std::mutex mutex;
  std::vector<std::uint32_t> fired;
  timers.start(
      [&](InstanceId, std::uint32_t timer) {
        std::lock_guard lock(mutex);
        fired.push_back(timer);
      },
      [] { return false; }, [](TimePoint) {});
  const auto now = clock.now().micros;
  timers.scheduled(1, 3, {now + 3'000'000}, false);
  timers.scheduled(1, 1, {now + 1'000'000}, false);
  timers.scheduled(1, 2, {now + 2'000'000}, false);
  timers.scheduled(1, 4, {now + 3'600'000'000}, false);
  timers.cancelled(1, 2);
  clock.advance(std::chrono::seconds(10));
  EXPECT_TRUE(eventually([&] {
    std::lock_guard lock(mutex);
    return fired.size() == 2;
  }));
  std::lock_guard lock(mutex);
  EXPECT_EQ(fired, (std::vector<std::uint32_t>{1, 3}));
}

}  // namespace
}  // namespace echoflow::runtime::test
