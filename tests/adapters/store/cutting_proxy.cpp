#include "tests/adapters/store/cutting_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

namespace echoflow::store::test {
namespace {

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return address;
}

/// Passes on what has arrived; false when the sender is gone.
bool pass(int from, int to) {
  char buffer[65'536];
  const ssize_t size = ::read(from, buffer, sizeof buffer);
  for (ssize_t done = 0; done < size;) {
    const ssize_t written = ::send(to, buffer + done, static_cast<std::size_t>(size - done), MSG_NOSIGNAL);
    if (written <= 0) return false;
    done += written;
  }
  return size > 0;
}

}  // namespace

CuttingProxy::CuttingProxy(const std::string& folder, std::string server_socket) : server_(std::move(server_socket)) {
  const std::string path = folder + "/.s.PGSQL.5432";
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(path);
  ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::listen(listener_, 16);
  acceptor_ = std::thread([this] { accept(); });
}

CuttingProxy::~CuttingProxy() {
  stop_ = true;
  acceptor_.join();
  for (auto& server : servers_) server.join();
  ::close(listener_);
}

void CuttingProxy::accept() {
  while (!stop_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 50) <= 0) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) continue;
    if (closed_) {
      ::close(client);
    } else {
      servers_.emplace_back([this, client] { serve(client); });
    }
  }
}

void CuttingProxy::serve(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(server_);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (open && !stop_) {
    pollfd waiting[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (::poll(waiting, 2, 50) < 0) break;
    if (waiting[1].revents != 0) {
      if (lose_.exchange(false)) break;
      open = pass(server, client);
    }
    if (open && waiting[0].revents != 0) open = pass(client, server);
  }
  ::close(server);
  ::close(client);
}

}  // namespace echoflow::store::test
