#include <algorithm>

#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/runtime/failures.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "models/base/sha256.hpp"
#include "models/base/utf8.hpp"

/// Taking in: what comes at the same time is written in one transaction.
namespace echoflow::intake {

using runtime::Failure;
using runtime::FailureKind;
using runtime::Outcome;

namespace {

constexpr std::size_t longest_name = 512;

/// Well-formed UTF-8 of at most so many bytes: what is malformed becomes U+FFFD.
std::string tidy_text(std::string_view text, std::size_t most) {
  if (text.size() <= most && is_valid_utf8(text)) return std::string(text);
  std::string kept;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view next = length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
    if (kept.size() + next.size() > most) break;
    kept += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return kept;
}

/// A name that a network gave. One that is too long to be kept is known by its digest.
void tidy_name(std::string& name) {
  if (name.size() <= longest_name && is_valid_utf8(name)) return;
  name = "sha256:" + to_hex(sha256(name));
}

}  // namespace

/// A call of take() that waits for its transaction.
struct Ingest::Request {
  std::vector<cx::Feedback> feedback;
  std::vector<Taken> taken;
  std::optional<Failure> failure;
  bool done = false;
};

void Ingest::tidy(cx::Feedback& said) const {
  said.text = tidy_text(said.text, options_.max_text_bytes);
  said.subject = tidy_text(said.subject, options_.max_text_bytes);
  if (said.external_id.empty()) {
    said.external_id = "sha256:" + to_hex(sha256(said.raw.empty() ? encode(said) : said.raw));
  }
  if (said.conversation.empty()) said.conversation = said.external_id;
  if (said.customer.empty() && !said.author.id.empty()) said.customer = said.network + ":" + said.author.id;
  for (std::string* name : {&said.external_id, &said.channel, &said.conversation, &said.customer, &said.case_id,
                            &said.in_reply_to, &said.author.id, &said.survey})
    tidy_name(*name);
  for (std::string* text : {&said.network, &said.author.name, &said.author.handle})
    *text = tidy_text(*text, longest_name);
  if (said.raw.size() > options_.max_raw_bytes) said.raw.clear();
}

Outcome<std::vector<Taken>> Ingest::take(std::vector<cx::Feedback> feedback) {
  if (feedback.empty()) return std::vector<Taken>();
  const auto refuse = [&](std::string code, std::string message) {
    counters_.refused += feedback.size();
    return fail(Failure{FailureKind::limit, std::move(code), std::move(message)});
  };
  if (feedback.size() > options_.max_items)
    return refuse("feedback-items", "more than " + std::to_string(options_.max_items) +
                                        " pieces of feedback in one call (limit feedback-items): split them");
  if (counters_.backlog + feedback.size() > options_.max_backlog)
    return refuse("feedback-backlog", "more than " + std::to_string(options_.max_backlog) +
                                          " pieces of feedback wait for the processes (limit feedback-backlog): send "
                                          "them again later");
  for (cx::Feedback& said : feedback) tidy(said);
  Request request;
  request.feedback = std::move(feedback);
  std::unique_lock lock(requests_mutex_);
  requests_.push_back(&request);
  while (!request.done) {
    if (writing_) {
      written_.wait(lock);
      continue;
    }
    writing_ = true;
    std::vector<Request*> group;
    group.swap(requests_);
    lock.unlock();
    write_requests(group);
    lock.lock();
    for (Request* each : group) each->done = true;
    writing_ = false;
    written_.notify_all();
  }
  lock.unlock();
  if (request.failure) {
    counters_.refused += request.feedback.size();
    return fail(std::move(*request.failure));
  }
  {
    const std::lock_guard waking(mutex_);
    more_ = true;
  }
  wake_.notify_one();
  return std::move(request.taken);
}

bool Ingest::accept(std::vector<cx::Feedback> feedback) {
  for (std::size_t at = 0; at < feedback.size();) {
    const std::size_t count = std::min(options_.max_items, feedback.size() - at);
    const auto first = feedback.begin() + static_cast<std::ptrdiff_t>(at);
    std::vector<cx::Feedback> part(std::make_move_iterator(first),
                                   std::make_move_iterator(first + static_cast<std::ptrdiff_t>(count)));
    if (!take(std::move(part)).ok()) return false;
    at += count;
  }
  return true;
}

/// One transaction for all that wait; where it fails, none of them was taken.
void Ingest::write_requests(std::vector<Request*>& requests) {
  const TimePoint now = clock_.now();
  std::map<std::pair<std::string, std::string>, std::int64_t> fresh;
  std::vector<engine::Turn> turns;
  std::optional<Failure> failure;
  for (Request* request : requests) {
    auto made = turns_of(*request, now, fresh);
    if (!made) {
      failure = made.error();
      break;
    }
    turns.insert(turns.end(), std::make_move_iterator(made->begin()), std::make_move_iterator(made->end()));
  }
  if (!failure && !turns.empty()) {
    if (auto done = store_.commit(turns); !done) failure = runtime::store_failure(done.error());
  }
  if (!failure) {
    counters_.accepted += turns.size();
    counters_.backlog += turns.size();
  }
  for (Request* request : requests) {
    request->failure = failure;
    if (!failure)
      counters_.known += static_cast<std::uint64_t>(
          std::count_if(request->taken.begin(), request->taken.end(), [](const Taken& each) { return each.known; }));
  }
}

/// `fresh`: what this transaction brings already, by channel and external id.
Outcome<std::vector<engine::Turn>> Ingest::turns_of(
    Request& request, TimePoint now, std::map<std::pair<std::string, std::string>, std::int64_t>& fresh) {
  std::vector<engine::Turn> turns;
  for (cx::Feedback& said : request.feedback) {
    const std::pair name(said.channel, said.external_id);
    if (const auto twin = fresh.find(name); twin != fresh.end()) {
      request.taken.push_back({twin->second, true});
      continue;
    }
    const auto known = store_.cx().feedback(said.channel, said.external_id);
    if (!known) return fail(runtime::store_failure(known.error()));
    if (*known) {
      request.taken.push_back({(*known)->id, true});
      continue;
    }
    const auto id = store_.reserve_ids(1);
    if (!id) return fail(runtime::store_failure(id.error()));
    said.id = *id;
    said.received_at = now;
    fresh.emplace(name, *id);
    request.taken.push_back({*id, false});
    auto change = receive(said);
    engine::Turn& turn = turns.emplace_back();
    turn.stream = true;
    turn.is_new = true;
    turn.instance.id = *id;
    turn.journal.instance = *id;
    turn.journal.seq = change.seq;
    turn.journal.at = now;
    turn.journal.events = std::move(change.events);
    turn.journal.payload = std::move(change.payload);
    turn.records.push_back(std::move(change.row));
  }
  return turns;
}

}  // namespace echoflow::intake
