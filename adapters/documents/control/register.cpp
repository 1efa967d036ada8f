#include "adapters/documents/control/register.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "models/base/sha256.hpp"

namespace echoflow::documents {

namespace {

using Kind = DocumentRefusal::Kind;
constexpr std::uint32_t page = 500;
const std::string server_name = "server";

Failure<DocumentRefusal> refusal(Kind kind, std::string message) {
  return fail(DocumentRefusal{kind, std::move(message)});
}

Failure<DocumentRefusal> refusal(const engine::StoreError& error) {
  return refusal(Kind::conflict, error.kind == engine::StoreErrorKind::conflict
                                     ? "The document was changed meanwhile; look at it again."
                                     : error.message);
}

std::string content_name(const DocumentRecord& document, const VersionRecord& version, const std::string& format,
                         const std::string& language) {
  return fmt::format("{}/{}/{}-{}", document.number, version.number, format, language);
}

Described describe(const runtime::ProcessInfo& process) {
  return {process.id, process.version, process.source_hash};
}

}  // namespace

Register::Register(engine::Store& store, runtime::Clock& clock, RegisterOptions options)
    : store_(store), clock_(clock), options_(std::move(options)) {}

Register::Answer<DocumentRecord> Register::load(const std::string& number) const {
  const auto row = store_.cx().document(std::string(document_kind), number);
  if (!row) return refusal(row.error());
  if (!*row) return refusal(Kind::invalid, "There is no document '" + number + "'.");
  auto document = read_document(**row);
  if (!document) return refusal(Kind::conflict, document.error().message);
  return std::move(*document);
}

std::optional<DocumentRecord> Register::find(const std::string& number) const {
  auto document = load(number);
  return document ? std::optional(std::move(*document)) : std::nullopt;
}

std::vector<DocumentRecord> Register::all() const {
  std::vector<DocumentRecord> documents;
  const auto rows = store_.cx().documents(std::string(document_kind));
  if (!rows) return documents;
  for (const auto& row : *rows)
    if (auto document = read_document(row)) documents.push_back(std::move(*document));
  return documents;
}

Register::Answer<DocumentRecord> Register::commit(Decided decided, std::vector<engine::DocumentRow> rows) {
  std::vector<engine::Turn> turns(1);
  auto& turn = turns.front();
  turn.stream = true;
  turn.is_new = decided.document.seq == 1;
  turn.instance.id = decided.document.id;
  turn.journal.instance = decided.document.id;
  turn.journal.seq = decided.document.seq;
  turn.journal.at = clock_.now();
  turn.journal.events = write_act(decided.act);
  turn.records.push_back(to_row(decided.document));
  for (auto& row : rows) turn.records.push_back(std::move(row));
  if (auto done = store_.commit(turns); !done) return refusal(done.error());
  return std::move(decided.document);
}

Register::Answer<DocumentRecord> Register::create(const std::string& number, const std::string& process_key,
                                                  Command command) {
  const std::lock_guard lock(changing_);
  if (find(number)) return refusal(Kind::conflict, "There is a document '" + number + "' already.");
  const auto id = store_.reserve_ids(1);
  if (!id) return refusal(id.error());
  command.now = clock_.now();
  auto decided = create_document(*id, number, process_key, command);
  if (!decided) return fail(decided.error());
  return commit(std::move(*decided));
}

Register::Answer<DocumentRecord> Register::act(const std::string& number, std::uint32_t version, Command command) {
  const std::lock_guard lock(changing_);
  auto document = load(number);
  if (!document) return document;
  command.now = clock_.now();
  const Act act = command.act;
  const std::string who = command.who;
  auto decided = decide(std::move(*document), version, command);
  if (!decided) return fail(decided.error());
  const auto which = decided->act.version;
  auto done = commit(std::move(*decided));
  if (!done || act != Act::release) return done;
  return keep_files(std::move(*done), which, who);
}

/// The release counts already: a file that cannot be made now is made from the sources when it is asked for.
Register::Answer<DocumentRecord> Register::keep_files(DocumentRecord document, std::uint32_t number,
                                                      const std::string& who) {
  if (!options_.renderer) return document;
  for (const auto& [format, language] : options_.kept) {
    const auto& version = *document.version(number);
    auto bytes = options_.renderer({version.process, format, language, documents::control_of(document, version)});
    if (!bytes) {
      spdlog::warn("document {}: its {} in '{}' could not be made: {}", document.number, format, language,
                   bytes.error().message);
      continue;
    }
    Command command;
    command.act = Act::keep;
    command.who = who;
    command.now = clock_.now();
    command.content = ContentRecord{format, language, sha256_hex(*bytes), bytes->size()};
    auto decided = decide(document, number, command);
    if (!decided) return fail(decided.error());
    engine::DocumentRow row{std::string(content_kind), content_name(document, version, format, language),
                            std::move(*bytes), false};
    auto done = commit(std::move(*decided), {std::move(row)});
    if (!done) return done;
    document = std::move(*done);
  }
  return document;
}

Register::Answer<std::vector<ActRecord>> Register::history(const std::string& number) const {
  const auto document = load(number);
  if (!document) return fail(document.error());
  std::vector<ActRecord> acts;
  while (true) {
    const auto rows = store_.journal(document->id, acts.size(), page);
    if (!rows) return refusal(rows.error());
    for (const auto& row : *rows) {
      auto act = read_act(row.events);
      if (!act) return refusal(Kind::conflict, act.error().message);
      acts.push_back(std::move(*act));
    }
    if (rows->size() < page) return acts;
  }
}

Register::Answer<std::string> Register::content(const DocumentRecord& document, const VersionRecord& version,
                                                const std::string& format, const std::string& language) const {
  for (const auto& content : version.contents) {
    if (content.format != format || content.language != language) continue;
    auto row = store_.cx().document(std::string(content_kind), content_name(document, version, format, language));
    if (!row) return refusal(row.error());
    if (!*row || sha256_hex((*row)->body) != content.sha256)
      return refusal(Kind::conflict, "The stored file is not the one that was released: its SHA-256 differs.");
    return std::move((*row)->body);
  }
  return std::string();
}

std::optional<documentation::Control> Register::control_of(std::int64_t process) const {
  for (const auto& document : all())
    for (auto version = document.versions.rbegin(); version != document.versions.rend(); ++version)
      if (version->process == process) return documents::control_of(document, *version);
  return std::nullopt;
}

bool was_released(const std::vector<DocumentRecord>& documents, std::int64_t process, TimePoint at) {
  for (const auto& document : documents)
    for (const auto& version : document.versions)
      if (version.process == process && version.released.micros != 0 && version.released <= at &&
          (version.withdrawn.micros == 0 || at < version.withdrawn))
        return true;
  return false;
}

bool Register::is_controlled(const std::string& process_key) const {
  for (const auto& document : all())
    if (document.process_key == process_key) return true;
  return false;
}

void Register::follow(const runtime::Directory& directory) {
  for (const auto& document : all()) {
    const auto process = directory.newest(document.process_key);
    const auto& newest = document.newest();
    if (!process || process->version <= newest.process_version) continue;
    const bool is_open = newest.status == Status::inactive || newest.status == Status::in_work;
    const bool is_over = newest.status == Status::released || newest.status == Status::withdrawn;
    if (!is_open && !is_over) continue;  // it is being reviewed: whoever sends it back, sees the newer version then
    Command command;
    command.act = is_over ? Act::revise : Act::edit;
    command.who = server_name;
    command.why = fmt::format("version {} of the process was deployed", process->version);
    command.described = describe(*process);
    if (auto done = act(document.number, 0, std::move(command)); !done)
      spdlog::warn("document {} does not follow its process: {}", document.number, done.error().message);
  }
}

std::vector<std::string> Register::remind() {
  std::vector<std::string> reminded;
  const std::int64_t ahead = std::int64_t{options_.remind_days} * 86'400'000'000;
  for (const auto& document : all()) {
    const auto* version = document.released_version();
    if (!version || version->reminded.micros != 0 || version->next_review.empty()) continue;
    const auto due = parse_deadline(version->next_review);
    if (!due || due->micros > clock_.now().micros + ahead) continue;
    Command command;
    command.act = Act::remind;
    command.who = server_name;
    command.why = "the review is due on " + version->next_review;
    if (!act(document.number, version->number, std::move(command))) continue;
    spdlog::warn("document {}: its review is due on {}; its owner is '{}'", document.number, version->next_review,
                 version->particulars.owner);
    reminded.push_back(document.number);
  }
  return reminded;
}

}  // namespace echoflow::documents
