#include "tools/echoflow/task_host.hpp"

#include <chrono>
#include <future>

#include "adapters/channels/email/mail.hpp"
#include "adapters/channels/email/mail_server.hpp"
#include "adapters/cx/feedback/publisher.hpp"
#include "adapters/cx/tasks/process_side.hpp"
#include "adapters/cx/tasks/runtime_world.hpp"
#include "adapters/http/client.hpp"
#include "models/cx/task_request.hpp"

namespace echoflow::tool {

namespace {

using tasks::Outcome;
using tasks::Settled;

constexpr auto longest_publication = std::chrono::seconds(60);

/// Tells the processes and waits until they have it.
Outcome tell(intake::Publisher& publisher, std::string_view port_type, std::string_view operation, Message message,
             const std::string& key) {
  auto promise = std::make_shared<std::promise<intake::Told>>();
  auto done = promise->get_future();
  publisher.publish({port_type, operation, std::move(message), key, ""},
                    [promise](intake::Told told) { promise->set_value(std::move(told)); });
  if (done.wait_for(longest_publication) != std::future_status::ready)
    return {Settled::later, "the processes did not answer in time"};
  const auto told = done.get();
  if (told.try_again) return {Settled::later, told.reason};
  if (told.taken_by.empty()) return {Settled::nobody, told.reason};
  return {Settled::done, "taken by " + std::to_string(told.taken_by.size())};
}

Outcome send_mail(const channels::email::Server& server, const std::string& from, const tasks::Mail& mail) {
  channels::email::Draft draft;
  draft.message_id = mail.message_id;
  draft.from = {from, "Echoflow"};
  draft.to = mail.to;
  draft.subject = mail.subject;
  draft.text = mail.text.empty() ? mail.subject : mail.text;
  draft.date = runtime::system_clock().now();
  auto bytes = channels::email::write_mail(draft);
  if (!bytes) return {Settled::nobody, bytes.error().message};
  auto sent = channels::email::send_mail(server, from, {mail.to}, *bytes);
  if (sent) return {};
  // 5xx is for ever, all else passes.
  return {sent.error().code >= 500 ? Settled::nobody : Settled::later, sent.error().message};
}

tasks::SendMail mail_sender(const tasks::NoticeOptions& options) {
  if (options.mail_server.empty()) return {};
  channels::email::Server server;
  server.url = options.mail_server;
  server.user = options.mail_user;
  server.password = options.mail_password;
  server.tls = options.mail_tls;
  return [server, from = options.mail_from](const tasks::Mail& mail) { return send_mail(server, from, mail); };
}

}  // namespace

struct TaskHost::Parts {
  http::Client client;
  intake::Publisher* publisher = nullptr;
  tasks::Notices notices;
  tasks::RuntimeWorld world;
  tasks::TaskService service;
  tasks::TaskPartner partner;

  Parts(engine::Store& store, const tasks::DeskFile& desk)
      : notices(client, desk.notices, mail_sender(desk.notices),
                [this](const std::string& recipient) { return service.addresses(recipient); }),
        world(
            store,
            [this](std::string_view port_type, std::string_view operation, Message message, const std::string& key) {
              return tell(*publisher, port_type, operation, std::move(message), key);
            },
            notices),
        service(store, world, runtime::system_clock(), desk.options),
        partner(service, store) {}
};

TaskHost::TaskHost(engine::Store& store, runtime::BuiltinPartners& partners, const tasks::DeskFile& desk)
    : parts_(std::make_unique<Parts>(store, desk)) {
  partners.add(cx::address_of_tasks, parts_->partner);
}

TaskHost::~TaskHost() = default;

tasks::TaskService& TaskHost::service() {
  return parts_->service;
}

Result<void> TaskHost::start(runtime::Runtime& runtime, intake::Publisher& publisher) {
  parts_->publisher = &publisher;
  parts_->world.set_runtime(runtime);
  auto started = parts_->service.start();
  if (!started) return fail(started.error().message);
  return {};
}

void TaskHost::stop() {
  parts_->service.stop();
}

}  // namespace echoflow::tool
