#include "adapters/runtime/deployment_archive.hpp"

#include <string_view>

#include "adapters/archive/zip.hpp"

namespace echoflow::runtime {
namespace {

constexpr std::string_view index_file = "META-INF/echoflow-index";
constexpr std::string_view first_line = "echoflow-index 1";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    auto end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string write_index(const std::vector<ProcessInfo>& processes) {
  std::string out(first_line);
  for (const auto& p : processes) {
    out += "\nprocess\t" + p.key + "\t" + p.file + (p.in_memory ? "\t1" : "\t0") + (p.retired ? "\t1" : "\t0");
    for (const auto& e : p.endpoints)
      out += "\nendpoint\t" + e.partner_link + "\t" + e.role + "\t" + e.port_type.clark() + "\t" + e.wsdl_file;
  }
  return out;
}

std::vector<ProcessInfo> read_index(const std::string& index) {
  std::vector<ProcessInfo> processes;
  auto lines = split(index, '\n');
  if (lines.front() != first_line) return processes;
  for (auto line : lines) {
    auto fields = split(line, '\t');
    if (fields.size() != 5) continue;
    if (fields[0] == "process") {
      auto& p = processes.emplace_back();
      p.key = fields[1];
      p.name = QName::from_clark(fields[1]);
      p.file = fields[2];
      p.in_memory = fields[3] == "1";
      p.retired = fields[4] == "1";
    } else if (fields[0] == "endpoint" && !processes.empty()) {
      processes.back().endpoints.push_back(
          {std::string(fields[1]), std::string(fields[2]), QName::from_clark(fields[3]), std::string(fields[4])});
    }
  }
  return processes;
}

std::string pack(const Files& files, const std::vector<ProcessInfo>& processes) {
  Files all = files;
  all[std::string(index_file)] = write_index(processes);
  return archive::write_zip(all);
}

Outcome<UnpackedDeployment> unpack(const std::string& archive) {
  archive::ArchiveLimits any;  // what was accepted once is not measured again
  any.max_archive_bytes = any.max_files = any.max_unpacked_bytes = any.max_file_bytes = any.max_ratio = SIZE_MAX;
  auto files = archive::read_zip(archive, any);
  if (!files) {
    return fail(
        Failure{FailureKind::internal, "damaged-deployment",
                "the stored archive of a deployment cannot be read: " + files.error().message + "; deploy it again"});
  }
  UnpackedDeployment unpacked{std::move(*files), {}};
  if (auto index = unpacked.files.extract(std::string(index_file))) unpacked.index = std::move(index.mapped());
  return unpacked;
}

}  // namespace echoflow::runtime
