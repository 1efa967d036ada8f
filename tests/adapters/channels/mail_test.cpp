#include <gtest/gtest.h>

#include "adapters/channels/email/mail.hpp"

namespace echoflow::channels::email {
namespace {

Mail read(const std::string& bytes) {
  auto mail = read_mail(bytes);
  EXPECT_TRUE(mail.ok()) << (mail.ok() ? "" : mail.error().message);
  return mail ? std::move(mail).value() : Mail{};
}

TEST(Mail, ReadsEncodedHeadersAndCharsets) {
  auto mail = read(
      "From: =?ISO-8859-1?Q?J=FCrgen_M=FCller?= <Juergen@Example.ORG>\r\n"
      "To: desk@acme.example\r\nSubject: =?utf-8?B?UsO8Y2tzZW5kdW5n?= 17\r\n"
      "Message-ID: <a1@example.org>\r\nDate: Sun, 1 Mar 2026 09:00:00 +0100\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Das Ger=E4t ist kaputt=\r\n.\r\n");
  EXPECT_EQ(mail.from.mailbox, "juergen@example.org");
  EXPECT_EQ(mail.from.name, "Jürgen Müller");
  EXPECT_EQ(mail.subject, "Rücksendung 17");
  EXPECT_EQ(mail.message_id, "a1@example.org");
  EXPECT_EQ(mail.text, "Das Gerät ist kaputt.");
  EXPECT_EQ(format_time_point(*mail.date), "2026-03-01T08:00:00Z");
  EXPECT_EQ(mail.origin, Origin::person);
}

TEST(Mail, TakesThePlainTextAndNamesAttachments) {
  const std::string head = "From: a@b.example\r\nMessage-ID: <m@b>\r\nMIME-Version: 1.0\r\n";
  auto mail = read(head +
                   "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
                   "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\n"
                   "plain words\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>html words</p>\r\n--y--\r\n--x\r\n"
                   "Content-Type: application/pdf; name=\"bill.pdf\"\r\nContent-Disposition: attachment; "
                   "filename=\"bill.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n");
  EXPECT_EQ(mail.text, "plain words");
  ASSERT_EQ(mail.attachments.size(), 1u);
  EXPECT_EQ(mail.attachments[0].name, "bill.pdf");
  EXPECT_EQ(mail.attachments[0].media_type, "application/pdf");
  auto html = read(head +
                   "Content-Type: text/html; charset=utf-8\r\n\r\n"
                   "<style>p{}</style><p>Gr&uuml;&szlig; &amp; Gru\xc3\x9f</p><p>zwei<br>drei</p>\r\n");
  EXPECT_EQ(html.text, "Gr&uuml;&szlig; & Gruß\nzwei\ndrei");
}

TEST(Mail, KeepsTheChainAndDropsQuotes) {
  auto mail = read(
      "From: a@b.example\r\nMessage-ID: <3@b>\r\nIn-Reply-To: <2@acme>\r\nReferences: <1@b>\r\n <2@acme>\r\n\r\n"
      "Still broken.\r\n\r\nOn Monday, Acme wrote:\r\n> We fixed it.\r\n>\r\n> Acme\r\n");
  EXPECT_EQ(mail.in_reply_to, "2@acme");
  EXPECT_EQ(mail.references, (std::vector<std::string>{"1@b", "2@acme"}));
  EXPECT_EQ(mail.text, "Still broken.");
  EXPECT_NE(mail.whole_text.find("We fixed it"), std::string::npos);
  EXPECT_EQ(without_quotes("> all\n> quoted"), "");
  EXPECT_EQ(without_quotes("Words\n-- \nUte Example\nStreet 1"), "Words");
  EXPECT_EQ(without_quotes("> question\nanswer"), "> question\nanswer");
}

TEST(Mail, KnowsWhatProgramsWrote) {
  const auto origin = [](const std::string& header) {
    return read("From: a@b.example\r\nMessage-ID: <m@b>\r\n" + header + "\r\n\r\nI am away\r\n").origin;
  };
  EXPECT_EQ(origin("Subject: x"), Origin::person);
  EXPECT_EQ(origin("Auto-Submitted: no"), Origin::person);
  EXPECT_EQ(origin("Auto-Submitted: auto-replied"), Origin::automatic);
  EXPECT_EQ(origin("Precedence: auto_reply"), Origin::automatic);
  EXPECT_EQ(origin("X-Auto-Response-Suppress: All"), Origin::automatic);
  EXPECT_EQ(origin("Precedence: bulk"), Origin::mailing_list);
  EXPECT_EQ(origin("Return-Path: <>"), Origin::bounce);
  EXPECT_EQ(origin("Content-Type: multipart/report; boundary=z"), Origin::bounce);
}

TEST(Mail, RefusesWhatIsNone) {
  EXPECT_FALSE(read_mail("").ok());
  EXPECT_FALSE(read_mail("Subject: nobody\r\n\r\nwords").ok());
  EXPECT_FALSE(read_mail(std::string(most_mail_bytes + 1, 'x')).ok());
  std::string deep = "From: a@b.example\r\nMessage-ID: <m@b>\r\nMIME-Version: 1.0\r\n";
  for (int i = 0; i < 2000; ++i) {
    const auto name = "b" + std::to_string(i);
    deep += "Content-Type: multipart/mixed; boundary=" + name + "\r\n\r\n--" + name + "\r\n";
  }
  (void)read_mail(deep);  // ends, and does not run out of stack
  auto no_id = read("From: a@b.example\r\n\r\nwords\r\n");
  EXPECT_TRUE(no_id.message_id.starts_with("sha256:"));
}

TEST(Mail, WritesWhatItReads) {
  Draft draft{"k1@acme.example",
              {"desk@acme.example", "Die Müllers"},
              "ute@example.org",
              "Re: Rücksendung",
              "Grüße\n.\nEin Punkt allein\n",
              "a1@example.org",
              {"a0@example.org", "a1@example.org"},
              TimePoint{1'772'352'000'000'000}};
  auto bytes = write_mail(draft);
  ASSERT_TRUE(bytes.ok());
  auto mail = read(*bytes);
  EXPECT_EQ(mail.from.name, "Die Müllers");
  EXPECT_EQ(mail.subject, "Re: Rücksendung");
  EXPECT_EQ(mail.message_id, "k1@acme.example");
  EXPECT_EQ(mail.in_reply_to, "a1@example.org");
  EXPECT_EQ(mail.references, draft.references);
  EXPECT_EQ(mail.whole_text, draft.text);
  EXPECT_EQ(mail.date, draft.date);
  draft.subject = "evil\r\nBcc: all@example.org";
  EXPECT_EQ(write_mail(draft)->find("\r\nBcc:"), std::string::npos);
  draft.to = "a@b.example\r\nBcc: all@example.org";
  EXPECT_FALSE(write_mail(draft).ok());
  draft.to = "a@b.example, c@d.example";
  EXPECT_FALSE(write_mail(draft).ok());
}

}  // namespace
}  // namespace echoflow::channels::email
