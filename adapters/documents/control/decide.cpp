#include "adapters/documents/control/decide.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace echoflow::documents {

namespace {

struct Transition {
  Act act;
  Status from, to;
};
constexpr Transition transitions[] = {
    {Act::begin, Status::inactive, Status::in_work},
    {Act::submit, Status::in_work, Status::in_review},
    {Act::send_back, Status::in_review, Status::in_work},
    {Act::send_back, Status::in_release, Status::in_work},
    {Act::check, Status::in_review, Status::in_release},
    {Act::release, Status::in_release, Status::released},
    {Act::withdraw, Status::released, Status::withdrawn},
    {Act::withdraw, Status::inactive, Status::withdrawn},
    {Act::withdraw, Status::in_work, Status::withdrawn},
    // What leaves the status as it is.
    {Act::edit, Status::inactive, Status::inactive},
    {Act::edit, Status::in_work, Status::in_work},
    {Act::keep, Status::released, Status::released},
    {Act::remind, Status::released, Status::released},
};

struct Meaning {
  Act act;
  std::string_view words;
};
constexpr Meaning meanings[] = {
    {Act::submit, "authorship"}, {Act::check, "review"}, {Act::release, "approval for release"}};

using Kind = DocumentRefusal::Kind;
Failure<DocumentRefusal> refuse(Kind kind, std::string message) {
  return fail(DocumentRefusal{kind, std::move(message)});
}

std::optional<Status> next_status(Act act, Status from) {
  for (const auto& transition : transitions)
    if (transition.act == act && transition.from == from) return transition.to;
  return std::nullopt;
}

std::string date_of(TimePoint at, std::uint32_t months) {
  DateTime day = to_date_time(at);
  day.hour = day.minute = day.second = day.micro = 0;
  day.zone_minutes.reset();
  if (months > 0) {
    if (auto later = add(day, Duration{static_cast<std::int64_t>(months), 0})) day = *later;
  }
  return format_date(day);
}

bool has_written(const VersionRecord& version, const std::string& who) {
  return who == version.author ||
         std::find(version.writers.begin(), version.writers.end(), who) != version.writers.end();
}

void add_writer(VersionRecord& version, const std::string& who) {
  if (!has_written(version, who)) version.writers.push_back(who);
}

/// Four eyes: nobody reviews or approves what he wrote, and a named person's place is his alone. Submitting what
/// another wrote does not free that one.
std::optional<DocumentRefusal> check_person(const VersionRecord& version, const Command& command) {
  const auto& p = version.particulars;
  const bool signs = command.act == Act::check || command.act == Act::release;
  if (!signs) return std::nullopt;
  if (has_written(version, command.who))
    return DocumentRefusal{Kind::forbidden, fmt::format("'{}' wrote this version: somebody else must {} it.",
                                                        command.who, to_string(command.act))};
  const auto& named = command.act == Act::check ? p.reviewer : p.approver;
  if (!named.empty() && named != command.who)
    return DocumentRefusal{Kind::forbidden,
                           fmt::format("Only '{}' may {} this document.", named, to_string(command.act))};
  return std::nullopt;
}

SignatureRecord signature_of(const DocumentRecord& document, const VersionRecord& version, const Command& command) {
  SignatureRecord signature;
  for (const auto& meaning : meanings)
    if (meaning.act == command.act) signature.meaning = meaning.words;
  if (signature.meaning.empty()) return signature;
  if (!command.meaning.empty()) signature.meaning = command.meaning;
  signature.act = command.act;
  signature.who = command.who;
  signature.at = command.now;
  signature.hash = content_hash(document, version);
  return signature;
}

void release(DocumentRecord& document, VersionRecord& version, const Command& command) {
  for (auto& other : document.versions) {
    if (other.status != Status::released || other.number == version.number) continue;
    other.status = Status::withdrawn;  // replaced
    other.withdrawn = command.now;
  }
  version.released = command.now;
  version.effective_from = command.effective_from.empty() ? date_of(command.now, 0) : command.effective_from;
  version.next_review =
      command.next_review.empty() ? date_of(command.now, version.particulars.review_months) : command.next_review;
}

VersionRecord new_version(const DocumentRecord& document, const Command& command) {
  VersionRecord version;
  version.number = document.versions.empty() ? 1 : document.newest().number + 1;
  if (command.described) {
    version.process = command.described->process;
    version.process_version = command.described->version;
    version.source_sha256 = command.described->source_sha256;
  } else if (!document.versions.empty()) {
    version.process = document.newest().process;
    version.process_version = document.newest().process_version;
    version.source_sha256 = document.newest().source_sha256;
  }
  if (!document.versions.empty()) version.particulars = document.newest().particulars;
  if (command.particulars) version.particulars = *command.particulars;
  version.author = command.who;
  version.writers = {command.who};
  version.change = command.why;
  version.begun = command.now;
  return version;
}

Decided decided(DocumentRecord document, std::uint32_t number, Status from, const Command& command,
                SignatureRecord signature) {
  ++document.seq;
  ActRecord act;
  act.act = command.act;
  act.version = number;
  act.from = from;
  act.to = document.version(number)->status;
  act.who = command.who;
  act.why = command.why;
  act.signature = std::move(signature);
  act.document = document;
  return {std::move(document), std::move(act)};
}

Result<Decided, DocumentRefusal> revise(DocumentRecord document, const Command& command) {
  const Status newest = document.newest().status;
  if (newest != Status::released && newest != Status::withdrawn)
    return refuse(Kind::conflict,
                  fmt::format("Version {} is not released yet: there is nothing to revise.", document.newest().number));
  auto version = new_version(document, command);
  version.status = Status::in_work;
  const auto number = version.number;
  document.versions.push_back(std::move(version));
  return decided(std::move(document), number, Status::inactive, command, {});
}

void edit(VersionRecord& version, const Command& command) {
  if (command.particulars) version.particulars = *command.particulars;
  if (!command.described) return;
  version.process = command.described->process;
  version.process_version = command.described->version;
  version.source_sha256 = command.described->source_sha256;
}

}  // namespace

