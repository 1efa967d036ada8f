#include <cstdlib>
#include <iostream>
#include <string>

#include <unistd.h>

#include "adapters/channels/import/csv.hpp"
#include "adapters/http/client.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

constexpr std::size_t most_records = 500, most_bytes = 900'000;

/// "env:NAME" or "file:PATH"; empty where that is nothing.
std::string secret_of(const std::string& reference) {
  if (reference.starts_with("env:")) {
    const char* value = std::getenv(reference.c_str() + 4);
    return value ? value : "";
  }
  if (!reference.starts_with("file:")) return {};
  auto text = read_text_file(reference.substr(5), 64u << 10);
  if (!text) return {};
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  return std::move(text).value();
}

/// Cuts the file into calls of whole records; each call of a CSV file begins with the head.
class Batches {
 public:
  Batches(std::string_view text, bool is_csv) : rest_(text), is_csv_(is_csv) {
    if (is_csv_)
      if (auto head = next()) head_ = *head;
  }
  bool read(std::string& body, std::size_t& records) {
    body = head_;
    records = 0;
    while (records < most_records && !rest_.empty()) {
      std::string_view before = rest_;
      const auto record = next();
      if (!record) break;
      if (records > 0 && body.size() + record->size() > most_bytes) {
        rest_ = before;
        break;
      }
      if (record->find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
      body += *record;
      ++records;
    }
    return records > 0;
  }
  std::size_t left() const { return rest_.size(); }

 private:
  std::optional<std::string_view> next() {
    if (is_csv_) return channels::csv::next_record(rest_);
    if (rest_.empty()) return std::nullopt;
    const auto size = std::min(rest_.find('\n'), rest_.size() - 1) + 1;
    const auto line = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return line;
  }
  std::string_view rest_;
  std::string head_;
  const bool is_csv_;
};

void show_progress(std::size_t done, std::size_t all, std::size_t records) {
  if (!isatty(STDERR_FILENO)) return;
  constexpr std::size_t width = 40;
  const auto filled = all ? done * width / all : width;
  std::cerr << "\r[" << std::string(filled, '=') << std::string(width - filled, ' ') << "] "
            << (all ? done * 100 / all : 100) << " % " << records << " records" << std::flush;
}

}  // namespace

int feedback(const Settings& settings) {
  const auto& words = settings.arguments();
  if (words.size() != 2 || words[0] != "import")
    return complain("Say what to do: echoflow feedback import FILE --channel NAME.");
  const auto secret = secret_of(settings.get("--secret"));
  if (settings.get("--channel").empty()) return complain("Give the channel that the records come by: --channel NAME.");
  if (secret.empty()) return complain("Give the channel's secret: --secret env:NAME or file:PATH.");
  auto text = read_text_file(words[1], 1u << 30);
  if (!text) return complain(text.error().message);
  const bool is_csv = words[1].ends_with(".csv");
  if (text->starts_with("\xef\xbb\xbf")) text->erase(0, 3);
  const std::string url = settings.get("--server") + "/channels/" + settings.get("--channel") + "/webhook";
  http::Client client;
  Batches batches(*text, is_csv);
  std::string body;
  std::size_t records = 0, total = 0;
  while (batches.read(body, records)) {
    auto answer =
        client.send({url,
                     "POST",
                     {{"Content-Type", is_csv ? "text/csv" : "application/x-ndjson"}, {"X-Echoflow-Import", secret}},
                     body});
    if (!answer)
      return complain(answer.error().message + " " + std::to_string(total) +
                      " records are imported; what "
                      "is sent again is known.");
    if (answer->status >= 300)
      return complain("After record " + std::to_string(total) + " the server refuses: " + answer->body);
    total += records;
    show_progress(text->size() - batches.left(), text->size(), total);
  }
  if (isatty(STDERR_FILENO)) std::cerr << '\n';
  std::cout << total << " records imported.\n";
  return fine;
}

}  // namespace echoflow::tool
