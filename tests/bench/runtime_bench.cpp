// The runtime without HTTP: receive → assign with three copies → reply, and a server with many deployments.
//   runtime_bench [--seconds 2] [--dir DIR] [--memory] [--deployments 1000]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "adapters/runtime/runtime.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "bpel/compile/deployment.hpp"
#include "models/xml/reader.hpp"

namespace {

using namespace echoflow;
using SteadyClock = std::chrono::steady_clock;

struct Options {
  double seconds = 2;
  std::string dir = (std::filesystem::temp_directory_path() / "echoflow-runtime-bench").string();
  bool memory = false;
  int deployments = 1'000;
};

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

class Compiler final : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const runtime::Files& files) const override {
    auto compiled = compile::compile_deployment(source::SourceSet{files}, true);
    engine::CompiledDeployment deployment;
    for (auto& p : compiled.processes)
      deployment.processes.push_back({std::move(p.program), std::move(p.file), p.retired});
    deployment.findings = std::move(compiled.findings);
    return deployment;
  }
};

class NoPartner final : public runtime::PartnerClient {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall&) override { return runtime::TransportFailure{}; }
};

std::string file(const std::string& path) {
  std::ifstream in(std::string(ECHOFLOW_SOURCE_DIR) + "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  if (text.str().empty()) give_up(path + " cannot be read");
  return text.str();
}

/// 4 KB of order.
Message order() {
  std::string text =
      "<b:order xmlns:b=\"urn:echoflow:bench\"><b:id>4711</b:id><b:total>0</b:total><b:status>new</b:status>";
  for (int i = 0; text.size() < 4'000; ++i)
    text += fmt::format("<b:item qty=\"{}\"><b:name>article number {}</b:name><b:price>{}.50</b:price></b:item>", i % 5,
                        i, i);
  auto document = xml::read(text + "</b:order>");
  if (!document) give_up(document.error().message);
  return {
      {"urn:echoflow:bench", "orderMessage"}, {std::make_shared<const xml::Document>(std::move(*document))}, {}, {}};
}

std::size_t resident_kb() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line))
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  return 0;
}

void measure(runtime::Runtime& server, int threads, double seconds) {
  const auto message = order();
  std::atomic<bool> over{false};
  std::vector<std::vector<double>> latencies(static_cast<std::size_t>(threads));
  std::vector<std::thread> clients;
  const auto start = SteadyClock::now();
  for (auto& mine : latencies) {
    clients.emplace_back([&] {
      while (!over) {
        runtime::Delivery delivery;
        delivery.process_key = "{urn:echoflow:bench:process}BenchOrder";
        delivery.partner_link = "client";
        delivery.operation = "order";
        delivery.message = message;
        const auto before = SteadyClock::now();
        auto answer = server.deliver_and_wait(std::move(delivery));
        if (!std::holds_alternative<runtime::Reply>(answer)) give_up("no reply");
        mine.push_back(std::chrono::duration<double, std::micro>(SteadyClock::now() - before).count());
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  for (auto& client : clients) client.join();
  const double elapsed = std::chrono::duration<double>(SteadyClock::now() - start).count();
  std::vector<double> all;
  for (auto& mine : latencies) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  fmt::print("{:3} clients: {:7.0f} instances/s, median {:6.0f} us, 99 % {:6.0f} us\n", threads,
             static_cast<double>(all.size()) / elapsed, all[all.size() / 2], all[all.size() * 99 / 100]);
}

std::unique_ptr<engine::Store> open(const Options& options, const std::string& name) {
  if (options.memory) return store::make_memory_store();
  auto opened = store::open_store(options.dir + "/" + name);
  if (!opened) give_up(opened.error().message);
  return std::move(*opened);
}

void bench_turns(const Options& options, bool in_memory) {
  auto database = open(options, in_memory ? "volatile.db" : "turns.db");
  Compiler compiler;
  NoPartner partner;
  runtime::Runtime server(*database, compiler, partner);
  if (auto started = server.start(); !started) give_up(started.error().message);
  runtime::Files files{{"order.bpel", file("tests/bench/load/order.bpel")},
                       {"bench.wsdl", file("tests/bench/load/bench.wsdl")}};
  if (in_memory) files["echoflow.json"] = R"({"inMemory": true})";
  if (auto deployed = server.deploy("bench", files); !deployed) give_up("the process was not deployed");
  fmt::print("{}\n", in_memory ? "in-memory process" : options.memory ? "memory store" : "SQLite");
  for (int threads : {1, 2, 16, 64}) measure(server, threads, options.seconds);
  const auto groups = server.metrics().commits.load();
  if (groups > 0)
    fmt::print("turns a transaction: {:.1f}\n",
               static_cast<double>(server.metrics().turns_committed.load()) / static_cast<double>(groups));
}

void bench_start(const Options& options) {
  auto database = open(options, "deployments.db");
  Compiler compiler;
  NoPartner partner;
  {
    runtime::Runtime server(*database, compiler, partner);
    if (!server.start()) give_up("no start");
    const auto bpel = file("tests/bench/load/order.bpel");
    const auto wsdl = file("tests/bench/load/bench.wsdl");
    for (int i = 0; i < options.deployments; ++i) {
      auto named = bpel;
      named.replace(named.find("BenchOrder"), 10, fmt::format("BenchOrder{}", i));
      if (!server.deploy("bench", {{"order.bpel", named}, {"bench.wsdl", wsdl}}))
        give_up("the process was not deployed");
    }
    fmt::print("{} deployments made: {} MB resident\n", options.deployments, resident_kb() / 1'024);
  }
  const auto before = SteadyClock::now();
  runtime::Runtime server(*database, compiler, partner);
  if (!server.start()) give_up("no start");
  const auto took = std::chrono::duration<double, std::milli>(SteadyClock::now() - before).count();
  fmt::print("started again in {:.0f} ms, {} processes, {} MB resident\n", took, server.health().processes,
             resident_kb() / 1'024);
}

Options read_options(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const bool more = i + 1 < count;
    if (std::strcmp(arguments[i], "--memory") == 0)
      options.memory = true;
    else if (std::strcmp(arguments[i], "--seconds") == 0 && more)
      options.seconds = std::atof(arguments[++i]);
    else if (std::strcmp(arguments[i], "--dir") == 0 && more)
      options.dir = arguments[++i];
    else if (std::strcmp(arguments[i], "--deployments") == 0 && more)
      options.deployments = std::atoi(arguments[++i]);
    else
      give_up("usage: runtime_bench [--seconds 2] [--dir DIR] [--memory] [--deployments 1000]");
  }
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  const auto options = read_options(count, arguments);
  std::filesystem::remove_all(options.dir);
  std::filesystem::create_directories(options.dir);
  bench_turns(options, false);
  bench_turns(options, true);
  bench_start(options);
  std::filesystem::remove_all(options.dir);
}
