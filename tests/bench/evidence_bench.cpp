// Evidence and event logs of many instances: seconds and peak memory. The rows are those of one real run of the example
// process Complaint, copied.
//   evidence_bench make DIR [INSTANCES]     makes DIR/echoflow.db
//   evidence_bench measure DIR
#include <fmt/core.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "adapters/documents/element_counts.hpp"
#include "adapters/documents/evidence_file.hpp"
#include "adapters/documents/gather.hpp"
#include "adapters/documents/mining/trace.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "bpel/compile/deployment.hpp"
#include "models/xml/reader.hpp"

namespace {

using namespace echoflow;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* complaint_key = "{urn:echoflow:example:complaint:process}Complaint";

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

runtime::Files example() {
  runtime::Files files;
  for (const char* name : {"complaint.bpel", "complaint.wsdl"}) {
    std::ifstream in(std::string(ECHOFLOW_SOURCE_DIR) + "/examples/complaint/" + name);
    std::ostringstream text;
    text << in.rdbuf();
    files[name] = text.str();
  }
  return files;
}

Message message(const std::string& type, const std::string& element, const std::string& content) {
  auto document = xml::read("<" + element + " xmlns='urn:echoflow:example:complaint'><caseId>1</caseId>" + content +
                            "</" + element + ">");
  if (!document) give_up("the message is wrong");
  return {
      {"urn:echoflow:example:complaint", type}, {std::make_shared<const xml::Document>(std::move(*document))}, {}, {}};
}

/// The rows of one run from complaint to resolution.
std::vector<engine::JournalRow> one_run() {
  auto store = store::make_memory_store();
  Compiler compiler;
  NoPartner partners;
  runtime::Runtime runtime(*store, compiler, partners);
  if (!runtime.start() || !runtime.deploy("complaint", example())) give_up("the example does not deploy");
  runtime::Delivery delivery;
  delivery.process_key = complaint_key;
  delivery.partner_link = "desk";
  delivery.operation = "complain";
  delivery.message =
      message("complaintMessage", "complaint", "<customer>Ada</customer><text>My parcel never came.</text>");
  runtime.deliver_and_wait(delivery);
  delivery.operation = "resolve";
  delivery.message = message("resolutionMessage", "resolution", "<text>It is on its way.</text>");
  runtime.deliver_and_wait(delivery);
  for (int i = 0; i < 5'000 && !runtime.at_rest(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto instances = store->instances({});
  if (!instances || instances->size() != 1 || instances->front().status != engine::InstanceStatus::completed)
    give_up("the run did not complete");
  return std::move(*store->journal(instances->front().id, 0, 1'000));
}

void make(const std::string& dir, std::int64_t instances) {
  const auto rows = one_run();
  fmt::print("{} rows a run\n", rows.size());
  std::filesystem::create_directories(dir);
  auto opened = store::open_store(dir + "/echoflow.db");
  if (!opened) give_up(opened.error().message);
  auto& store = **opened;
  Compiler compiler;
  NoPartner partners;
  {
    runtime::Runtime runtime(store, compiler, partners);
    if (!runtime.start() || !runtime.deploy("complaint", example())) give_up("the example does not deploy");
    runtime.stop();
  }
  const auto process = store.deployments(false)->front().processes.front().id;
  constexpr std::int64_t together = 500;
  for (std::int64_t done = 0; done < instances; done += together) {
    const auto first = *store.reserve_ids(together);
    std::vector<engine::Turn> turns;
    // Side by side, as in life: first rows of all, then second rows.
    for (std::size_t seq = 0; seq < rows.size(); ++seq)
      for (std::int64_t i = 0; i < together; ++i) {
        auto& turn = turns.emplace_back();
        turn.is_new = seq == 0;
        turn.instance.id = first + i;
        turn.instance.process = process;
        turn.instance.started_at = {1'700'000'000'000'000 + (done + i) * 1'000'000};
        turn.instance.last_seq = seq + 1;
        if (seq + 1 == rows.size()) {
          turn.instance.status = engine::InstanceStatus::completed;
          turn.instance.ended_at = TimePoint{turn.instance.started_at.micros + 3'600'000'000};
        }
        turn.journal = rows[seq];
        turn.journal.instance = first + i;
        turn.journal.at = {turn.instance.started_at.micros + static_cast<std::int64_t>(seq) * 60'000'000};
      }
    if (auto written = store.commit(turns); !written) give_up(written.error().message);
  }
}

/// Of this process: others may use the machine, too.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

template <class Work>
void measured(const std::string& what, Work&& work) {
  const auto begin = SteadyClock::now();
  const double before = processor_seconds();
  const std::string result = work();
  fmt::print("{:<10} {:7.2f} s ({:.2f} s of a processor)   peak {:6.1f} MB   {}\n", what,
             std::chrono::duration<double>(SteadyClock::now() - begin).count(), processor_seconds() - before,
             peak_megabytes(), result);
  std::fflush(stdout);
}

void measure(const std::string& dir) {
  auto opened = store::open_store(dir + "/echoflow.db");
  if (!opened) give_up(opened.error().message);
  auto& store = **opened;
  const auto compiled = Compiler().compile(example());
  const auto program = compiled.processes.front().program;
  const documents::ProgramOf program_of = [&](std::int64_t) { return program; };
  const auto signer = *documents::Signer::fresh();
  fmt::print("{:<10} {:9}   peak {:6.1f} MB\n", "opened", "", peak_megabytes());
  std::string file;
  measured("evidence", [&] {
    documents::GatherOptions options;
    options.process_key = complaint_key;
    const auto evidence = documents::gather(store, program_of, signer, options);
    if (!evidence) give_up(evidence.error().message);
    file = evidence->files.front().bytes;
    return fmt::format("{} instances, {} journal rows, {} bytes", evidence->versions.front().started,
                       evidence->chain.records, file.size());
  });
  measured("verify", [&] {
    std::istringstream in(file);
    const auto check = documents::verify_evidence_file(in);
    return fmt::format("whole: {}, {} lines", check.whole(), check.lines);
  });
  measured("counts", [&] {
    documents::CountOptions options;
    options.process_key = complaint_key;
    options.process = store.deployments(false)->front().processes.front().id;
    const auto counts = documents::count_elements(store, program_of, options);
    if (!counts) give_up(counts.error().message);
    return fmt::format("{} elements", counts->size());
  });
  std::size_t bytes = 0;
  const documents::Sink sink = [&](std::string_view piece) -> Result<void> {
    bytes += piece.size();
    return {};
  };
  const documents::Pseudonyms pseudonyms("key");
  measured("XES", [&] {
    if (auto done = documents::export_xes(store, program_of, pseudonyms, {}, sink); !done)
      give_up(done.error().message);
    return fmt::format("{} bytes", std::exchange(bytes, 0));
  });
  measured("OCEL", [&] {
    if (auto done = documents::export_ocel(store, program_of, pseudonyms, {}, sink); !done)
      give_up(done.error().message);
    return fmt::format("{} bytes", bytes);
  });
}

}  // namespace

int main(int count, char** words) {
  const std::string mode = count > 1 ? words[1] : "", dir = count > 2 ? words[2] : "";
  if (mode == "make" && !dir.empty())
    make(dir, count > 3 ? std::stoll(words[3]) : 100'000);
  else if (mode == "measure" && !dir.empty())
    measure(dir);
  else
    give_up("evidence_bench make DIR [INSTANCES] | evidence_bench measure DIR");
}
