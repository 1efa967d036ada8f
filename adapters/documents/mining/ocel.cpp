#include <set>

#include "adapters/documents/control/record.hpp"
#include "adapters/documents/mining/trace.hpp"
#include "adapters/json/writer.hpp"
#include "engine/core/status_name.hpp"
#include "engine/cx/tasks/events.hpp"
#include "models/base/qname.hpp"
#include "models/records/bare.hpp"

namespace echoflow::documents {

namespace {

constexpr std::uint32_t page = 500;

struct Relation {
  std::string object, qualifier;
};
struct Attribute {
  std::string name, value;
  std::optional<TimePoint> since = {};  ///< of an object that changes
};

std::string process_object(std::int64_t id) {
  return "process-" + std::to_string(id);
}
std::string document_object(const DocumentRecord& document, std::uint32_t version) {
  return "document-" + document.number + "-" + std::to_string(version);
}

std::string instance_id(InstanceId id) {
  return "instance-" + std::to_string(id);
}
std::string task_id(std::int64_t id) {
  return "task-" + std::to_string(id);
}
std::string feedback_id(std::int64_t id) {
  return "feedback-" + std::to_string(id);
}

void write_relations(json::Writer& writer, const std::vector<Relation>& relations) {
  writer.key("relationships").begin_array();
  for (const auto& relation : relations)
    if (!relation.object.empty())
      writer.begin_object().member("objectId", relation.object).member("qualifier", relation.qualifier).end_object();
  writer.end_array();
}

/// OCEL 2.0 §4 (JSON): objects and events as they come, their types at the end, when all are known.
class OcelWriter {
 public:
  OcelWriter(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
             const MiningOptions& options, const Sink& sink)
      : store_(store),
        pseudonyms_(pseudonyms),
        options_(options),
        quiet_(without_progress(options)),
        objects_(store, program_of, pseudonyms, quiet_),
        events_(store, program_of, pseudonyms, options),
        sink_(sink) {}

  Result<void> run() {
    if (auto done = sink_("{\"objects\":["); !done) return done;
    auto objects = objects_.each_instance([this](const auto& row) { return add_instance(row); });
    if (!objects) return objects;
    if (auto done = each_feedback([this](const auto& row, const auto& ours) { return add_feedback(row, ours); }); !done)
      return done;
    if (auto done = add_documents(); !done) return done;
    first_ = true;
    if (auto done = sink_("],\n\"events\":["); !done) return done;
    auto events = events_.each_instance([this](const auto& row) { return tell_instance(row); });
    if (!events) return events;
    if (auto done = each_feedback([this](const auto& row, const auto& ours) { return tell_feedback(row, ours); });
        !done)
      return done;
    if (auto done = tell_documents(); !done) return done;
    return write_types();
  }

 private:
  static MiningOptions without_progress(MiningOptions options) {
    options.progress = {};
    return options;
  }

  Result<void> object(const std::string& id, const std::string& type, TimePoint at,
                      const std::vector<Attribute>& attributes, const std::vector<Relation>& relations) {
    json::Writer writer;
    writer.begin_object().member("id", id).member("type", type).key("attributes").begin_array();
    for (const auto& attribute : attributes) {
      object_types_[type].insert(attribute.name);
      writer.begin_object()
          .member("name", attribute.name)
          .member("time", format_time_point(attribute.since.value_or(at)));
      writer.member("value", attribute.value).end_object();
    }
    object_types_[type];
    writer.end_array();
    write_relations(writer, relations);
    writer.end_object();
    return item(writer.text());
  }

  Result<void> event(const std::string& type, TimePoint at, const std::vector<Attribute>& attributes,
                     const std::vector<Relation>& relations) {
    json::Writer writer;
    writer.begin_object().member("id", "event-" + std::to_string(++last_event_)).member("type", type);
    writer.member("time", format_time_point(at)).key("attributes").begin_array();
    for (const auto& attribute : attributes) {
      event_types_[type].insert(attribute.name);
      if (!attribute.value.empty())
        writer.begin_object().member("name", attribute.name).member("value", attribute.value).end_object();
    }
    event_types_[type];
    writer.end_array();
    write_relations(writer, relations);
    writer.end_object();
    return item(writer.text());
  }

  Result<void> item(const std::string& json) {
    auto done = sink_(first_ ? "\n" + json : ",\n" + json);
    first_ = false;
    return done;
  }

  /// A customer is an object from the first time on.
  Result<std::string> customer(const std::string& name, TimePoint at) {
    auto id = pseudonyms_.of("customer", name);
    if (id.empty() || !customers_.insert(id).second) return id;
    if (auto done = object(id, "customer", at, {}, {}); !done) return fail(done.error());
    return id;
  }

  /// A version of a process is an object from the first time on; empty where it is not known.
  Result<std::string> process(std::int64_t id, TimePoint at) {
    const auto version = objects_.version_of(id);
    if (!version) return fail(version.error());
    if (version->key.empty()) return std::string();
    if (!processes_.insert(id).second) return process_object(id);
    auto done = object(process_object(id), "process version", at,
                       {{"process", version->key}, {"version", std::to_string(version->number)}}, {});
    if (!done) return fail(done.error());
    return process_object(id);
  }

