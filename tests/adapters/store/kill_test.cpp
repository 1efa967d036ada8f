#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "adapters/store_soci/open_store.hpp"
#include "models/base/sha256.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

/// What the child tells after each commit that was acknowledged: instance and the last row of its journal.
struct Acknowledged {
  InstanceId instance;
  std::uint64_t seq;
};

std::string payload_of(InstanceId instance, std::uint64_t seq) {
  return std::string(2'000, static_cast<char>('a' + (static_cast<std::uint64_t>(instance) + seq) % 26)) +
         std::to_string(instance) + "/" + std::to_string(seq);
}

/// Commits groups of turns until it is killed: new instances and next turns of earlier ones.
[[noreturn]] void commit_until_killed(const std::string& address, int pipe, unsigned seed) {
  auto opened = open_store(address);
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    ::_exit(3);
  }
  auto store = std::move(*opened);
  std::mt19937 random(seed);
  std::vector<Acknowledged> alive;
  while (true) {
    std::vector<Turn> turns;
    const auto first = store->reserve_ids(8);
    if (!first) ::_exit(4);
    for (int i = 0; i < 8; ++i) {
      Acknowledged next{*first + i, 1};
      if (!alive.empty() && random() % 2 == 0) {
        next = alive.back();
        ++next.seq;
        alive.pop_back();
      }
      Turn turn = make_turn(next.instance, next.seq);
      turn.journal.payload = payload_of(next.instance, next.seq);
      turn.subscriptions_opened = {
          make_subscription(static_cast<ActivityId>(next.seq), "k" + std::to_string(next.instance))};
      if (next.seq > 1) turn.subscriptions_closed = {{static_cast<ActivityId>(next.seq - 1), 0}};
      if (random() % 4 == 0) turn.snapshot = payload_of(next.instance, next.seq);
      turns.push_back(std::move(turn));
    }
    if (!store->commit(turns)) ::_exit(5);
    for (const Turn& turn : turns) {
      const Acknowledged told{turn.instance.id, turn.journal.seq};
      if (::write(pipe, &told, sizeof told) != static_cast<ssize_t>(sizeof told)) ::_exit(6);
      if (alive.size() < 50) alive.push_back(told);
    }
  }
}

class KillTest : public StoreTest {
 protected:
  /// Runs a child for a while and kills it; adds what it acknowledged.
  void kill_one(unsigned round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(pipe[0]);
      commit_until_killed(backend_->address(), pipe[1], round);
    }
    ::close(pipe[1]);
    std::mt19937 random(round);
    // At first some commits must be there: opening takes its time on a slow machine.
    read_some(pipe[0]);
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(5 + random() % 120);
    while (std::chrono::steady_clock::now() < until && read_some(pipe[0])) {
    }
    ::kill(child, SIGKILL);
    while (read_some(pipe[0])) {
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  }

  bool read_some(int pipe) {
    Acknowledged told{};
    if (::read(pipe, &told, sizeof told) != static_cast<ssize_t>(sizeof told)) return false;
    acknowledged_[told.instance] = told.seq;
    ++turns_;
    return true;
  }

  void expect_everything() {
    const auto check = store_->check_chain(1);
    ASSERT_DONE(check);
    ASSERT_FALSE(check->broken_at) << check->detail;
    EXPECT_GE(check->rows, turns_);
    for (const auto& [instance, seq] : acknowledged_) {
      const auto rows = store_->journal(instance, 0, 100'000);
      ASSERT_DONE(rows);
      ASSERT_GE(rows->size(), seq) << "instance " << instance;
      for (std::uint64_t i = 0; i < rows->size(); ++i) ASSERT_EQ((*rows)[i].payload, payload_of(instance, i + 1));
      const auto row = store_->instance(instance);
      ASSERT_TRUE(row->has_value());
      ASSERT_EQ((*row)->last_seq, rows->size()) << "instance and journal of one turn belong together";
      const auto waiting = store_->subscriptions(instance);
      ASSERT_EQ(waiting->size(), 1u);
      ASSERT_EQ((*waiting)[0].activity, rows->size());
    }
    EXPECT_GT(store_->reserve_ids(1).value(), acknowledged_.empty() ? 0 : acknowledged_.rbegin()->first)
        << "an id was given twice";
  }

  std::map<InstanceId, std::uint64_t> acknowledged_;
  std::int64_t turns_ = 0;
};

TEST_P(KillTest, KeepsEveryAcknowledgedTurn) {
  const char* given = std::getenv("ECHOFLOW_TEST_KILLS");
  const int kills = given != nullptr ? std::atoi(given) : 12;
  store_.reset();
  for (int round = 1; round <= kills && !HasFatalFailure(); ++round) {
    kill_one(static_cast<unsigned>(round));
    store_ = backend_->open();
    ASSERT_TRUE(store_);
    expect_everything();
    store_.reset();
  }
  EXPECT_GT(turns_, kills);
  std::printf("  %s: survived %d kills; %lld acknowledged turns of %zu instances are there\n",
              name_of(GetParam()).c_str(), kills, static_cast<long long>(turns_), acknowledged_.size());
}

INSTANTIATE_ON_DATABASES(KillTest);

}  // namespace
}  // namespace echoflow::store::test
