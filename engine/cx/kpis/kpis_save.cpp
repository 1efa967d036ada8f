#include "engine/cx/kpis/kpis.hpp"
#include "engine/cx/kpis/part_name.hpp"
#include "models/records/bare.hpp"

/// The stored form: field ids are permanent, and so are the names of the parts.
namespace echoflow::kpis {
namespace {

constexpr std::string_view head_part = "head";
constexpr std::string_view cases_part = "cases";
constexpr std::string_view spans_part = "spans";
constexpr std::string_view whole_part = "whole";

/// What is said of the server as a whole.
struct Head {
  std::uint32_t version = 1;
  std::uint32_t last_serial = 0;
  TimePoint now;
  struct Declared {
    std::uint32_t serial = 0;
    Declaration declaration;
    template <class V>
    void fields(V& v) {
      v(1, serial);
      v(2, declaration);
    }
  };
  std::vector<Declared> declared;
  template <class V>
  void fields(V& v) {
    v(1, version);
    v(2, last_serial);
    v(3, now);
    v(4, declared);
  }
};

}  // namespace

std::string Kpis::encode_head() const {
  Head head;
  head.last_serial = last_serial_;
  head.now = now_;
  for (const auto& [id, kpi] : kpis_) head.declared.push_back({kpi->serial(), kpi->declaration()});
  return records::bare(head);
}

bool Kpis::decode_head(std::string_view bytes) {
  Head head;
  if (!records::read_bare(bytes, head) || head.version != 1) return false;
  last_serial_ = head.last_serial;
  now_ = head.now;
  for (auto& declared : head.declared) {
    auto kpi = make(std::move(declared.declaration), declared.serial);
    kpis_[kpi->declaration().id()] = std::move(kpi);
  }
  index();
  return true;
}

std::map<std::pair<std::string, std::string>, std::string> Kpis::figures() const {
  std::map<std::pair<std::string, std::string>, std::string> all;
  for (const auto& [id, kpi] : kpis_)
    for (const auto& [name, group] : kpi->groups()) all[{id, name}] = records::bare(group);
  return all;
}

std::vector<SavedPart> Kpis::save(bool everything) {
  std::vector<SavedPart> parts;
  parts.push_back({{}, std::string(head_part), {}, 0, encode_head()});
  if (everything) cases_.saved().mark_all();
  cases_.saved().save_changed([&](std::size_t part, std::string body) {
    parts.push_back({{}, PartName::make(cases_part, part), {}, 0, std::move(body)});
  });
  for (const auto& declared : kpis_) {
    const std::string& id = declared.first;
    const auto& kpi = declared.second;
    auto changed = kpi->take_changed_groups();
    if (everything)
      for (const auto& [name, group] : kpi->groups()) changed.insert(name);
    for (const auto& name : changed) {
      const Group& group = *kpi->group(name);
      parts.push_back({id, name, group.level, group.crossings, records::bare(group)});
    }
    if (!changed.empty() && kpi->has_whole())
      parts.push_back({{}, PartName::make(whole_part, 0, id), {}, 0, records::bare(kpi->whole())});
    if (everything) kpi->saved_spans().mark_all();
    kpi->saved_spans().save_changed([&](std::size_t part, std::string body) {
      parts.push_back({{}, PartName::make(spans_part, part, id), {}, 0, std::move(body)});
    });
  }
  return parts;
}

bool Kpis::load_part(const SavedPart& part) {
  if (!part.kpi.empty()) {
    const auto known = kpis_.find(part.kpi);
    if (known == kpis_.end()) return true;  // was withdrawn
    Group group;
    if (!records::read_bare(part.body, group)) return false;
    known->second->load_group(part.group, std::move(group));
    return true;
  }
  const auto name = PartName::read(part.group);
  if (name.kind == cases_part) return cases_.saved().load(name.part, part.body);
  const auto known = kpis_.find(name.id);
  if (known == kpis_.end()) return true;
  if (name.kind == spans_part) return known->second->saved_spans().load(name.part, part.body);
  if (name.kind != whole_part) return true;
  if (!records::read_bare(part.body, known->second->whole())) return false;
  known->second->whole().window.restore();
  return true;
}

Result<std::unique_ptr<Kpis>> Kpis::load(const std::vector<SavedPart>& parts, const calendar::Calendars& calendars) {
  auto kpis = std::make_unique<Kpis>(calendars);
  const auto damaged = [](const SavedPart& part) {
    return fail("The saved figures \"" + part.kpi + "\" \"" + part.group +
                "\" cannot be read: make them again from the journal with `echoflow kpis rebuild`.");
  };
  for (const auto& part : parts)
    if (part.kpi.empty() && part.group == head_part && !kpis->decode_head(part.body)) return damaged(part);
  for (const auto& part : parts)
    if (!(part.kpi.empty() && part.group == head_part) && !kpis->load_part(part)) return damaged(part);
  kpis->cases_.restore();
  for (const auto& [id, kpi] : kpis->kpis_) kpi->restore();
  return kpis;
}

}  // namespace echoflow::kpis
