#include "engine/cx/kpis/measures.hpp"

/// What customers say: surveys, sentiment, share of voice.
namespace echoflow::kpis {
namespace {

using cx::KpiBuiltIn;

bool is_whole(double value) {
  return value == static_cast<double>(static_cast<std::int64_t>(value));
}

/// Reichheld: % promoters (9–10) − % detractors (0–6); passives (7–8) count in the denominator.
void nps(Kpi& kpi, const Fact& fact, double rating) {
  if (rating < 0 || rating > 10 || !is_whole(rating)) return;
  kpi.sample(fact, rating >= 9 ? 100 : rating <= 6 ? -100 : 0);
}

/// Share of the answers 4 and 5 on a scale from 1 to 5.
void csat(Kpi& kpi, const Fact& fact, double rating) {
  if (rating < 1 || rating > 5) return;
  kpi.sample(fact, rating >= 4 ? 100 : 0);
}

void ces(Kpi& kpi, const Fact& fact, double rating) {
  if (rating < 1 || rating > kpi.built_in()->scale) return;
  kpi.sample(fact, rating);
}

void sentiment(Kpi& kpi, const Fact& fact, cx::Polarity polarity) {
  switch (polarity) {
    case cx::Polarity::positive:
      kpi.sample(fact, 1);
      return;
    case cx::Polarity::neutral:
      kpi.sample(fact, 0);
      return;
    case cx::Polarity::negative:
      kpi.sample(fact, -1);
      return;
    case cx::Polarity::unsure:  // an abstention, not an opinion
      return;
  }
}

}  // namespace

void measure_voice(Kpi& kpi, const Fact& fact) {
  const auto& use = *kpi.built_in();
  if (const auto* given = std::get_if<FeedbackGiven>(&fact.what)) {
    if (use.measure == KpiBuiltIn::sentiment_index) sentiment(kpi, fact, given->polarity);
    if (use.measure == KpiBuiltIn::share_of_voice) kpi.sample(fact, 1);
  } else if (const auto* answer = std::get_if<SurveyAnswered>(&fact.what)) {
    if (answer->survey != use.survey) return;
    if (use.measure == KpiBuiltIn::nps) nps(kpi, fact, answer->rating);
    if (use.measure == KpiBuiltIn::csat) csat(kpi, fact, answer->rating);
    if (use.measure == KpiBuiltIn::ces) ces(kpi, fact, answer->rating);
  }
}

}  // namespace echoflow::kpis
