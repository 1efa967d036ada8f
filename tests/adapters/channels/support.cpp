#include "tests/adapters/channels/support.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>

namespace echoflow::channels::test {

namespace {

bool is_secret(const std::string& name) {
  for (const char* word : {"secret", "token", "password"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

TimePoint wall_now() {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

Result<Channels> TestWorld::try_open(const std::string& network, std::map<std::string, std::string> settings) {
  for (auto& [name, value] : settings) {
    if (!is_secret(name) || value.starts_with("env:") || value.starts_with("file:") || name.find('.') != name.npos)
      continue;
    const auto variable = "ECHOFLOW_TEST_" + network + "_" + name;
    setenv(variable.c_str(), value.c_str(), 1);
    value = "env:" + variable;
  }
  return Channels::open({{"desk", network, std::move(settings)}}, world());
}

ChannelPtr TestWorld::open(const std::string& network, std::map<std::string, std::string> settings) {
  auto opened = try_open(network, std::move(settings));
  EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().message);
  if (!opened) std::abort();
  return std::move(*opened).take("desk");
}

http::Request request(const std::string& method, std::string body, http::Pairs headers, std::string query) {
  http::Request made;
  made.method = method;
  made.path = "/channels/desk/webhook";
  made.query = std::move(query);
  made.headers = std::move(headers);
  made.body = std::move(body);
  return made;
}

Result<Received, Refusal> receive(Channel& channel, const http::Request& request, const std::string& url) {
  return channel.receive({request, url});
}

bool Heard::accept(std::vector<cx::Feedback> batch) {
  if (broken) return false;
  std::lock_guard lock(mutex_);
  for (auto& one : batch) feedback_.push_back(std::move(one));
  return true;
}

std::vector<cx::Feedback> Heard::all() const {
  std::lock_guard lock(mutex_);
  return feedback_;
}

bool Heard::wait_for(std::size_t count, int seconds) const {
  for (int i = 0; i < seconds * 50 && all().size() < count; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return all().size() >= count;
}

Program::Program(std::vector<std::string> words) {
  int in[2], out[2];
  if (pipe(in) != 0 || pipe(out) != 0) std::abort();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    for (int fd : {in[0], in[1], out[0], out[1]}) close(fd);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  in_ = in[1];
  out_ = out[0];
  std::string line;
  char c = 0;
  while (read(out_, &c, 1) == 1 && c != '\n') line += c;
  EXPECT_TRUE(line.starts_with("port ")) << words.back() << " said: " << line;
  std::istringstream numbers(line.substr(std::min<std::size_t>(line.size(), 5)));
  for (int number; numbers >> number;) ports_.push_back(number);
}

Program::~Program() {
  close(in_);
  close(out_);
  for (int i = 0; i < 500; ++i) {  // it ends when its input does
    if (waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

FakeService::FakeService(const std::string& name, const std::string& deliver_to, std::vector<std::string> more)
    : Program([&] {
        std::vector<std::string> words{"python3", ECHOFLOW_SOURCE_DIR "/tests/channels/fakes/" + name + ".py",
                                       "--until-input-ends"};
        if (!deliver_to.empty()) words.insert(words.end(), {"--deliver-to", deliver_to});
        words.insert(words.end(), more.begin(), more.end());
        return words;
      }()) {}

json::Value FakeService::control(const std::string& what, const std::string& words) {
  auto answer = client_.send({url() + "/_control/" + what, "POST", {}, words});
  EXPECT_TRUE(answer.ok());
  if (!answer) return {};
  auto value = json::parse(answer->body);
  EXPECT_TRUE(value.ok()) << answer->body;
  return value ? std::move(value).value() : json::Value{};
}

Hook::Hook()
    : server_(new http::Server({"127.0.0.1", 0, "", "", 64, std::chrono::seconds(5), std::chrono::seconds(5)}, *this)) {
  EXPECT_TRUE(server_->start().ok());
}

Hook::~Hook() {
  server_->stop();
}

std::string Hook::url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port()) + "/channels/desk/webhook";
}

http::Response Hook::handle(const http::Request& request) {
  Channel* channel = channel_;
  if (!channel || down) return {503, "", "", {}, {}};
  const Webhook webhook{request, url() + (request.query.empty() ? "" : "?" + request.query)};
  if (auto answer = channel->handshake(webhook)) return *answer;
  auto received = channel->receive(webhook);
  if (!received) return {received.error().status, "text/plain", received.error().detail, {}, {}};
  if (!received->feedback.empty() && !heard.accept(received->feedback)) return {503, "", "", {}, {}};
  return received->response;
}

const Sent* sent(const SendResult& result) {
  if (auto* refused = std::get_if<Refused>(&result)) ADD_FAILURE() << refused->rule << ": " << refused->message;
  if (auto* later = std::get_if<Later>(&result)) ADD_FAILURE() << "later: " << later->reason;
  return std::get_if<Sent>(&result);
}

const Refused* refused(const SendResult& result) {
  return std::get_if<Refused>(&result);
}

const Later* later(const SendResult& result) {
  return std::get_if<Later>(&result);
}

}  // namespace echoflow::channels::test
