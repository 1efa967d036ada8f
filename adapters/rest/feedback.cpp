#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/understanding_json.hpp"
#include "engine/cx/understanding/text.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::rest::feedback {

namespace {

struct UnderstandBody {
  std::string text;
  std::optional<std::string> rules;
  understanding::UnderstandOptions options;
};

bool is_language(const std::string& code) {
  return code.size() == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z';
}

Result<UnderstandBody, http::Response> read_body(const json::Value& value) {
  json::Fields fields(value);
  UnderstandBody body;
  body.text = fields.required_string("text");
  body.rules = fields.string("rules");
  body.options.language = fields.string("language").value_or("");
  if (body.text.size() > understanding::most_text_bytes)
    fields.refuse("text",
                  "\"text\" must not be longer than " + std::to_string(understanding::most_text_bytes) + " bytes.");
  if (!body.options.language.empty() && !is_language(body.options.language))
    fields.refuse("language", "\"language\" must be a language's two letters, for example \"de\".");
  fields.finish();
  if (fields.error()) return fail(bad_request(*fields.error()));
  return body;
}

}  // namespace

http::Response understand(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  auto body = read_body(*value);
  if (!body) return body.error();
  static const auto standard = std::make_shared<const understanding::Understander>();
  auto understander = api.options().understander ? api.options().understander : standard;
  if (body->rules) {
    auto rules = understanding::RuleSet::parse(*body->rules, "rules");
    if (!rules) return respond({422, "rules", "The rules have mistakes.", "/rules", "", std::move(rules).error(), {}});
    auto tried = std::make_shared<const understanding::RuleSet>(std::move(rules).value());
    understander =
        std::make_shared<const understanding::Understander>(std::move(tried), understander->shared_classifier());
  }
  json::Writer writer;
  write_understanding(writer, understander->understand(body->text, body->options));
  return json_response(200, writer);
}

}  // namespace echoflow::rest::feedback
