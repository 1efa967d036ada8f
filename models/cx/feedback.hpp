#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/time.hpp"
#include "models/cx/understanding.hpp"

namespace echoflow::cx {

/// What kind of thing a customer said. Names as in the schema of cx:feedback.
enum class FeedbackKind : std::uint8_t {
  post,
  comment,
  direct_message,
  mail,
  chat,
  sms,
  call_transcript,
  review,
  survey_answer
};

struct Author {
  std::string id;                      ///< the network's own, or an address
  std::string name;                    ///< as shown; may be empty
  std::string handle;                  ///< may be empty
  std::optional<std::uint64_t> reach;  ///< followers, where the network says
};

struct Attachment {
  std::string name;
  std::string media_type;
  std::string url;
};

/// One thing that a customer said, in one form for every channel (after ActivityStreams 2.0). A channel fills what the
/// network gives; ids of our own, the customer and the understanding are added when it is taken in.
struct Feedback {
  std::int64_t id = 0;      ///< ours, for ever; 0 until taken in
  std::string external_id;  ///< the network's own; unique with `channel`: a redelivery is known by it
  std::string channel;      ///< the configured channel's name
  std::string network;  ///< facebook, instagram, whatsapp, x, mastodon, bluesky, telegram, sms, voice, slack, email …
  FeedbackKind kind = FeedbackKind::post;
  std::string conversation;  ///< the network's thread; the external id where it starts one
  std::string customer;      ///< who; "<network>:<author id>" until an identity is resolved
  std::string case_id;       ///< may be empty
  std::string in_reply_to;   ///< external id; may be empty
  Author author;
  std::string subject;  ///< of a mail
  std::string text;
  Understanding understanding;
  std::optional<double> rating;  ///< of a survey or review
  std::string survey;            ///< nps, csat, ces, or a survey's own name; empty: none
  std::vector<std::string> links;
  std::vector<Attachment> attachments;
  std::optional<TimePoint> published_at;
  TimePoint received_at;
  std::string raw;  ///< as it arrived; kept apart, not part of the message to the process
  /// What the answer must know beside the ids (a page, a Message-ID chain …); by name, ascending.
  std::vector<std::pair<std::string, std::string>> reply_context;
};

}  // namespace echoflow::cx
