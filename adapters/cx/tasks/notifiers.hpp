#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "adapters/cx/tasks/world.hpp"

namespace echoflow::http {
class Client;
}

namespace echoflow::tasks {

/// A mail to one person; `message_id` is the same whenever it is sent again.
struct Mail {
  std::string to, subject, text, message_id;
};
/// Sends a mail, or says why not.
using SendMail = std::function<Outcome(const Mail& mail)>;
/// The mail addresses of a user or of the members of "group:<name>".
using AddressBook = std::function<std::vector<std::string>(const std::string& recipient)>;

struct NoticeOptions {
  std::string webhook;         ///< gets every notice as JSON; empty: none
  std::string webhook_secret;  ///< signs it: X-Echoflow-Signature: sha256=<hex HMAC>; empty: not signed
  std::string mail_server;     ///< smtp(s)://host[:port]; empty: no mails
  std::string mail_from, mail_user, mail_password;
  bool mail_tls = true;
  std::string mail_host = "echoflow.invalid";  ///< of the Message-ID
};

/// Tells by webhook and mail. A webhook gets the notice's key as Idempotency-Key, a mail gets it as its Message-ID:
/// what is sent twice around a crash is known to be the same. When one way fails and is tried again, the others are
/// not.
class Notices final : public Notifier {
 public:
  Notices(http::Client& client, NoticeOptions options, SendMail send_mail, AddressBook addresses)
      : client_(client),
        options_(std::move(options)),
        send_mail_(std::move(send_mail)),
        addresses_(std::move(addresses)) {}
  Outcome notify(const Notice& notice) override;

 private:
  Outcome tell(const Notice& notice);
  Outcome call_webhook(const Notice& notice);
  Outcome send_mails(const Notice& notice);
  std::string message_id(const Notice& notice, const std::string& address) const;
  /// Is this way (a mail address, or the webhook) of a notice still to be gone?
  bool open(const Notice& notice, const std::string& way) const;
  void gone(const Notice& notice, const std::string& way);
  http::Client& client_;
  const NoticeOptions options_;
  SendMail send_mail_;
  AddressBook addresses_;
  mutable std::mutex mutex_;
  std::map<std::string, std::set<std::string>> gone_;  ///< by the key of a notice that is not settled yet
};

}  // namespace echoflow::tasks
