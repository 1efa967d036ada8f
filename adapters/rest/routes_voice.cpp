#include "adapters/rest/api.hpp"

namespace echoflow::rest {

namespace {

constexpr std::string_view text_schema = R"({"type":"string"})";

const QueryParameter limit{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})",
                           "How many items a page has."};
const QueryParameter cursor{"cursor", text_schema, "The nextCursor of the page before."};

using enum Access;

}  // namespace

std::vector<Route> voice_routes() {
  return {
      {"GET",
       "/api/v1/feedback",
       read,
       voice::list,
       "listFeedback",
       "feedback",
       "List what customers said, newest first; status=dead is the dead-letter list.",
       Body::none,
       {},
       200,
       "FeedbackPage",
       "application/json",
       {{"status", R"({"enum":["received","taken","dead","erased"]})", "Only feedback in this state."},
        {"channel", text_schema, "Only feedback of this channel."},
        {"conversation", text_schema, "Only feedback of this conversation."},
        {"customer", text_schema, "Only feedback of this customer."},
        limit,
        cursor}},
      {"POST", "/api/v1/feedback", operate, voice::create, "createFeedback", "feedback",
       "Take in feedback from another system; each is known by its channel and externalId, so that it may be sent "
       "again.",
       Body::json, "FeedbackRequest", 202, "FeedbackAnswer"},
      {"GET",
       "/api/v1/feedback/{id}",
       read,
       voice::get,
       "getFeedback",
       "feedback",
       "Show a piece of feedback, also as it arrived.",
       Body::none,
       {},
       200,
       "Feedback"},
      {"POST", "/api/v1/feedback/{id}/replay", operate, voice::replay, "replayFeedback", "feedback",
       "Offer a dead letter to the processes again.", Body::json, "ActRequest", 202, "ReplayAnswer"},
      {"GET",
       "/api/v1/alerts",
       read,
       voice::alerts,
       "listAlerts",
       "feedback",
       "List what early warning saw, newest first.",
       Body::none,
       {},
       200,
       "AlertPage",
       "application/json",
       {limit, cursor}},
      {"GET",
       "/api/v1/deliveries",
       read,
       voice::deliveries,
       "listDeliveries",
       "feedback",
       "List replies and posts on channels, newest first.",
       Body::none,
       {},
       200,
       "DeliveryPage",
       "application/json",
       {{"status", R"({"enum":["due","sending","sent","refused","failed","draft","awaitingApproval"]})",
         "Only deliveries in this state."},
        {"channel", text_schema, "Only deliveries on this channel."},
        {"feedbackId", text_schema, "Only answers to this piece of feedback."},
        limit,
        cursor}},
      {"POST",
       "/api/v1/customers/{id}/erase",
       operate,
       voice::erase_customer,
       "eraseCustomer",
       "feedback",
       "Take away what a customer said and was answered; the journal's chain stays verifiable. What still runs keeps "
       "its data and is listed.",
       Body::none,
       {},
       200,
       "ErasureAnswer"},
  };
}

}  // namespace echoflow::rest
