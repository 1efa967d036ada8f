#include "adapters/channels/import/import.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/import/csv.hpp"
#include "adapters/channels/mapping.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/json/access.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels {

namespace {

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

/// The export of a monitoring tool: CSV with a head, or JSON lines.
class Import : public Channel {
 public:
  Import(const Config& config, std::string secret, Mapping mapping, const World& world)
      : Channel(config.name, "import", {}), secret_(std::move(secret)), mapping_(std::move(mapping)), world_(world) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (!equal_in_constant_time(webhook.request.header("X-Echoflow-Import"), secret_))
      return fail(Refusal{401, "token", "The header X-Echoflow-Import is not the channel's secret."});
    const auto type = http::media_type(webhook.request.header("Content-Type"));
    std::string_view body = webhook.request.body;
    if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
    if (type == "text/csv") return read_csv(body);
    if (type == "application/x-ndjson") return read_lines(body);
    return fail(Refusal{415, "unsupported", "The body must be text/csv or application/x-ndjson."});
  }

 private:
  Result<Received, Refusal> read_csv(std::string_view body) const {
    Received received;
    auto head = csv::next_record(body);
    if (!head) return received;
    const char separator = csv::separator_of(*head);
    const auto names = csv::fields_of(*head, separator);
    while (auto record = csv::next_record(body)) {
      const auto fields = csv::fields_of(*record, separator);
      if (fields.size() == 1 && fields[0].empty()) continue;
      auto lookup = [&](const std::string& path) {
        if (path == "#digest") return sha256_hex(*record);
        for (std::size_t i = 0; i < names.size() && i < fields.size(); ++i)
          if (names[i] == path) return fields[i];
        return std::string();
      };
      if (auto refusal = add(lookup, std::string(*record), received)) return fail(std::move(*refusal));
    }
    return received;
  }

  Result<Received, Refusal> read_lines(std::string_view body) const {
    Received received;
    while (!body.empty()) {
      const auto line = first_line(body);
      body.remove_prefix(std::min(line.size() + 1, body.size()));
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      auto value = json::parse(line);
      if (!value) return fail(Refusal{400, "malformed", where(received) + value.error().message});
      auto lookup = [&](const std::string& path) {
        if (path == "#digest") return sha256_hex(line);
        return json::text_at(*value, path.starts_with('/') ? path : "/" + path);
      };
      if (auto refusal = add(lookup, line, received)) return fail(std::move(*refusal));
    }
    return received;
  }

  static std::string where(const Received& received) {
    return "Record " + std::to_string(received.feedback.size() + 1) + " of this call: ";
  }

  std::optional<Refusal> add(const Lookup& lookup, std::string raw, Received& received) const {
    if (received.feedback.size() >= most_items)
      return Refusal{413, "malformed", "One call may bring at most 1000 records."};
    auto feedback = mapping_.build(lookup);
    if (!feedback) return Refusal{422, "malformed", where(received) + feedback.error().message};
    feedback->raw = std::move(raw);
    complete(*feedback, *this, now());
    received.feedback.push_back(std::move(feedback).value());
    return std::nullopt;
  }

  const std::string secret_;
  const Mapping mapping_;
  const World world_;
};

}  // namespace

ChannelPtr make_import(const Config& config, Settings& settings, const World& world) {
  auto secret = settings.secret("secret");
  std::map<std::string, std::string> presets;
  for (const char* name : {"id", "text", "author_id", "author_name", "author_handle", "reach", "conversation",
                           "in_reply_to", "subject", "rating", "kind", "published_at", "link", "customer", "case_id"})
    presets[name] = name;
  auto mapping = Mapping::read(settings, std::move(presets));
  return std::make_unique<Import>(config, std::move(secret), std::move(mapping), world);
}

}  // namespace echoflow::channels
