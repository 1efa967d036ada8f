#include "adapters/documents/control/register.hpp"

#include <gtest/gtest.h>

#include "models/base/sha256.hpp"
#include "models/records/streams.hpp"
#include "tests/adapters/runtime/support.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::documents {

namespace {

class Documents : public store::test::StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (!store_) return;
    RegisterOptions options;
    options.renderer = [this](const RenderRequest& request) -> Result<std::string> {
      last_ = request;
      return "a file of version " + request.control.version + " in " + request.language;
    };
    options.kept = {{"pdf", "de"}};
    documents_ = std::make_unique<Register>(*store_, clock_, options);
  }

  static Command command(Act act, std::string who, std::string why = "because") {
    Command command;
    command.act = act;
    command.who = std::move(who);
    command.why = std::move(why);
    return command;
  }
  void create(const std::string& number = "VA-1") {
    auto made = command(Act::create, "anna");
    made.particulars.emplace();
    made.particulars->title = "Complaints";
    made.particulars->owner = "quality";
    made.described = Described{7, 1, "abc"};
    const auto document = documents_->create(number, "{urn:p}p", std::move(made));
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->newest().status, Status::inactive);
  }
  Register::Answer<DocumentRecord> act(Act act, const std::string& who) {
    return documents_->act("VA-1", 0, command(act, who));
  }
  void release() {
    ASSERT_TRUE(act(Act::begin, "anna"));
    sign_and_release();
  }
  void sign_and_release() {
    ASSERT_TRUE(act(Act::submit, "anna"));
    ASSERT_TRUE(act(Act::check, "ben"));
    const auto released = act(Act::release, "cleo");
    ASSERT_TRUE(released) << released.error().message;
  }
  static runtime::Directory deployed(std::int32_t version) {
    runtime::Directory directory;
    auto process = std::make_shared<runtime::ProcessInfo>();
    process->id = 6 + version;
    process->key = "{urn:p}p";
    process->version = version;
    process->source_hash = "hash " + std::to_string(version);
    directory.processes[process->id] = process;
    directory.versions[process->key] = {process};
    return directory;
  }

  runtime::test::ManualClock clock_;
  std::optional<RenderRequest> last_;
  std::unique_ptr<Register> documents_;
};

}  // namespace

TEST_P(Documents, GoThroughTheirStatusesWithFourEyes) {
  create();
  ASSERT_TRUE(act(Act::begin, "anna"));
  ASSERT_TRUE(act(Act::submit, "anna"));
  auto refused = act(Act::check, "anna");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::forbidden);
  ASSERT_TRUE(act(Act::check, "ben"));
  refused = act(Act::release, "anna");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::forbidden);
  const auto released = act(Act::release, "cleo");
  ASSERT_TRUE(released) << released.error().message;
  const auto& version = released->newest();
  EXPECT_EQ(version.status, Status::released);
  EXPECT_FALSE(version.effective_from.empty());
  EXPECT_GT(version.next_review, version.effective_from);
  ASSERT_EQ(version.signatures.size(), 3u);
  EXPECT_EQ(version.signatures[0].meaning, "authorship");
  EXPECT_EQ(version.signatures[2].who, "cleo");
  for (const auto& signature : version.signatures) {
    EXPECT_EQ(signature.hash, content_hash(*released, version));
    EXPECT_EQ(signature.hash.size(), 64u);
  }
  const auto control = documents_->control_of(7);
  ASSERT_TRUE(control);
  EXPECT_EQ(control->status, Status::released);
  EXPECT_EQ(control->approver.name, "cleo");
  EXPECT_FALSE(control->approver.at.empty());
}

TEST_P(Documents, NothingSkipsAStatus) {
  create();
  for (const auto wrong : {Act::submit, Act::check, Act::release, Act::send_back, Act::keep})
    EXPECT_FALSE(act(wrong, "ben")) << to_string(wrong);
  ASSERT_TRUE(act(Act::begin, "anna"));
  EXPECT_FALSE(act(Act::release, "cleo"));
  ASSERT_TRUE(act(Act::submit, "anna"));
  EXPECT_FALSE(act(Act::release, "cleo"));
  EXPECT_FALSE(act(Act::edit, "anna")) << "what is in review cannot change";
  EXPECT_FALSE(act(Act::revise, "anna"));
}

TEST_P(Documents, NamedPeopleAloneMaySign) {
  create();
  auto edit = command(Act::edit, "anna");
  edit.particulars = documents_->find("VA-1")->newest().particulars;
  edit.particulars->reviewer = "ben";
  edit.particulars->approver = "cleo";
  ASSERT_TRUE(documents_->act("VA-1", 0, edit));
  ASSERT_TRUE(act(Act::begin, "anna"));
  ASSERT_TRUE(act(Act::submit, "anna"));
  EXPECT_FALSE(act(Act::check, "dora"));
  ASSERT_TRUE(act(Act::check, "ben"));
  EXPECT_FALSE(act(Act::release, "ben"));
  EXPECT_TRUE(act(Act::release, "cleo"));
}

