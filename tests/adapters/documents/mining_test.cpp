#include <gtest/gtest.h>

#include <set>

#include "adapters/documents/control/register.hpp"
#include "adapters/documents/mining/trace.hpp"
#include "adapters/json/access.hpp"
#include "models/xml/reader.hpp"
#include "tests/adapters/documents/runs.hpp"
#include "tests/adapters/runtime/support.hpp"

namespace echoflow::documents {

namespace {

using test::Runs;
namespace desk = test::desk;

class Mining : public ::testing::Test {
 protected:
  void SetUp() override {
    runs_.server().deploy(desk::echo);
    runs_.server().deploy(desk::counter);
    runs_.play(desk::echo, 4);
    runs_.play(desk::counter, 2);
  }
  using Export = Result<void> (*)(engine::Store&, const ProgramOf&, const Pseudonyms&, const MiningOptions&,
                                  const Sink&);
  std::string exported(Export how, const MiningOptions& options = {}) {
    std::string text;
    const auto done =
        how(runs_.store(), runs_.programs(), Pseudonyms("key"), options, [&](std::string_view bytes) -> Result<void> {
          text += bytes;
          return {};
        });
    EXPECT_TRUE(done) << done.error().message;
    return text;
  }
  static std::size_t count(const std::string& text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++found;
    return found;
  }
  Runs runs_;
};

}  // namespace

TEST_F(Mining, XesHasATraceForEachInstance) {
  const auto text = exported(export_xes);
  ASSERT_TRUE(xml::read(text)) << text;
  EXPECT_EQ(count(text, "<trace>"), 6u);
  EXPECT_EQ(count(text, "</trace>"), 6u);
  MiningOptions options;
  options.process_key = desk::key(desk::echo);
  const auto of_one = exported(export_xes, options);
  EXPECT_EQ(count(of_one, "<trace>"), 4u);
  EXPECT_EQ(count(of_one, "<event>"), 16u) << "receive and reply, each started and completed";
  EXPECT_EQ(count(of_one, R"(key="lifecycle:transition" value="complete"/><date)"), 9u);  // with the global
  options.structured = true;
  EXPECT_GT(count(exported(export_xes, options), "<event>"), 16u);
}

TEST_F(Mining, OcelRelatesEventsToObjectsThatAreThere) {
  const auto log = json::parse(exported(export_ocel));
  ASSERT_TRUE(log) << log.error().message;
  std::set<std::string> objects, types, event_types;
  for (const auto& type : log->find("objectTypes")->items) types.insert(json::text_at(type, "/name"));
  for (const auto& type : log->find("eventTypes")->items) event_types.insert(json::text_at(type, "/name"));
  for (const auto& object : log->find("objects")->items) {
    EXPECT_TRUE(objects.insert(json::text_at(object, "/id")).second);
    EXPECT_TRUE(types.contains(json::text_at(object, "/type")));
  }
  EXPECT_EQ(objects.size(), 8u) << "instances and versions of processes";
  std::set<std::string> ids;
  for (const auto& event : log->find("events")->items) {
    EXPECT_TRUE(ids.insert(json::text_at(event, "/id")).second);
    EXPECT_TRUE(event_types.contains(json::text_at(event, "/type")));
    ASSERT_FALSE(json::items_at(event, "/relationships").empty());
    for (const auto& relation : json::items_at(event, "/relationships"))
      EXPECT_TRUE(objects.contains(json::text_at(relation, "/objectId")));
  }
  EXPECT_GE(ids.size(), 8u);
}

TEST_F(Mining, OcelTellsTheReleaseOfADocumentBesideTheProcessItDescribes) {
  runtime::test::ManualClock clock;
  Register documents(runs_.store(), clock, {});
  const auto command = [&](Act act, const char* who) {
    clock.advance(std::chrono::seconds(1));
    Command command;
    command.act = act;
    command.who = who;
    command.why = "because";
    return command;
  };
  auto create = command(Act::create, "anna");
  create.particulars.emplace();
  const auto described = runs_.server()->directory()->versions.at(desk::key(desk::echo)).back()->id;
  create.described = Described{described, 1, "abc"};
  ASSERT_TRUE(documents.create("VA-1", desk::key(desk::echo), create));
  for (const auto& [act, who] :
       {std::pair{Act::begin, "anna"}, {Act::submit, "anna"}, {Act::check, "ben"}, {Act::release, "cleo"}})
    ASSERT_TRUE(documents.act("VA-1", 0, command(act, who)));
  const auto log = json::parse(exported(export_ocel));
  ASSERT_TRUE(log) << log.error().message;
  std::vector<std::string> statuses, acts;
  const std::string process = "process-" + std::to_string(described);
  for (const auto& object : log->find("objects")->items) {
    if (json::text_at(object, "/id") != "document-VA-1-1") continue;
    EXPECT_EQ(json::text_at(object, "/relationships/0/objectId"), process);
    for (const auto& attribute : json::items_at(object, "/attributes"))
      if (json::text_at(attribute, "/name") == "status") statuses.push_back(json::text_at(attribute, "/value"));
  }
  EXPECT_EQ(statuses, (std::vector<std::string>{"inactive", "in work", "in review", "in release", "released"}));
  for (const auto& event : log->find("events")->items)
    if (json::text_at(event, "/type").starts_with("document ")) {
      acts.push_back(json::text_at(event, "/type").substr(9));
      EXPECT_EQ(json::text_at(event, "/relationships/0/objectId"), "document-VA-1-1");
      EXPECT_EQ(json::text_at(event, "/relationships/1/objectId"), process);
    }
  EXPECT_EQ(acts, (std::vector<std::string>{"create", "begin", "submit", "check", "release"}));
}

TEST_F(Mining, EndsWhereItsReaderDoes) {
  int pieces = 0;
  const auto done =
      export_xes(runs_.store(), runs_.programs(), Pseudonyms("key"), {}, [&](std::string_view) -> Result<void> {
        if (++pieces < 3) return {};
        return fail("gone");
      });
  EXPECT_FALSE(done);
  EXPECT_EQ(pieces, 3);
}

TEST_F(Mining, ProgressReachesItsEnd) {
  std::int64_t last = 0, whole = 0;
  MiningOptions options;
  options.progress = [&](std::int64_t done, std::int64_t total) {
    EXPECT_GE(done, last);
    last = done;
    whole = total;
  };
  exported(export_xes, options);
  EXPECT_GT(whole, 0);
  EXPECT_EQ(last, whole);
}

}  // namespace echoflow::documents
