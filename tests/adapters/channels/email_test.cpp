#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "adapters/channels/build.hpp"
#include "adapters/channels/email/mail.hpp"
#include "adapters/channels/email/mail_server.hpp"
#include "tests/adapters/channels/support.hpp"

namespace echoflow::channels::test {
namespace {

/// A desk with a mailbox on a real IMAP server, and customers who write by a real SMTP server.
struct Email : testing::Test {
  TestWorld world;
  Program servers{{"python3", ECHOFLOW_SOURCE_DIR "/tests/channels/mail_servers.py"}};
  ChannelPtr channel;
  Heard heard;
  int written = 0;

  void SetUp() override {
    if (servers.port(1) == 0) GTEST_SKIP() << "OpenSMTPD can be started by root only.";
    world.time = wall_now();
    channel = world.open("email", settings());
    EXPECT_EQ(pull(), "");  // the mailbox has no past yet
  }
  std::map<std::string, std::string> settings() const {
    return {{"imap_url", "imap://127.0.0.1:" + std::to_string(servers.port(0))},
            {"smtp_url", "smtp://127.0.0.1:" + std::to_string(servers.port(1))},
            {"tls", "false"},
            {"user", "desk@acme.example"},
            {"password", "secret"},
            {"smtp_login", "false"},
            {"address", "desk@acme.example"},
            {"from_name", "Acme"},
            {"settle_seconds", "0"}};
  }
  email::Server imap() const { return {settings()["imap_url"], "ute@example.org", "secret", false}; }
  std::string pull() { return channel->pull({}, heard).problem; }
  /// Pulls until so many mails have come.
  void pull_until(std::size_t count) {
    for (int i = 0; i < 100 && heard.all().size() < count; ++i) {
      EXPECT_EQ(pull(), "");
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_EQ(heard.all().size(), count);
  }
  void write(const std::string& id, const std::string& more_headers, const std::string& text) {
    const email::Server smtp{settings()["smtp_url"], "", "", false};
    auto done = email::send_mail(smtp, "ute@example.org", {"desk@acme.example"},
                                 "From: Ute <ute@example.org>\r\nTo: desk@acme.example\r\nSubject: My order\r\n"
                                 "Message-ID: <" +
                                     id + ">\r\n" + more_headers + "\r\n" + text + "\r\n");
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  /// The newest mail in the customer's box, once there are so many.
  email::Mail answer(std::size_t count) {
    for (int i = 0; i < 100; ++i) {
      auto uids = email::mails_from(imap(), "INBOX", 1);
      if (uids && uids->size() >= count) {
        auto bytes = email::fetch_mail(imap(), "INBOX", uids->back(), 1u << 20);
        return email::read_mail(*bytes).value();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "no answer came";
    return {};
  }
};

TEST_F(Email, GoesInAndOutInOneThread) {
  write("q1@example.org", "", "Where is my order?");
  pull_until(1);
  const auto question = heard.all()[0];
  EXPECT_EQ(question.external_id, "q1@example.org");
  EXPECT_EQ(question.conversation, "q1@example.org");
  EXPECT_EQ(question.customer, "email:ute@example.org");
  EXPECT_EQ(question.kind, cx::FeedbackKind::mail);
  EXPECT_EQ(question.text, "Where is my order?");
  const Outgoing reply{"k1", OutgoingKind::private_reply, "It is on its way.", "", "", "", question};
  EXPECT_FALSE(channel->find_sent(reply).value());
  auto done = channel->send(reply);
  ASSERT_TRUE(sent(done));
  const auto got = answer(1);
  EXPECT_EQ(got.subject, "Re: My order");
  EXPECT_EQ(got.in_reply_to, "q1@example.org");
  EXPECT_EQ(got.text, "It is on its way.");
  EXPECT_EQ(got.message_id, sent(done)->external_id);
  std::optional<Sent> found;
  for (int i = 0; i < 100 && !found; ++i) {
    found = channel->find_sent(reply).value();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_TRUE(found);
  EXPECT_EQ(found->external_id, got.message_id);
  write("q2@example.org",
        "In-Reply-To: <" + got.message_id + ">\r\nReferences: <q1@example.org> <" + got.message_id + ">\r\n",
        "Thank you!");
  pull_until(2);
  EXPECT_EQ(heard.all()[1].conversation, "q1@example.org");
  EXPECT_EQ(heard.all()[1].in_reply_to, got.message_id);
  EXPECT_EQ(channel->counters().received, 2u);
}

TEST_F(Email, GivesACopyTimeToArriveBeforeItSaysNo) {
  auto patient = settings();
  patient["settle_seconds"] = "30";
  auto desk = world.open("email", patient);
  const Outgoing never{"k9", OutgoingKind::post, "Hello", "Hi", "ute@example.org", "", {}};
  auto early = desk->find_sent(never);
  ASSERT_FALSE(early.ok()) << "the server may have ended right after it sent";
  EXPECT_TRUE(early.error().maybe_sent);
  EXPECT_LE(early.error().after, std::chrono::milliseconds(30'001));
  world.time.micros += 31'000'000;
  auto settled = desk->find_sent(never);
  ASSERT_TRUE(settled.ok());
  EXPECT_FALSE(*settled);
}

TEST_F(Email, DoesNotAnswerPrograms) {
  write("auto@example.org", "Auto-Submitted: auto-replied\r\n", "I am on holiday.");
  pull_until(1);
  auto result = channel->send({"k1", OutgoingKind::private_reply, "Enjoy!", "", "", "", heard.all()[0]});
  ASSERT_TRUE(refused(result));
  EXPECT_EQ(refused(result)->rule, "auto-reply");
}

TEST_F(Email, MovesItsCursorOnlyBehindWhatIsDurable) {
  write("q1@example.org", "", "First");
  for (int i = 0;
       i < 40 &&
       email::folder_state({settings()["imap_url"], "desk@acme.example", "secret", false}, "INBOX")->uid_next < 2;
       ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  heard.broken = true;
  EXPECT_NE(pull(), "");
  heard.broken = false;
  auto again = world.open("email", settings());  // as after a crash
  EXPECT_EQ(again->pull({}, heard).problem, "");
  ASSERT_EQ(heard.all().size(), 1u);
  EXPECT_EQ(again->pull({}, heard).problem, "");
  EXPECT_EQ(heard.all().size(), 1u);
}

TEST_F(Email, TellsForeverFromLater) {
  auto nobody = channel->send({"k1", OutgoingKind::post, "Hello", "Hi", "nobody-here@example.org", "", {}});
  ASSERT_TRUE(refused(nobody));
  EXPECT_EQ(refused(nobody)->rule, "recipient");
  auto settings_away = settings();
  settings_away["smtp_url"] = "smtp://127.0.0.1:1";
  auto away = world.open("email", settings_away);
  auto unreachable = away->send({"k2", OutgoingKind::post, "Hello", "Hi", "ute@example.org", "", {}});
  ASSERT_TRUE(later(unreachable));
  EXPECT_FALSE(later(unreachable)->maybe_sent);
  auto wrong = settings();
  wrong["user"] = "";
  EXPECT_NE(world.open("email", wrong)->pull({}, heard).problem, "");
}

TEST(EmailSettings, NeverGoWithoutTlsUnasked) {
  TestWorld world;
  auto opened = world.try_open(
      "email", {{"imap_url", "http://127.0.0.1"}, {"smtp_url", "smtp://127.0.0.1"}, {"address", "a@b.example"}});
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("imap_url"), std::string::npos);
}

}  // namespace
}  // namespace echoflow::channels::test
