#include "adapters/channels/email/mail_server.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

#include "adapters/http/message.hpp"

namespace echoflow::channels::email {

namespace {

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Closer>;

struct Sink {
  std::string bytes;
  std::size_t most = 1u << 20;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  if (sink.bytes.size() + size * count > sink.most) return 0;
  sink.bytes.append(data, size * count);
  return size * count;
}

struct Source {
  std::string_view rest;
};

std::size_t give(char* data, std::size_t size, std::size_t count, void* user) {
  auto& source = *static_cast<Source*>(user);
  const auto n = std::min(size * count, source.rest.size());
  std::memcpy(data, source.rest.data(), n);
  source.rest.remove_prefix(n);
  return n;
}

Handle open(const Server& server, const std::string& url) {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  Handle handle(started ? curl_easy_init() : nullptr);
  if (!handle) return handle;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, static_cast<long>(server.timeout.count()));
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(handle.get(), CURLOPT_USE_SSL, static_cast<long>(server.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!server.user.empty()) {
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, server.password.c_str());
  }
  return handle;
}

ServerFailure failure(CURL* handle, CURLcode code, const std::string& what) {
  long response = 0;
  if (handle) curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &response);
  const std::string why = code == CURLE_OK ? "it gave no answer" : curl_easy_strerror(code);
  return {"The mail server could not " + what + ": " + why +
              (response ? " (answer " + std::to_string(response) + ")" : "") + ".",
          static_cast<int>(response), false};
}

std::string folder_url(const Server& imap, const std::string& folder) {
  return imap.url + "/" + http::percent_encoded(folder);
}

/// A command of IMAP in a folder (none: before one is chosen) and its untagged answers.
Result<std::string, ServerFailure> command(const Server& imap, const std::string& url, const std::string& words,
                                           const std::string& what) {
  Handle handle = open(imap, url);
  if (!handle) return fail(ServerFailure{"The mail library does not start.", 0, false});
  Sink sink;
  curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, words.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &sink);
  const auto code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return fail(failure(handle.get(), code, what));
  return std::move(sink.bytes);
}

/// The number after a word: "UIDNEXT 17" → 17.
std::uint64_t number_after(std::string_view text, std::string_view word) {
  const auto at = text.find(word);
  if (at == std::string_view::npos) return 0;
  std::uint64_t number = 0;
  const auto* begin = text.data() + at + word.size();
  std::from_chars(begin, text.data() + text.size(), number);
  return number;
}

std::vector<std::uint64_t> numbers_of_search(std::string_view text) {
  std::vector<std::uint64_t> numbers;
  const auto at = text.find("SEARCH");
  if (at == std::string_view::npos) return numbers;
  text.remove_prefix(at + 6);
  text = text.substr(0, text.find('\r'));
  while (!text.empty()) {
    text.remove_prefix(1);
    std::uint64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) break;
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out + '"';
}

}  // namespace

Result<FolderState, ServerFailure> folder_state(const Server& imap, const std::string& folder) {
  auto answer = command(imap, imap.url + "/", "STATUS " + quoted(folder) + " (UIDVALIDITY UIDNEXT)",
                        "say what is in the folder '" + folder + "'");
  if (!answer) return fail(answer.error());
  FolderState state{number_after(*answer, "UIDVALIDITY "), number_after(*answer, "UIDNEXT ")};
  if (state.uid_validity == 0 || state.uid_next == 0)
    return fail(ServerFailure{"The mail server did not say what is in the folder '" + folder + "'.", 0, false});
  return state;
}

Result<std::vector<std::uint64_t>, ServerFailure> mails_from(const Server& imap, const std::string& folder,
                                                             std::uint64_t first_uid) {
  auto answer = command(imap, folder_url(imap, folder), "UID SEARCH UID " + std::to_string(first_uid) + ":*",
                        "list the folder '" + folder + "'");
  if (!answer) return fail(answer.error());
  auto numbers = numbers_of_search(*answer);
  // "*" is the last one, also when it is before the first that was asked for.
  numbers.erase(numbers.begin(), std::lower_bound(numbers.begin(), numbers.end(), first_uid));
  return numbers;
}

Result<std::vector<std::uint64_t>, ServerFailure> mails_with_id(const Server& imap, const std::string& folder,
                                                                const std::string& message_id) {
  auto answer =
      command(imap, folder_url(imap, folder), "UID SEARCH HEADER Message-ID " + quoted("<" + message_id + ">"),
              "search the folder '" + folder + "'");
  if (!answer) return fail(answer.error());
  return numbers_of_search(*answer);
}

Result<std::string, ServerFailure> fetch_mail(const Server& imap, const std::string& folder, std::uint64_t uid,
                                              std::size_t most_bytes) {
  Handle handle = open(imap, folder_url(imap, folder) + ";UID=" + std::to_string(uid));
  if (!handle) return fail(ServerFailure{"The mail library does not start.", 0, false});
  Sink sink{{}, most_bytes};
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &sink);
  const auto code = curl_easy_perform(handle.get());
  if (code == CURLE_REMOTE_FILE_NOT_FOUND) return std::string();
  if (code != CURLE_OK) return fail(failure(handle.get(), code, "hand out mail " + std::to_string(uid)));
  return std::move(sink.bytes);
}

Result<void, ServerFailure> send_mail(const Server& smtp, const std::string& from, const std::vector<std::string>& to,
                                      const std::string& bytes) {
  Handle handle = open(smtp, smtp.url);
  if (!handle) return fail(ServerFailure{"The mail library does not start.", 0, false});
  std::unique_ptr<curl_slist, ListFree> receivers;
  for (const auto& one : to) {
    auto* longer = curl_slist_append(receivers.get(), ("<" + one + ">").c_str());
    (void)receivers.release();
    receivers.reset(longer);
  }
  Source source{bytes};
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &source);
  const auto code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {};
  auto failed = failure(handle.get(), code, "take the mail");
  failed.maybe_done = source.rest.empty() && failed.code < 400;
  return fail(std::move(failed));
}

}  // namespace echoflow::channels::email
