#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "models/base/result.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::rest {

enum class Role { designer, operator_, auditor, partner, agent, supervisor };
std::string_view to_string(Role role);

/// Who may use a route: everybody, any of the people's roles, operators, designers; partners and operators call
/// services; agents and supervisors work on tasks, which the others may look at; supervisors and designers say who is
/// an agent.
enum class Access { open, read, operate, design, service, work, watch_work, supervise };

struct Identity {
  std::string subject;
  std::vector<Role> roles;
};

/// Bearer tokens. Only their SHA-256 is kept, and every token is compared in constant time.
class Tokens {
 public:
  /// Lines "TOKEN ROLE[,ROLE…] SUBJECT"; TOKEN is the token itself (at least 16 characters) or "sha256:" and 64 hex
  /// digits. Empty lines and lines that begin with '#' are left out. The error names the line.
  static Result<Tokens> parse(std::string_view text);
  /// Reads a file that nobody but its owner may read.
  static Result<Tokens> load(const std::string& file);

  std::optional<Identity> find(std::string_view token) const;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    Sha256 digest;
    Identity identity;
  };
  std::vector<Entry> entries_;
};

bool may_use(const Identity& identity, Access access);

/// True for 127.0.0.0/8, ::1 and localhost, with or without brackets.
bool is_loopback(std::string_view host);
/// The host of a Host header or an origin, without port; "[::1]:80" gives "::1".
std::string_view host_of(std::string_view authority);

/// What a server on a loopback address refuses, so that no web page can reach it by a name of its own that resolves to
/// 127.0.0.1, nor post to it from another origin. Empty when the request is fine.
std::string rebinding_refusal(const http::Request& request, const std::string& public_host);

}  // namespace echoflow::rest
