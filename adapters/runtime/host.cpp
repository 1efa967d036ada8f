#include "adapters/runtime/host.hpp"

#include "adapters/runtime/dispatcher.hpp"
#include "adapters/runtime/router.hpp"

namespace echoflow::runtime {

Host::Host(engine::Store& store, const engine::ProcessCompiler& compiler, PartnerClient& partners, Options given,
           Clock& clock)
    : options(std::move(given)),
      store(store),
      clock(clock),
      ids(store),
      deployments(store, compiler, metrics, clock, options.warm_deployments),
      exchanges(metrics),
      shelf(options.ended_in_memory),
      cache(options.warm_instances, options.warm_bytes, metrics, clock,
            [](Instance& instance) {
              for (const auto& shown : instance.shown) shown.port->close(shown.key, shown.waiting);
              instance.shown.clear();
            }),
      committer(store, options, metrics),
      timers(store, clock),
      senders(store, partners, deployments, timers, clock, metrics, options.max_senders),
      router(std::make_unique<Router>(*this)),
      dispatcher(std::make_unique<Dispatcher>(*this)) {}

Host::~Host() = default;

}  // namespace echoflow::runtime
