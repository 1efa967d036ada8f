#pragma once
#include <gtest/gtest.h>

#include "engine/cx/feedback/record.hpp"
#include "models/records/streams.hpp"
#include "tests/adapters/cx/feedback/world.hpp"

namespace echoflow::deliveries::test {

using engine::DeliveryStatus;
using intake::test::eventually;
using intake::test::post;
using intake::test::World;

/// A network that does as the test says, and remembers what was said to it.
class Network final : public channels::Channel, public Outlets {
 public:
  explicit Network(channels::Rules rules = talkative()) : Channel("page", "facebook", rules) {}
  static channels::Rules talkative() {
    channels::Rules rules;
    rules.max_public = rules.max_private = 1'000;
    rules.public_posts = true;
    rules.asks_first = true;
    return rules;
  }
  channels::Channel* find(const std::string& channel) override { return channel == "page" ? this : nullptr; }

  std::vector<channels::Outgoing> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  void script(std::function<channels::SendResult(std::size_t attempt)> script) {
    const std::lock_guard lock(mutex_);
    script_ = std::move(script);
  }
  std::atomic<int> attempts{0}, questions{0};

 private:
  channels::SendResult do_send(const channels::Outgoing& outgoing) override {
    const std::lock_guard lock(mutex_);
    const auto attempt = static_cast<std::size_t>(attempts++);
    auto result = script_ ? script_(attempt) : channels::Sent{"comment-" + std::to_string(attempt), ""};
    const auto* later = std::get_if<channels::Later>(&result);
    if (std::holds_alternative<channels::Sent>(result) || (later && later->maybe_sent)) sent_.push_back(outgoing);
    return result;
  }
  Result<std::optional<channels::Sent>, channels::Later> do_find_sent(const channels::Outgoing& outgoing) override {
    ++questions;
    const std::lock_guard lock(mutex_);
    for (const auto& each : sent_)
      if (each.key == outgoing.key) return std::optional(channels::Sent{"found-" + each.key, ""});
    return std::optional<channels::Sent>();
  }
  TimePoint now() const override { return {1'700'000'000'000'000}; }

  mutable std::mutex mutex_;
  std::vector<channels::Outgoing> sent_;
  std::function<channels::SendResult(std::size_t)> script_;
};

class Deliveries : public ::testing::Test {
 protected:
  void SetUp() override {
    world.outlets = &network;
    world.delivery_options.first_pause = std::chrono::milliseconds(1'000);
    world.delivery_options.look = std::chrono::milliseconds(5);
    world.restart();
    world.deploy(intake::test::answering_files());
  }
  /// Lets a customer speak; returns the instance that answers.
  InstanceId speak(const std::string& text) {
    const auto taken = world.ingest->take({post(text, text, text)});
    EXPECT_TRUE(taken.ok());
    EXPECT_TRUE(eventually([&] { return world.ingest->at_rest(); }));
    feedback = taken->at(0).id;
    const auto row = world.cx().feedback(feedback).value();
    EXPECT_EQ(row->instances.size(), 1u);
    return row->instances.empty() ? 0 : row->instances[0];
  }
  bool ended(InstanceId id) {
    return eventually([&] { return world.runtime->instance(id)->status != engine::InstanceStatus::running; });
  }
  std::string said(InstanceId id) {
    EXPECT_TRUE(ended(id));
    return world.variable(id, "said");
  }
  engine::DeliveryRow row() {
    engine::DeliveryFilter filter;
    filter.feedback = feedback;
    const auto rows = world.cx().deliveries(filter);
    EXPECT_EQ(rows->size(), 1u);
    return rows->empty() ? engine::DeliveryRow{} : rows->front();
  }
  std::vector<EventKind> history() {
    std::vector<EventKind> kinds;
    const auto rows = world.store->journal(row().id, 0, 100);
    for (const auto& line : *rows) {
      EXPECT_EQ(records::stream_of(line.events), records::StreamKind::delivery);
      kinds.push_back(read_event(line.events)->kind);
    }
    return kinds;
  }

  Network network;
  World world;
  std::int64_t feedback = 0;
};

}  // namespace echoflow::deliveries::test
