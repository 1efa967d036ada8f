#include "adapters/channels/email/mail.hpp"
#include "adapters/channels/email/mail_objects.hpp"

namespace echoflow::channels::email {

namespace {

/// Exactly one mailbox, so that no line break and no second address slips into the header.
bool is_mailbox(const std::string& text) {
  if (text.empty() || text.size() > 320 || text.find('@') == std::string::npos) return false;
  for (char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '<' || c == '>' || c == 127) return false;
  return true;
}

std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return text;
}

std::string in_brackets(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "<" : " <") + one_line(id) + ">";
  return text;
}

}  // namespace

Result<std::string> write_mail(const Draft& draft) {
  if (!is_mailbox(draft.from.mailbox)) return fail("'" + one_line(draft.from.mailbox) + "' is no mail address.");
  if (!is_mailbox(draft.to)) return fail("'" + one_line(draft.to) + "' is no mail address.");
  start_gmime();
  Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  auto* object = GMIME_OBJECT(message.get());
  g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, one_line(draft.from.name).c_str(),
                             draft.from.mailbox.c_str());
  g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, nullptr, draft.to.c_str());
  g_mime_message_set_subject(message.get(), one_line(draft.subject).c_str(), "utf-8");
  g_mime_message_set_message_id(message.get(), one_line(draft.message_id).c_str());
  GDateTime* date = g_date_time_new_from_unix_utc(draft.date.micros / 1'000'000);
  g_mime_message_set_date(message.get(), date);
  g_date_time_unref(date);
  if (!draft.in_reply_to.empty())
    g_mime_object_set_header(object, "In-Reply-To", in_brackets({draft.in_reply_to}).c_str(), nullptr);
  if (!draft.references.empty())
    g_mime_object_set_header(object, "References", in_brackets(draft.references).c_str(), nullptr);
  Owned<GMimeTextPart> text(g_mime_text_part_new_with_subtype("plain"));
  g_mime_text_part_set_charset(text.get(), "utf-8");
  g_mime_text_part_set_text(text.get(), draft.text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(text.get()), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(text.get()));
  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  char* bytes = g_mime_object_to_string(object, format);
  std::string out = text_of(bytes);
  g_free(bytes);
  g_mime_format_options_free(format);
  return out;
}

}  // namespace echoflow::channels::email
