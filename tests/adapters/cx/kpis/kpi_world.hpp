#pragma once
#include "adapters/cx/kpis/service.hpp"
#include "tests/adapters/cx/feedback/world.hpp"
#include "tests/adapters/store/store_fixture.hpp"

/// A whole server with its KPIs, without its sockets; it can be crashed and started again.
namespace echoflow::cx_kpis::test {

using intake::test::eventually;
using intake::test::post;
using store::test::Kind;

/// `complaints`: takes feedback of a conversation until the text "end"; its receives are called "complain" and "more".
/// From three complaints within an hour on it warns, and of a conversation that takes a minute, too.
std::map<std::string, std::string> complaints_files();
/// `improve`: starts when a threshold is crossed to the worse, and ends when it is crossed back.
std::map<std::string, std::string> improve_files();

class KpiWorld {
 public:
  explicit KpiWorld(Kind kind, bool standard = false);
  ~KpiWorld();
  /// Ends everything (the KPIs as a crash would, where they stood still) and opens the same database again.
  void restart();
  void deploy(const std::map<std::string, std::string>& files);
  void say(const std::string& id, const std::string& text, const std::string& conversation);
  /// Everything is offered, counted and told.
  bool at_rest();
  std::optional<double> value(const std::string& process, const std::string& kpi, const std::string& group = "");
  std::vector<engine::InstanceRow> instances(const std::string& process);

  intake::test::Wristwatch clock;
  std::function<bool(Stage)> on_stage;
  std::unique_ptr<engine::Store> store;
  std::unique_ptr<runtime::Runtime> runtime;
  std::unique_ptr<intake::Publisher> publisher;
  std::unique_ptr<intake::Ingest> ingest;
  std::unique_ptr<KpiService> kpis;

 private:
  void open();
  void close();
  const bool standard_;
  std::unique_ptr<store::test::Backend> backend_;
  intake::test::BpelCompiler compiler_;
  intake::test::NoPartners partners_;
};

}  // namespace echoflow::cx_kpis::test
