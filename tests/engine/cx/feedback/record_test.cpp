#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/cx/feedback/alert_record.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/record.hpp"
#include "models/records/streams.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/schema.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::intake {
namespace {

using engine::FeedbackStatus;

cx::Feedback full() {
  cx::Feedback said;
  said.id = 17;
  said.external_id = "1_2";
  said.channel = "page";
  said.network = "facebook";
  said.kind = cx::FeedbackKind::comment;
  said.conversation = "1_1";
  said.customer = "facebook:42";
  said.case_id = "C-1";
  said.in_reply_to = "1_1";
  said.author = {"42", "Änne", "@anne", 0};
  said.subject = "Re: <parcel>";
  said.text = "Wo ist mein Paket? \x01 & \"so\" \xf0\x9f\x98\xa1";
  said.understanding.language = "de";
  said.understanding.language_confidence = 0.98;
  said.understanding.sentiment = {cx::Polarity::negative, -0.8215, 0.00001, true, false, {{"kein Paket", -2.5, true}}};
  said.understanding.topics = {{"delivery", 2.25, {"Paket"}}, {"price", 1, {}}};
  said.understanding.intents = {{"complaint", 1.5, {"wo ist"}}};
  said.understanding.urgency = cx::Urgency::high;
  said.understanding.urgency_words = {"sofort"};
  said.understanding.rules = "standard 1";
  said.rating = 0;
  said.survey = "nps";
  said.links = {"https://a.example/x?y=1", "not an <address>"};
  said.attachments = {{"photo.jpg", "image/jpeg", "https://a.example/p.jpg"}, {"", "", ""}};
  said.published_at = TimePoint{1'700'000'000'000'000};
  said.received_at = TimePoint{1'700'000'001'000'000};
  said.raw = "{}";
  said.reply_context = {{"page", "1"}, {"references", "<a> <b>"}};
  return said;
}

std::string written(const Message& message) {
  std::string text;
  xml::write(*message.parts.at(0), xml::root_node, text);
  return text;
}

std::string schema_text() {
  std::ifstream file(std::string(ECHOFLOW_SOURCE_DIR) + "/models/cx/schema/echoflow-cx.xsd");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What is wrong with a message by the schema; empty when it is valid.
std::string problem_of(const Message& message) {
  auto schema = xml::read(schema_text());
  EXPECT_TRUE(schema.ok());
  const auto document_of_schema = std::make_shared<const xml::Document>(std::move(*schema));
  const xml::SchemaSource source{"echoflow-cx.xsd", document_of_schema, document_of_schema->document_element()};
  Diagnostics findings;
  const auto schemas = xml::compile_schemas(
      {source}, [](const std::string&) -> std::optional<std::string> { return std::nullopt; }, findings);
  if (!schemas) return "the schema does not compile";
  const auto& document = *message.parts.at(0);
  const auto errors = schemas->validate_element(document, document.document_element());
  return errors.empty() ? "" : errors[0].message + " in " + written(message);
}

TEST(FeedbackRecord, IsTheSameAfterStoring) {
  const auto read = decode_feedback(encode(full()));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(encode(*read), encode(full()));
  EXPECT_EQ(read->author.reach, 0u);
  EXPECT_EQ(read->rating, 0.0);
  EXPECT_EQ(read->understanding, full().understanding);
  EXPECT_EQ(read->reply_context, full().reply_context);
  EXPECT_EQ(read->published_at, full().published_at);
  EXPECT_EQ(read->attachments.size(), 2u);
  EXPECT_EQ(read->raw, "");
  const auto empty = decode_feedback(encode(cx::Feedback{}));
  ASSERT_TRUE(empty.ok());
  EXPECT_FALSE(empty->rating);
  EXPECT_FALSE(empty->published_at);
  EXPECT_FALSE(empty->author.reach);
}

TEST(FeedbackRecord, ABrokenOneIsRefused) {
  std::string stored = encode(full());
  stored.resize(stored.size() / 2);
  EXPECT_FALSE(decode_feedback(stored).ok());
}

TEST(FeedbackRecord, ItsMessageIsValid) {
  for (const cx::Feedback& said : {full(), cx::Feedback{}}) {
    const auto message = to_message(said);
    EXPECT_EQ(message.message_type, (QName{"urn:echoflow:cx:1.0", "feedbackMessage"}));
    EXPECT_EQ(problem_of(message), "");
  }
  const auto text = written(to_message(full()));
  EXPECT_NE(text.find("confidence=\"0.00001\">-0.8215<"), std::string::npos) << text;
  EXPECT_EQ(text.find("not an"), std::string::npos);
  EXPECT_EQ(text.find('\x01'), std::string::npos);
}

TEST(FeedbackRecord, GoesItsWay) {
  Change received = receive(full());
  EXPECT_EQ(received.seq, 1u);
  EXPECT_EQ(received.row.status, FeedbackStatus::received);
  EXPECT_EQ(received.row.raw, "{}");
  EXPECT_EQ(records::stream_of(received.events), records::StreamKind::feedback);
  EXPECT_EQ(received.events.find("42"), std::string::npos) << "nothing of the customer stands in the structure";
  auto record = read_record(received.row);
  ASSERT_TRUE(record.ok()) << record.error().message;
  EXPECT_EQ(request_key(*record), "feedback-17");
  EXPECT_FALSE(replay(*record, "op", "").ok());

  const Change dead = offered(*record, {}, "not-taken");
  EXPECT_EQ(dead.row.status, FeedbackStatus::dead);
  const auto event = read_event(dead.events);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->kind, EventKind::dead_lettered);
  EXPECT_EQ(event->reason, "not-taken");
  EXPECT_EQ(event->summary.polarity, cx::Polarity::negative);
  EXPECT_EQ(event->summary.topics, (std::vector<std::string>{"delivery", "price"}));
  EXPECT_EQ(event->summary.rating, 0.0);

  record = read_record(dead.row);
  EXPECT_EQ(record->reason, "not-taken");
  const auto again = replay(*record, "op", "the process is deployed now");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->seq, 3u);
  EXPECT_EQ(again->row.status, FeedbackStatus::received);
  record = read_record(again->row);
  EXPECT_EQ(request_key(*record), "feedback-17-1");

  const Change taken = offered(*record, {5, 6}, "");
  EXPECT_EQ(taken.row.status, FeedbackStatus::taken);
  EXPECT_EQ(taken.row.instances, (std::vector<InstanceId>{5, 6}));
  EXPECT_EQ(read_event(taken.events)->instances, (std::vector<InstanceId>{5, 6}));
  EXPECT_EQ(read_record(taken.row)->reason, "");
}

TEST(AlertRecord, IsStoredAndSent) {
  AlertRecord record;
  record.id = 9;
  record.alert.episode = 3;
  record.alert.state = cx::AlertState::worsened;
  record.alert.key = {"delivery", cx::Polarity::negative, ""};
  record.alert.series = {record.alert.key, {"", cx::Polarity::negative, "page"}};
  record.alert.posts = 200;
  record.alert.expected = 1.5;
  record.alert.evidence = {"17", "18"};
  record.number = 2;
  EXPECT_EQ(request_key(record), "alert-3-worsened-2");
  const auto said = say(record);
  EXPECT_EQ(said.row.severity, "notice");
  EXPECT_EQ(records::stream_of(said.events), records::StreamKind::alert);
  auto read = read_alert(said.row);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->alert, record.alert);
  EXPECT_FALSE(read->told);
  read = read_alert(tell(*read, {4}).row);
  EXPECT_TRUE(read->told);
  EXPECT_EQ(read->seq, 2u);
  EXPECT_EQ(problem_of(to_message(record.alert)), "");
}

}  // namespace
}  // namespace echoflow::intake
