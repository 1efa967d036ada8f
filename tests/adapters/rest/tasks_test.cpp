#include <set>

#include "adapters/rest/api.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/cx/tasks/office.hpp"

namespace echoflow::rest {
namespace {

class NothingCompiles final : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const std::map<std::string, std::string>&) const override { return {}; }
};
class NobodyAnswers final : public runtime::PartnerClient {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall&) override { return runtime::TransportFailure{}; }
};

/// The routes of tasks, called as the server calls them.
class TaskRoutes : public ::testing::Test {
 protected:
  TaskRoutes() {
    ApiOptions options;
    options.tasks = office.service.get();
    api = std::make_unique<Api>(runtime, *store, endpoints, options);
  }

  struct Sent {
    int status = 0;
    json::Value body;
    std::string text(std::string_view name) const {
      const auto* member = body.find(name);
      return member ? member->text : "";
    }
  };
  Sent send(std::string method, const std::string& path, const std::string& body = "", const std::string& who = "anna",
            std::vector<Role> roles = {Role::agent}, http::Pairs query = {}) {
    auto found = match(method, path);
    EXPECT_TRUE(found.route) << path;
    if (!found.route) return {};
    const Identity identity{who, std::move(roles)};
    if (!may_use(identity, found.route->access)) return {403, {}};
    http::Request request;
    request.method = std::move(method);
    request.path = path;
    request.body = body;
    const auto response = found.route->function(*api, Call{request, found.parameters, std::move(query), identity, ""});
    auto value = json::parse(response.body);
    return {response.status, value ? *value : json::Value{}};
  }
  /// A task offered to the service team, of which anna and bert are.
  std::string create(tasks::Creation creation = tasks::Office::creation()) {
    auto task = office.service->create(std::move(creation));
    EXPECT_TRUE(task);
    return "/api/v1/tasks/" + std::to_string(task->id);
  }
  void put_agent(const std::string& user, const std::string& more = "") {
    EXPECT_EQ(send("PUT", "/api/v1/agents/" + user, R"({"groups":["service"])" + more + "}", "sue", {Role::supervisor})
                  .status,
              200);
  }

  std::unique_ptr<engine::Store> store = store::make_memory_store();
  tasks::Office office{*store};
  NothingCompiles compiler;
  NobodyAnswers partners;
  runtime::Runtime runtime{*store, compiler, partners};
  soap::Endpoints endpoints;
  std::unique_ptr<Api> api;
};

TEST_F(TaskRoutes, ClaimStartComplete) {
  put_agent("anna");
  const auto task = create();
  auto claimed = send("POST", task + "/claim", "{}");
  EXPECT_EQ(claimed.status, 200);
  EXPECT_EQ(claimed.text("state"), "reserved");
  EXPECT_EQ(claimed.text("owner"), "anna");
  EXPECT_EQ(send("POST", task + "/start", "{}").text("state"), "inProgress");
  EXPECT_EQ(send("POST", task + "/complete", R"({"outcome":"fine"})").text("state"), "completed");
  const auto history = send("GET", task + "/history");
  EXPECT_EQ(history.body.find("items")->items.size(), 5u);
}

TEST_F(TaskRoutes, WhoMayNotGets403AndWhenItIsNotPossible409) {
  put_agent("anna");
  put_agent("bert");
  const auto task = create();
  // Never: he has no role.
  EXPECT_EQ(send("POST", task + "/claim", "{}", "mallory").status, 403);
  EXPECT_EQ(send("GET", task, "", "mallory").status, 403);
  EXPECT_EQ(send("POST", task + "/complete", "{}", "bert").status, 403);
  // Not now: the state is another.
  EXPECT_EQ(send("POST", task + "/claim", "{}", "anna").status, 200);
  auto late = send("POST", task + "/claim", "{}", "bert");
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.text("type"), "urn:echoflow:problem:wrong-state");
  // The request itself makes no sense.
  EXPECT_EQ(send("POST", task + "/claim", R"({"colour":"red"})", "anna").status, 400);
  EXPECT_EQ(send("POST", task + "/delegate", "{}", "anna").status, 400);
  EXPECT_EQ(send("POST", task + "/setPriority", R"({"priority":11})", "anna").status, 400);
  EXPECT_EQ(send("GET", "/api/v1/tasks/999999", "", "anna").status, 404);
  EXPECT_EQ(send("GET", "/api/v1/tasks/x", "", "anna").status, 404);
  // An auditor sees all and changes nothing.
  EXPECT_EQ(send("GET", task, "", "audrey", {Role::auditor}).status, 200);
  EXPECT_EQ(send("POST", task + "/release", "{}", "audrey", {Role::auditor}).status, 403);
}

TEST_F(TaskRoutes, AgentsSeeTheirQueuesAndSupervisorsTheirTeams) {
  put_agent("anna");
  put_agent("sue", R"(,"supervises":["service"])");
  create();
  create(tasks::Office::creation(0, "sales"));
  auto count = [&](const char* who, Role role, const char* view) {
    auto page = send("GET", "/api/v1/tasks", "", who, {role}, {{"view", view}});
    return page.status == 200 ? static_cast<int>(page.body.find("items")->items.size()) : -page.status;
  };
  EXPECT_EQ(count("anna", Role::agent, "offered"), 1);
  EXPECT_EQ(count("anna", Role::agent, "mine"), 0);
  EXPECT_EQ(count("anna", Role::agent, "all"), -403);
  EXPECT_EQ(count("anna", Role::agent, "team"), -403);
  EXPECT_EQ(count("sue", Role::supervisor, "team"), 1);
  EXPECT_EQ(count("sue", Role::agent, "team"), -403);
  EXPECT_EQ(count("audrey", Role::auditor, "all"), 2);
  EXPECT_EQ(send("GET", "/api/v1/queues").body.find("items")->items.size(), 2u);
}

