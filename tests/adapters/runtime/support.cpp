#include "tests/adapters/runtime/support.hpp"

#include <thread>

#include "bpel/compile/deployment.hpp"

namespace echoflow::runtime::test {

engine::CompiledDeployment BpelCompiler::compile(const Files& files) const {
  auto compiled = compile::compile_deployment(source::SourceSet{files}, false);
  engine::CompiledDeployment deployment;
  for (auto& p : compiled.processes)
    deployment.processes.push_back({std::move(p.program), std::move(p.file), p.retired});
  deployment.findings = std::move(compiled.findings);
  return deployment;
}

void ManualClock::wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) {
  if (now() < due) wake.wait_for(lock, std::chrono::milliseconds(2));
}

PartnerAnswer ScriptedPartner::call(const PartnerCall& call) {
  Script script;
  std::size_t attempt = 0;
  {
    std::lock_guard lock(mutex_);
    for (const auto& earlier : calls_)
      if (earlier.key == call.idempotency_key) ++attempt;
    calls_.push_back({call.operation.operation, call.idempotency_key, text_of(call.message), call.instance});
    script = script_;
  }
  return script ? script(call, attempt) : PartnerAnswer{call.message};
}

void ScriptedPartner::set(Script script) {
  std::lock_guard lock(mutex_);
  script_ = std::move(script);
}

std::vector<ScriptedPartner::Call> ScriptedPartner::calls() const {
  std::lock_guard lock(mutex_);
  return calls_;
}

Message note(const std::string& id, const std::string& text) {
  auto document = std::make_shared<xml::Document>();
  auto root = document->append_element(xml::root_node, desk_namespace, "note");
  document->append_text(document->append_element(root, desk_namespace, "id"), id);
  document->append_text(document->append_element(root, desk_namespace, "text"), text);
  return {{desk_namespace, "noteMessage"}, {document}, {}, {}};
}

std::string text_of(const Message& message) {
  if (message.parts.empty() || !message.parts[0]) return "(no body)";
  const auto& document = *message.parts[0];
  auto found = document.find_child(document.document_element(), desk_namespace, "text");
  return found == xml::no_node ? "(no text)" : document.string_value(found);
}

Delivery delivery(const std::string& process, const std::string& operation, const std::string& id,
                  const std::string& text) {
  Delivery d;
  d.process_key = key(process);
  d.partner_link = "desk";
  d.operation = operation;
  d.message = note(id, text);
  return d;
}

Server::Server(engine::Store& store, Options options, Clock* clock)
    : store_(store), options_(std::move(options)), clock_(clock ? *clock : manual) {
  restart();
}

Server::~Server() {
  runtime_.reset();
}

void Server::restart() {
  runtime_.reset();
  runtime_ = std::make_unique<Runtime>(store_, compiler_, partner, options_, clock_);
  auto started = runtime_->start();
  ASSERT_TRUE(started.ok()) << started.error().message;
}

void Server::deploy(const std::string& process, const std::string& descriptor) {
  auto deployed = runtime_->deploy(process, deployment(process, descriptor));
  ASSERT_TRUE(deployed.ok()) << (deployed.error().findings.empty() ? deployed.error().failure->message
                                                                   : to_string(deployed.error().findings.front()));
}

Answer Server::send(const std::string& process, const std::string& operation, const std::string& id,
                    const std::string& text) {
  return runtime_->deliver_and_wait(delivery(process, operation, id, text));
}

std::future<Answer> Server::send_later(Delivery delivery) {
  auto promise = std::make_shared<std::promise<Answer>>();
  auto answer = promise->get_future();
  runtime_->deliver(std::move(delivery), [promise](Answer answer) { promise->set_value(std::move(answer)); });
  return answer;
}

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 2'500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return condition();
}

}  // namespace echoflow::runtime::test
