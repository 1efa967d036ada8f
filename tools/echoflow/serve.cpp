#include <csignal>
#include <filesystem>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "adapters/cx/deliveries/service.hpp"
#include "adapters/cx/feedback/accesses.hpp"
#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/cx/kpis/service.hpp"
#include "adapters/cx/signals/service.hpp"
#include "adapters/http/server.hpp"
#include "adapters/rest/application.hpp"
#include "adapters/rest/documentation.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/soap/partner_client.hpp"
#include "adapters/soap/service.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "models/cx/task_request.hpp"
#include "tools/echoflow/bpel_compiler.hpp"
#include "tools/echoflow/channel_host.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/document_host.hpp"
#include "tools/echoflow/serve_options.hpp"
#include "tools/echoflow/task_host.hpp"

namespace echoflow::tool {

namespace {

Result<std::unique_ptr<engine::Store>> open(const ServeOptions& options) {
  if (options.in_memory) return store::make_memory_store();
  auto opened = store::open_store(options.database);
  if (!opened) return fail(opened.error().message);
  return std::move(opened).value();
}

Result<documents::Signer> signing_key(const ServeOptions& options) {
  if (options.signing_key.empty()) return documents::Signer::fresh();
  std::error_code error;
  if (const auto folder = std::filesystem::path(options.signing_key).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder, error);
  return documents::Signer::open(options.signing_key);
}

/// The end signals are taken by sigwait in the main thread alone; every other thread inherits the block.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an outage, not the end
  return signals;
}

void start_log(const std::string& level) {
  auto log = spdlog::stderr_logger_mt("echoflow");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  log->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(log);
}

/// Everything that serves, in the order in which it is built.
class Serving {
 public:
  Serving(ServeOptions options, std::unique_ptr<engine::Store> store, std::unique_ptr<ChannelHost> channels,
          documents::Signer signer)
      : options_(with_figures(std::move(options))),
        store_(std::move(store)),
        channels_(std::move(channels)),
        partners_([this](const runtime::PartnerCall& call) { return own_address(call); }),
        builtin_(partners_),
        tasks_(*store_, builtin_, options_.desk),
        runtime_(*store_, compiler_, builtin_, options_.runtime),
        kpis_(runtime_, *store_, kpi_options()),
        publisher_(runtime_),
        ingest_(*store_, publisher_, options_.api.understander, runtime::system_clock()),
        accesses_(*store_, runtime::system_clock()),
        outlets_(channels_->channels()),
        deliveries_(*store_, outlets_, answer(), runtime::system_clock(), delivery_options()),
        documents_(*store_, std::move(signer), register_options()),
        service_(runtime_, endpoints_, service_options()),
        api_(runtime_, *store_, endpoints_, api_options()),
        application_(api_, service_, options_.application),
        server_(options_.server, application_) {
    builtin_.add(cx::address_of_channels, deliveries_);
    builtin_.add(signals::address_of_signals, signals_);
    builtin_.add(signals::address_of_processes, processes_);
    signals_.connect(runtime_);
    processes_.connect(runtime_);
    if (options_.desk.policy) deliveries_.set_policy(options_.desk.policy);
  }

  Result<void> start() {
    auto started = runtime_.start();
    if (!started) return fail(started.error().message);
    if (auto taking = ingest_.start(); !taking) {
      runtime_.stop();
      return fail(taking.error().message);
    }
    if (auto working = tasks_.start(runtime_, publisher_); !working) {
      stop_inside();
      return working;
    }
    deliveries_.start();
    if (auto counting = kpis_.start(); !counting) {
      stop_inside();
      return fail(counting.error().message);
    }
    channels_->start(ingest_);
    documents_.start(*runtime_.directory());
    auto listening = server_.start();
    if (!listening) stop_inside();
    return listening;
  }

  std::string url() const {
    const auto& server = options_.server;
    const bool six = server.host.find(':') != std::string::npos;
    return (server.certificate_file.empty() ? "http://" : "https://") + (six ? "[" + server.host + "]" : server.host) +
           ":" + std::to_string(server_.port());
  }

  /// Requests in work are finished first; who waits for a reply longer than that gets a refusal and may ask again.
  void stop() {
    runtime_.events().close();
    if (!server_.drain(options_.drain))
      spdlog::warn("some requests were still in work after {} ms", options_.drain.count());
    stop_inside();
    server_.stop();
  }

