#include "adapters/rest/security.hpp"

#include <openssl/crypto.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace echoflow::rest {

namespace {

constexpr std::size_t shortest_token = 16;

std::optional<Sha256> digest_from_hex(std::string_view hex) {
  Sha256 digest{};
  if (hex.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    char c = hex[i];
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (value < 0) return std::nullopt;
    digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] * 16 + value);
  }
  return digest;
}

std::optional<Role> role_named(std::string_view name) {
  for (Role role : {Role::designer, Role::operator_, Role::auditor, Role::partner, Role::agent, Role::supervisor})
    if (name == to_string(role)) return role;
  return std::nullopt;
}

Result<std::vector<Role>> parse_roles(const std::string& list) {
  std::vector<Role> roles;
  std::istringstream names(list);
  for (std::string name; std::getline(names, name, ',');) {
    auto role = role_named(name);
    if (!role) return fail("'" + name + "' is no role; use designer, operator, auditor, partner, agent or supervisor");
    roles.push_back(*role);
  }
  return roles;
}

bool has(const Identity& identity, Role role) {
  return std::find(identity.roles.begin(), identity.roles.end(), role) != identity.roles.end();
}

bool changes_state(const http::Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::designer:
      return "designer";
    case Role::operator_:
      return "operator";
    case Role::auditor:
      return "auditor";
    case Role::partner:
      return "partner";
    case Role::agent:
      return "agent";
    case Role::supervisor:
      return "supervisor";
  }
  return "";
}

Result<Tokens> Tokens::parse(std::string_view text) {
  Tokens tokens;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line);
    std::string token, roles, subject, more;
    if (!(words >> token) || token.front() == '#') continue;
    const std::string place = "Line " + std::to_string(number) + " of the tokens file: ";
    if (!(words >> roles >> subject) || words >> more) return fail(place + "expected is TOKEN ROLE[,ROLE] SUBJECT.");
    auto parsed = parse_roles(roles);
    if (!parsed) return fail(place + parsed.error().message + ".");
    if (!token.starts_with("sha256:")) {
      if (token.size() < shortest_token) return fail(place + "the token is shorter than 16 characters.");
      tokens.entries_.push_back({sha256(token), {subject, *parsed}});
    } else if (auto digest = digest_from_hex(std::string_view(token).substr(7))) {
      tokens.entries_.push_back({*digest, {subject, *parsed}});
    } else {
      return fail(place + "after 'sha256:' stand 64 hex digits.");
    }
  }
  return tokens;
}

Result<Tokens> Tokens::load(const std::string& file) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) return fail("The tokens file '" + file + "' cannot be read.");
  if (info.st_mode & (S_IRWXG | S_IRWXO))
    return fail("The tokens file '" + file + "' may be used by others than its owner; run chmod 600 on it.");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return fail("The tokens file '" + file + "' cannot be read.");
  return parse(text.str());
}

std::optional<Identity> Tokens::find(std::string_view token) const {
  const Sha256 digest = sha256(token);
  const Entry* found = nullptr;
  for (const auto& entry : entries_)
    if (CRYPTO_memcmp(entry.digest.data(), digest.data(), digest.size()) == 0) found = &entry;
  return found ? std::optional(found->identity) : std::nullopt;
}

bool may_use(const Identity& identity, Access access) {
  switch (access) {
    case Access::open:
      return true;
    case Access::read:
      return has(identity, Role::designer) || has(identity, Role::operator_) || has(identity, Role::auditor);
    case Access::operate:
      return has(identity, Role::operator_);
    case Access::design:
      return has(identity, Role::designer);
    case Access::service:
      return has(identity, Role::partner) || has(identity, Role::operator_);
    case Access::work:
      return has(identity, Role::agent) || has(identity, Role::supervisor);
    case Access::watch_work:
      return has(identity, Role::agent) || has(identity, Role::supervisor) || may_use(identity, Access::read);
    case Access::supervise:
      return has(identity, Role::supervisor) || has(identity, Role::designer);
  }
  return false;
}

std::string_view host_of(std::string_view authority) {
  if (auto scheme = authority.find("://"); scheme != std::string_view::npos) authority.remove_prefix(scheme + 3);
  authority = authority.substr(0, authority.find('/'));
  if (!authority.empty() && authority.front() == '[')
    return authority.substr(1, std::min(authority.find(']'), authority.size()) - 1);
  return authority.substr(0, authority.find(':'));
}

bool is_loopback(std::string_view host) {
  if (!host.empty() && host.front() == '[') host = host_of(host);
  if (host == "::1" || http::equal_ignoring_case(host, "localhost")) return true;
  if (!host.starts_with("127.")) return false;
  return std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

std::string rebinding_refusal(const http::Request& request, const std::string& public_host) {
  auto is_ours = [&](std::string_view host) {
    return is_loopback(host) || (!public_host.empty() && http::equal_ignoring_case(host, public_host));
  };
  std::string_view host = request.header("Host");
  if (!host.empty() && !is_ours(host_of(host)))
    return "This server listens on the local machine only; its name is not '" + std::string(host_of(host)) +
           "'. Use http://127.0.0.1 or set --public-url.";
  std::string_view origin = request.header("Origin");
  if (changes_state(request) && !origin.empty() && !http::equal_ignoring_case(host_of(origin), host_of(host)))
    return "A page of another origin may not change anything here.";
  return {};
}

}  // namespace echoflow::rest