  Result<void> add_instance(const engine::InstanceRow& row) {
    newest_ = std::max(newest_, row.id);
    const auto version = objects_.version_of(row.process);
    if (!version) return fail(version.error());
    const auto process = this->process(row.process, row.started_at);
    if (!process) return fail(process.error());
    auto done = object(instance_id(row.id), "process instance", row.started_at,
                       {{"process", version->key},
                        {"version", std::to_string(version->number)},
                        {"state", std::string(to_string(row.status))},
                        {"businessKey", objects_.person(row.business_key)}},
                       {{*process, "runs"}});
    if (!done) return done;
    const auto tasks = objects_.tasks_of(row.id);
    if (!tasks) return fail(tasks.error());
    for (const auto& task : *tasks) {
      const auto who = customer(task.customer, task.created_at);
      if (!who) return fail(who.error());
      newest_task_ = std::max(newest_task_, task.id);
      done = object(task_id(task.id), "task", task.created_at,
                    {{"name", task.name}, {"state", task.state}, {"queue", task.queue}},
                    {{instance_id(row.id), "of"}, {*who, "for"}});
      if (!done) return done;
    }
    return {};
  }

  /// The controlled documents of the processes that are exported.
  Result<std::vector<DocumentRecord>> documents() {
    const auto rows = store_.cx().documents(std::string(document_kind));
    if (!rows) return fail(rows.error().message);
    std::vector<DocumentRecord> found;
    for (const auto& row : *rows) {
      auto document = read_document(row);
      if (!document) return fail(document.error());
      if (options_.process_key.empty() || document->process_key == options_.process_key)
        found.push_back(std::move(*document));
    }
    return found;
  }

  Result<void> each_act(const DocumentRecord& document,
                        const std::function<Result<void>(const ActRecord&, TimePoint)>& visit) {
    std::uint64_t seq = 0;
    while (true) {
      const auto rows = store_.journal(document.id, seq, page);
      if (!rows) return fail(rows.error().message);
      for (const auto& row : *rows) {
        seq = row.seq;
        if (row.seq > document.seq) return {};
        const auto act = read_act(row.events);
        if (!act) continue;  // erased
        if (auto done = visit(*act, row.at); !done) return done;
      }
      if (rows->size() < page) return {};
    }
  }

  /// Each version of a document with its status over time.
  Result<void> add_documents() {
    auto all = documents();
    if (!all) return fail(all.error());
    documents_ = std::move(*all);
    for (const auto& document : documents_) {
      std::map<std::uint32_t, std::vector<Attribute>> statuses;
      auto read = each_act(document, [&](const ActRecord& act, TimePoint at) -> Result<void> {
        auto& known = statuses[act.version];
        const std::string now(to_string(act.to));
        if (known.empty() || known.back().value != now) known.push_back({"status", now, at});
        return {};
      });
      if (!read) return read;
      for (const auto& version : document.versions) {
        std::vector<Attribute> attributes{{"number", document.number}, {"version", std::to_string(version.number)}};
        for (auto& status : statuses[version.number]) attributes.push_back(std::move(status));
        const auto process = this->process(version.process, version.begun);
        if (!process) return fail(process.error());
        auto done = object(document_object(document, version.number), "document", version.begun, attributes,
                           {{*process, "describes"}});
        if (!done) return done;
      }
    }
    return {};
  }

  /// Who did what with a document: created, submitted, checked, released it.
  Result<void> tell_documents() {
    for (const auto& document : documents_) {
      auto told = each_act(document, [&](const ActRecord& act, TimePoint at) -> Result<void> {
        const auto* version = document.version(act.version);
        if (!version) return {};
        std::string type = "document ";
        type += to_string(act.act);
        return event(
            type, at,
            {{"from", std::string(to_string(act.from))},
             {"to", std::string(to_string(act.to))},
             {"resource", events_.person(act.who)}},
            {{document_object(document, act.version), "document"},
             {processes_.contains(version->process) ? process_object(version->process) : "", "process version"}});
      });
      if (!told) return told;
    }
    return {};
  }

  using Taken = std::vector<InstanceId>;
  Result<void> each_feedback(const std::function<Result<void>(const engine::FeedbackRow&, const Taken&)>& visit) {
    engine::FeedbackFilter filter;
    filter.limit = page;
    while (true) {
      const auto rows = store_.cx().list_feedback(filter);
      if (!rows) return fail(rows.error().message);
      for (const auto& row : *rows) {
        const auto ours = exported(row.instances);
        if (!ours) return fail(ours.error());
        if (ours->empty() && !options_.process_key.empty()) continue;
        if (auto done = visit(row, *ours); !done) return done;
      }
      if (rows->size() < filter.limit) return {};
      filter.before = rows->back().id;
    }
  }

