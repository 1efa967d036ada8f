#include "models/records/evidence.hpp"

#include <fmt/core.h>

#include <istream>

#include "models/records/evidence_lines.hpp"

namespace echoflow::records {
namespace {

class Verifier {
 public:
  explicit Verifier(std::istream& file) : file_(file) {}

  EvidenceCheck run() {
    if (!next() || !read_header_line()) return std::move(check_);
    while (true) {
      if (!next()) return std::move(check_);
      if (line_.starts_with(R"({"end":)")) break;
      if (!read_row_line()) return std::move(check_);
    }
    read_end_line();
    return std::move(check_);
  }

 private:
  /// The next line; the file is broken where there is none, or one without its line end.
  bool next() {
    ++number_;
    if (!std::getline(file_, line_)) return broken("the file ends before its last line: its end was cut off");
    if (file_.eof()) return broken("the line is not ended: the file's end was cut off");
    return true;
  }

  bool read_header_line() {
    const auto header = read_header(line_);
    if (!header) return broken("this is not the first line of an evidence file of version 1, or it was changed");
    check_.header = *header;
    seal_ = sealed(seal_, line_);
    return true;
  }

  bool read_row_line() {
    const auto row = read_row(line_);
    if (!row) return broken("the line does not read as a row: it was changed");
    if (const auto wrong = check_row(*row)) return broken(*wrong);
    ++check_.rows;
    if (row->erased) ++check_.erased;
    seal_ = sealed(seal_, line_);
    return true;
  }

  std::optional<std::string> check_row(const EvidenceRow& row) {
    const auto fits = [&](const std::optional<std::string>& contents, const Sha256& digest) {
      return !contents || (contents->empty() && row.erased) || sha256(*contents) == digest;
    };
    if (!fits(row.events, row.link.events_digest))
      return fmt::format("the events of position {} do not have their digest: they were changed", row.link.position);
    if (!fits(row.payload, row.link.payload_digest))
      return fmt::format("the payload of position {} does not have its digest: it was changed", row.link.position);
    if (check_.header.instance == 0) {
      if (row.previous != end_.hash)
        return fmt::format("position {} names another predecessor than the row before it", row.link.position);
      return follow(end_, row.link, row.hash);
    }
    return check_instance_row(row);
  }

  /// One instance's rows do not follow each other in the journal: each names its predecessor, and their numbers have no
  /// gap.
  std::optional<std::string> check_instance_row(const EvidenceRow& row) {
    if (row.link.instance != check_.header.instance)
      return fmt::format("position {} belongs to another instance", row.link.position);
    if (row.link.seq != last_seq_ + 1)
      return fmt::format("behind row {} of the instance stands row {}: rows were removed", last_seq_, row.link.seq);
    if (row.link.position <= end_.position) return fmt::format("position {} is not in its place", row.link.position);
    end_ = {row.link.position - 1, row.previous};
    last_seq_ = row.link.seq;
    return follow(end_, row.link, row.hash);
  }

  void read_end_line() {
    const auto read = read_end(line_);
    if (!read) {
      broken("the last line does not read as an end: it was changed");
      return;
    }
    const EvidenceEnd& end = read->end;
    if (sealed(seal_, end_line(end)) != read->seal) {
      broken("the seal over the file does not fit: a line was changed, removed or put in");
    } else if (end.rows != check_.rows) {
      broken(fmt::format("the file should hold {} rows and holds {}", end.rows, check_.rows));
    } else if (check_.header.instance == 0 ? end.chain != end_
                                           : end.last_seq != last_seq_ || end.chain.position < end_.position) {
      broken("the last row is not the recorded end: rows were removed from the end");
    } else if (file_.peek() != std::istream::traits_type::eof()) {
      ++number_;
      broken("something stands behind the last line");
    } else {
      check_.chain = end.chain;
    }
  }

  bool broken(std::string detail) {
    check_.broken_line = number_;
    check_.detail = std::move(detail);
    return false;
  }

  std::istream& file_;
  std::string line_;
  std::int64_t number_ = 0;
  Sha256 seal_{};
  ChainEnd end_;
  std::uint64_t last_seq_ = 0;
  EvidenceCheck check_;
};

}  // namespace

EvidenceWriter::EvidenceWriter(Sink sink, const EvidenceHeader& header) : sink_(std::move(sink)), header_(header) {}

Result<void> EvidenceWriter::line(const std::string& text) {
  seal_ = sealed(seal_, text);
  return sink_(text + '\n');
}

Result<void> EvidenceWriter::start() {
  return line(header_line(header_));
}

Result<void> EvidenceWriter::add(const EvidenceRow& row) {
  ++rows_;
  return line(row_line(row));
}

Result<void> EvidenceWriter::finish(std::uint64_t last_seq, const ChainEnd& chain) {
  const std::string text = end_line({rows_, last_seq, chain});
  return sink_(text + seal_suffix(sealed(seal_, text)) + '\n');
}

EvidenceCheck verify_evidence(std::istream& file) {
  return Verifier(file).run();
}

}  // namespace echoflow::records
