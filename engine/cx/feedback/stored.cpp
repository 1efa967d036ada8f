#include <cmath>

#include "engine/cx/feedback/codec.hpp"
#include "models/records/bare.hpp"

/// The stored form. An id that was given once is never given to another field.
namespace echoflow::intake {

namespace {

template <class V>
constexpr bool reads = !std::is_same_v<V, records::Encoder>;

/// A figure in millionths.
template <class V>
void figure(V& visit, std::uint32_t id, double& value) {
  std::int64_t millionths = std::llround(value * 1e6);
  visit(id, millionths);
  if constexpr (reads<V>) value = static_cast<double>(millionths) / 1e6;
}

/// A value that may be absent: a list of none or one.
template <class Stored, class V, class T>
void maybe(V& visit, std::uint32_t id, std::optional<T>& value, Stored (*store)(const T&), T (*read)(const Stored&)) {
  std::vector<Stored> list;
  if (value) list.push_back(store(*value));
  visit(id, list);
  if constexpr (reads<V>) {
    if (!list.empty()) value = read(list.back());
  }
}

struct FindingFields {
  cx::Finding value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.name);
    figure(visit, 2, value.score);
    visit(3, value.words);
  }
};
struct WordFields {
  cx::SentimentWord value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.words);
    figure(visit, 2, value.value);
    visit(3, value.negated);
  }
};
struct AttachmentFields {
  cx::Attachment value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.name);
    visit(2, value.media_type);
    visit(3, value.url);
  }
};
struct PairFields {
  std::pair<std::string, std::string> value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.first);
    visit(2, value.second);
  }
};
struct KeyFields {
  cx::SeriesKey value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.topic);
    visit(2, value.sentiment);
    visit(3, value.channel);
  }
};

template <class Fields, class V, class T>
void list(V& visit, std::uint32_t id, std::vector<T>& values) {
  std::vector<Fields> wrapped;
  if constexpr (!reads<V>) {
    for (const T& value : values) wrapped.push_back(Fields{value});
  }
  visit(id, wrapped);
  if constexpr (reads<V>) {
    for (Fields& each : wrapped) values.push_back(std::move(each.value));
  }
}

struct UnderstandingFields {
  cx::Understanding& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.language);
    figure(visit, 2, value.language_confidence);
    visit(3, value.sentiment.polarity);
    figure(visit, 4, value.sentiment.score);
    figure(visit, 5, value.sentiment.confidence);
    visit(6, value.sentiment.by_classifier);
    visit(7, value.sentiment.ironic);
    list<WordFields>(visit, 8, value.sentiment.words);
    list<FindingFields>(visit, 9, value.topics);
    list<FindingFields>(visit, 10, value.intents);
    visit(11, value.urgency);
    visit(12, value.urgency_words);
    visit(13, value.rules);
    visit(14, value.model);
  }
};

struct FeedbackFields {
  cx::Feedback& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.id);
    visit(2, value.external_id);
    visit(3, value.channel);
    visit(4, value.network);
    visit(5, value.kind);
    visit(6, value.conversation);
    visit(7, value.customer);
    visit(8, value.case_id);
    visit(9, value.in_reply_to);
    visit(10, value.author.id);
    visit(11, value.author.name);
    visit(12, value.author.handle);
    maybe<std::uint64_t, V, std::uint64_t>(
        visit, 13, value.author.reach, [](const std::uint64_t& v) { return v; },
        [](const std::uint64_t& v) { return v; });
    visit(14, value.subject);
    visit(15, value.text);
    UnderstandingFields understanding{value.understanding};
    visit(16, understanding);
    maybe<std::int64_t, V, double>(
        visit, 17, value.rating, [](const double& v) { return static_cast<std::int64_t>(std::llround(v * 1e6)); },
        [](const std::int64_t& v) { return static_cast<double>(v) / 1e6; });
    visit(18, value.survey);
    visit(19, value.links);
    list<AttachmentFields>(visit, 20, value.attachments);
    maybe<TimePoint, V, TimePoint>(
        visit, 21, value.published_at, [](const TimePoint& v) { return v; }, [](const TimePoint& v) { return v; });
    visit(22, value.received_at);
    list<PairFields>(visit, 23, value.reply_context);
  }
};

struct AlertFields {
  cx::Alert& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.episode);
    visit(2, value.state);
    visit(3, value.kind);
    visit(4, value.severity);
    KeyFields key{value.key};
    visit(5, key);
    if constexpr (reads<V>) value.key = std::move(key.value);
    list<KeyFields>(visit, 6, value.series);
    visit(7, value.started_at);
    visit(8, value.at);
    visit(9, value.posts);
    figure(visit, 10, value.expected);
    visit(11, value.evidence);
  }
};

template <class Fields, class T>
std::string written(const T& value) {
  return records::bare(Fields{const_cast<T&>(value)});
}

template <class Fields, class T>
Result<T> read(T value, std::string_view stored, const char* what) {
  Fields fields{value};
  if (!records::read_bare(stored, fields))
    return fail(std::string("the stored ") + what + " is damaged: restore a backup, or erase it");
  return value;
}

}  // namespace

std::string encode(const cx::Feedback& said) {
  return written<FeedbackFields>(said);
}
Result<cx::Feedback> decode_feedback(std::string_view stored) {
  // What is zero is not written, whatever a new one begins with.
  cx::Feedback said;
  said.understanding.sentiment.polarity = cx::Polarity{};
  said.understanding.urgency = cx::Urgency{};
  return read<FeedbackFields>(std::move(said), stored, "feedback");
}
std::string encode(const cx::Alert& alert) {
  return written<AlertFields>(alert);
}
Result<cx::Alert> decode_alert(std::string_view stored) {
  return read<AlertFields>(cx::Alert{}, stored, "alert");
}

}  // namespace echoflow::intake
