#include "adapters/channels/survey/page.hpp"

namespace echoflow::channels::survey {

namespace {

constexpr std::string_view style =
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}"
    "fieldset{border:0;padding:0;margin:1rem 0;display:flex;flex-wrap:wrap;gap:.4rem}"
    "fieldset label{border:1px solid #888;border-radius:.3rem;padding:.3rem .6rem}"
    "textarea,input[type=text],input[type=email]{width:100%;box-sizing:border-box;font:inherit}"
    "button{font:inherit;padding:.4rem 1.2rem;margin-top:1rem}";

std::string text(std::string_view raw) {
  std::string out;
  for (char c : raw) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

http::Response page(const Question& question, const std::string& body) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = "<!DOCTYPE html><html lang=\"" + text(question.language) +
                  "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
                  text(question.title) + "</title><style>" + std::string(style) + "</style><h1>" +
                  text(question.title) + "</h1>" + body + "</html>";
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::string scores(const Question& question) {
  if (question.most == 0) return {};
  std::string out = "<fieldset>";
  for (int i = question.least; i <= question.most; ++i) {
    const auto number = std::to_string(i);
    out += "<label><input type=\"radio\" name=\"score\" value=\"" + number + "\" required> " + number + "</label>";
  }
  return out + "</fieldset>";
}

}  // namespace

http::Response form_page(const Question& question, const std::vector<std::pair<std::string, std::string>>& hidden) {
  std::string body = "<form method=\"post\"><p>" + text(question.text) + "</p>" + scores(question);
  for (const auto& [name, value] : hidden)
    body += "<input type=\"hidden\" name=\"" + text(name) + "\" value=\"" + text(value) + "\">";
  if (question.asks_for_sender)
    body +=
        "<p><label>Name <input type=\"text\" name=\"name\" maxlength=\"200\"></label></p>"
        "<p><label>E-Mail <input type=\"email\" name=\"email\" maxlength=\"320\" required></label></p>";
  body += "<p><label>" + text(question.comment_label) + "<textarea name=\"comment\" rows=\"5\" maxlength=\"5000\"" +
          (question.most == 0 ? " required" : "") + "></textarea></label></p><button>" + text(question.button) +
          "</button></form>";
  return page(question, body);
}

http::Response thanks_page(const Question& question) {
  return page(question, "<p>" + text(question.thanks) + "</p>");
}

}  // namespace echoflow::channels::survey