 private:
  void stop_inside() {
    documents_.stop();
    channels_->stop();
    ingest_.stop();
    kpis_.stop();
    tasks_.stop();
    deliveries_.stop();
    runtime_.stop();
  }
  /// How a process gets the answer to what it wanted to say on a channel.
  deliveries::Answer answer() {
    return [this](InstanceId id, ActivityId activity, std::variant<Message, Fault> words) {
      return runtime_.complete_call(id, activity, std::move(words));
    };
  }
  deliveries::ServiceOptions delivery_options() {
    deliveries::ServiceOptions options;
    options.groups_of = [this](const std::string& user) { return tasks_.service().actor(user).groups; };
    return options;
  }
  ServeOptions with_figures(ServeOptions options) {
    options.runtime.kpi = [this](const std::string& process, const std::string& kpi, const std::string& group) {
      return kpis_.reading(process, kpi, group);
    };
    return options;
  }
  cx_kpis::ServiceOptions kpi_options() const {
    cx_kpis::ServiceOptions options;
    options.calendars = options_.desk.options.calendars;
    return options;
  }
  soap::ServiceOptions service_options() const {
    auto options = options_.service;
    options.models = &compiler_;
    return options;
  }
  rest::ApiOptions api_options() {
    auto options = options_.api;
    options.tasks = &tasks_.service();
    options.ingest = &ingest_;
    options.accesses = &accesses_;
    options.deliveries = &deliveries_;
    options.kpis = &kpis_;
    options.documents = &documents_.documents();
    options.signer = &documents_.signer();
    options.models = &compiler_;
    return options;
  }
  /// A released document's files are made once, with the evidence of that day.
  documents::RegisterOptions register_options() {
    documents::RegisterOptions options;
    options.renderer = [this](const documents::RenderRequest& request) -> Result<std::string> {
      const auto directory = runtime_.directory();
      const auto process = directory->processes.find(request.process);
      if (process == directory->processes.end()) return fail("the process is not deployed any more.");
      const auto format = documentation::format_by_name(request.format);
      if (!format) return fail("there is no format '" + request.format + "'.");
      rest::DocumentWish wish;
      wish.format = *format;
      wish.language = request.language;
      wish.control = request.control;
      return rest::make_document(api_, *process->second, wish);
    };
    return options;
  }
  std::string own_address(const runtime::PartnerCall& call) const {
    if (call.partner_link.my_role.empty()) return {};
    return (options_.application.public_url.empty() ? url() : options_.application.public_url) +
           soap::endpoint_path(call.program.name, call.partner_link.name);
  }

  const ServeOptions options_;
  std::unique_ptr<engine::Store> store_;
  std::unique_ptr<ChannelHost> channels_;
  BpelCompiler compiler_;
  soap::SoapPartnerClient partners_;
  runtime::BuiltinPartners builtin_;
  signals::SignalService signals_;
  signals::ProcessService processes_;
  TaskHost tasks_;
  runtime::Runtime runtime_;
  cx_kpis::KpiService kpis_;
  intake::RuntimePublisher publisher_;
  intake::Ingest ingest_;
  intake::Accesses accesses_;
  deliveries::ChannelOutlets outlets_;
  deliveries::Service deliveries_;
  DocumentHost documents_;
  soap::Endpoints endpoints_;
  soap::Service service_;
  rest::Api api_;
  rest::Application application_;
  http::Server server_;
};

}  // namespace

int serve(const Settings& settings) {
  auto options = serve_options(settings);
  if (!options) return complain(options.error().message);
  start_log(options->log_level);
  const sigset_t signals = block_end_signals();
  auto store = open(*options);
  if (!store) return complain(store.error().message);
  auto channels = ChannelHost::open(options->channels, options->cursor_folder);
  if (!channels) return complain(channels.error().message);
  auto signer = signing_key(*options);
  if (!signer) return complain(signer.error().message);
  options->api.channels = &(*channels)->channels();
  options->application.gateway = &(*channels)->gateway();
  Serving serving(std::move(options).value(), std::move(store).value(), std::move(channels).value(),
                  std::move(signer).value());
  if (auto started = serving.start(); !started) return complain(started.error().message);
  spdlog::info("Echoflow {} serves on {}", ECHOFLOW_VERSION, serving.url());
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("ending");
  serving.stop();
  spdlog::info("ended");
  return fine;
}

}  // namespace echoflow::tool
