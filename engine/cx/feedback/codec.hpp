#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/base/result.hpp"
#include "models/cx/alert.hpp"
#include "models/cx/feedback.hpp"
#include "models/messages/message.hpp"

/// The forms of feedback and alerts: what is stored, and what goes to a process (models/cx/schema/echoflow-cx.xsd).
namespace echoflow::intake {

/// Without `raw`, which is kept apart. The format only grows: fields have permanent ids.
std::string encode(const cx::Feedback& said);
Result<cx::Feedback> decode_feedback(std::string_view stored);
std::string encode(const cx::Alert& alert);
Result<cx::Alert> decode_alert(std::string_view stored);

/// Names of the schema's type Kind.
std::string_view to_string(cx::FeedbackKind kind);
std::optional<cx::FeedbackKind> kind_from(std::string_view name);

/// The message of cx:FeedbackListener's onFeedback. Characters that XML does not know are left out.
Message to_message(const cx::Feedback& said);
/// The message of cx:AlertListener's onAlert.
Message to_message(const cx::Alert& alert);

}  // namespace echoflow::intake
