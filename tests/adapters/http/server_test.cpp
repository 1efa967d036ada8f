#include "adapters/http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "adapters/http/client.hpp"

namespace echoflow::http {

namespace {

using namespace std::chrono_literals;

class Echo : public Handler {
 public:
  std::size_t body_limit(const Request&) const override { return 1000; }
  Response body_too_large(const Request&, std::size_t limit) override {
    return {413, "text/plain", std::to_string(limit), {}, {}};
  }
  Response handle(const Request& request) override {
    ++handled;
    if (request.path == "/slow") std::this_thread::sleep_for(400ms);
    if (request.path == "/moved") return {302, "text/plain", "elsewhere", {{"Location", "/"}}, {}};
    if (request.path == "/stream") {
      Response response{200, "text/event-stream", "", {}, {}};
      response.stream = [](Stream& stream) {
        for (int i = 0; i < 3; ++i) stream.write("data: " + std::to_string(i) + "\n\n");
      };
      return response;
    }
    return {200,
            "text/plain",
            request.method + " " + request.path + "?" + request.query + " " + std::string(request.header("x-test")) +
                " " + request.body,
            {},
            {}};
  }
  std::atomic<int> handled{0};
};

class ServerTest : public ::testing::Test {
 protected:
  void serve(unsigned max_connections = 64) {
    ServerOptions options;
    options.port = 0;
    options.max_connections = max_connections;
    options.read_timeout = 500ms;
    server_ = std::make_unique<Server>(options, echo_);
    auto started = server_->start();
    ASSERT_TRUE(started) << started.error().message;
  }
  ClientRequest request(const std::string& path, const std::string& body = "") {
    ClientRequest made;
    made.url = "http://127.0.0.1:" + std::to_string(server_->port()) + path;
    made.body = body;
    made.timeout = 2000ms;
    return made;
  }
  /// Sends bytes as they are and reads until the server closes or falls silent.
  std::string raw(const std::string& bytes) {
    int fd = connect_socket();
    EXPECT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    std::string answer;
    char buffer[4096];
    for (ssize_t got; (got = ::recv(fd, buffer, sizeof buffer, 0)) > 0;)
      answer.append(buffer, static_cast<std::size_t>(got));
    ::close(fd);
    return answer;
  }
  int connect_socket() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    timeval timeout{3, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    return fd;
  }

  Echo echo_;
  std::unique_ptr<Server> server_;
  Client client_;
};

}  // namespace

TEST_F(ServerTest, GivesRequestsAndAnswersThrough) {
  serve();
  auto made = request("/a%20b?q=1", "body");
  made.headers = {{"X-Test", "yes"}};
  auto answer = client_.send(made);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "POST /a%20b?q=1 yes body");
}

TEST_F(ServerTest, RefusesLargeBodiesBeforeAndWhileReading) {
  serve();
  auto answer = client_.send(request("/", std::string(5000, 'x')));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 413);
  std::string chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 3; ++i) chunked += "200\r\n" + std::string(512, 'x') + "\r\n";
  EXPECT_NE(raw(chunked + "0\r\n\r\n").find(" 413 "), std::string::npos);
  EXPECT_EQ(echo_.handled, 0);
}

TEST_F(ServerTest, SurvivesGarbageAndHalfRequests) {
  serve();
  raw("\x01\x02garbage\r\n\r\n");
  raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nonly a part");
  raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n");
  EXPECT_TRUE(client_.send(request("/")));
}

TEST_F(ServerTest, AnswersRequestsThatCameTogetherInTheirOrder) {
  serve();
  const std::string both =
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: x\r\nConnection: "
      "close\r\n\r\n";
  const auto answers = raw(both);
  const auto first = answers.find("POST /1?  abc"), second = answers.find("GET /2?");
  EXPECT_NE(first, std::string::npos) << answers;
  EXPECT_NE(second, std::string::npos) << answers;
  EXPECT_LT(first, second);
}

