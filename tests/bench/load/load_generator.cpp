// bench_load HOST PORT PATH BODY-FILE [--connections N] [--seconds S] [--warmup S] [--soap-action A]
//            [--from N --step N --count N]
// Sends one request over and over on N keep-alive connections from one thread (epoll), so that it takes little of the
// machine that it shares with the server. Prints requests per second and latency percentiles as one JSON line.
// "@@NUMBER@@" in the body becomes a ten-digit number that counts from --from by --step; --count ends after so many.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int fd = -1;
  std::string received;
  std::size_t sent = 0;
  Clock::time_point begun;
};

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bench_load: %s\n", why.c_str());
  std::exit(2);
}

int open_connection(const std::string& host, int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    die("cannot connect to " + host + ":" + std::to_string(port));
  const int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

/// Length of the whole answer when it is complete, else 0. `ok` tells whether its status is 2xx.
std::size_t complete(const std::string& text, bool& ok) {
  const std::size_t head = text.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  ok = text.compare(9, 1, "2") == 0;
  const char* length = strcasestr(text.c_str(), "\r\ncontent-length:");
  if (!length || length > text.c_str() + head) {
    // chunked: complete when the last chunk is there
    return text.size() >= 5 && text.compare(text.size() - 5, 5, "0\r\n\r\n") == 0 ? text.size() : 0;
  }
  const std::size_t total = head + 4 + static_cast<std::size_t>(std::atol(length + 17));
  return text.size() >= total ? total : 0;
}

/// The numbers that tell requests apart.
struct Numbers {
  std::size_t next = 0;
  std::size_t step = 1;
  std::size_t left = static_cast<std::size_t>(-1);
};

class Load {
 public:
  Load(std::string host, int port, std::string request, int connections, Numbers numbers)
      : request_(std::move(request)),
        number_at_(request_.find(number_place)),
        numbers_(numbers),
        connections_(static_cast<std::size_t>(connections)) {
    poll_ = epoll_create1(0);
    for (auto& connection : connections_) {
      connection.fd = open_connection(host, port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &connection;
      epoll_ctl(poll_, EPOLL_CTL_ADD, connection.fd, &event);
      begin(connection);
    }
  }

  /// Runs until `end`; latencies are kept when `measure`.
  void run(Clock::time_point end, bool measure) {
    epoll_event events[128];
    while (Clock::now() < end && under_way_ > 0) {
      const int ready = epoll_wait(poll_, events, 128, 100);
      for (int i = 0; i < ready; ++i) receive(*static_cast<Connection*>(events[i].data.ptr), measure);
    }
  }

  std::vector<double> latencies_us;
  std::size_t failures = 0;

 private:
  static constexpr std::string_view number_place = "@@NUMBER@@";

  void begin(Connection& connection) {
    if (numbers_.left == 0) return;
    --numbers_.left;
    ++under_way_;
    if (number_at_ != std::string::npos) {
      char digits[32];
      std::snprintf(digits, sizeof digits, "%010zu", numbers_.next);
      request_.replace(number_at_, number_place.size(), digits, number_place.size());
      numbers_.next += numbers_.step;
    }
    connection.received.clear();
    connection.begun = Clock::now();
    std::size_t sent = 0;
    while (sent < request_.size()) {
      const ssize_t n = send(connection.fd, request_.data() + sent, request_.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) die("the server closed a connection");
      sent += static_cast<std::size_t>(n);
    }
  }

  void receive(Connection& connection, bool measure) {
    char buffer[65536];
    const ssize_t n = recv(connection.fd, buffer, sizeof buffer, 0);
    if (n <= 0) die("the server closed a connection");
    connection.received.append(buffer, static_cast<std::size_t>(n));
    bool ok = false;
    if (complete(connection.received, ok) == 0) return;
    --under_way_;
    if (measure)
      latencies_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - connection.begun).count());
    if (!ok && ++failures == 1)
      std::fprintf(stderr, "bench_load: not a 2xx answer:\n%.600s\n", connection.received.c_str());
    begin(connection);
  }

  std::string request_;
  std::size_t number_at_;
  Numbers numbers_;
  std::size_t under_way_ = 0;
  std::vector<Connection> connections_;
  int poll_;
};

double percentile(std::vector<double>& sorted, double p) {
  return sorted.empty()
             ? 0
             : sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(p * static_cast<double>(sorted.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5)
    die("usage: bench_load HOST PORT PATH BODY-FILE [--connections N] [--seconds S] [--warmup S] [--soap-action A] "
        "[--from N --step N --count N]");
  std::map<std::string, std::string> options{
      {"--connections", "64"}, {"--seconds", "5"}, {"--warmup", "1"}, {"--soap-action", ""},
      {"--from", "0"},         {"--step", "1"},    {"--count", ""}};
  for (int i = 5; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  std::ifstream in(argv[4], std::ios::binary);
  std::ostringstream body;
  body << in.rdbuf();
  const std::string content = body.str();
  const std::string request = "POST " + std::string(argv[3]) + " HTTP/1.1\r\nHost: " + argv[1] + ":" + argv[2] +
                              "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \"" + options["--soap-action"] +
                              "\"\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
  Numbers numbers{std::stoul(options["--from"]), std::stoul(options["--step"])};
  if (!options["--count"].empty()) numbers.left = std::stoul(options["--count"]);
  Load load(argv[1], std::atoi(argv[2]), request, std::atoi(options["--connections"].c_str()), numbers);
  const auto seconds = [](const std::string& text) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::atof(text.c_str())));
  };
  load.run(Clock::now() + seconds(options["--warmup"]), false);
  const auto begun = Clock::now();
  load.run(begun + seconds(options["--seconds"]), true);
  const double took = std::chrono::duration<double>(Clock::now() - begun).count();
  auto& latencies = load.latencies_us;
  std::sort(latencies.begin(), latencies.end());
  std::printf("{\"per_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f, \"failures\": %zu}\n",
              static_cast<double>(latencies.size()) / took, percentile(latencies, 0.5), percentile(latencies, 0.99),
              load.failures);
  return load.failures ? 1 : 0;
}
