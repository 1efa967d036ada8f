#include "bpel/descriptor/descriptor.hpp"

#include <algorithm>

namespace echoflow::descriptor {
namespace {

template <class T>
void prefer(std::optional<T>& value, const std::optional<T>& over) {
  if (over) value = over;
}

void prefer(Partner& partner, const Partner& over) {
  prefer(partner.address, over.address);
  prefer(partner.timeout_seconds, over.timeout_seconds);
  prefer(partner.retry, over.retry);
  prefer(partner.on_failure, over.on_failure);
}

template <class Map>
void prefer_all(Map& values, const Map& over) {
  for (const auto& [key, value] : over) values.insert_or_assign(key, value);
}

std::string folder_of(const std::string& file) {
  const auto slash = file.rfind('/');
  return slash == std::string::npos ? std::string() : file.substr(0, slash);
}

bool holds_for(const Descriptor::Layer& layer, const std::string& folder) {
  return layer.folder.empty() || folder == layer.folder || folder.starts_with(layer.folder + "/");
}

std::string_view file_name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

void Settings::override_with(const Settings& over) {
  prefer(in_memory, over.in_memory);
  prefer(active, over.active);
  prefer(retired, over.retired);
  prefer(version, over.version);
  for (const auto& [key, partner] : over.partners) prefer(partners[key], partner);
  prefer_all(provides, over.provides);
  prefer_all(invokes, over.invokes);
  prefer_all(properties, over.properties);
}

Partner Settings::partner(const std::string& partner_link, const QName& port_type) const {
  Partner out;
  if (const auto found = partners.find(port_type.clark()); found != partners.end()) out = found->second;
  if (const auto found = partners.find(partner_link); found != partners.end()) prefer(out, found->second);
  return out;
}

Settings Descriptor::settings_for(const std::string& file, const QName& name) const {
  Settings out;
  for (const auto& layer : layers) {
    if (!holds_for(layer, folder_of(file))) continue;
    out.override_with(layer.all);
    if (const auto found = layer.processes_by_local_name.find(name.local); found != layer.processes_by_local_name.end())
      out.override_with(found->second);
    if (const auto found = layer.processes.find(name); found != layer.processes.end()) out.override_with(found->second);
  }
  return out;
}

bool Descriptor::deploys(const std::string& file, const QName& name) const {
  bool listed = false, restricted = false;
  for (const auto& layer : layers) {
    if (!layer.exclusive || !holds_for(layer, folder_of(file))) continue;
    restricted = true;
    listed = listed || layer.processes.contains(name);
  }
  return listed || !restricted;
}

bool Descriptor::is_ode(const std::string& file) const {
  return std::any_of(layers.begin(), layers.end(),
                     [&](const Layer& layer) { return layer.exclusive && holds_for(layer, folder_of(file)); });
}

Descriptor read_descriptors(const source::SourceSet& sources, Diagnostics& findings) {
  Descriptor out;
  for (const auto& [path, bytes] : sources.files) {
    if (file_name_of(path) == "deploy.xml") out.layers.push_back(read_deploy_xml(sources, path, findings));
    if (file_name_of(path) == "echoflow.json") out.layers.push_back(read_echoflow_json(sources, path, findings));
  }
  for (auto& layer : out.layers) layer.folder = folder_of(layer.file);
  // Nearer to the process is stronger; in one folder echoflow.json is.
  std::stable_sort(out.layers.begin(), out.layers.end(), [](const Descriptor::Layer& a, const Descriptor::Layer& b) {
    const auto depth = [](const Descriptor::Layer& l) {
      return l.folder.empty() ? 0 : 1 + std::count(l.folder.begin(), l.folder.end(), '/');
    };
    return std::pair(depth(a), !a.exclusive) < std::pair(depth(b), !b.exclusive);
  });
  return out;
}

void report_unknown_processes(const Descriptor& descriptor, const std::set<QName>& processes, Diagnostics& findings) {
  std::set<std::string> known;
  for (const auto& process : processes) known.insert({process.clark(), process.local});
  for (const auto& layer : descriptor.layers)
    for (const auto& [name, where] : layer.places)
      if (!known.contains(name))
        findings.push_back({"DEPLOY", Severity::error,
                            "The process " + name + " is not in the deployment; add it or correct its name.", where});
}

}  // namespace echoflow::descriptor
