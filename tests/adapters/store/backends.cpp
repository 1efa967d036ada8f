#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

class MemoryBackend final : public Backend {
 public:
  std::unique_ptr<engine::Store> open() override { return make_memory_store(); }
  bool durable() const override { return false; }
};

}  // namespace

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::memory: return "memory";
    case Kind::sqlite: return "sqlite";
    case Kind::postgres: return "postgres";
  }
  return "";
}

std::unique_ptr<Backend> make_backend(Kind kind) {
  switch (kind) {
    case Kind::memory: return std::make_unique<MemoryBackend>();
    case Kind::sqlite:
    case Kind::postgres: break;
  }
  return nullptr;
}

}  // namespace echoflow::store::test
