#pragma once
#include "adapters/rest/api.hpp"
#include "engine/cx/tasks/command.hpp"

namespace echoflow::tasks {
struct Failure;
}

/// Tasks as JSON, and what their routes have in common.
namespace echoflow::rest {

/// Who asks: the token's subject, or without tokens the header X-Actor; with his groups. The refusal where nobody says.
Result<tasks::Actor, http::Response> task_actor(Api& api, const Call& call);
/// Operators, auditors and designers look at everything; without tokens everybody does.
bool sees_all_tasks(const Call& call);
http::Response respond(const tasks::Failure& failure);
http::Response no_tasks();
/// The task, when the caller may see it: 404 where there is none, 403 where it is none of his business.
Result<tasks::Task, http::Response> visible_task(Api& api, const Call& call);
/// Members of a list item, and with `whole` all that is known.
void write_task(json::Writer& writer, Api& api, const tasks::Task& task, const tasks::Actor& actor,
                std::string_view language, bool whole);
http::Response task_response(Api& api, const Call& call, const tasks::Task& task, int status = 200);
/// The preferred language of the caller, from Accept-Language; empty: none.
std::string_view language_of(const Call& call);

}  // namespace echoflow::rest