  /// Those of the instances that are in this export.
  Result<Taken> exported(const Taken& instances) {
    Taken ours;
    for (const InstanceId id : instances) {
      if (id > newest_) continue;
      const auto row = store_.instance(id);
      if (!row) return fail(row.error().message);
      if (!*row) continue;
      const auto version = objects_.version_of((*row)->process);
      if (!version) return fail(version.error());
      const auto& started = (*row)->started_at;
      const bool in_time = (!options_.from || started > *options_.from) && (!options_.to || started < *options_.to);
      if (in_time && (options_.process_key.empty() || version->key == options_.process_key)) ours.push_back(id);
    }
    return ours;
  }

  Result<void> add_feedback(const engine::FeedbackRow& row, const Taken& ours) {
    const auto who = customer(row.customer, row.received_at);
    if (!who) return fail(who.error());
    newest_feedback_ = std::max(newest_feedback_, row.id);
    std::vector<Relation> relations{{*who, "from"}};
    for (const InstanceId id : ours) relations.push_back({instance_id(id), "taken by"});
    return object(feedback_id(row.id), "feedback", row.received_at, {{"channel", row.channel}}, relations);
  }

  Result<void> tell_feedback(const engine::FeedbackRow& row, const Taken& ours) {
    if (row.id > newest_feedback_) return {};
    std::vector<Relation> relations{{feedback_id(row.id), "feedback"},
                                    {pseudonyms_.of("customer", row.customer), "customer"}};
    for (const InstanceId id : ours) relations.push_back({instance_id(id), "taken by"});
    return event("feedback received", row.received_at, {{"channel", row.channel}}, relations);
  }

  Result<void> tell_instance(const engine::InstanceRow& row) {
    if (row.id > newest_) return {};
    const auto tasks = events_.tasks_of(row.id);
    if (!tasks) return fail(tasks.error());
    std::map<ActivityId, const engine::TaskRow*> of_activity;
    for (const auto& task : *tasks)
      if (task.id <= newest_task_) of_activity[task.activity] = &task;
    auto told = events_.each_event(row, *tasks, [&](const TraceEvent& step) -> Result<void> {
      if (step.transition == Transition::start) return {};
      std::vector<Relation> relations{{instance_id(row.id), "case"}};
      if (const auto task = of_activity.find(step.activity); task != of_activity.end()) {
        relations.push_back({task_id(task->second->id), "task"});
        relations.push_back({pseudonyms_.of("customer", task->second->customer), "customer"});
      }
      return event(step.name, step.at,
                   {{"lifecycle", std::string(to_string(step.transition))},
                    {"startedAt", step.started ? format_time_point(*step.started) : std::string()},
                    {"element", step.element},
                    {"role", step.role},
                    {"resource", step.resource}},
                   relations);
    });
    if (!told) return told;
    for (const auto& task : *tasks)
      if (task.id <= newest_task_)
        if (auto done = tell_task(row.id, task); !done) return done;
    return {};
  }

  /// Who did what with a task.
  Result<void> tell_task(InstanceId instance, const engine::TaskRow& task) {
    const auto rows = store_.journal(task.id, 0, page);
    if (!rows) return fail(rows.error().message);
    Result<void> done;
    for (const auto& row : *rows)
      records::for_each_bare_event<tasks::TaskMoved>(row.events, [&](const tasks::TaskMoved& moved) {
        if (!done) return;
        std::string type = "task ";
        type += tasks::to_string(moved.operation);
        done = event(type, row.at,
                     {{"state", std::string(tasks::to_string(moved.state))}, {"resource", events_.person(moved.by)}},
                     {{task_id(task.id), "task"}, {instance_id(instance), "case"}});
      });
    return done;
  }

  Result<void> write_types() {
    json::Writer writer;
    const auto write = [&](std::string_view name, const std::map<std::string, std::set<std::string>>& types) {
      writer.key(name).begin_array();
      for (const auto& [type, attributes] : types) {
        writer.begin_object().member("name", type).key("attributes").begin_array();
        for (const auto& attribute : attributes)
          writer.begin_object()
              .member("name", attribute)
              .member("type", attribute == "startedAt" ? "time" : "string")
              .end_object();
        writer.end_array().end_object();
      }
      writer.end_array();
    };
    writer.begin_object();
    write("objectTypes", object_types_);
    write("eventTypes", event_types_);
    writer.end_object();
    return sink_("],\n" + writer.text().substr(1) + "\n");
  }

  engine::Store& store_;
  const Pseudonyms& pseudonyms_;
  const MiningOptions& options_;
  const MiningOptions quiet_;
  Traces objects_, events_;
  const Sink& sink_;
  bool first_ = true;
  std::int64_t last_event_ = 0;
  InstanceId newest_ = 0;
  std::int64_t newest_task_ = 0, newest_feedback_ = 0;
  std::set<std::string> customers_;
  std::set<std::int64_t> processes_;
  std::vector<DocumentRecord> documents_;
  std::map<std::string, std::set<std::string>> object_types_, event_types_;
};

}  // namespace

Result<void> export_ocel(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
                         const MiningOptions& options, const Sink& sink) {
  return OcelWriter(store, program_of, pseudonyms, options, sink).run();
}

}  // namespace echoflow::documents
