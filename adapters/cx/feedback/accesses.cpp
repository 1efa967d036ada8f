#include "adapters/cx/feedback/accesses.hpp"

#include "models/records/bare.hpp"

namespace echoflow::intake {

namespace {

constexpr std::uint32_t event_number = 110;

struct AccessFields {
  Access& value;
  template <class V>
  void fields(V& visit) {
    visit(1, value.who);
    visit(2, value.what);
    visit(3, value.ids);
  }
};

}  // namespace

std::string write_access(const Access& access) {
  std::string events;
  records::append_bare_event(events, event_number, AccessFields{const_cast<Access&>(access)});
  return events;
}

Result<Access> read_access(std::string_view events) {
  Access access;
  records::PayloadReader payload({});
  AccessFields fields{access};
  records::Decoder decoder(events, payload);
  if (decoder.varint() != event_number || !decoder.record(fields)) return fail("this is not the journal of an access");
  return access;
}

Result<void, engine::StoreError> Accesses::note(const Access& access) {
  const std::lock_guard lock(mutex_);
  if (stream_ == 0) {
    const auto id = store_.reserve_ids(1);
    if (!id) return fail(id.error());
    stream_ = *id;
  }
  std::vector<engine::Turn> turns(1);
  engine::Turn& turn = turns[0];
  turn.stream = true;
  turn.is_new = seq_ == 0;
  turn.instance.id = stream_;
  turn.journal.seq = seq_ + 1;
  turn.journal.at = clock_.now();
  turn.journal.events = write_access(access);
  if (auto done = store_.commit(turns); !done) return done;
  ++seq_;
  return {};
}

}  // namespace echoflow::intake
