#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/record.hpp"
#include "engine/cx/kpis/fact_reader.hpp"

/// What customers say and what they are answered.
namespace echoflow::kpis {
namespace {

constexpr std::string_view product_topic = "product:";
constexpr std::size_t most_answers = 20;

void describe(Origin& origin, const intake::Event& event) {
  origin.channel = event.channel;
  origin.network = event.summary.network;
  origin.language = event.summary.language;
  origin.topics = event.summary.topics;
  for (const auto& topic : origin.topics)
    if (topic.starts_with(product_topic)) origin.product = topic.substr(product_topic.size());
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
void tell_content(const FeedbackEntry& entry, const FactContext& context, TimePoint at) {
  // A survey's answer is no voice of its own.
  What what = FeedbackGiven{static_cast<cx::Polarity>(entry.polarity)};
  if (!entry.survey.empty()) what = SurveyAnswered{entry.survey, entry.rating};
  if (entry.survey.empty() || entry.rated) context.tell({at, entry.origin, std::move(what), entry.also, entry.at});
}

void tell_answer(const FeedbackEntry& entry, const FactContext& context, TimePoint at,
                 const FeedbackEntry::Answer& answer) {
  if (entry.case_id.empty()) return;
  What what = BotAnswered{entry.case_id};
  if (answer.by_agent) what = AgentAnswered{entry.case_id};
  context.tell({at, entry.origin, std::move(what), entry.also, answer.at});
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
      if (instance->case_id.empty() && !entry.case_id.empty()) {
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

/// The entry of a piece, made when it is told of first.
FeedbackEntry& entry_of(FactBooks& books, std::int64_t id) {
  const auto key = std::to_string(id);
  FeedbackEntry& entry = books.feedback.add(key);
  books.feedback_ids.insert(id);
  if (books.feedback_ids.size() > most_feedback && *books.feedback_ids.begin() != id) {
    books.feedback.remove(std::to_string(*books.feedback_ids.begin()));
    books.feedback_ids.erase(books.feedback_ids.begin());
  }
  return entry;
}

void taken(FactBooks& books, const FactContext& context, TimePoint at, FeedbackEntry& entry,
           const std::vector<InstanceId>& instances) {
  const auto takers = takers_of(books, entry, instances);
  entry.origin = takers.origins.front();
  entry.also.assign(takers.origins.begin() + 1, takers.origins.end());
  if (!std::exchange(entry.decided, true)) tell_content(entry, context, at);
  // An answer to a question of ours opens no case.
  if (!entry.survey.empty() || entry.case_id.empty()) return;
  context.tell({at, entry.origin, CustomerSpoke{entry.case_id}, entry.also, entry.at});
  for (const auto& answer : std::exchange(entry.answers, {})) tell_answer(entry, context, at, answer);
  if (!takers.running && !books.cases.find(entry.case_id))
    context.tell({at, entry.origin, CaseResolved{entry.case_id, takers.completed}, entry.also, std::nullopt});
}

}  // namespace

std::string case_of(const cx::Feedback& feedback) {
  return feedback.case_id.empty() ? feedback.channel + "/" + feedback.conversation : feedback.case_id;
}

void read_feedback_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row) {
  const auto event = intake::read_event(row.events);
  if (!event) return;
  const bool is_taken = event->kind == intake::EventKind::taken;
  if (!is_taken && event->kind != intake::EventKind::dead_lettered) return;
  FeedbackEntry& entry = entry_of(books, row.instance);
  entry.at = row.at;
  // What the customer said may be erased: what is figured of it stays in the event, but not whose case it was.
  if (const auto said = intake::decode_feedback(row.payload); said && !row.payload.empty()) {
    entry.case_id = case_of(*said);
    if (said->received_at.micros != 0) entry.at = said->received_at;
  }
  describe(entry.origin, *event);
  entry.polarity = static_cast<std::uint8_t>(event->summary.polarity);
  entry.survey = event->summary.survey;
  entry.rated = event->summary.rating.has_value();
  entry.rating = event->summary.rating.value_or(0);
  if (is_taken)
    taken(books, context, row.at, entry, event->instances);
  else if (!std::exchange(entry.decided, true))
    tell_content(entry, context, row.at);
}

void read_delivery_row(FactBooks& books, const FactContext& context, const engine::JournalRow& row) {
  const auto event = deliveries::read_event(row.events);
  if (!event || event->kind != deliveries::EventKind::sent || event->feedback == 0) return;
  FeedbackEntry& entry = entry_of(books, event->feedback);
  const FeedbackEntry::Answer answer{!event->by_bot, row.at};
  if (entry.decided)
    tell_answer(entry, context, row.at, answer);
  else if (entry.answers.size() < most_answers)
    entry.answers.push_back(answer);
}

}  // namespace echoflow::kpis