TEST_P(Documents, SentBackTheyNeedTheirSignaturesAnew) {
  create();
  ASSERT_TRUE(act(Act::begin, "anna"));
  ASSERT_TRUE(act(Act::submit, "anna"));
  ASSERT_TRUE(act(Act::check, "ben"));
  clock_.advance(std::chrono::seconds(1));
  ASSERT_TRUE(act(Act::send_back, "cleo"));
  EXPECT_TRUE(documents_->control_of(7)->reviewer.at.empty());
  clock_.advance(std::chrono::seconds(1));
  ASSERT_TRUE(act(Act::submit, "anna"));
  EXPECT_TRUE(documents_->control_of(7)->reviewer.at.empty());
  EXPECT_FALSE(documents_->control_of(7)->author.at.empty());
}

TEST_P(Documents, TheActsAreInTheJournal) {
  create();
  release();
  const auto history = documents_->history("VA-1");
  ASSERT_TRUE(history) << history.error().message;
  std::vector<std::string> acts;
  for (const auto& each : *history) acts.emplace_back(to_string(each.act));
  EXPECT_EQ(acts, (std::vector<std::string>{"create", "begin", "submit", "check", "release", "keep"}));
  EXPECT_EQ((*history)[4].from, Status::in_release);
  EXPECT_EQ((*history)[4].to, Status::released);
  EXPECT_EQ((*history)[4].signature.who, "cleo");
  const auto rows = store_->journal(documents_->find("VA-1")->id, 0, 100);
  ASSERT_TRUE(rows);
  for (const auto& row : *rows) EXPECT_EQ(records::stream_of(row.events), records::StreamKind::document);
  const auto chain = store_->check_chain(0);
  ASSERT_TRUE(chain);
  EXPECT_FALSE(chain->broken_at);
  EXPECT_EQ(chain->rows, 6);
}

TEST_P(Documents, ReleasedFilesAreKeptAsTheyAre) {
  create();
  release();
  const auto document = documents_->find("VA-1");
  ASSERT_TRUE(document);
  ASSERT_EQ(document->newest().contents.size(), 1u);
  EXPECT_EQ(last_->control.status, Status::released);
  auto bytes = documents_->content(*document, document->newest(), "pdf", "de");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, "a file of version 1 in de");
  EXPECT_EQ(document->newest().contents[0].sha256, sha256_hex(*bytes));
  EXPECT_EQ(*documents_->content(*document, document->newest(), "docx", "de"), "");
  // Somebody changes the stored bytes behind the server's back.
  std::vector<engine::Turn> turns(1);
  turns[0].stream = true;
  turns[0].instance.id = document->id;
  turns[0].journal.seq = document->seq + 1;
  turns[0].records.push_back(engine::DocumentRow{std::string(content_kind), "VA-1/1/pdf-de", "another", false});
  ASSERT_TRUE(store_->commit(turns));
  EXPECT_FALSE(documents_->content(*document, document->newest(), "pdf", "de"));
}

TEST_P(Documents, ANewDeploymentPutsTheNextVersionInWork) {
  create();
  release();
  documents_->follow(deployed(1));
  EXPECT_EQ(documents_->find("VA-1")->versions.size(), 1u);
  documents_->follow(deployed(2));
  documents_->follow(deployed(2));
  auto document = documents_->find("VA-1");
  ASSERT_EQ(document->versions.size(), 2u);
  EXPECT_EQ(document->newest().status, Status::in_work);
  EXPECT_EQ(document->newest().process, 8);
  EXPECT_EQ(document->newest().source_sha256, "hash 2");
  EXPECT_EQ(document->released_version()->number, 1u) << "the old one holds until it is replaced";
  EXPECT_EQ(document->newest().particulars.title, "Complaints");
  documents_->follow(deployed(3));  // still in work: the same version describes the newer one
  EXPECT_EQ(documents_->find("VA-1")->newest().process, 9);
  const auto before = clock_.now();
  clock_.advance(std::chrono::hours(1));
  sign_and_release();
  document = documents_->find("VA-1");
  EXPECT_EQ(document->versions[0].status, Status::withdrawn);
  EXPECT_EQ(document->released_version()->number, 2u);
  EXPECT_TRUE(was_released(documents_->all(), 7, before));
  EXPECT_FALSE(was_released(documents_->all(), 7, clock_.now()));
  EXPECT_TRUE(was_released(documents_->all(), 9, clock_.now()));
  EXPECT_FALSE(was_released(documents_->all(), 9, before));
}

