#include "tools/echoflow/document_watch.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <random>

#include "adapters/rest/json_value.hpp"
#include "models/base/hex.hpp"
#include "tools/echoflow/stored_processes.hpp"

namespace echoflow::tool {

namespace {

constexpr auto ask_server_every = std::chrono::milliseconds(150);

std::string new_watch_name() {
  std::random_device random;
  std::string bytes;
  for (int i = 0; i < 16; ++i) bytes += static_cast<char>(random() & 0xff);
  return to_hex(std::string_view(bytes));
}

std::int64_t rows_told(const json::Value& body, std::string_view name) {
  const auto* value = body.find(name);
  std::int64_t result = 0;
  if (value) std::from_chars(value->text.data(), value->text.data() + value->text.size(), result);
  return result;
}

}  // namespace

DocumentWatch::DocumentWatch(const std::string& id, RequestTo request_to)
    : id_(id), request_to_(std::move(request_to)) {
  if (!::isatty(STDERR_FILENO)) return;
  name_ = new_watch_name();
  asker_ = std::thread([this] { run(); });
}

DocumentWatch::~DocumentWatch() {
  stop(false);
}

void DocumentWatch::stop(bool is_here) {
  {
    const std::lock_guard lock(mutex_);
    is_here_ = is_here_ || is_here;
    stopping_ = true;
  }
  wake_.notify_all();
  if (asker_.joinable()) asker_.join();
}

void DocumentWatch::run() {
  const auto bar = progress_bar("evidence");
  http::Client client;
  std::int64_t total = 0;
  bool whole = false;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, ask_server_every, [this] { return stopping_; })) {
    lock.unlock();
    // What cannot be asked is not shown; the document itself says what is wrong.
    const auto answer = client.send(request_to_("/" + id_ + "/documentation/progress?watch=" + name_));
    const auto body = answer && answer->status == 200 ? json::parse(answer->body) : json::parse("{}");
    if (body && rows_told(*body, "total") > 0 && !whole) {
      total = rows_told(*body, "total");
      whole = rows_told(*body, "done") >= total;
      bar(rows_told(*body, "done"), total);
    }
    lock.lock();
  }
  if (whole || total == 0) return;
  if (is_here_)
    bar(total, total);
  else
    std::fputc('\n', stderr);
}

}  // namespace echoflow::tool
