#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bpel/source/source_set.hpp"
#include "models/base/diagnostic.hpp"
#include "models/base/qname.hpp"

/// How a deployment wants to be run: echoflow.json, and Apache ODE's deploy.xml.
namespace echoflow::descriptor {

struct Retry {
  std::uint32_t times = 0;
  double delay_seconds = 0;
};

/// What happens when a partner still fails after its retries.
enum class OnFailure { fault, incident };

/// How a partner is called; what is unset is left to the WSDL or the server's defaults.
struct Partner {
  std::optional<std::string> address;
  std::optional<double> timeout_seconds;
  std::optional<Retry> retry;
  std::optional<OnFailure> on_failure;
};

/// A port of a WSDL service.
struct ServicePort {
  QName service;
  std::string port;
};

/// The settings of one process.
struct Settings {
  std::optional<bool> in_memory;
  std::optional<bool> active;   ///< false: deployed, but takes no new instances until it is activated
  std::optional<bool> retired;  ///< true: running instances go on, no new ones start
  std::optional<std::uint64_t> version;
  /// By the name of a partner link, or by "{ns}portType".
  std::map<std::string, Partner> partners;
  /// The services that ODE's <provide> and <invoke> name, by partner link.
  std::map<std::string, ServicePort> provides;
  std::map<std::string, ServicePort> invokes;
  std::map<QName, std::string> properties;

  /// The settings of `over` where it has any, else those of this.
  void override_with(const Settings& over);
  /// The partner's settings: those by partner link before those by portType, field by field.
  Partner partner(const std::string& partner_link, const QName& port_type) const;
};

/// All the descriptors of a deployment.
class Descriptor {
 public:
  /// What holds for the process `name` in `file`: descriptors in the root hold for all, those in the process's folder
  /// come before them, what is said for one process before what is said for all, and echoflow.json before deploy.xml.
  Settings settings_for(const std::string& file, const QName& name) const;
  /// False when a deploy.xml beside the process (or in the root) lists other processes but not this one: ODE deploys
  /// only what is listed.
  bool deploys(const std::string& file, const QName& name) const;
  /// Whether a deploy.xml beside the process or in the root speaks of its folder.
  bool is_ode(const std::string& file) const;

  /// The settings in one descriptor file.
  struct Layer {
    std::string file;
    std::string folder;      ///< "" for the root
    bool exclusive = false;  ///< a deploy.xml: only its processes are meant
    Settings all;
    std::map<QName, Settings> processes;
    std::map<std::string, Settings> processes_by_local_name;
    std::map<std::string, SourceLocation> places;  ///< of the processes that it names, as it names them
  };
  std::vector<Layer> layers;  ///< the weakest first
};

/// Reads every echoflow.json and deploy.xml of the deployment. Findings have rule "DEPLOY" or "XML".
Descriptor read_descriptors(const source::SourceSet& sources, Diagnostics& findings);

/// Reports the processes that a descriptor names but `processes` (all of the deployment) does not have: a slip in a
/// deploy.xml would otherwise leave the process out without a word.
void report_unknown_processes(const Descriptor& descriptor, const std::set<QName>& processes, Diagnostics& findings);

/// One descriptor file, as read_descriptors reads it.
Descriptor::Layer read_echoflow_json(const source::SourceSet& sources, const std::string& file, Diagnostics& findings);
Descriptor::Layer read_deploy_xml(const source::SourceSet& sources, const std::string& file, Diagnostics& findings);

}  // namespace echoflow::descriptor