TEST_F(ServerTest, ReadsChunksAndAsksForABodyThatIsAnnounced) {
  serve();
  EXPECT_NE(raw("POST /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
                "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                .find("POST /c?  abcde"),
            std::string::npos);
  const auto answer =
      raw("POST /e HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200")) << answer;
}

TEST_F(ServerTest, AnswersHeadWithoutABodyAndOldClientsWithoutChunks) {
  serve();
  const auto head = raw("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(head.find("Content-Length: 10\r\n"), std::string::npos) << head;
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  const auto old = raw("GET /stream HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.find("chunked"), std::string::npos);
  EXPECT_TRUE(old.ends_with("\r\n\r\ndata: 0\n\ndata: 1\n\ndata: 2\n\n")) << old;
}

TEST_F(ServerTest, RefusesHeadsThatAreTooLarge) {
  serve();
  EXPECT_NE(raw("GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n").find(" 431 "), std::string::npos);
  EXPECT_EQ(echo_.handled, 0);
}

TEST_F(ServerTest, RefusesWhatTwoReadersCouldReadDifferently) {
  serve();
  EXPECT_NE(raw("GET /a\x01b HTTP/1.1\r\nHost: x\r\n\r\n").find(" 400 "), std::string::npos);
  EXPECT_NE(raw("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab").find(" 400 "),
            std::string::npos);
  EXPECT_NE(raw("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n")
                .find(" 400 "),
            std::string::npos);
  EXPECT_EQ(echo_.handled, 0);
}

TEST_F(ServerTest, StreamsUntilTheHandlerIsDone) {
  serve();
  auto answer = client_.send(request("/stream"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "data: 0\n\ndata: 1\n\ndata: 2\n\n");
}

TEST_F(ServerTest, TurnsTheExcessAwayWith503) {
  serve(2);
  int first = connect_socket(), second = connect_socket();
  std::this_thread::sleep_for(100ms);
  EXPECT_NE(raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n").find(" 503 "), std::string::npos);
  ::close(first);
  ::close(second);
  std::this_thread::sleep_for(200ms);
  EXPECT_TRUE(client_.send(request("/")));
}

TEST_F(ServerTest, DrainWaitsForRequestsInWork) {
  serve();
  std::atomic<bool> answered{false};
  std::thread caller([&] {
    auto answer = client_.send(request("/slow"));
    answered = answer && answer->status == 200;
  });
  std::this_thread::sleep_for(150ms);
  EXPECT_TRUE(server_->drain(2s));
  caller.join();
  EXPECT_TRUE(answered);
  server_->stop();
  EXPECT_FALSE(client_.send(request("/")));
}

TEST_F(ServerTest, SaysWhenThePortIsTaken) {
  serve();
  ServerOptions options;
  options.port = server_->port();
  Server other(options, echo_);
  auto started = other.start();
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().message.find("--listen"), std::string::npos);
}

TEST_F(ServerTest, ClientReusesConnectionsAndFollowsNoRedirect) {
  serve();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(client_.send(request("/")));
  EXPECT_LE(server_->connections(), 2u);
  auto moved = client_.send(request("/moved"));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->status, 302);
  EXPECT_EQ(echo_.handled, 21);
}

TEST_F(ServerTest, ClientNoticesAServerThatCameBack) {
  serve();
  ASSERT_TRUE(client_.send(request("/")));
  server_->stop();
  EXPECT_FALSE(client_.send(request("/")));
}

TEST_F(ServerTest, ClientKeepsItsTimesAndLimits) {
  serve();
  auto slow = request("/slow");
  slow.timeout = 100ms;
  auto answer = client_.send(slow);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ClientFailureKind::timeout);
  auto large = request("/", std::string(900, 'x'));
  large.max_answer_bytes = 100;
  answer = client_.send(large);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ClientFailureKind::too_large);
  ClientRequest bad;
  for (const char* url : {"ftp://x/", "nonsense", "http://", ""}) {
    bad.url = url;
    answer = client_.send(bad);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ClientFailureKind::bad_url) << url;
  }
  bad.url = "http://127.0.0.1:1/";
  answer = client_.send(bad);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ClientFailureKind::unreachable);
}

}  // namespace echoflow::http
