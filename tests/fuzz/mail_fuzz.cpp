#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/channels/email/mail.hpp"
#include "models/base/utf8.hpp"

using namespace echoflow::channels::email;

/// What is read is UTF-8, and an answer to it can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto mail = read_mail(bytes);
  if (!mail) return 0;
  for (const auto* text : {&mail->text, &mail->whole_text, &mail->subject, &mail->from.mailbox, &mail->message_id})
    if (!echoflow::is_valid_utf8(*text)) std::abort();
  Draft draft{"answer@acme.example",
              {"desk@acme.example", "Acme"},
              mail->from.mailbox,
              "Re: " + mail->subject,
              mail->text,
              mail->message_id,
              mail->references,
              {1'700'000'000'000'000}};
  auto written = write_mail(draft);
  if (written && !read_mail(*written)) std::abort();
  return 0;
}