Result<Decided, DocumentRefusal> create_document(std::int64_t id, const std::string& number,
                                                 const std::string& process_key, const Command& command) {
  DocumentRecord document;
  document.id = id;
  document.number = number;
  document.process_key = process_key;
  document.versions.push_back(new_version(document, command));
  return decided(std::move(document), 1, Status::inactive, command, {});
}

Result<Decided, DocumentRefusal> decide(DocumentRecord document, std::uint32_t number, const Command& command) {
  if (command.who.empty()) return refuse(Kind::invalid, "Say who acts.");
  if (command.act == Act::revise) return revise(std::move(document), command);
  VersionRecord* version = nullptr;
  for (auto& each : document.versions)
    if (number == 0 || each.number == number) version = &each;
  if (!version) return refuse(Kind::invalid, fmt::format("The document has no version {}.", number));
  const Status from = version->status;
  const auto to = next_status(command.act, from);
  if (!to)
    return refuse(Kind::conflict, fmt::format("Version {} is {}: it cannot be changed by '{}' now.", version->number,
                                              to_string(from), to_string(command.act)));
  if (auto wrong = check_person(*version, command)) return fail(std::move(*wrong));
  if (command.act == Act::edit) edit(*version, command);
  if (command.act == Act::edit || command.act == Act::submit) add_writer(*version, command.who);
  if (command.act == Act::submit) version->author = command.who;
  auto signature = signature_of(document, *version, command);
  if (command.act == Act::release) {
    std::string reviewed;
    for (const auto& earlier : version->signatures)
      if (earlier.act == Act::check) reviewed = earlier.hash;
    if (reviewed != signature.hash) return refuse(Kind::conflict, "The content is not the one that was reviewed.");
    release(document, *version, command);
  }
  if (command.act == Act::withdraw) version->withdrawn = command.now;
  if (command.act == Act::remind) version->reminded = command.now;
  if (command.act == Act::keep && command.content) version->contents.push_back(*command.content);
  version->status = *to;
  if (!signature.who.empty()) version->signatures.push_back(signature);
  const auto which = version->number;
  return decided(std::move(document), which, from, command, std::move(signature));
}

}  // namespace echoflow::documents
