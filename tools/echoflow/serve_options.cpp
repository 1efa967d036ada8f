#include "tools/echoflow/serve_options.hpp"

#include <algorithm>
#include <array>

#include "tools/echoflow/channels_file.hpp"
#include "tools/echoflow/text_file.hpp"
#include "tools/echoflow/understanding_files.hpp"

namespace echoflow::tool {

namespace {

struct Authority {
  std::string host;
  std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080".
Result<Authority> parse_listen(const std::string& text) {
  auto colon = text.rfind(':');
  std::string host = colon == std::string::npos ? "" : text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  bool digits = !port.empty() && port.size() <= 5 &&
                std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (host.empty() || !digits || std::stoi(port) > 65535)
    return fail("--listen must be HOST:PORT, for example 127.0.0.1:8080, not '" + text + "'.");
  return Authority{host, static_cast<std::uint16_t>(std::stoi(port))};
}

Result<void> check_exposure(const Settings& settings, const std::string& host) {
  const bool tls = settings.given("--cert") || settings.given("--key");
  if (tls && (settings.get("--cert").empty() || settings.get("--key").empty()))
    return fail("--cert and --key belong together.");
  if (rest::is_loopback(host)) return {};
  if (!tls && !settings.on("--insecure"))
    return fail("--listen " + host +
                " is reachable from other machines: give --cert and --key for TLS, or --insecure.");
  if (settings.get("--tokens").empty())
    return fail("--listen " + host +
                " is reachable from other machines: give --tokens, so that not everybody may deploy and operate.");
  return {};
}

Result<void> read_numbers(const Settings& settings, ServeOptions& options) {
  auto connections = settings.number("--max-connections", 8, 20'000);
  auto message = settings.number("--max-message-bytes", 1024, 1 << 30);
  auto archive = settings.number("--max-archive-bytes", 1024, 1 << 30);
  auto workers = settings.number("--workers", 0, 1024);
  auto timeout = settings.number("--request-timeout", 1, 86'400);
  auto cool = settings.number("--cool-seconds", 1, 86'400);
  auto drain = settings.number("--drain-seconds", 0, 3'600);
  for (const auto* number : {&connections, &message, &archive, &workers, &timeout, &cool, &drain})
    if (!*number) return fail(number->error());
  options.server.max_connections = static_cast<unsigned>(*connections);
  // Some threads always stay for those who watch.
  options.service.max_waiting = static_cast<unsigned>(*connections - std::max<std::int64_t>(4, *connections / 8));
  options.api.max_event_streams = static_cast<unsigned>(std::max<std::int64_t>(2, *connections / 16));
  options.service.limits.max_bytes = static_cast<std::size_t>(*message);
  options.api.max_json_bytes = static_cast<std::size_t>(*message);
  options.api.archive.max_archive_bytes = static_cast<std::size_t>(*archive);
  options.runtime.workers = static_cast<unsigned>(*workers);
  options.runtime.cool_after = std::chrono::seconds(*cool);
  options.service.reply_timeout = std::chrono::seconds(*timeout);
  options.drain = std::chrono::seconds(*drain);
  return {};
}

bool is_level(const std::string& level) {
  constexpr std::array<std::string_view, 5> levels = {"debug", "info", "warn", "error", "off"};
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

}  // namespace

Result<ServeOptions> serve_options(const Settings& settings) {
  ServeOptions options;
  auto listen = parse_listen(settings.get("--listen"));
  if (!listen) return fail(listen.error());
  if (auto checked = check_exposure(settings, listen->host); !checked) return fail(checked.error());
  if (auto read = read_numbers(settings, options); !read) return fail(read.error());
  options.log_level = settings.get("--log-level");
  if (!is_level(options.log_level)) return fail("--log-level must be debug, info, warn, error or off.");
  if (auto file = settings.get("--tokens"); !file.empty()) {
    auto tokens = rest::Tokens::load(file);
    if (!tokens) return fail(tokens.error());
    if (tokens->empty()) return fail("The tokens file '" + file + "' holds no token.");
    options.application.tokens = std::move(tokens).value();
  }
  if (!settings.get("--rules").empty() || !settings.get("--model").empty()) {
    auto understander = load_understander(settings.get("--rules"), settings.get("--model"));
    if (!understander) return fail(understander.error());
    options.api.understander = std::move(understander).value();
  }
  if (auto file = settings.get("--channels"); !file.empty()) {
    auto channels = read_channels_file(file);
    if (!channels) return fail(channels.error());
    options.channels = std::move(channels).value();
  }
  if (auto file = settings.get("--desk"); !file.empty()) {
    auto text = read_text_file(file, 16u << 20);
    if (!text) return fail(text.error());
    auto desk = tasks::parse_desk_file(*text);
    if (!desk) return fail("The desk file '" + file + "': " + desk.error().message);
    options.desk = std::move(desk).value();
  }
  options.in_memory = settings.on("--in-memory");
  if (!options.in_memory) options.cursor_folder = settings.get("--data") + "/channels";
  options.signing_key = settings.get("--signing-key");
  if (options.signing_key.empty() && !options.in_memory)
    options.signing_key = settings.get("--data") + "/signing-key.pem";
  options.database =
      settings.get("--database").empty() ? settings.get("--data") + "/echoflow.db" : settings.get("--database");
  options.server.host = listen->host;
  options.server.port = listen->port;
  options.server.certificate_file = settings.get("--cert");
  options.server.key_file = settings.get("--key");
  options.api.version = ECHOFLOW_VERSION;
  options.application.loopback_only = rest::is_loopback(listen->host);
  options.application.listen_authority = settings.get("--listen");
  options.application.public_services = settings.on("--public-services");
  options.application.public_url = settings.get("--public-url");
  while (options.application.public_url.ends_with('/')) options.application.public_url.pop_back();
  return options;
}

}  // namespace echoflow::tool
