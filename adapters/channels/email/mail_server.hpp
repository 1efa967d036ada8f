#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "models/base/result.hpp"

/// IMAP and SMTP as far as a desk needs them.
namespace echoflow::channels::email {

struct Server {
  std::string url;  ///< imap(s)://host[:port], smtp(s)://host[:port]
  std::string user, password;
  bool tls = true;  ///< of imap:// and smtp://: STARTTLS is asked for, never gone without
  std::chrono::seconds timeout{60};
};

struct ServerFailure {
  std::string message;      ///< never holds a password
  int code = 0;             ///< SMTP's; 0: none
  bool maybe_done = false;  ///< the answer got lost
};

struct FolderState {
  std::uint64_t uid_validity = 0, uid_next = 0;
};

/// Each call makes a connection of its own. Never throws.
Result<FolderState, ServerFailure> folder_state(const Server& imap, const std::string& folder);
/// Ids of the mails from `first_uid` on, ascending.
Result<std::vector<std::uint64_t>, ServerFailure> mails_from(const Server& imap, const std::string& folder,
                                                             std::uint64_t first_uid);
Result<std::vector<std::uint64_t>, ServerFailure> mails_with_id(const Server& imap, const std::string& folder,
                                                                const std::string& message_id);
/// The mail's bytes; it is marked as seen. Empty: there is none (any more).
Result<std::string, ServerFailure> fetch_mail(const Server& imap, const std::string& folder, std::uint64_t uid,
                                              std::size_t most_bytes);

Result<void, ServerFailure> send_mail(const Server& smtp, const std::string& from, const std::vector<std::string>& to,
                                      const std::string& bytes);

}  // namespace echoflow::channels::email
