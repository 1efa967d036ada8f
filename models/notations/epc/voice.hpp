#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/notations/epc/chain.hpp"

/// What a chain says of customers, of people's deadlines and of figures (docs/cx-in-epc.md): words "cx.…" in the
/// attributes of its objects. They become the elements that the same things are in BPMN, so that all that follows knows
/// one form.
namespace echoflow::epc {

struct VoiceWord {
  std::string word;  ///< without "cx."
  std::string value;
};
/// Attributes that are named "cx.word", and texts with "cx.word: value" in them, in their order.
std::vector<VoiceWord> voice_words(const std::vector<graph::Attribute>& attributes);

/// What the words of one object make of it.
struct Voice {
  std::vector<graph::Attribute> attributes;     ///< "{urn:echoflow:cx:1.0}hears" …, as XML
  std::optional<graph::EventDefinition> waits;  ///< what an event waits for
  std::optional<graph::Activity> activity;      ///< a send or script task instead of a plain one
  std::vector<std::string> refused;             ///< what is not understood, as sentences
};
Voice event_voice(const std::vector<VoiceWord>& words);
Voice function_voice(const std::vector<VoiceWord>& words);

/// A KPI and where it is drawn.
struct DrawnKpi {
  graph::Names name;
  graph::Kpi values;
  std::vector<std::string> measured;                       ///< ids of the functions that it measures
  std::function<std::string(const std::string&)> find_id;  ///< id of the element that is called so; "": none is
};
/// The KPI as an attribute of its process; none where no word says how it is measured.
Voice kpi_voice(const std::vector<VoiceWord>& words, const DrawnKpi& kpi);

/// Gives the graph's events and functions what their words say; then, when it is known which events end a chain and
/// what KPIs are drawn at, the KPIs to their processes. A word that is not understood is an error.
void give_voice(graph::ProcessGraph& graph, Diagnostics& findings);
void measure_kpis(graph::ProcessGraph& graph, Diagnostics& findings);

/// A name for BPEL and for keys: "Beschwerde bearbeiten" → "Beschwerde_bearbeiten"; "" when nothing of it can stand in
/// one.
std::string key_name(std::string_view name);

}  // namespace echoflow::epc
