#include "adapters/soap/endpoints.hpp"

#include <openssl/evp.h>

#include "adapters/http/message.hpp"

namespace echoflow::soap {

namespace {

/// The first ten hex digits of the SHA-256 of a namespace: two processes of one name get different paths.
std::string short_hash(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hash;
  for (int i = 0; i < 5; ++i) {
    hash += digits[digest[i] >> 4];
    hash += digits[digest[i] & 15];
  }
  return hash;
}

}  // namespace

std::string endpoint_path(const QName& process, const std::string& partner_link) {
  return "/services/" + http::percent_encoded(process.local) + "-" + short_hash(process.ns) + "/" +
         http::percent_encoded(partner_link);
}

std::string short_endpoint_path(const std::string& process_name, const std::string& partner_link) {
  return "/services/" + http::percent_encoded(process_name) + "/" + http::percent_encoded(partner_link);
}

EndpointTable::EndpointTable(const runtime::Directory& directory) : generation_(directory.generation) {
  std::map<std::string, int> processes_by_name;
  for (const auto& [key, versions] : directory.versions) ++processes_by_name[QName::from_clark(key).local];
  for (const auto& [key, versions] : directory.versions) {
    auto newest = directory.newest(key);
    const bool unique = processes_by_name[QName::from_clark(key).local] == 1;
    for (const auto& version : versions)
      for (const auto& info : version->endpoints) {
        Endpoint endpoint{endpoint_path(version->name, info.partner_link), key, info};
        if (unique) add(short_endpoint_path(version->name.local, info.partner_link), endpoint, version == newest);
        add(endpoint.path, endpoint, version == newest);
      }
  }
}

/// The newest version's endpoint is the one that counts; those that only older versions have stay for their instances.
void EndpointTable::add(const std::string& path, const Endpoint& endpoint, bool is_newest) {
  if (is_newest)
    by_path_.insert_or_assign(path, endpoint);
  else
    by_path_.try_emplace(path, endpoint);
}

const Endpoint* EndpointTable::find(const std::string& path) const {
  auto it = by_path_.find(path);
  return it == by_path_.end() ? nullptr : &it->second;
}

std::shared_ptr<const EndpointTable> Endpoints::of(const runtime::DirectoryPtr& directory) {
  std::lock_guard lock(mutex_);
  if (!table_ || table_->generation() != directory->generation) table_ = std::make_shared<EndpointTable>(*directory);
  return table_;
}

}  // namespace echoflow::soap
