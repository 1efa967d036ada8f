#include "adapters/channels/email/email.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

#include "adapters/channels/build.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/channels/email/mail.hpp"
#include "adapters/channels/email/mail_server.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels {

namespace {

using email::Mail;

constexpr std::size_t most_mails_a_round = 50;

struct Options {
  email::Server imap, smtp;
  std::string folder, copy_to, copy_folder;
  email::Address own;
  std::int64_t poll_seconds = 20;
  std::int64_t settle_seconds = 30;  ///< how long a copy may be on its way
  bool backlog = false;
};

Rules mail_rules(const Options& options) {
  Rules rules;
  rules.max_private = 100'000;
  rules.first_word = true;
  rules.asks_first = !options.copy_to.empty();
  return rules;
}

/// "validity:next", as the cursor is kept.
email::FolderState position_of(const std::string& cursor) {
  email::FolderState state;
  const auto colon = std::min(cursor.find(':'), cursor.size());
  std::from_chars(cursor.data(), cursor.data() + colon, state.uid_validity);
  if (colon < cursor.size()) std::from_chars(cursor.data() + colon + 1, cursor.data() + cursor.size(), state.uid_next);
  return state;
}

std::string text_of(const email::FolderState& state) {
  return std::to_string(state.uid_validity) + ":" + std::to_string(state.uid_next);
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool is_answer_subject(std::string_view subject) {
  for (std::string_view prefix : {"Re:", "RE:", "re:", "AW:", "Aw:"})
    if (subject.starts_with(prefix)) return true;
  return false;
}

class Email : public Channel {
 public:
  Email(const Config& config, Options options, const World& world)
      : Channel(config.name, "email", mail_rules(options)),
        options_(std::move(options)),
        world_(world),
        opened_at_(world.now()) {}

  bool pulls() const override { return true; }

  Round pull(const std::stop_token& stop, Sink& sink) override {
    auto state = email::folder_state(options_.imap, options_.folder);
    if (!state) return trouble(state.error().message);
    auto position = position_of(world_.cursors.get(name(), "mailbox"));
    if (position.uid_validity != state->uid_validity) {
      // Another mailbox of that name: what was taken from the old one is known by its Message-IDs.
      const bool from_start = options_.backlog || position.uid_validity != 0;
      position = {state->uid_validity, from_start ? 1 : state->uid_next};
      if (auto kept = keep(position); !kept) return trouble(kept.error().message);
    }
    if (position.uid_next >= state->uid_next) return rest();
    auto uids = email::mails_from(options_.imap, options_.folder, position.uid_next);
    if (!uids) return trouble(uids.error().message);
    std::size_t taken = 0;
    for (auto uid : *uids) {
      if (stop.stop_requested() || ++taken > most_mails_a_round) return {};
      if (auto problem = take(uid, sink); !problem.empty()) return trouble(problem);
      position.uid_next = uid + 1;
      if (auto kept = keep(position); !kept) return trouble(kept.error().message);
    }
    return rest();
  }

 protected:
  TimePoint now() const override { return world_.now(); }

  SendResult do_send(const Outgoing& outgoing) override {
    if (outgoing.answers && !recall(*outgoing.answers, "automatic").empty())
      return Refused{"auto-reply", "A mail that a program sent (" + recall(*outgoing.answers, "automatic") +
                                       ") is not answered: two programs would go on for ever."};
    const auto draft = draft_of(outgoing);
    auto bytes = email::write_mail(draft);
    if (!bytes) return Refused{"recipient", bytes.error().message};
    std::vector<std::string> to{draft.to};
    // In the same transaction, so that it is there exactly when the mail was taken.
    if (!options_.copy_to.empty()) to.push_back(options_.copy_to);
    note_attempt(outgoing.key);
    auto done = email::send_mail(options_.smtp, options_.own.mailbox, to, *bytes);
    if (done.ok()) return Sent{draft.message_id, ""};
    const auto& failure = done.error();
    if (failure.code >= 500 && failure.code != 530 && failure.code != 535)
      return Refused{failure.code == 552 ? "length" : "recipient", failure.message};
    return Later{std::chrono::minutes(1), failure.message, failure.maybe_done};
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    if (options_.copy_to.empty()) return std::optional<Sent>();
    const auto id = message_id_of(outgoing.key);
    auto found = email::mails_with_id(options_.imap, options_.copy_folder, id);
    if (!found) return fail(Later{std::chrono::seconds(30), found.error().message, true});
    if (!found->empty()) return std::optional<Sent>(Sent{id, ""});
    const auto settled = last_attempt(outgoing.key).micros + options_.settle_seconds * 1'000'000;
    if (now().micros < settled)
      return fail(Later{std::chrono::milliseconds((settled - now().micros) / 1'000 + 1),
                        "The copy may still be on its way.", true});
    return std::optional<Sent>();
  }

 private:
  void note_attempt(const std::string& key) {
    std::lock_guard lock(mutex_);
    std::erase_if(attempts_, [&](const auto& attempt) {
      return now().micros - attempt.second.micros > options_.settle_seconds * 1'000'000;
    });
    attempts_[key] = now();
  }
  /// At the latest when the channel was opened: the server may have ended right after the attempt.
  TimePoint last_attempt(const std::string& key) {
    std::lock_guard lock(mutex_);
    auto it = attempts_.find(key);
    return it == attempts_.end() ? opened_at_ : it->second;
  }

  Round rest() const { return {std::chrono::seconds(options_.poll_seconds), ""}; }
  Round trouble(const std::string& problem) {
    ++count().pull_problems;
    return {std::chrono::seconds(options_.poll_seconds), problem};
  }
  Result<void> keep(const email::FolderState& position) {
    return world_.cursors.put(name(), "mailbox", text_of(position));
  }

  /// The problem that keeps it from being taken now; empty: it is taken, or is none that can be.
  std::string take(std::uint64_t uid, Sink& sink) {
    auto bytes = email::fetch_mail(options_.imap, options_.folder, uid, email::most_mail_bytes);
    if (!bytes) return bytes.error().message;
    if (bytes->empty()) return {};
    auto mail = email::read_mail(*bytes);
    if (!mail) {
      ++count().refused_malformed;
      return {};
    }
    if (mail->from.mailbox == options_.own.mailbox) return {};  // the copy of an answer of ours
    std::vector<cx::Feedback> batch;
    batch.push_back(feedback_of(*mail, std::move(*bytes)));
    if (!sink.accept(std::move(batch))) return "What was read could not be stored.";
    ++count().received;
    return {};
  }

  cx::Feedback feedback_of(Mail& mail, std::string bytes) const {
    cx::Feedback feedback;
    feedback.external_id = mail.message_id;
    feedback.kind = cx::FeedbackKind::mail;
    feedback.in_reply_to =
        mail.in_reply_to.empty() && !mail.references.empty() ? mail.references.back() : mail.in_reply_to;
    feedback.conversation = mail.references.empty() ? mail.in_reply_to : mail.references.front();
    feedback.author.id = mail.from.mailbox;
    feedback.author.name = mail.from.name;
    feedback.author.handle = mail.from.mailbox;
    feedback.subject = mail.subject;
    feedback.text = mail.text.empty() ? mail.whole_text : mail.text;
    feedback.attachments = std::move(mail.attachments);
    feedback.published_at = mail.date;
    feedback.raw = std::move(bytes);
    auto chain = mail.references;
    if (chain.empty() && !mail.in_reply_to.empty()) chain.push_back(mail.in_reply_to);
    chain.push_back(mail.message_id);
    if (mail.origin != email::Origin::person) remember(feedback, "automatic", std::string(to_string(mail.origin)));
    remember(feedback, "references", joined(chain));
    remember(feedback, "reply_to", mail.reply_to.mailbox.empty() ? mail.from.mailbox : mail.reply_to.mailbox);
    complete(feedback, *this, now());
    return feedback;
  }

  /// The same for every attempt, so that the receiver's server knows a second one by it.
  std::string message_id_of(const std::string& key) const {
    return sha256_hex(name() + "\n" + key).substr(0, 40) + options_.own.mailbox.substr(options_.own.mailbox.find('@'));
  }

  email::Draft draft_of(const Outgoing& outgoing) const {
    email::Draft draft;
    draft.message_id = message_id_of(outgoing.key);
    draft.from = options_.own;
    draft.to = outgoing.to;
    draft.subject = outgoing.subject;
    draft.text = outgoing.text;
    draft.date = now();
    if (outgoing.answers) {
      draft.to = recall(*outgoing.answers, "reply_to");
      draft.references = split(recall(*outgoing.answers, "references"));
      draft.in_reply_to = outgoing.answers->external_id;
      const auto& subject = outgoing.answers->subject;
      if (draft.subject.empty()) draft.subject = is_answer_subject(subject) ? subject : "Re: " + subject;
    }
    return draft;
  }

  const Options options_;
  const World world_;
  const TimePoint opened_at_;
  std::mutex mutex_;
  std::map<std::string, TimePoint> attempts_;  ///< of the last seconds, by key
};

email::Server read_server(Settings& settings, const std::string& kind) {
  email::Server server;
  server.url = settings.required(kind + "_url");
  while (server.url.ends_with('/')) server.url.pop_back();
  if (!server.url.empty() && !server.url.starts_with(kind + "://") && !server.url.starts_with(kind + "s://"))
    settings.refuse(kind + "_url", "must be " + kind + "s://HOST or " + kind + "://HOST");
  server.user = settings.text("user");
  server.password = settings.optional_secret("password");
  server.tls = settings.flag("tls", true);
  if (!server.user.empty() && server.password.empty()) settings.refuse("password", "is missing");
  return server;
}

}  // namespace

ChannelPtr make_email(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.imap = read_server(settings, "imap");
  options.smtp = read_server(settings, "smtp");
  if (!settings.flag("smtp_login", true)) options.smtp.user.clear();
  options.own = {settings.required("address"), settings.text("from_name")};
  for (char& c : options.own.mailbox)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (options.own.mailbox.find('@') == std::string::npos) settings.refuse("address", "must be a mail address");
  options.folder = settings.text("folder", "INBOX");
  options.copy_to = settings.text("copy_to", options.own.mailbox);
  if (options.copy_to == "none") options.copy_to.clear();
  options.copy_folder = settings.text("copy_folder", options.folder);
  options.poll_seconds = settings.number("poll_seconds", 20, 1, 3'600);
  options.settle_seconds = settings.number("settle_seconds", 30, 0, 3'600);
  options.backlog = settings.flag("backlog", false);
  return std::make_unique<Email>(config, std::move(options), world);
}

}  // namespace echoflow::channels