TEST_F(TaskRoutes, PagesFollowTheCursor) {
  put_agent("anna");
  for (int i = 0; i < 5; ++i) create();
  std::set<std::string> seen;
  http::Pairs query = {{"limit", "2"}};
  for (int pages = 0; pages < 3; ++pages) {
    auto page = send("GET", "/api/v1/tasks", "", "anna", {Role::agent}, query);
    for (const auto& item : page.body.find("items")->items) seen.insert(item.find("id")->text);
    query = {{"limit", "2"}, {"cursor", page.text("nextCursor")}};
  }
  EXPECT_EQ(seen.size(), 5u);
  for (const char* cursor : {"7", "1.2", "1.2.3.4", "a.b.c", "99.1.1", "1.2.3x"})
    EXPECT_EQ(send("GET", "/api/v1/tasks", "", "anna", {Role::agent}, {{"cursor", cursor}}).status, 400) << cursor;
}

TEST_F(TaskRoutes, CommentsAndAttachments) {
  put_agent("anna");
  put_agent("bert");
  const auto task = create();
  EXPECT_EQ(send("POST", task + "/comments", R"({"text":"She called."})").status, 201);
  EXPECT_EQ(send("PUT", task + "/comments/1", R"({"text":"No."})", "bert").status, 403);
  EXPECT_EQ(send("PUT", task + "/comments/1", R"({"text":"She called twice."})").status, 200);
  EXPECT_EQ(send("DELETE", task + "/comments/9").status, 400);
  EXPECT_EQ(send("POST", task + "/attachments", R"({"name":"a.txt","content":"aGVsbG8="})").status, 201);
  EXPECT_EQ(send("POST", task + "/attachments", R"({"name":"a.txt","content":"%"})").status, 400);
  EXPECT_EQ(send("POST", task + "/attachments", R"({"name":"a.txt"})").status, 400);
  EXPECT_EQ(send("GET", task + "/attachments/2").text("content"), "aGVsbG8=");
  EXPECT_EQ(send("GET", task + "/attachments/7").status, 404);
  auto whole = send("GET", task);
  EXPECT_EQ(whole.body.find("comments")->items.at(0).find("text")->text, "She called twice.");
  EXPECT_EQ(send("DELETE", task + "/comments/1").body.find("comments")->items.size(), 0u);
}

TEST_F(TaskRoutes, PresenceAndTheReasonOfAnAssignment) {
  put_agent("anna", R"(,"automatic":true,"skills":[{"name":"billing","level":4}])");
  EXPECT_EQ(send("PUT", "/api/v1/agents/anna/presence", R"({"presence":"online"})", "bert").status, 403);
  EXPECT_EQ(send("PUT", "/api/v1/agents/anna/presence", R"({"presence":"asleep"})", "anna").status, 400);
  EXPECT_EQ(send("PUT", "/api/v1/agents/nobody/presence", R"({"presence":"online"})", "nobody").status, 404);
  EXPECT_EQ(send("PUT", "/api/v1/agents/anna/presence", R"({"presence":"online"})", "anna").text("presence"), "online");
  const auto task = create();
  ASSERT_TRUE(tasks::eventually([&] { return send("GET", task).text("owner") == "anna"; }));
  const auto why = send("GET", task + "/explanation");
  EXPECT_EQ(why.text("chosen"), "anna");
  EXPECT_EQ(why.body.find("candidates")->items.size(), 1u);
  const auto agents = send("GET", "/api/v1/agents");
  EXPECT_EQ(agents.body.find("items")->items.at(0).find("used")->text, "100");
  EXPECT_EQ(send("DELETE", "/api/v1/agents/anna", "", "anna").status, 403);
  EXPECT_EQ(send("DELETE", "/api/v1/agents/anna", "", "sue", {Role::supervisor}).status, 204);
}

TEST_F(TaskRoutes, TheCustomersHistoryIsBesideTheTaskAndWhoLookedIsKept) {
  put_agent("anna");
  auto creation = tasks::Office::creation();
  creation.customer = "facebook:17";
  const auto task = create(creation);
  auto other = tasks::Office::creation();
  other.customer = "facebook:17";
  create(other);
  const auto beside = send("GET", task + "/customer");
  EXPECT_EQ(beside.status, 200);
  EXPECT_EQ(beside.body.find("tasks")->items.size(), 2u);
  const auto history = send("GET", task + "/history").body;
  EXPECT_EQ(history.find("items")->items.back().find("event")->text, "readCustomer");
  EXPECT_EQ(history.find("items")->items.back().find("by")->text, "anna");
  EXPECT_EQ(send("GET", create() + "/customer").status, 404);
}

TEST_F(TaskRoutes, SubTasks) {
  put_agent("anna");
  const auto task = create();
  EXPECT_EQ(send("POST", task + "/subtasks", R"({"name":"ask","people":["bert"]})").status, 403);
  EXPECT_EQ(send("POST", task + "/start", "{}").status, 200);
  auto child = send("POST", task + "/subtasks", R"({"name":"ask","people":["bert"],"subject":"Is it there?"})");
  EXPECT_EQ(child.status, 201);
  EXPECT_EQ(child.text("owner"), "bert");
  EXPECT_EQ(child.text("subject"), "Is it there?");
  EXPECT_EQ(send("POST", task + "/complete", "{}").status, 409);
}

}  // namespace
}  // namespace echoflow::rest
