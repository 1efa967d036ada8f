#include <algorithm>

#include "adapters/channels/build.hpp"
#include "adapters/channels/email/mail.hpp"
#include "adapters/channels/email/mail_objects.hpp"
#include "adapters/http/message.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels::email {

namespace {

constexpr int most_parts = 500;
constexpr std::size_t most_references = 100;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string valid_utf8(const char* text) {
  if (!text) return {};
  char* made = g_utf8_make_valid(text, -1);
  std::string out = made;
  g_free(made);
  return out;
}

/// The first mailbox of a list, also within a group.
Address first_of(InternetAddressList* list) {
  for (int i = 0; list && i < internet_address_list_length(list); ++i) {
    auto* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(address))
      return {lower(valid_utf8(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))),
              valid_utf8(internet_address_get_name(address))};
  }
  return {};
}

std::string header_of(GMimeMessage* message, const char* name) {
  return valid_utf8(g_mime_object_get_header(GMIME_OBJECT(message), name));
}

std::vector<std::string> ids_of(const std::string& header) {
  std::vector<std::string> ids;
  if (header.empty()) return ids;
  GMimeReferences* references = g_mime_references_parse(nullptr, header.c_str());
  for (int i = 0; i < g_mime_references_length(references); ++i)
    ids.push_back(valid_utf8(g_mime_references_get_message_id(references, i)));
  g_mime_references_free(references);
  if (ids.size() > most_references)  // the thread's first and its newest
    ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(most_references - 1));
  return ids;
}

/// RFC 3834 and what servers did before it.
Origin origin_of(GMimeMessage* message, const Address& from) {
  auto* type = g_mime_object_get_content_type(GMIME_OBJECT(g_mime_message_get_mime_part(message)));
  const std::string local = from.mailbox.substr(0, from.mailbox.find('@'));
  if ((type && g_mime_content_type_is_type(type, "multipart", "report")) || local == "mailer-daemon" ||
      local == "postmaster" || header_of(message, "Return-Path") == "<>")
    return Origin::bounce;
  const auto automatic = lower(header_of(message, "Auto-Submitted"));
  const auto precedence = lower(header_of(message, "Precedence"));
  if ((!automatic.empty() && !automatic.starts_with("no")) || precedence == "auto_reply" || precedence == "junk" ||
      !header_of(message, "X-Auto-Response-Suppress").empty() || !header_of(message, "X-Autoreply").empty() ||
      !header_of(message, "X-Autorespond").empty())
    return Origin::automatic;
  if (precedence == "bulk" || precedence == "list" || !header_of(message, "List-Id").empty())
    return Origin::mailing_list;
  return Origin::person;
}

bool is_attachment(GMimeObject* part) {
  auto* disposition = g_mime_object_get_content_disposition(part);
  return disposition && g_mime_content_disposition_is_attachment(disposition);
}

/// Words and attachments of all parts.
class Parts {
 public:
  std::string plain, html;
  std::vector<cx::Attachment> attachments;
  bool too_many = false;

  void read(GMimeMessage* message) {
    GMimePartIter* parts = g_mime_part_iter_new(GMIME_OBJECT(message));
    int count = 0;
    do {
      if (++count > most_parts) too_many = true;
      if (auto* part = g_mime_part_iter_get_current(parts); part && !too_many) take(part);
    } while (!too_many && g_mime_part_iter_next(parts));
    g_mime_part_iter_free(parts);
  }

 private:
  void take(GMimeObject* object) {
    if (!GMIME_IS_PART(object)) return;
    auto* type = g_mime_object_get_content_type(object);
    const bool is_plain = g_mime_content_type_is_type(type, "text", "plain");
    const bool is_html = g_mime_content_type_is_type(type, "text", "html");
    std::string& place = is_plain ? plain : html;
    if (GMIME_IS_TEXT_PART(object) && (is_plain || is_html) && !is_attachment(object) && place.empty()) {
      char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
      place = valid_utf8(text);
      g_free(text);
      return;
    }
    char* media_type = g_mime_content_type_get_mime_type(type);
    attachments.push_back({valid_utf8(g_mime_part_get_filename(GMIME_PART(object))), text_of(media_type), ""});
    g_free(media_type);
  }
};

std::string cut(std::string text) {
  if (text.size() <= most_text_bytes) return text;
  std::size_t end = most_text_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

void drop_returns(std::string& text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
}

}  // namespace

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::person:
      return "person";
    case Origin::automatic:
      return "automatic";
    case Origin::bounce:
      return "bounce";
    case Origin::mailing_list:
      return "mailing-list";
  }
  return "";
}

Result<Mail> read_mail(std::string_view bytes) {
  if (bytes.size() > most_mail_bytes)
    return fail("The mail has more than " + std::to_string(most_mail_bytes) + " bytes (limit mail-bytes).");
  start_gmime();
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message || !g_mime_message_get_mime_part(message.get())) return fail("The bytes are no mail.");
  Mail mail;
  mail.from = first_of(g_mime_message_get_from(message.get()));
  if (mail.from.mailbox.empty()) return fail("The mail names no sender.");
  mail.reply_to = first_of(g_mime_message_get_reply_to(message.get()));
  mail.subject = valid_utf8(g_mime_message_get_subject(message.get()));
  mail.message_id = valid_utf8(g_mime_message_get_message_id(message.get()));
  if (mail.message_id.empty()) mail.message_id = "sha256:" + sha256_hex(bytes);
  mail.references = ids_of(header_of(message.get(), "References"));
  if (auto answered = ids_of(header_of(message.get(), "In-Reply-To")); !answered.empty())
    mail.in_reply_to = answered.front();
  if (auto* date = g_mime_message_get_date(message.get())) mail.date = from_unix_seconds(g_date_time_to_unix(date));
  mail.origin = origin_of(message.get(), mail.from);
  Parts parts;
  parts.read(message.get());
  if (parts.too_many)
    return fail("The mail has more than " + std::to_string(most_parts) + " parts (limit mail-parts).");
  mail.whole_text = cut(parts.plain.empty() ? text_of_html(parts.html) : std::move(parts.plain));
  drop_returns(mail.whole_text);
  mail.text = without_quotes(mail.whole_text);
  mail.attachments = std::move(parts.attachments);
  return mail;
}

std::string without_quotes(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (text.substr(0, end) == "-- ") break;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto is_blank = [](std::string_view line) { return line.find_first_not_of(" \t") == line.npos; };
  const auto drop_blank = [&] {
    while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  };
  drop_blank();
  const auto before = lines.size();
  while (!lines.empty() && (lines.back().starts_with(">") || is_blank(lines.back()))) lines.pop_back();
  if (lines.size() < before && !lines.empty() && lines.back().ends_with(":")) {  // "On Monday Ute wrote:"
    lines.pop_back();
    if (!lines.empty() && !is_blank(lines.back()) &&
        (lines.back().starts_with("On ") || lines.back().starts_with("Am ")))
      lines.pop_back();  // the introduction was folded
  }
  drop_blank();
  std::string out;
  for (auto line : lines) (out += line) += '\n';
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace echoflow::channels::email
