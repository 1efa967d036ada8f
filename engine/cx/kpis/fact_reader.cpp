#include "engine/cx/kpis/fact_reader.hpp"

#include "engine/cx/kpis/part_name.hpp"
#include "models/records/streams.hpp"

namespace echoflow::kpis {
namespace {

/// Calls visit(kind, shards) with all books; the kinds are permanent names.
template <class Visit>
void each_book(FactBooks& books, Visit&& visit) {
  visit(std::string_view("instances"), books.instances);
  visit(std::string_view("tasks"), books.tasks);
  visit(std::string_view("feedback"), books.feedback);
  visit(std::string_view("ended"), books.ended);
  visit(std::string_view("worked"), books.cases);
}

std::int64_t number_of(const std::string& key) {
  std::int64_t number = 0;
  std::from_chars(key.data(), key.data() + key.size(), number);
  return number;
}

}  // namespace

void FactReader::read(const engine::JournalRow& row, const std::function<void(Fact)>& tell) {
  const auto stream = records::stream_of(row.events);
  if (row.erased || !stream) return;
  const FactContext context{processes_, watched_, tell};
  switch (*stream) {
    case records::StreamKind::instance:
      return read_instance_row(books_, context, row);
    case records::StreamKind::task:
      return read_task_row(books_, context, row);
    case records::StreamKind::feedback:
      return read_feedback_row(books_, context, row);
    case records::StreamKind::delivery:
      return read_delivery_row(books_, context, row);
    case records::StreamKind::kpi:
    case records::StreamKind::alert:
    case records::StreamKind::document:
      return;
  }
}

void FactReader::save(bool everything, const std::function<void(std::string, std::string)>& visit) {
  each_book(books_, [&](std::string_view kind, auto& book) {
    if (everything) book.mark_all();
    book.save_changed([&](std::size_t part, std::string body) { visit(PartName::make(kind, part), std::move(body)); });
  });
}

bool FactReader::load(std::string_view name, std::string_view bytes) {
  const auto parts = PartName::read(name);
  bool whole = true;
  each_book(books_, [&](std::string_view kind, auto& book) {
    if (kind == parts.kind) whole = book.load(parts.part, bytes);
  });
  return whole;
}

void FactReader::restore() {
  books_.feedback.each([this](const std::string& key, const auto&) { books_.feedback_ids.insert(number_of(key)); });
  books_.ended.each([this](const std::string& key, const auto&) { books_.ended_ids.insert(number_of(key)); });
}

}  // namespace echoflow::kpis