TEST_P(Documents, RemindOnceOfTheirReview) {
  create();
  release();
  EXPECT_TRUE(documents_->remind().empty());
  clock_.advance(std::chrono::hours(24 * 340));
  EXPECT_EQ(documents_->remind(), (std::vector<std::string>{"VA-1"}));
  EXPECT_TRUE(documents_->remind().empty());
}

TEST_P(Documents, ANumberIsGivenOnce) {
  create();
  auto again = command(Act::create, "ben");
  again.described = Described{7, 1, "abc"};
  const auto refused = documents_->create("VA-1", "{urn:p}p", std::move(again));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::conflict);
  create("VA-2");
  EXPECT_EQ(documents_->all().size(), 2u);
  EXPECT_FALSE(documents_->find("VA-3"));
}

TEST_P(Documents, AnActCanBeReadAgain) {
  ActRecord act;
  act.act = Act::release;
  act.who = "cleo";
  act.document.number = "VA-1";
  act.document.versions.resize(1);
  const auto read = read_act(write_act(act));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->who, "cleo");
  EXPECT_EQ(read->document.versions.size(), 1u);
  EXPECT_FALSE(read_act("nonsense"));
}

TEST_P(Documents, WhoWroteItDoesNotReviewItWhoeverSubmittedIt) {
  create();
  ASSERT_TRUE(act(Act::begin, "anna"));
  auto edit = command(Act::edit, "emil");
  edit.particulars = documents_->find("VA-1")->newest().particulars;
  edit.particulars->purpose = "another one";
  ASSERT_TRUE(documents_->act("VA-1", 0, edit));
  ASSERT_TRUE(act(Act::submit, "dora"));
  for (const char* who : {"anna", "emil", "dora"}) {
    const auto refused = act(Act::check, who);
    ASSERT_FALSE(refused) << who;
    EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::forbidden) << who;
  }
  ASSERT_TRUE(act(Act::check, "ben"));
  EXPECT_FALSE(act(Act::release, "emil"));
  EXPECT_TRUE(act(Act::release, "cleo"));
}

TEST_P(Documents, WithdrawnIsWithdrawn) {
  create();
  release();
  ASSERT_TRUE(act(Act::withdraw, "anna"));
  EXPECT_EQ(documents_->find("VA-1")->newest().status, Status::withdrawn);
  EXPECT_FALSE(documents_->find("VA-1")->released_version());
  EXPECT_FALSE(was_released(documents_->all(), 7, clock_.now()));
  for (const auto wrong :
       {Act::edit, Act::begin, Act::submit, Act::send_back, Act::check, Act::release, Act::withdraw}) {
    const auto refused = act(wrong, "cleo");
    ASSERT_FALSE(refused) << to_string(wrong);
    EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::conflict) << to_string(wrong);
  }
  clock_.advance(std::chrono::hours(24 * 365));
  EXPECT_TRUE(documents_->remind().empty()) << "nobody reviews what holds no longer";
}

TEST_P(Documents, AReleaseNeedsAReviewAndAPerson) {
  create();
  ASSERT_TRUE(act(Act::begin, "anna"));
  ASSERT_TRUE(act(Act::submit, "anna"));
  auto refused = act(Act::release, "cleo");
  ASSERT_FALSE(refused) << "nobody has reviewed it";
  EXPECT_EQ(refused.error().kind, DocumentRefusal::Kind::conflict);
  ASSERT_TRUE(act(Act::check, "ben"));
  refused = act(Act::release, "");
  ASSERT_FALSE(refused) << "nobody signs";
  EXPECT_EQ(documents_->find("VA-1")->newest().status, Status::in_release);
}

TEST_P(Documents, AreTheSameAfterARestart) {
  if (!backend_->durable()) GTEST_SKIP() << "a store in memory ends with its server";
  create();
  release();
  const auto before = documents_->find("VA-1");
  documents_.reset();
  reopen();
  const Register again(*store_, clock_, {});
  const auto after = again.find("VA-1");
  ASSERT_TRUE(after);
  EXPECT_EQ(content_hash(*after, after->newest()), content_hash(*before, before->newest()));
  EXPECT_EQ(after->newest().signatures.size(), 3u);
  EXPECT_EQ(*again.content(*after, after->newest(), "pdf", "de"), "a file of version 1 in de");
}

INSTANTIATE_TEST_SUITE_P(Stores, Documents,
                         ::testing::Values(store::test::Kind::memory, store::test::Kind::sqlite,
                                           store::test::Kind::postgres),
                         store::test::name_of_parameter);

}  // namespace echoflow::documents
