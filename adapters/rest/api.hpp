#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/archive/zip.hpp"
#include "adapters/rest/problem.hpp"
#include "adapters/rest/route.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/soap/endpoints.hpp"
#include "engine/core/status_name.hpp"

namespace echoflow::understanding {
class Understander;
}

namespace echoflow::channels {
class Channels;
}
namespace echoflow::tasks {
class TaskService;
}

namespace echoflow::cx_kpis {
class KpiService;
}

namespace echoflow::intake {
class Ingest;
class Accesses;
}  // namespace echoflow::intake

namespace echoflow::deliveries {
class Service;
}

namespace echoflow::documents {
class Register;
class Signer;
}  // namespace echoflow::documents

namespace echoflow::engine {
class ProcessModels;
}

namespace echoflow::rest {

struct ApiOptions {
  archive::ArchiveLimits archive;
  std::size_t max_json_bytes = 16u << 20;
  unsigned max_event_streams = 64;
  std::chrono::milliseconds heartbeat{15'000};
  std::chrono::seconds max_wait{300};
  std::string version = "0.1.0";
  std::shared_ptr<const understanding::Understander> understander;  ///< nullptr: standard rules, no classifier
  const channels::Channels* channels = nullptr;                     ///< nullptr: none are configured
  const cx_kpis::KpiService* kpis = nullptr;                        ///< nullptr: none are kept
  tasks::TaskService* tasks = nullptr;                              ///< nullptr: this server keeps no tasks
  intake::Ingest* ingest = nullptr;                                 ///< nullptr: no feedback is taken in
  intake::Accesses* accesses = nullptr;                             ///< where looks at customers' data are journalled
  ::echoflow::deliveries::Service* deliveries = nullptr;
  const engine::ProcessModels* models = nullptr;  ///< nullptr: no diagrams are drawn
  documents::Register* documents = nullptr;       ///< nullptr: this server controls no documents
  const documents::Signer* signer = nullptr;      ///< nullptr: nothing is signed, so there is no evidence
};

/// What the functions of the routes work with. Thread-safe.
class Api {
 public:
  Api(runtime::Runtime& runtime, engine::Store& store, soap::Endpoints& endpoints, ApiOptions options = {})
      : runtime_(runtime), store_(store), endpoints_(endpoints), options_(std::move(options)) {}
  runtime::Runtime& runtime() { return runtime_; }
  engine::Store& store() { return store_; }  ///< only to read
  soap::Endpoints& endpoints() { return endpoints_; }
  const ApiOptions& options() const { return options_; }
  std::atomic<unsigned>& event_streams() { return event_streams_; }

 private:
  runtime::Runtime& runtime_;
  engine::Store& store_;
  soap::Endpoints& endpoints_;
  const ApiOptions options_;
  std::atomic<unsigned> event_streams_{0};
};

// The functions of the routes, by file.
namespace deployments {
http::Response create(Api&, const Call&);
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response remove(Api&, const Call&);
}  // namespace deployments
namespace definitions {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response source(Api&, const Call&);
http::Response diagram(Api&, const Call&);
http::Response documentation(Api&, const Call&);
}  // namespace definitions
namespace instances {
http::Response start(Api&, const Call&);
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response activities(Api&, const Call&);
http::Response variables(Api&, const Call&);
http::Response variable(Api&, const Call&);
http::Response journal(Api&, const Call&);
http::Response faults(Api&, const Call&);
}  // namespace instances
namespace acts {
http::Response suspend(Api&, const Call&);
http::Response resume(Api&, const Call&);
http::Response terminate(Api&, const Call&);
http::Response retry(Api&, const Call&);
http::Response skip(Api&, const Call&);
http::Response fault(Api&, const Call&);
http::Response set_variable(Api&, const Call&);
}  // namespace acts
namespace evidence {
http::Response whole(Api&, const Call&);
http::Response of_instance(Api&, const Call&);
http::Response of_process(Api&, const Call&);
http::Response key(Api&, const Call&);
}  // namespace evidence
namespace mining {
http::Response log(Api&, const Call&);
}  // namespace mining
namespace document_views {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response history(Api&, const Call&);
http::Response content(Api&, const Call&);
}  // namespace document_views
namespace document_acts {
http::Response create(Api&, const Call&);
http::Response edit(Api&, const Call&);
http::Response act(Api&, const Call&);  ///< the last step of the path names it
}  // namespace document_acts
namespace messages {
http::Response create(Api&, const Call&);
}  // namespace messages
namespace feedback {
http::Response understand(Api&, const Call&);
}  // namespace feedback
namespace voice {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response create(Api&, const Call&);
http::Response replay(Api&, const Call&);
http::Response alerts(Api&, const Call&);
http::Response deliveries(Api&, const Call&);
http::Response delivery(Api&, const Call&);
http::Response approve(Api&, const Call&);
http::Response reject(Api&, const Call&);
http::Response correct(Api&, const Call&);
http::Response erase_customer(Api&, const Call&);
}  // namespace voice
namespace channel_views {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
}  // namespace channel_views
namespace kpi_views {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response instances(Api&, const Call&);
http::Response rebuild(Api&, const Call&);
}  // namespace kpi_views
namespace watch {
http::Response incidents(Api&, const Call&);
http::Response metrics(Api&, const Call&);
http::Response health(Api&, const Call&);
http::Response ready(Api&, const Call&);
http::Response openapi(Api&, const Call&);
http::Response events(Api&, const Call&);
}  // namespace watch

namespace task_views {
http::Response list(Api&, const Call&);
http::Response get(Api&, const Call&);
http::Response history(Api&, const Call&);
http::Response explanation(Api&, const Call&);
http::Response customer(Api&, const Call&);
http::Response attachment(Api&, const Call&);
http::Response queues(Api&, const Call&);
}  // namespace task_views
namespace task_acts {
http::Response operation(Api&, const Call&);  ///< the last step of the path names it
http::Response add_comment(Api&, const Call&);
http::Response update_comment(Api&, const Call&);
http::Response delete_comment(Api&, const Call&);
http::Response add_attachment(Api&, const Call&);
http::Response delete_attachment(Api&, const Call&);
http::Response add_sub_task(Api&, const Call&);
}  // namespace task_acts
namespace agents {
http::Response list(Api&, const Call&);
http::Response put(Api&, const Call&);
http::Response remove(Api&, const Call&);
http::Response set_presence(Api&, const Call&);
}  // namespace agents

// What several of them need.

/// An id in a path: a positive whole number. nullopt for all else, which is then "not found".
std::optional<std::int64_t> id_of(std::string_view text);
/// `limit` and `cursor` of a listing, or the refusal.
struct Page {
  std::uint32_t limit = 50;
  std::int64_t cursor = 0;
};
Result<Page, http::Response> page_of(const Call& call);
/// The body as a JSON value, or the refusal.
Result<json::Value, http::Response> body_of(const Call& call);
void write_process(json::Writer& writer, const runtime::ProcessInfo& process, const std::string& base_url);
void write_deployment(json::Writer& writer, const runtime::DeploymentInfo& deployment, const std::string& base_url,
                      const Diagnostics* warnings = nullptr);
void write_instance_members(json::Writer& writer, const engine::InstanceRow& row, const runtime::Directory& directory);
/// A process by its id, or its key: Clark notation, or the local name where it means only one. The refusal else.
Result<runtime::ProcessInfoPtr, http::Response> process_by(const runtime::Directory& directory, const std::string& key,
                                                           const std::string& id);

}  // namespace echoflow::rest
