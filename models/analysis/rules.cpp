#include "models/analysis/analysis.hpp"

namespace echoflow::analysis {

const std::vector<Rule>& rules() {
  using enum Level;
  static const std::vector<Rule> table = {
      // soundness
      {"AN101", error, "Deadlock", "Verklemmung",
       "{0} waits for all of its incoming flows, but a run can reach it on some of them only and stays there for ever; "
       "merge with the kind of gateway that split the flow.",
       "{0} wartet auf alle eingehenden Flüsse, doch ein Ablauf kann nur einen Teil davon erreichen und bleibt dort "
       "für "
       "immer stehen; führen Sie mit der Art von Gateway zusammen, die verzweigt hat."},
      {"AN102", error, "Lack of synchronisation", "Fehlende Synchronisation",
       "What follows {0} can run several times at once, since branches that run side by side come together there "
       "without "
       "waiting for each other; merge them with a parallel or inclusive gateway.",
       "Was auf {0} folgt, kann mehrfach zugleich laufen, weil dort nebeneinander laufende Zweige zusammenkommen, ohne "
       "aufeinander zu warten; führen Sie sie mit einem parallelen oder inklusiven Gateway zusammen."},
      {"AN103", error, "Never reached", "Nie erreicht", "No run ever reaches {0}; connect it to a start, or remove it.",
       "Kein Ablauf erreicht jemals {0}; verbinden Sie das Element mit einem Start oder entfernen Sie es."},
      {"AN104", warning, "Improper completion", "Unsauberes Ende",
       "{0} can be reached several times in one run; join the branches before it.",
       "{0} kann in einem Ablauf mehrfach erreicht werden; führen Sie die Zweige vorher zusammen."},
      {"AN105", error, "No way to an end", "Kein Weg zu einem Ende",
       "From {0} no way leads to an end, so a run that comes there never finishes; add a way out.",
       "Von {0} führt kein Weg zu einem Ende, ein Ablauf dort wird nie fertig; ergänzen Sie einen Ausgang."},
      {"AN106", hint, "Not decided", "Nicht entschieden",
       "The region from {0} to {1} has too many states to decide whether it is sound; nest its gateways as blocks.",
       "Der Bereich von {0} bis {1} hat zu viele Zustände, um über seine Korrektheit zu entscheiden; schachteln Sie "
       "seine "
       "Gateways als Blöcke."},
      {"AN107", warning, "Waits for an optional branch", "Wartet auf einen wahlfreien Zweig",
       "{0} waits for branches that {1} starts only where their conditions hold, so a run can stay there for ever; "
       "merge "
       "them with an inclusive gateway.",
       "{0} wartet auf Zweige, die {1} nur unter Bedingungen startet, ein Ablauf kann dort für immer stehen bleiben; "
       "führen Sie sie mit einem inklusiven Gateway zusammen."},
      // data
      {"AN201", warning, "Read before it is written", "Gelesen, bevor geschrieben wird",
       "{0} reads {1}, which nothing has written by then; write it before, or make it an input of the process.",
       "{0} liest {1}, das bis dahin nichts geschrieben hat; schreiben Sie es vorher oder machen Sie es zur Eingabe "
       "des "
       "Prozesses."},
      {"AN202", hint, "May be read before it is written", "Möglicherweise gelesen, bevor geschrieben wird",
       "{0} reads {1}, but not every way to it writes that before; write it on every way, or give it an initial value.",
       "{0} liest {1}, doch nicht jeder Weg dorthin schreibt es vorher; schreiben Sie es auf jedem Weg oder geben Sie "
       "ihm "
       "einen Anfangswert."},
      {"AN203", hint, "Written, never read", "Geschrieben, nie gelesen",
       "{1} is written by {0} and never read; leave it out, or make it an output.",
       "{1} wird von {0} geschrieben und nie gelesen; lassen Sie es weg oder machen Sie es zur Ausgabe."},
      {"AN204", warning, "Race", "Wettlauf",
       "{0} use {1} in branches that run side by side, and at least one of them writes it; what comes out depends on "
       "chance. Put one after the other, give each its own, or let isolated scopes keep them apart (BPEL).",
       "{0} benutzen {1} in Zweigen, die nebeneinander laufen, und mindestens einer davon schreibt; das Ergebnis hängt "
       "vom Zufall ab. Führen Sie sie nacheinander aus, geben Sie jedem eigene Daten oder trennen Sie sie durch "
       "isolierte Scopes (BPEL)."},
      // waiting, handlers, customers
      {"AN301", warning, "Waits without time-out", "Wartet ohne Frist",
       "{0} waits for something from outside without a time-out; attach a timer or wait at an event-based gateway that "
       "has "
       "one.",
       "{0} wartet ohne Frist auf etwas von außen; hängen Sie einen Zeitgeber an oder warten Sie an einem "
       "ereignisbasierten "
       "Gateway, das einen hat."},
      {"AN302", warning, "Choice of events without time-out", "Ereignisauswahl ohne Frist",
       "{0} waits for one of several events, none of which is a timer; add one.",
       "{0} wartet auf eines von mehreren Ereignissen, keines davon ist ein Zeitgeber; ergänzen Sie einen."},
      {"AN303", hint, "User task without deadline", "Benutzeraufgabe ohne Frist",
       "{0} may lie with a person for ever; attach a timer, or give the task a deadline.",
       "{0} kann für immer liegen bleiben; hängen Sie einen Zeitgeber an oder geben Sie der Aufgabe eine Frist."},
      {"AN304", hint, "User task without escalation", "Benutzeraufgabe ohne Eskalation",
       "Nobody else hears of it when {0} is late; let its timer or escalation lead to someone.",
       "Niemand sonst erfährt, wenn {0} sich verspätet; lassen Sie Zeitgeber oder Eskalation zu jemandem führen."},
      {"AN305", hint, "Customer contact without KPI", "Kundenkontakt ohne Kennzahl",
       "{0} is a contact with the customer that no KPI measures; connect one to it or to its process.",
       "{0} ist ein Kundenkontakt, den keine Kennzahl misst; verbinden Sie eine damit oder mit dem Prozess."},
      {"AN310", warning, "Handler never reached", "Handler nie erreicht",
       "Nothing inside {1} can set off {0}; let something there throw it, or remove it.",
       "Nichts in {1} kann {0} auslösen; lassen Sie dort etwas es auslösen oder entfernen Sie es."},
      {"AN311", warning, "Handler leads nowhere", "Handler führt nirgendwohin",
       "{0} catches something and nothing follows it; draw what is to happen.",
       "{0} fängt etwas auf und nichts folgt darauf; zeichnen Sie, was geschehen soll."},
      // style
      {"AN401", hint, "No name", "Kein Name", "{0} has no name; say what is done or what has happened.",
       "{0} hat keinen Namen; sagen Sie, was getan wird oder geschehen ist."},
      {"AN402", hint, "Same name twice", "Gleicher Name mehrfach",
       "{0} have the same name {1} in one process; tell them apart, or call one activity.",
       "{0} tragen im selben Prozess den gleichen Namen {1}; unterscheiden Sie sie oder rufen Sie eine Aktivität auf."},
      {"AN403", hint, "Choice without words", "Entscheidung ohne Worte",
       "{0} chooses among flows without names or conditions; say when each is taken.",
       "{0} wählt unter Flüssen ohne Namen oder Bedingungen; sagen Sie, wann welcher gilt."},
      {"AN404", hint, "Gateway without effect", "Gateway ohne Wirkung",
       "{0} has one flow in and one out and decides nothing; remove it.",
       "{0} hat einen Fluss hinein und einen hinaus und entscheidet nichts; entfernen Sie es."},
      {"AN405", hint, "Split without gateway", "Verzweigung ohne Gateway",
       "Several flows leave {0}, which runs them side by side without saying so; use a gateway.",
       "Mehrere Flüsse verlassen {0} und laufen unausgesprochen nebeneinander; benutzen Sie ein Gateway."},
      {"AN406", hint, "Large model", "Großes Modell",
       "{0} has {1} elements, and people read up to 50 without mistakes; put parts into sub-processes.",
       "{0} hat {1} Elemente, fehlerfrei lesen lassen sich bis zu 50; lagern Sie Teile in Teilprozesse aus."},
      {"AN407", hint, "Several starts", "Mehrere Startereignisse",
       "{0} has {1} plain start events that say nothing of what tells them apart; use one.",
       "{0} hat {1} Startereignisse ohne Angabe, was sie unterscheidet; benutzen Sie eines."},
      {"AN408", hint, "Inclusive gateway", "Inklusives Gateway",
       "{0} starts any number of branches, which is hard to follow; use exclusive and parallel gateways where you can.",
       "{0} startet beliebig viele Zweige, das ist schwer zu verfolgen; benutzen Sie nach Möglichkeit exklusive und "
       "parallele "
       "Gateways."},
      {"AN409", hint, "Gateway that merges and splits", "Gateway, das zusammenführt und verzweigt",
       "{0} merges and splits at once; use two gateways.",
       "{0} führt zugleich zusammen und verzweigt; benutzen Sie zwei Gateways."},
      {"AN410", hint, "Not connected", "Nicht verbunden", "{0} has no sequence flow; connect it, or remove it.",
       "{0} hat keinen Sequenzfluss; verbinden oder entfernen Sie das Element."},
      {"AN411", hint, "No block structure", "Keine Blockstruktur",
       "The region from {0} to {1} is not built of blocks; pair each split with a join of its kind where you can.",
       "Der Bereich von {0} bis {1} ist nicht aus Blöcken gebaut; stellen Sie nach Möglichkeit jeder Verzweigung eine "
       "Zusammenführung ihrer Art gegenüber."},
      {"AN412", hint, "No start or no end event", "Kein Start- oder Endereignis",
       "{0} has a start event or an end event, but not both; add the other, so that readers see where it begins and "
       "ends.",
       "{0} hat ein Start- oder ein Endereignis, aber nicht beides; ergänzen Sie das andere, damit Anfang und Ende zu "
       "sehen "
       "sind."},
      {"AN413", warning, "No way when no condition holds", "Kein Weg, wenn keine Bedingung gilt",
       "Every flow from {0} has a condition and none is the default, so a run fails where none holds; name a default "
       "flow.",
       "Jeder Fluss aus {0} hat eine Bedingung und keiner ist der Standardfluss, ein Ablauf scheitert, wo keine gilt; "
       "benennen Sie einen Standardfluss."},
  };
  return table;
}

}  // namespace echoflow::analysis
