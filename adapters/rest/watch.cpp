#include <fmt/format.h>

#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/rest/api.hpp"

namespace echoflow::rest::watch {

namespace {

void write_sample(std::string& text, std::string_view name, std::string_view type, std::string_view help,
                  std::uint64_t value) {
  text += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, type, value);
}

std::string feedback_metrics(const intake::IngestCounters& counters) {
  std::string text;
  const auto total = [&](std::string_view name, std::string_view help, const std::atomic<std::uint64_t>& value) {
    write_sample(text, name, "counter", help, value.load());
  };
  total("echoflow_feedback_accepted_total", "Pieces of feedback taken in.", counters.accepted);
  total("echoflow_feedback_known_total", "Pieces of feedback that had come before.", counters.known);
  total("echoflow_feedback_refused_total", "Pieces of feedback that could not be taken in.", counters.refused);
  total("echoflow_feedback_taken_total", "Pieces of feedback that a process took.", counters.taken);
  total("echoflow_feedback_dead_total", "Pieces of feedback that no process took.", counters.dead);
  write_sample(text, "echoflow_feedback_backlog", "gauge", "Pieces of feedback not offered to the processes yet.",
               counters.backlog.load());
  return text;
}

/// Counts a stream of events while it lives.
class StreamPlace {
 public:
  explicit StreamPlace(std::atomic<unsigned>& count) : count_(count), before_(count.fetch_add(1)) {}
  ~StreamPlace() { count_.fetch_sub(1); }
  StreamPlace(const StreamPlace&) = delete;
  StreamPlace& operator=(const StreamPlace&) = delete;
  unsigned before() const { return before_; }

 private:
  std::atomic<unsigned>& count_;
  unsigned before_;
};

std::string event_text(const runtime::FeedEvent& event) {
  json::Writer data;
  data.begin_object().member("at", format_time_point(event.at)).member("type", runtime::to_string(event.type));
  if (event.instance) data.member("instanceId", std::to_string(event.instance));
  bool of_deployment = event.type == runtime::EventType::deployed || event.type == runtime::EventType::undeployed;
  if (event.process) data.member(of_deployment ? "deploymentId" : "processId", std::to_string(event.process));
  if (event.activity) data.member("activityId", std::to_string(event.activity));
  if (!event.subject.empty()) {
    data.member("subject", event.subject);
    data.member("group", event.group).member("level", event.level);
  }
  data.end_object();
  return "id: " + std::to_string(event.id) + "\nevent: " + std::string(runtime::to_string(event.type)) +
         "\ndata: " + data.text() + "\n\n";
}

void write_events(Api& api, http::Stream& stream, std::int64_t after, InstanceId only) {
  auto& feed = api.runtime().events();
  if (!stream.write(": connected\n\n")) return;
  while (!feed.closed()) {
    auto events = feed.next(after, api.options().heartbeat);
    std::string text;
    for (const auto& event : events) {
      after = event.id;
      if (only == 0 || event.instance == only) text += event_text(event);
    }
    if (events.empty()) text = ": still here\n\n";
    if (!text.empty() && !stream.write(text)) return;
  }
}

}  // namespace

http::Response incidents(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  auto rows = api.runtime().incidents(page->cursor, page->limit + 1);
  if (!rows) return respond(rows.error());
  const bool more = rows->size() > page->limit;
  if (more) rows->resize(page->limit);
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& row : *rows) {
    writer.begin_object().member("id", std::to_string(row.id)).member("instanceId", std::to_string(row.instance));
    writer.member("activityId", std::to_string(row.activity)).member("at", format_time_point(row.at));
    writer.member("fault", row.fault).member("detail", row.detail).end_object();
  }
  writer.end_array();
  if (more) writer.member("nextCursor", std::to_string(rows->back().id));
  writer.end_object();
  return json_response(200, writer);
}

http::Response metrics(Api& api, const Call&) {
  std::string text = api.runtime().metrics().prometheus();
  if (api.options().ingest) text += feedback_metrics(api.options().ingest->counters());
  return {200, "text/plain; version=0.0.4; charset=utf-8", std::move(text), {}, {}};
}

http::Response health(Api& api, const Call&) {
  json::Writer writer;
  writer.begin_object().member("status", "up").member("version", api.options().version).end_object();
  return json_response(200, writer);
}

http::Response ready(Api& api, const Call&) {
  auto health = api.runtime().health();
  if (!health.ready)
    return respond({503,
                    "not-ready",
                    health.reason.empty() ? "The server is not ready." : health.reason,
                    "",
                    "",
                    {},
                    {{"Retry-After", "1"}}});
  json::Writer writer;
  writer.begin_object()
      .member("ready", true)
      .member("processes", static_cast<std::int64_t>(health.processes))
      .end_object();
  return json_response(200, writer);
}

http::Response openapi(Api&, const Call&) {
  return {200, "application/json", openapi_document(), {}, {}};
}

http::Response events(Api& api, const Call& call) {
  InstanceId only = 0;
  if (auto text = call.parameter("instanceId"); !text.empty()) {
    auto id = id_of(text);
    if (!id) return bad_request("The query parameter instanceId must be the id of a process instance.");
    only = *id;
  }
  std::int64_t after = api.runtime().events().last_id();
  if (auto last = call.request.header("Last-Event-ID"); !last.empty()) {
    auto id = last == "0" ? std::optional<std::int64_t>(0) : id_of(last);
    if (!id) return bad_request("The header Last-Event-ID must be the id of an event.");
    after = *id;
  }
  auto place = std::make_shared<StreamPlace>(api.event_streams());
  if (place->before() >= api.options().max_event_streams)
    return respond({503,
                    "too-many-streams",
                    "Too many streams of events are open (limit event-streams); close one or try again later.",
                    "",
                    "event-streams",
                    {},
                    {{"Retry-After", "5"}}});
  http::Response response{200, "text/event-stream", "", {{"Cache-Control", "no-store"}}, {}};
  response.stream = [&api, place, after, only](http::Stream& stream) { write_events(api, stream, after, only); };
  return response;
}

}  // namespace echoflow::rest::watch
