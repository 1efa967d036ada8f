#include "engine/cx/kpis/fact_reader.hpp"

/// What customers say and what they are answered.
namespace echoflow::kpis {
namespace {

constexpr std::string_view product_topic = "product:";
constexpr std::size_t most_answers = 20;

void describe(Origin& origin, const cx::Feedback& feedback) {
  origin.channel = feedback.channel;
  origin.network = feedback.network;
  origin.language = feedback.understanding.language;
  for (const auto& topic : feedback.understanding.topics) {
    if (topic.name.starts_with(product_topic)) origin.product = topic.name.substr(product_topic.size());
    origin.topics.push_back(topic.name);
  }
}

/// The origin of what an instance does with the feedback.
void add_to(Origin& origin, const Origin& feedback) {
  origin.channel = feedback.channel;
  origin.network = feedback.network;
  origin.language = feedback.language;
  origin.product = feedback.product;
  origin.topics = feedback.topics;
}

/// Says what the piece says: once, whoever takes it.
void tell_content(const FeedbackEntry& entry, const FactContext& context, TimePoint at, const Origin& origin,
                  const std::vector<Origin>& also) {
  if (entry.rated && !entry.survey.empty())
    context.tell({at, origin, SurveyAnswered{entry.survey, entry.rating}, also, entry.at});
  // A survey's answer is no voice of its own.
  if (entry.survey.empty())
    context.tell({at, origin, FeedbackGiven{static_cast<cx::Polarity>(entry.polarity)}, also, entry.at});
}

void tell_answer(const FeedbackEntry& entry, const FactContext& context, TimePoint at,
                 const FeedbackEntry::Answer& answer) {
  Origin origin = entry.origin;
  origin.agent = answer.agent;
  What what = BotAnswered{entry.case_id};
  if (answer.by_agent) what = AgentAnswered{entry.case_id};
  context.tell({at, std::move(origin), std::move(what), entry.also, answer.at});
}

/// Who has taken it, and whether somebody of them still works.
struct Takers {
  std::vector<Origin> origins;
  bool running = false;
  bool completed = false;
};

Takers takers_of(FactBooks& books, const FeedbackEntry& entry, const std::vector<InstanceId>& instances) {
  Takers takers;
  for (const auto id : instances) {
    const auto key = std::to_string(id);
    if (auto* instance = books.instances.change(key)) {
      add_to(instance->origin, entry.origin);
      if (instance->case_id.empty()) {
        instance->case_id = entry.case_id;
        ++books.cases.add(entry.case_id).running;
      }
      takers.origins.push_back(instance->origin);
      takers.running = true;
    } else if (const auto* ended = books.ended.find(key)) {
      takers.origins.push_back(ended->origin);
      add_to(takers.origins.back(), entry.origin);
      takers.completed = takers.completed || ended->completed;
    }
  }
  if (takers.origins.empty()) takers.origins.push_back(entry.origin);
  return takers;
}

}  // namespace

std::string case_of(const cx::Feedback& feedback) {
  return feedback.case_id.empty() ? feedback.channel + "/" + feedback.conversation : feedback.case_id;
}

void feedback_received(FactBooks& books, TimePoint at, std::int64_t id, const cx::Feedback& feedback) {
  FeedbackEntry& entry = books.feedback.add(std::to_string(id));
  entry.case_id = case_of(feedback);
  entry.at = feedback.received_at.micros != 0 ? feedback.received_at : at;
  describe(entry.origin, feedback);
  entry.polarity = static_cast<std::uint8_t>(feedback.understanding.sentiment.polarity);
  entry.survey = feedback.survey;
  entry.rated = feedback.rating.has_value();
  entry.rating = feedback.rating.value_or(0);
  books.feedback_ids.insert(id);
  if (books.feedback_ids.size() <= most_feedback) return;
  books.feedback.remove(std::to_string(*books.feedback_ids.begin()));
  books.feedback_ids.erase(books.feedback_ids.begin());
}

void feedback_taken(FactBooks& books, const FactContext& context, TimePoint at, std::int64_t id,
                    const std::vector<InstanceId>& instances) {
  FeedbackEntry* entry = books.feedback.change(std::to_string(id));
  if (!entry) return;
  const auto takers = takers_of(books, *entry, instances);
  entry->origin = takers.origins.front();
  entry->also.assign(takers.origins.begin() + 1, takers.origins.end());
  const auto& origin = entry->origin;
  const auto& also = entry->also;
  if (!std::exchange(entry->decided, true)) tell_content(*entry, context, at, origin, also);
  if (!entry->survey.empty()) return;  // an answer to a question of ours opens no case
  context.tell({at, origin, CustomerSpoke{entry->case_id}, also, entry->at});
  for (const auto& answer : std::exchange(entry->answers, {})) tell_answer(*entry, context, at, answer);
  const auto* worked = books.cases.find(entry->case_id);
  if (!takers.running && !worked) context.tell({at, origin, CaseResolved{entry->case_id, takers.completed}, also, {}});
}

void feedback_dead(FactBooks& books, const FactContext& context, TimePoint at, std::int64_t id) {
  FeedbackEntry* entry = books.feedback.change(std::to_string(id));
  if (!entry || std::exchange(entry->decided, true)) return;
  tell_content(*entry, context, at, entry->origin, {});
}

void answer_sent(FactBooks& books, const FactContext& context, TimePoint at, std::int64_t feedback,
                 const std::string& agent) {
  FeedbackEntry* entry = books.feedback.change(std::to_string(feedback));
  if (!entry) return;
  const FeedbackEntry::Answer answer{!agent.empty(), agent, at};
  if (entry->decided)
    tell_answer(*entry, context, at, answer);
  else if (entry->answers.size() < most_answers)
    entry->answers.push_back(answer);
}

}  // namespace echoflow::kpis
