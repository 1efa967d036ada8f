#include "tools/echoflow/options.hpp"

#include <algorithm>
#include <array>

namespace echoflow::tool {

namespace {

const Option json{"--json", "", "", "Write the result as JSON, for programs.", false};

const std::vector<Command>& table() {
  static const std::vector<Command> commands = {
      {"serve",
       "",
       "Run the server.",
       "Serves REST under /api/v1, SOAP endpoints under /services and what /openapi.json lists. Ends in an orderly way "
       "on SIGTERM and SIGINT: no new connections, requests in work are finished.",
       {{"--listen", "HOST:PORT", "127.0.0.1:8080",
         "Where to listen; port 0 takes a free one. Any address but a loopback one needs --cert and --key (or "
         "--insecure) and --tokens."},
        {"--data", "DIR", "./echoflow-data", "Folder of the embedded SQLite database; made when missing."},
        {"--database", "URL", "", "PostgreSQL database (postgresql://user@host/name) instead of --data."},
        {"--in-memory", "", "", "Keep everything in memory only; all is lost at the end."},
        {"--config", "FILE", "",
         "TOML file with settings: the long options' names without dashes in front, for example listen = "
         "\"127.0.0.1:9090\"."},
        {"--cert", "FILE", "", "PEM file with the certificate chain, for TLS."},
        {"--key", "FILE", "", "PEM file with the private key, for TLS."},
        {"--insecure", "", "", "Serve on an address that is not loopback without TLS."},
        {"--tokens", "FILE", "",
         "Tokens that clients must send as bearer tokens; lines TOKEN ROLE[,ROLE] SUBJECT with the roles designer, "
         "operator, auditor, partner, agent and supervisor. TOKEN may be sha256:HEX. Only its owner may read the "
         "file."},
        {"--public-services", "", "", "SOAP endpoints take messages without a token."},
        {"--public-url", "URL", "",
         "How clients reach the server, when it stands behind a proxy; used in endpoint addresses."},
        {"--request-timeout", "SECONDS", "120", "How long a SOAP caller waits for its reply."},
        {"--max-connections", "N", "1024", "Connections at the same time; more are answered with status 503."},
        {"--max-message-bytes", "N", "16777216", "Size of a SOAP or JSON message."},
        {"--max-archive-bytes", "N", "67108864", "Size of a deployment's archive."},
        {"--workers", "N", "0", "Threads that run instances when no caller does; 0: one per core."},
        {"--cool-seconds", "SECONDS", "30",
         "How long an instance that waits stays in memory; then it is read from the database when it is needed."},
        {"--drain-seconds", "SECONDS", "10", "How long to wait at the end for requests in work."},
        {"--channels", "FILE", "",
         "TOML file with the channels on which customers speak: one table [channels.NAME] each. Networks call "
         "/channels/NAME/webhook."},
        {"--rules", "FILE", "", "Rules by which texts of customers are understood, instead of the standard ones."},
        {"--model", "FILE", "", "Classifier for their sentiment, made by echoflow understand --train."},
        {"--signing-key", "FILE", "",
         "Ed25519 key (PEM) that signs evidence and documents; made when missing. Without it, signing-key.pem in the "
         "data folder."},
        {"--desk", "FILE", "",
         "Calendars, assignment, notifications and the policy of answers, as JSON (docs/tasks.md)."},
        {"--log-level", "LEVEL", "info", "debug, info, warn, error or off; on standard error."}}},
      {"check",
       "FILE|DIR|ZIP...",
       "Check processes by the rules of WS-BPEL 2.0.",
       "Parses, checks and compiles as a deployment would (processes, and models in BPMN, EPML or AML), and prints one "
       "finding a line: file:line:col: SA00024 "
       "message. The status is 0 without errors, 1 with errors.",
       {json}},
      {"import",
       "MODEL",
       "Turn a process model into WS-BPEL 2.0.",
       "Reads BPMN 2.0, event-driven process chains in EPML, or an ARIS export (AML), and prints what became of each "
       "of "
       "its elements: kept, changed or left out. With -o, writes the BPEL and WSDL that the model means. A deployment "
       "takes models as they are; this shows what it would run. The status is 1 when the model has errors.",
       {{"--output", "DIR", "", "Folder for the .bpel and .wsdl files; made when missing. -o is the same.", false},
        json}},
      {"analyse",
       "MODEL|FOLDER...",
       "Find what goes wrong in process models before they run.",
       "Reads BPMN, ARIS AML, EPML and BPEL models and prints what analysis finds in them: deadlocks, missing "
       "synchronisation, what is never reached, data that is read before it is written, waiting without a time-out, "
       "customer contacts without a KPI, and what makes a model hard to read (docs/analysis.md). Below a finding "
       "stands "
       "a shortest run that shows it. The status is 1 when there are errors.",
       {{"--lang", "LANGUAGE", "en", "Language of the findings: en or de.", false},
        {"--no-style", "", "", "Leave out what is about reading only.", false},
        json}},
      {"diagram",
       "MODEL",
       "Draw a process model as SVG.",
       "Draws a BPMN, ARIS AML, EPML or BPEL model with the symbols of BPMN 2.0: as its tool has placed it, else from "
       "left to right (docs/diagrams.md). A server draws what is deployed, with what ran: GET "
       "/api/v1/process-definitions/ID/diagram.svg.",
       {{"--output", "FILE", "", "Where to; without it, the standard output.", false},
        {"--lang", "LANGUAGE", "en", "Language of the names: en, de, or another one that the model has.", false},
        {"--own", "", "", "Place everything anew.", false},
        {"--pages", "", "", "Cut it into A4 sheets, FILE.1.svg and so on.", false}}},
      {"deploy",
       "FILE|DIR|ZIP",
       "Deploy to a running server.",
       "Sends an archive, a folder, a process with what it imports, or a process model (BPMN, EPML, ARIS AML). The "
       "status is 1 when the server refuses it for "
       "its findings.",
       {{"--server", "URL", "http://127.0.0.1:8080", "The server."},
        {"--name", "NAME", "", "The deployment's name; without it, the file's or folder's."},
        {"--token", "TOKEN", "",
         "Bearer token, where the server asks for one. Better given as ECHOFLOW_TOKEN, which other users cannot see."},
        json}},
      {"document",
       "MODEL|DEPLOYED",
       "Write the ISO document of a process.",
       "Makes a documented procedure (Verfahrensanweisung) as HTML, PDF/A-3 or DOCX: head, purpose, scope, turtle "
       "diagram "
       "and SIPOC, process diagram, step table, RACI, customer touchpoints, escalation paths, KPIs, risks, records, "
       "clause "
       "cross-reference and what changed since --previous. MODEL is a BPMN, EPML, ARIS AML or BPEL file: its document "
       "is "
       "marked as not released. DEPLOYED is a process definition's id or key ({namespace}name) on --server: its "
       "document "
       "holds evidence from real runs and what the server's document control says.",
       {{"--format", "FORMAT", "", "html, pdf or docx; without it, by the ending of --output, else pdf.", false},
        {"--lang", "LANGUAGE", "en", "de or en."},
        {"--output", "FILE", "",
         "Where to write, - for the standard output; without it, beside the name of the model. -o is the same.", false},
        {"--previous", "MODEL", "", "The version before, to say what changed step by step.", false},
        {"--process", "ID", "", "Only this process, where a model has several.", false},
        {"--number", "NUMBER", "", "Document number of a model's document.", false},
        {"--document-version", "VERSION", "", "Version of a model's document.", false},
        {"--owner", "NAME", "", "Who answers for the process.", false},
        {"--iso-9001", "EDITION", "2015", "Edition that the clauses refer to: 2015 or 2026."},
        {"--date", "TIME", "", "Date of a model's document instead of now: the same date gives the same bytes.", false},
        {"--server", "URL", "http://127.0.0.1:8080", "The server."},
        {"--token", "TOKEN", "",
         "Bearer token, where the server asks for one. Better given as ECHOFLOW_TOKEN, which other users cannot "
         "see."}}},
      {"verify",
       "FILE",
       "Check that an evidence file or journal is whole and unchanged.",
       "FILE is an evidence file (GET /api/v1/process-definitions/ID/evidence, /api/v1/process-instances/ID/evidence, "
       "or "
       "/api/v1/evidence for all), a document that holds one (PDF, HTML, DOCX), a data folder, an SQLite database or a "
       "postgresql:// address; of a database, the whole hash chain is checked, and no server may have it open. The "
       "status "
       "is 1 when something was changed; it says where.",
       {{"--fingerprint", "HEX", "",
         "The signing key that must have signed: the fingerprint that GET /api/v1/evidence/key of the server shows.",
         false},
        json}},
      {"export",
       "[PROCESS]",
       "Write the journal as an event log for process mining.",
       "Writes the instances of one process ({namespace}name, or its name) or of all as XES (IEEE 1849-2016) or OCEL "
       "2.0 "
       "in JSON, in memory that does not grow with their number, and shows how far it is. No server may have the "
       "database "
       "open; of a running one, ask GET /api/v1/process-instances/export.",
       {{"--format", "FORMAT", "xes", "xes or ocel.", false},
        {"--output", "FILE", "", "Where to write; without it, the standard output.", false},
        {"--data", "DIR", "./echoflow-data", "The server's data folder."},
        {"--database", "URL", "", "PostgreSQL database instead of --data."},
        {"--from", "TIME", "", "Only instances that started after this time.", false},
        {"--to", "TIME", "", "Only instances that started before this time.", false},
        {"--pseudonyms", "", "", "People and business keys by pseudonyms; customers are always.", false},
        {"--structured", "", "", "Also the activities that only hold others together.", false},
        {"--signing-key", "FILE", "",
         "The server's key, from which pseudonyms are made; without it, the data folder's."}}},
      {"understand",
       "TEXT...",
       "Say what a customer's text says, and train for it.",
       "Prints language, sentiment, topics, intents and urgency of each text; - reads lines from the standard input. "
       "With "
       "--train it makes a classifier from labelled texts, with --benchmark it measures on them. Files of labelled "
       "texts "
       "are JSON lines {\"text\": …, \"label\": …} or CSV with the columns text and label; labels are negative, "
       "neutral "
       "and positive.",
       {{"--rules", "FILE", "", "Rule set instead of the standard one.", false},
        {"--model", "FILE", "", "Classifier that decides the sentiment instead of the lexicon.", false},
        {"--language", "CODE", "", "The texts' language in two letters; without it, it is guessed.", false},
        {"--train", "FILE", "", "Train a classifier from these labelled texts.", false},
        {"--out", "MODEL", "", "Where --train writes the classifier.", false},
        {"--name", "NAME", "corrections", "The classifier's name.", false},
        {"--benchmark", "FILE", "",
         "Print F1 figures of the lexicon, of the classifier (--model, trained for --test, or cross-validated) and of "
         "always saying neutral.",
         false},
        {"--test", "FILE", "", "Labelled texts to measure on; the classifier is then trained on --benchmark's.", false},
        json}},
      {"kpis",
       "rebuild",
       "Count the KPIs anew from the journal and compare.",
       "Has a running server count all its KPIs anew from its journal, beside the live ones, and prints every figure "
       "that "
       "differs. The status is 1 when one does.",
       {{"--server", "URL", "http://127.0.0.1:8080", "The server."},
        {"--token", "TOKEN", "",
         "Bearer token, where the server asks for one. Better given as ECHOFLOW_TOKEN, which other users cannot see."},
        json}},
      {"feedback",
       "import FILE",
       "Import what customers said from a file.",
       "Sends the records of a CSV file (its name ends in .csv; the first line names the columns) or of JSON lines to "
       "a "
       "channel of the network import on a running server, and shows how far it is. A record that is sent again is "
       "known "
       "by its id, so an import that broke can be started anew.",
       {{"--channel", "NAME", "", "The channel that the records come by.", false},
        {"--server", "URL", "http://127.0.0.1:8080", "The server."},
        {"--secret", "REFERENCE", "", "The channel's secret, as env:NAME or file:PATH.", false}}},
      {"help",
       "[COMMAND]",
       "Show help for a command.",
       "Shows the commands, or one command's options.",
       {{"--format", "FORMAT", "text", "text, man (a manual page) or bash (a completion script).", false}}},
      {"version", "", "Show the version.", "Shows the version of the program.", {json}},
  };
  return commands;
}

}  // namespace

std::span<const Command> commands() {
  return table();
}

const Command* find_command(std::string_view name) {
  auto it = std::find_if(table().begin(), table().end(), [&](const auto& command) { return command.name == name; });
  return it == table().end() ? nullptr : &*it;
}

bool is_later_command(std::string_view name) {
  constexpr std::array<std::string_view, 1> later = {"simulate"};
  return std::find(later.begin(), later.end(), name) != later.end();
}

std::string environment_name(const Option& option) {
  std::string name = "ECHOFLOW_";
  for (char c : setting_name(option))
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::string_view setting_name(const Option& option) {
  return option.name.substr(2);
}

}  // namespace echoflow::tool
