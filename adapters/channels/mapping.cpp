#include "adapters/channels/mapping.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/channels/build.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::channels {

namespace {

using cx::FeedbackKind;

constexpr std::array<std::pair<std::string_view, FeedbackKind>, 9> kinds{{
    {"post", FeedbackKind::post},
    {"comment", FeedbackKind::comment},
    {"directMessage", FeedbackKind::direct_message},
    {"mail", FeedbackKind::mail},
    {"chat", FeedbackKind::chat},
    {"sms", FeedbackKind::sms},
    {"callTranscript", FeedbackKind::call_transcript},
    {"review", FeedbackKind::review},
    {"surveyAnswer", FeedbackKind::survey_answer},
}};

constexpr std::array<std::string_view, 15> members{
    "id",      "text",   "author_id", "author_name",  "author_handle", "reach",    "conversation", "in_reply_to",
    "subject", "rating", "kind",      "published_at", "link",          "customer", "case_id"};

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// xsd:dateTime, a date of HTTP or mail, or seconds or milliseconds since 1970.
std::optional<TimePoint> time_of(const std::string& text) {
  if (auto number = whole(text))
    return *number > 100'000'000'000 ? from_unix_millis(number) : from_unix_seconds(number);
  if (auto time = from_iso(text)) return time;
  std::string iso = text;  // "2026-03-01 08:05"
  if (iso.size() >= 16 && iso[10] == ' ') {
    iso[10] = 'T';
    if (iso.size() == 16) iso += ":00";
    if (auto time = from_iso(iso)) return time;
  }
  return from_http_date(text);
}

std::optional<double> rating_of(const std::string& text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= -1e6 && value <= 1e6)) return std::nullopt;
  return value;
}

}  // namespace

std::optional<FeedbackKind> kind_of(std::string_view name) {
  for (const auto& [text, kind] : kinds)
    if (text == name) return kind;
  return std::nullopt;
}

std::string_view name_of(FeedbackKind kind) {
  for (const auto& [text, known] : kinds)
    if (known == kind) return text;
  return "";
}

Mapping Mapping::read(Settings& settings, std::map<std::string, std::string> presets) {
  Mapping mapping;
  mapping.paths_ = std::move(presets);
  for (auto& [member, path] : settings.table("mapping")) {
    if (member == "items")
      mapping.items_ = path;
    else if (std::find(members.begin(), members.end(), member) != members.end())
      mapping.paths_[member] = path;
    else
      settings.refuse("mapping." + member, "is no member of a feedback; see docs/channels.md");
  }
  mapping.context_ = settings.table("context");
  mapping.survey_ = settings.text("survey");
  const auto kind = settings.text("kind", mapping.survey_.empty() ? "post" : "surveyAnswer");
  if (auto known = kind_of(kind))
    mapping.kind_ = *known;
  else
    settings.refuse("kind",
                    "must be one of post, comment, directMessage, mail, chat, sms, callTranscript, review, "
                    "surveyAnswer");
  if (!mapping.paths_.contains("id")) settings.refuse("mapping.id", "is missing: a redelivery is known by it");
  return mapping;
}

std::string Mapping::value(const Lookup& lookup, const char* member) const {
  auto it = paths_.find(member);
  return it == paths_.end() || it->second.empty() ? std::string() : lookup(it->second);
}

Result<cx::Feedback> Mapping::build(const Lookup& lookup) const {
  cx::Feedback feedback;
  feedback.kind = kind_;
  feedback.survey = survey_;
  feedback.external_id = value(lookup, "id");
  feedback.text = value(lookup, "text");
  if (feedback.external_id.empty()) return fail("There is no id at '" + paths_.at("id") + "'.");
  if (!is_valid_utf8(feedback.text)) return fail("The text of '" + feedback.external_id + "' is no UTF-8.");
  if (auto kind = value(lookup, "kind"); !kind.empty()) {
    auto known = kind_of(kind);
    if (!known) return fail("'" + kind.substr(0, 50) + "' is no kind of feedback.");
    feedback.kind = *known;
  }
  if (auto rating = value(lookup, "rating"); !rating.empty()) {
    feedback.rating = rating_of(rating);
    if (!feedback.rating) return fail("'" + rating.substr(0, 50) + "' is no rating; a number is expected.");
  }
  if (feedback.text.empty() && !feedback.rating)
    return fail("'" + feedback.external_id + "' has neither text nor rating.");
  if (auto time = value(lookup, "published_at"); !time.empty()) {
    feedback.published_at = time_of(time);
    if (!feedback.published_at) return fail("'" + time.substr(0, 50) + "' is no date and time.");
  }
  feedback.author = {value(lookup, "author_id"), value(lookup, "author_name"), value(lookup, "author_handle"), {}};
  if (feedback.author.id.empty()) feedback.author.id = feedback.author.handle;
  if (feedback.author.id.empty()) feedback.author.id = feedback.author.name;
  if (auto reach = whole(value(lookup, "reach")); reach && *reach >= 0)
    feedback.author.reach = static_cast<std::uint64_t>(*reach);
  feedback.conversation = value(lookup, "conversation");
  feedback.in_reply_to = value(lookup, "in_reply_to");
  feedback.subject = value(lookup, "subject");
  feedback.customer = value(lookup, "customer");
  feedback.case_id = value(lookup, "case_id");
  if (auto link = value(lookup, "link"); !link.empty()) feedback.links.push_back(std::move(link));
  for (const auto& [name, path] : context_) remember(feedback, name, lookup(path));
  return feedback;
}

}  // namespace echoflow::channels
