#include "models/records/events.hpp"

#include <gtest/gtest.h>

namespace echoflow::records {
namespace {

xml::DocumentPtr document(const std::string& text) {
  auto made = std::make_shared<xml::Document>();
  made->append_text(made->append_element(xml::root_node, "urn:x", "a"), text);
  return made;
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (unsigned char c : bytes) {
    text += "0123456789abcdef"[c >> 4];
    text += "0123456789abcdef"[c & 15];
  }
  return text;
}

template <class E>
E read_back(const E& event) {
  std::string bytes;
  PayloadWriter payload;
  encode(bytes, payload, event);
  PayloadReader reader(payload.bytes());
  E result;
  int count = 0;
  const bool ok = for_each_event(bytes, reader, [&](const auto& e) {
    ++count;
    if constexpr (std::is_same_v<std::decay_t<decltype(e)>, E>) result = e;
  });
  EXPECT_TRUE(ok);
  EXPECT_EQ(count, 1);
  return result;
}

TEST(Events, ReadBack) {
  auto created = read_back(ActivityCreated{300, 4, 5, 6, 7, true});
  EXPECT_EQ(created.id, 300u);
  EXPECT_EQ(created.node, 4u);
  EXPECT_EQ(created.slot, 7u);
  EXPECT_TRUE(created.joining);
  auto timer = read_back(TimerScheduled{1, 2, 3, {-5}, 0, 1'000'000});
  EXPECT_EQ(timer.due.micros, -5);
  EXPECT_EQ(timer.repeat_micros, 1'000'000);
  auto set = read_back(VariableSet{1, 2, {document("one"), nullptr, document("three")}});
  ASSERT_EQ(set.parts.size(), 3u);
  EXPECT_EQ(set.parts[0]->string_value(xml::root_node), "one");
  EXPECT_EQ(set.parts[1], nullptr);
  EXPECT_EQ(set.parts[2]->string_value(xml::root_node), "three");
  auto reply = read_back(ReplySent{7, 2, true, {}, {}, Fault{{"n", "f"}, {"m", "t"}, {document("data")}, "why"}});
  EXPECT_EQ(reply.fault.name, (QName{"n", "f"}));
  EXPECT_EQ(reply.fault.message_type, (QName{"m", "t"}));
  EXPECT_EQ(reply.fault.detail, "why");
  auto initiated = read_back(CorrelationSetInitiated{1, 2, {{"a"}, {""}, {"c"}}});
  ASSERT_EQ(initiated.values.size(), 3u);
  EXPECT_EQ(initiated.values[2].text, "c");
}

// The stored form of version 1. It must never change: old journals are read with it.
constexpr const char* golden =
    "0104020f00030002040100"
    "0d04010803130316000a040208010e05047b6e7d66131901001003001e040408090d03616e6e1103776879001f04020a0000";
constexpr const char* golden_payload = R"(key<a xmlns="urn:x">x</a>d)";

TEST(Events, GoldenBytesAreWritten) {
  std::string bytes;
  PayloadWriter payload;
  encode(bytes, payload, InstanceStarted{2, 0, {"key"}});
  encode(bytes, payload, ActivityCreated{1, 0, 0, 0, 0, false});
  encode(bytes, payload, VariablePartSet{1, 3, 0, document("x")});
  encode(bytes, payload, FaultRaised{2, 1, Fault{{"n", "f"}, {}, {}, "d"}, instances::ScopePhase::faulting});
  encode(bytes, payload, OperatorActed{OperatorAct::retry, 9, "ann", "why"});
  encode(bytes, payload, InstanceEnded{2, {}});
  EXPECT_EQ(hex(bytes), golden);
  EXPECT_EQ(payload.bytes(), golden_payload);
}

TEST(Events, GoldenBytesOfAMeasure) {
  std::string bytes;
  PayloadWriter payload;
  encode(bytes, payload, Measured{9, "csat", "4.5", "mail"});
  EXPECT_EQ(hex(bytes),
            "210409090463736174"
            "0d03342e35"
            "11046d61696c"
            "00");
  EXPECT_TRUE(payload.bytes().empty());
  const auto read = read_back(Measured{9, "csat", "4.5", "mail"});
  EXPECT_EQ(read.kpi + read.value + read.group, "csat4.5mail");
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

TEST(Events, GoldenBytesAreRead) {
  PayloadReader payload(golden_payload);
  std::vector<EventType> types;
  std::string value, who;
  EXPECT_TRUE(for_each_event(from_hex(golden), payload, [&](const auto& e) {
    using E = std::decay_t<decltype(e)>;
    types.push_back(E::type);
    if constexpr (std::is_same_v<E, VariablePartSet>) value = e.value->string_value(xml::root_node);
    if constexpr (std::is_same_v<E, OperatorActed>) who = e.who;
  }));
  EXPECT_EQ(types, (std::vector<EventType>{EventType::instance_started, EventType::activity_created,
                                           EventType::variable_part_set, EventType::fault_raised,
                                           EventType::operator_acted, EventType::instance_ended}));
  EXPECT_EQ(value, "x");
  EXPECT_EQ(who, "ann");
}

TEST(Events, UnknownFieldsAreSkipped) {
  // activity_created with id 5 and fields that this version does not know, one of each kind.
  const std::string bytes("\x02\x04\x05\xa0\x06\x2a\xa1\x06\x02hi\xa2\x06\x04\x01\x00\xa3\x06\x00\x00\x08\x07\x00", 23);
  PayloadReader reader("");
  ActivityCreated created;
  EXPECT_TRUE(for_each_event(bytes, reader, [&](const auto& e) {
    if constexpr (std::is_same_v<std::decay_t<decltype(e)>, ActivityCreated>) created = e;
  }));
  EXPECT_EQ(created.id, 5u);
  EXPECT_EQ(created.node, 7u);
}

TEST(Payload, WritesEachDocumentOnce) {
  PayloadWriter payload;
  auto shared = document("same");
  auto first = payload.add(shared), second = payload.add(shared);
  EXPECT_EQ(first.offset, second.offset);
  auto other = payload.add(document("same"));
  EXPECT_NE(other.offset, first.offset);
  PayloadWriter by_content(true);
  EXPECT_EQ(by_content.add(document("same")).offset, by_content.add(document("same")).offset);
}

TEST(Payload, PlacesOutsideAreRefused) {
  PayloadReader reader("abc");
  bool ok = true;
  EXPECT_EQ(reader.text(1, 2, ok), "bc");
  EXPECT_TRUE(ok);
  reader.text(2, 2, ok);
  EXPECT_FALSE(ok);
}

}  // namespace
}  // namespace echoflow::records
