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
  return "/services/" + http::percent_encoded(process.local) + "-" + short_hash(process.ns) + "/" + http::percent_encoded(partner_link);
}

EndpointTable::EndpointTable(const runtime::Directory& directory) : generation_(directory.generation) {
  for (const auto& [key, versions] : directory.versions) {
    auto newest = directory.newest(key);
    for (const auto& version : versions)
      for (const auto& info : version->endpoints) {
        Endpoint endpoint{endpoint_path(version->name, info.partner_link), key, info};
        if (version == newest) by_path_.insert_or_assign(endpoint.path, endpoint);
        else by_path_.try_emplace(endpoint.path, endpoint);
      }
  }
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
