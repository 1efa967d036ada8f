#include "adapters/channels/event_stream.hpp"

#include <curl/curl.h>

#include <memory>

namespace echoflow::channels {

namespace {

constexpr std::size_t most_event_bytes = 1u << 20;

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Reading {
  const std::stop_token& stop;
  const std::function<bool(std::string_view)>& take;
  bool refused = false;
};

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* user) {
  auto& reading = *static_cast<Reading*>(user);
  if (reading.take({data, size * count})) return size * count;
  reading.refused = true;
  return 0;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Reading*>(user)->stop.stop_requested() ? 1 : 0;
}

}  // namespace

bool EventParser::take(std::string_view bytes) {
  rest_.append(bytes);
  std::size_t begin = 0;
  for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1) {
    std::string_view text = std::string_view(rest_).substr(begin, end - begin);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (!line(text)) return false;
  }
  rest_.erase(0, begin);
  return rest_.size() <= most_event_bytes && data_.size() <= most_event_bytes;
}

bool EventParser::line(std::string_view text) {
  if (text.empty()) {
    const auto type = std::move(type_), data = std::move(data_);
    type_.clear();
    data_.clear();
    return data.empty() || event_(type, data);
  }
  const auto value_of = [&](std::string_view name) {
    auto value = text.substr(name.size());
    if (value.starts_with(' ')) value.remove_prefix(1);
    return value;
  };
  if (text.starts_with("event:")) {
    type_ = value_of("event:");
  } else if (text.starts_with("data:")) {
    if (!data_.empty()) data_ += '\n';
    data_ += value_of("data:");
  }
  return true;
}

std::string read_stream(const StreamRequest& request, const std::stop_token& stop,
                        const std::function<bool(std::string_view)>& take) {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  std::unique_ptr<CURL, Closer> handle(started ? curl_easy_init() : nullptr);
  if (!handle) return "The library for streams does not start.";
  std::unique_ptr<curl_slist, ListFree> headers;
  for (const auto& [name, value] : request.headers) {
    auto* longer = curl_slist_append(headers.get(), (name + ": " + value).c_str());
    (void)headers.release();
    headers.reset(longer);
  }
  Reading reading{stop, take};
  curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(handle.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.silence_seconds));
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &reading);
  curl_easy_setopt(handle.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle.get(), CURLOPT_XFERINFODATA, &reading);
  const auto code = curl_easy_perform(handle.get());
  if (stop.stop_requested()) return {};
  if (reading.refused) return "What the stream brought could not be taken.";
  return code == CURLE_OK ? "The stream ended." : std::string("The stream broke: ") + curl_easy_strerror(code) + ".";
}

}  // namespace echoflow::channels
