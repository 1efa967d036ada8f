#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <istream>

#include "adapters/documents/evidence_file.hpp"
#include "adapters/json/access.hpp"
#include "models/base/hex.hpp"

namespace echoflow::documents {

namespace {

constexpr std::size_t most_line_bytes = 64u << 20;
constexpr std::size_t most_blocks = 4'000'000;  // 4 thousand million rows

/// One line taken apart; the parts lie in the line.
struct Line {
  std::int64_t number = 0;
  std::string_view kind, data, sealed;  ///< sealed: what the seal covers
  Sha256 seal{};
  std::string signature;
};

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

/// Cuts `,"name":"value"` off the end; nothing when it does not stand there.
std::optional<std::string_view> cut_tail(std::string_view& text, std::string_view name) {
  if (!text.ends_with('"')) return std::nullopt;
  const auto at = text.rfind(name);
  if (at == std::string_view::npos) return std::nullopt;
  auto value = text.substr(at + name.size());
  value.remove_suffix(1);
  if (value.find('"') != std::string_view::npos) return std::nullopt;
  text = text.substr(0, at);
  return value;
}

std::optional<Line> read_line(std::string_view text) {
  Line line;
  if (!text.ends_with('}')) return std::nullopt;
  text.remove_suffix(1);
  if (const auto signature = cut_tail(text, R"(,"signature":")")) line.signature = *signature;
  const auto seal = cut_tail(text, R"(,"seal":")");
  const auto digest = seal ? digest_from_hex(*seal) : std::nullopt;
  if (!digest || to_hex(*digest) != *seal) return std::nullopt;
  line.seal = *digest;
  line.sealed = text;
  if (!take(text, R"({"n":)")) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), line.number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!take(text, R"(,"kind":")")) return std::nullopt;
  line.kind = text.substr(0, text.find('"'));
  text.remove_prefix(line.kind.size());
  if (!take(text, R"(","data":)")) return std::nullopt;
  line.data = text;
  return line;
}

std::optional<Sha256> digest_at(const json::Value& value, std::string_view pointer) {
  return digest_from_hex(json::text_at(value, pointer));
}

class Verifier {
 public:
  explicit Verifier(std::istream& file) : file_(file) {}

  EvidenceFileCheck run() {
    while (!ended_)
      if (!next() || !read()) return std::move(check_);
    if (file_.peek() != std::istream::traits_type::eof()) {
      ++number_;
      broken("something stands behind the last line");
    }
    return std::move(check_);
  }

 private:
  bool broken(std::string detail) {
    check_.broken_line = number_;
    check_.detail = std::move(detail);
    return false;
  }

  bool next() {
    ++number_;
    text_.clear();
    for (char c = 0; file_.get(c);) {
      if (c == '\n') return true;
      text_ += c;
      if (text_.size() > most_line_bytes) return broken("the line is longer than any line of evidence");
    }
    return broken(text_.empty() ? "the file ends before its last line: its end was cut off"
                                : "the line is not ended: the file's end was cut off");
  }

  bool read() {
    const auto line = read_line(text_);
    if (!line) return broken("the line does not read as a line of evidence: it was changed");
    if (line->number != number_)
      return broken(
          fmt::format("behind line {} stands line {}: lines were removed or put in", number_ - 1, line->number));
    std::string sealed(reinterpret_cast<const char*>(seal_.data()), seal_.size());
    sealed += line->sealed;
    seal_ = sha256(sealed);
    if (seal_ != line->seal) return broken("the line does not fit its seal: it was changed");
    const auto data = json::parse(line->data);
    if (!data) return broken("the line's data is no JSON: " + data.error().message);
    if (number_ == 1 && line->kind != "head") return broken("this is no evidence file of a process");
    if (!read_kind(*line, *data)) return false;
    ++check_.lines;
    return true;
  }

  bool read_kind(const Line& line, const json::Value& data) {
    if (line.kind != "row" && rows_due_ > 0)
      return broken(fmt::format("the case before lacks {} of its rows", rows_due_));
    if (line.kind == "head") return read_head(data);
    if (line.kind == "figures") return true;
    if (line.kind == "block") return read_block(data);
    if (line.kind == "case") return read_case(data);
    if (line.kind == "row") return read_row(data);
    if (line.kind == "end") return read_end(line, data);
    return broken("a line of this kind is not known");
  }

  bool read_head(const json::Value& data) {
    if (number_ != 1) return broken("a second head: two files were put together");
    if (json::text_at(data, "/format") != "echoflow-process-evidence" || json::text_at(data, "/version") != "1")
      return broken("this is no evidence file of version 1");
    check_.process = json::text_at(data, "/process");
    check_.made_at = json::text_at(data, "/madeAt");
    public_key_ = json::text_at(data, "/publicKey");
    check_.key = fingerprint_of(public_key_);
    return true;
  }

  bool read_block(const json::Value& data) {
    Block block;
    block.first = json::integer_at(data, "/first").value_or(0);
    block.last = json::integer_at(data, "/last").value_or(0);
    const auto previous = digest_at(data, "/previous"), hash = digest_at(data, "/hash"),
               root = digest_at(data, "/root");
    if (!previous || !hash || !root) return broken("the block's hashes do not read");
    block.previous = *previous;
    block.hash = *hash;
    block.root = *root;
    const records::ChainEnd before =
        blocks_.empty() ? records::ChainEnd{} : records::ChainEnd{blocks_.back().last, blocks_.back().hash};
    if (block.first != before.position + 1 || block.previous != before.hash)
      return broken(
          fmt::format("the block from position {} does not follow position {}: rows of the journal are missing",
                      block.first, before.position));
    if (block.last < block.first || block.last - block.first >= static_cast<std::int64_t>(rows_in_block))
      return broken("the block has no rows or too many");
    if (blocks_.size() == most_blocks) return broken("there are more blocks than can be checked");
    blocks_.push_back(block);
    check_.journal_rows = block.last;
    return true;
  }

  bool read_case(const json::Value& data) {
    rows_due_ = json::integer_at(data, "/rows").value_or(-1);
    if (rows_due_ < 0) return broken("the case does not say how many rows it has");
    ++check_.cases;
    case_ = {};
    return true;
  }

  bool read_row(const json::Value& data) {
    if (rows_due_ == 0) return broken("a row of no case");
    --rows_due_;
    records::ChainLink link;
    link.position = json::integer_at(data, "/position").value_or(0);
    link.instance = json::integer_at(data, "/instance").value_or(0);
    link.seq = static_cast<std::uint64_t>(json::integer_at(data, "/seq").value_or(0));
    link.at_micros = json::integer_at(data, "/at").value_or(0);
    const auto events = digest_at(data, "/eventsDigest"), payload = digest_at(data, "/payloadDigest");
    const auto previous = digest_at(data, "/previous"), hash = digest_at(data, "/hash");
    if (!events || !payload || !previous || !hash) return broken("the row's hashes do not read");
    link.events_digest = *events;
    link.payload_digest = *payload;
    if (case_.seq == 0) case_.instance = link.instance;
    if (link.seq != case_.seq + 1 || link.instance != case_.instance)
      return broken(fmt::format("behind row {} of its case stands row {}: rows were removed", case_.seq, link.seq));
    case_.seq = link.seq;
    if (records::link_hash(*previous, link) != *hash)
      return broken(fmt::format("position {} does not carry the hash of its contents", link.position));
    ++check_.case_rows;
    if (json::flag_at(data, "/erased")) ++check_.erased;
    return check_path(link.position, *hash, data);
  }

  /// Is the row in the chain that the blocks stand for?
  bool check_path(std::int64_t position, const Sha256& hash, const json::Value& data) {
    const auto block = std::lower_bound(blocks_.begin(), blocks_.end(), position,
                                        [](const Block& each, std::int64_t at) { return each.last < at; });
    if (block == blocks_.end() || position < block->first)
      return broken(fmt::format("position {} is in no block", position));
    std::vector<Sha256> path;
    for (const auto& item : json::items_at(data, "/path")) {
      const auto step = digest_from_hex(item.text);
      if (!step) return broken("the row's path does not read");
      path.push_back(*step);
    }
    const auto root = climb(hash, static_cast<std::size_t>(position - block->first),
                            static_cast<std::size_t>(block->last - block->first + 1), path);
    if (root != block->root)
      return broken(fmt::format("position {} is not in the block of the journal that it names", position));
    return true;
  }

  bool read_end(const Line& line, const json::Value& data) {
    const auto hash = digest_at(data, "/hash");
    const Sha256 last = blocks_.empty() ? Sha256{} : blocks_.back().hash;
    if (!hash || *hash != last || json::integer_at(data, "/position") != check_.journal_rows)
      return broken("the end is not that of the blocks: blocks were removed");
    if (!is_signed(public_key_, "echoflow-process-evidence 1\n" + to_hex(seal_), line.signature))
      return broken("the signature does not fit: the file was made anew without the server's key");
    check_.head = to_hex(*hash);
    ended_ = true;
    return true;
  }

  std::istream& file_;
  std::string text_, public_key_;
  std::int64_t number_ = 0, rows_due_ = 0;
  bool ended_ = false;
  Sha256 seal_{};
  std::vector<Block> blocks_;
  struct {
    std::int64_t instance = 0;
    std::uint64_t seq = 0;
  } case_;
  EvidenceFileCheck check_;
};

}  // namespace

EvidenceFileCheck verify_evidence_file(std::istream& file) {
  return Verifier(file).run();
}

}  // namespace echoflow::documents
