#include "models/layout/words.hpp"

#include <array>
#include <span>

#include "models/layout/symbols.hpp"

namespace echoflow::layout::words {

namespace {

struct Pair {
  std::string_view english;
  std::string_view german;
  std::string_view in(std::string_view language) const { return language.substr(0, 2) == "de" ? german : english; }
};

// In the order of the enumerations.
constexpr std::array<Pair, 14> activities = {{{"Task", "Aufgabe"},
                                              {"User task", "Benutzeraufgabe"},
                                              {"Manual task", "Manuelle Aufgabe"},
                                              {"Service task", "Dienstaufgabe"},
                                              {"Send task", "Sendeaufgabe"},
                                              {"Receive task", "Empfangsaufgabe"},
                                              {"Script task", "Skriptaufgabe"},
                                              {"Business rule task", "Geschäftsregelaufgabe"},
                                              {"Call activity", "Aufrufaktivität"},
                                              {"Sub-process", "Teilprozess"},
                                              {"Event sub-process", "Ereignis-Teilprozess"},
                                              {"Transaction", "Transaktion"},
                                              {"Ad hoc sub-process", "Ad-hoc-Teilprozess"},
                                              {"Process interface", "Prozessschnittstelle"}}};
constexpr std::array<Pair, 5> positions = {{{"Start event", "Startereignis"},
                                            {"Intermediate event", "Zwischenereignis"},
                                            {"Intermediate event", "Zwischenereignis"},
                                            {"Boundary event", "Angeheftetes Ereignis"},
                                            {"End event", "Endereignis"}}};
constexpr std::array<Pair, 10> events = {{{"message", "Nachricht"},
                                          {"timer", "Zeit"},
                                          {"error", "Fehler"},
                                          {"escalation", "Eskalation"},
                                          {"cancel", "Abbruch"},
                                          {"compensation", "Kompensation"},
                                          {"condition", "Bedingung"},
                                          {"link", "Verweis"},
                                          {"signal", "Signal"},
                                          {"termination", "Terminierung"}}};
constexpr std::array<Pair, 5> gateways = {{{"Exclusive gateway", "Exklusives Gateway"},
                                           {"Inclusive gateway", "Inklusives Gateway"},
                                           {"Parallel gateway", "Paralleles Gateway"},
                                           {"Event-based gateway", "Ereignisbasiertes Gateway"},
                                           {"Complex gateway", "Komplexes Gateway"}}};
constexpr std::array<Pair, 8> data = {{{"Data object", "Datenobjekt"},
                                       {"Data object", "Datenobjekt"},
                                       {"Data store", "Datenspeicher"},
                                       {"Data store", "Datenspeicher"},
                                       {"Data input", "Dateneingang"},
                                       {"Data output", "Datenausgang"},
                                       {"Property", "Eigenschaft"},
                                       {"Document", "Dokument"}}};
constexpr std::array<Pair, 6> roles = {{{"Lane", "Bahn"},
                                        {"Role", "Rolle"},
                                        {"Person", "Person"},
                                        {"Organisation", "Organisationseinheit"},
                                        {"Performer", "Ausführende"},
                                        {"Potential owner", "Mögliche Bearbeiter"}}};
constexpr std::array<Pair, 8> signs = {{{"", ""},
                                        {"customer feedback", "Kundenrückmeldung"},
                                        {"survey", "Umfrage"},
                                        {"alert", "Warnung"},
                                        {"threshold", "Schwellwert"},
                                        {"people's task with deadlines", "Aufgabe für Menschen mit Fristen"},
                                        {"escalation of a task", "Eskalation einer Aufgabe"},
                                        {"key figure", "Kennzahl"}}};
constexpr std::array<Pair, 10> others = {{{"Process diagram", "Prozessdiagramm"},
                                          {"Pool", "Pool"},
                                          {"Sequence flow", "Sequenzfluss"},
                                          {"Message flow", "Nachrichtenfluss"},
                                          {"Association", "Zuordnung"},
                                          {"Overview", "Übersicht"},
                                          {"page", "Seite"},
                                          {"runs", "Durchläufe"},
                                          {"running", "laufend"},
                                          {"faults", "Fehler"}}};

template <class Enum>
std::string at(std::span<const Pair> table, Enum value, std::string_view language) {
  return std::string(table[static_cast<std::size_t>(value)].in(language));
}

struct TypeName {
  std::string_view language;

  std::string operator()(const graph::Activity& activity) const { return at(activities, activity.kind, language); }
  std::string operator()(const graph::Event& event) const {
    auto name = at(positions, event.position, language);
    for (std::size_t i = 0; i < event.definitions.size(); ++i)
      name += (i == 0 ? " (" : ", ") + at(events, event.definitions[i].type, language);
    if (!event.definitions.empty()) name += ")";
    return name;
  }
  std::string operator()(const graph::Gateway& gateway) const { return at(gateways, gateway.kind, language); }
  std::string operator()(const graph::Data& value) const { return at(data, value.kind, language); }
  std::string operator()(const graph::Role& role) const { return at(roles, role.kind, language); }
  std::string operator()(const graph::System&) const {
    return std::string(Pair{"System", "Anwendungssystem"}.in(language));
  }
  std::string operator()(const graph::Kpi&) const { return std::string(Pair{"Key figure", "Kennzahl"}.in(language)); }
  std::string operator()(const graph::Risk&) const { return std::string(Pair{"Risk", "Risiko"}.in(language)); }
  std::string operator()(const graph::Note&) const { return std::string(Pair{"Annotation", "Anmerkung"}.in(language)); }
  std::string operator()(const graph::Group&) const { return std::string(Pair{"Group", "Gruppe"}.in(language)); }
};

}  // namespace

std::string type_name(const graph::Node& node, std::string_view language) {
  auto name = std::visit(TypeName{language}, node.detail);
  if (const auto sign = cx_sign(node); sign != CxSign::none) name += ", " + at(signs, sign, language);
  return name;
}

std::string_view word(Word word, std::string_view language) {
  return others[static_cast<std::size_t>(word)].in(language);
}

}  // namespace echoflow::layout::words
