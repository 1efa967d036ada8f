#include "adapters/cx/deliveries/service.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/voice_json.hpp"
#include "adapters/rest/who.hpp"
#include "adapters/runtime/failures.hpp"
#include "engine/ports/cx_store.hpp"

/// Four eyes on what is about to be said.
namespace echoflow::rest::voice {

namespace {

constexpr std::uint32_t most_steps = 1'000;

http::Response shown(Api& api, std::int64_t id) {
  const auto row = api.store().cx().delivery(id);
  if (!row) return respond(runtime::store_failure(row.error()));
  if (!*row) return not_found("There is no delivery " + std::to_string(id) + ".");
  const auto steps = api.store().journal(id, 0, most_steps);
  if (!steps) return respond(runtime::store_failure(steps.error()));
  json::Writer writer;
  writer.begin_object();
  write_delivery_members(writer, **row);
  writer.key("history").begin_array();
  for (const auto& step : *steps) write_step(writer, step);
  writer.end_array().end_object();
  return json_response(200, writer);
}

/// What the three decisions have in common: whose it is, and on what.
template <class Act>
http::Response decided(Api& api, const Call& call, const Act& act) {
  if (!api.options().deliveries) return respond({503, "no-channels", "This server has no channels."});
  const auto id = id_of(call.parameters[0]);
  if (!id) return not_found("There is no delivery '" + call.parameters[0].substr(0, 64) + "'.");
  const auto who = who_of(call);
  if (!who) return who.error();
  const runtime::Outcome<void> done = act(*api.options().deliveries, *id, *who);
  if (!done && done.error().code == deliveries::other_approver)
    return respond({403, done.error().code, done.error().message});
  if (!done) return respond(done.error());
  return shown(api, *id);
}

}  // namespace

http::Response delivery(Api& api, const Call& call) {
  const auto id = id_of(call.parameters[0]);
  if (!id) return not_found("There is no delivery '" + call.parameters[0].substr(0, 64) + "'.");
  if (auto refusal = note_access(api, call, "read", {*id})) return std::move(*refusal);
  return shown(api, *id);
}

http::Response approve(Api& api, const Call& call) {
  return decided(api, call, [](auto& service, auto id, const auto& who) { return service.approve(id, who); });
}

http::Response reject(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  const std::string why = fields.required_string("reason");
  if (why.size() > 2'000) fields.refuse("reason", "\"reason\" is longer than 2000 bytes.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return decided(api, call, [&](auto& service, auto id, const auto& who) { return service.reject(id, who, why); });
}

http::Response correct(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  const std::string text = fields.required_string("text");
  const auto subject = fields.string("subject");
  if (text.size() > 20'000) fields.refuse("text", "\"text\" is longer than 20000 bytes.");
  if (subject && subject->size() > 1'000) fields.refuse("subject", "\"subject\" is longer than 1000 bytes.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return decided(api, call,
                 [&](auto& service, auto id, const auto& who) { return service.correct(id, who, text, subject); });
}

}  // namespace echoflow::rest::voice
