#include "adapters/documents/signer.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "models/base/base64.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::documents {

namespace {

constexpr std::size_t key_bytes = 32, signature_bytes = 64;

EVP_PKEY* made_key() {
  EVP_PKEY* key = nullptr;
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr);
  if (context && EVP_PKEY_keygen_init(context) == 1) EVP_PKEY_keygen(context, &key);
  EVP_PKEY_CTX_free(context);
  return key;
}

/// Written beside its place and linked there: a file that is there is whole, and of two servers one wins.
Result<void> write_key(const std::string& file, EVP_PKEY* key) {
  const std::string draft = file + "." + std::to_string(::getpid()) + ".new";
  const int handle = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (handle < 0) return fail("The signing key '" + file + "' cannot be made; is its folder there and writable?");
  std::FILE* out = ::fdopen(handle, "wb");
  bool done = out && PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
  done = out && std::fflush(out) == 0 && ::fsync(handle) == 0 && done;
  if (out) std::fclose(out);
  if (done && ::link(draft.c_str(), file.c_str()) != 0 && errno != EEXIST) done = false;
  ::unlink(draft.c_str());
  if (!done) return fail("The signing key '" + file + "' cannot be written; is there space left?");
  return {};
}

Result<EVP_PKEY*> read_key(const std::string& file) {
  std::FILE* in = std::fopen(file.c_str(), "rbe");
  if (!in) return fail("The signing key '" + file + "' cannot be read.");
  struct stat info {};
  const bool is_private = ::fstat(::fileno(in), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  EVP_PKEY* key = is_private ? PEM_read_PrivateKey(in, nullptr, nullptr, nullptr) : nullptr;
  std::fclose(in);
  if (!is_private)
    return fail("The signing key '" + file + "' may be used by others than its owner; run chmod 600 on it.");
  if (key && EVP_PKEY_base_id(key) == EVP_PKEY_ED25519) return key;
  EVP_PKEY_free(key);
  return fail("The signing key '" + file + "' is no Ed25519 key in PEM form.");
}

}  // namespace

void Signer::take_key(void* key) {
  auto* pkey = static_cast<EVP_PKEY*>(key);
  key_ = std::shared_ptr<void>(key, [](void* each) { EVP_PKEY_free(static_cast<EVP_PKEY*>(each)); });
  std::array<unsigned char, key_bytes> bytes{};
  std::size_t length = bytes.size();
  EVP_PKEY_get_raw_public_key(pkey, bytes.data(), &length);
  const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), length);
  public_key_ = to_base64(raw);
  fingerprint_ = sha256_hex(raw);
  length = bytes.size();
  EVP_PKEY_get_raw_private_key(pkey, bytes.data(), &length);
  seed_.assign(reinterpret_cast<const char*>(bytes.data()), length);
}

Result<Signer> Signer::open(const std::string& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) {
    auto made = fresh();
    if (!made) return made;
    if (auto written = write_key(file, static_cast<EVP_PKEY*>(made->key_.get())); !written)
      return fail(written.error());
  }
  auto key = read_key(file);
  if (!key) return fail(key.error());
  Signer signer;
  signer.take_key(*key);
  return signer;
}

Result<Signer> Signer::fresh() {
  EVP_PKEY* key = made_key();
  if (!key) return fail("OpenSSL cannot make an Ed25519 key.");
  Signer signer;
  signer.take_key(key);
  return signer;
}

std::string Signer::sign(std::string_view bytes) const {
  std::array<unsigned char, signature_bytes> signature{};
  std::size_t length = signature.size();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const bool done = EVP_DigestSignInit(context, nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) == 1 &&
                    EVP_DigestSign(context, signature.data(), &length,
                                   reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
  EVP_MD_CTX_free(context);
  return done ? to_base64({reinterpret_cast<const char*>(signature.data()), length}) : std::string();
}

std::string Signer::derive(std::string_view purpose) const {
  std::string text = "echoflow ";
  text += purpose;
  text += '\0';
  text += seed_;
  const Sha256 digest = sha256(text);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool is_signed(const std::string& public_key, std::string_view bytes, const std::string& signature) {
  const auto raw = from_base64(public_key), mark = from_base64(signature);
  if (!raw || raw->size() != key_bytes || !mark || mark->size() != signature_bytes) return false;
  EVP_PKEY* key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                              reinterpret_cast<const unsigned char*>(raw->data()), raw->size());
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const bool fits = key && EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, key) == 1 &&
                    EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(mark->data()), mark->size(),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return fits;
}

std::string fingerprint_of(const std::string& public_key) {
  const auto raw = from_base64(public_key);
  return raw && raw->size() == key_bytes ? sha256_hex(*raw) : std::string();
}

std::string Pseudonyms::of(std::string_view kind, std::string_view value) const {
  if (value.empty()) return {};
  std::string text(kind);
  text += '\0';
  text += value;
  std::array<unsigned char, 32> digest{};
  unsigned length = digest.size();
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest.data(), &length);
  std::string name(kind);
  name += '-';
  name += to_hex({reinterpret_cast<const char*>(digest.data()), 6});
  return name;
}

}  // namespace echoflow::documents
