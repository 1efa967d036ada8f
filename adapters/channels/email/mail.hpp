#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"
#include "models/cx/feedback.hpp"

/// Reading and writing mails (RFC 5322, MIME).
namespace echoflow::channels::email {

inline constexpr std::size_t most_mail_bytes = 10u << 20;
inline constexpr std::size_t most_text_bytes = 200'000;

struct Address {
  std::string mailbox;  ///< "ute@example.org", lower case
  std::string name;     ///< may be empty
};

/// Who or what sent it: a person, or a program that must not be answered.
enum class Origin { person, automatic, bounce, mailing_list };
std::string_view to_string(Origin origin);

struct Mail {
  std::string message_id;  ///< without <>; a digest of the mail where it has none
  std::string in_reply_to;
  std::vector<std::string> references;  ///< oldest first
  Address from, reply_to;
  std::string subject;
  std::optional<TimePoint> date;
  std::string text;  ///< what was written, UTF-8, without quotes of earlier mails at its end and without signature
  std::string whole_text;
  Origin origin = Origin::person;
  std::vector<cx::Attachment> attachments;
};

/// The error says why it is no mail, or which limit it passes. Never throws.
Result<Mail> read_mail(std::string_view bytes);

struct Draft {
  std::string message_id;  ///< without <>
  Address from;
  std::string to;
  std::string subject;
  std::string text;
  std::string in_reply_to;
  std::vector<std::string> references;
  TimePoint date;
};

/// The mail's bytes, lines ended by CRLF. The error names an address that is none.
Result<std::string> write_mail(const Draft& draft);

/// What is new in a text: without "> …" at its end, the line that introduces it, and a signature after "-- ".
std::string without_quotes(std::string_view text);

}  // namespace echoflow::channels::email
