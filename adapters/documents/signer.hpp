#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "models/base/result.hpp"

namespace echoflow::documents {

/// The server's Ed25519 key (RFC 8032): it vouches for evidence, and pseudonyms are made with what is derived from it.
/// Immutable, thread-safe.
class Signer {
 public:
  /// Reads a PKCS#8 PEM file, or makes it (mode 0600) when it is not there. Refuses a file that others may read.
  static Result<Signer> open(const std::string& file);
  /// A key that is gone with the process.
  static Result<Signer> fresh();

  /// 64 bytes in base64.
  std::string sign(std::string_view bytes) const;
  /// 32 bytes in base64.
  const std::string& public_key() const { return public_key_; }
  /// SHA-256 of the public key, in hexadecimal.
  const std::string& fingerprint() const { return fingerprint_; }
  /// 32 secret bytes that belong to this key and this purpose.
  std::string derive(std::string_view purpose) const;

 private:
  Signer() = default;
  void take_key(void* key);
  std::shared_ptr<void> key_;
  std::string public_key_, fingerprint_, seed_;
};

/// False also when key or signature are not well-formed.
bool is_signed(const std::string& public_key, std::string_view bytes, const std::string& signature);
/// Empty when the key is not well-formed.
std::string fingerprint_of(const std::string& public_key);

/// Names for persons and cases that say nothing without the key, and are the same for the same key.
class Pseudonyms {
 public:
  explicit Pseudonyms(std::string key) : key_(std::move(key)) {}
  /// "case-" and 12 hexadecimal digits; empty for an empty value.
  std::string of(std::string_view kind, std::string_view value) const;

 private:
  std::string key_;
};

}  // namespace echoflow::documents
