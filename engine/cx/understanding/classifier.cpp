#include "engine/cx/understanding/classifier.hpp"

#include <algorithm>

#include "engine/cx/understanding/exact_exp.hpp"
#include "engine/cx/words.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::understanding {

namespace {

constexpr std::string_view format_name = "echoflow-classifier";
constexpr std::int64_t format_version = 1;
constexpr std::size_t most_name_bytes = 64;
constexpr std::uint32_t fewest_bits = 10, most_bits = 22;
constexpr std::size_t row_bytes = 4 + 2 * class_count;

void append_little(std::string& out, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
}

std::uint32_t read_little(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

ClassScores softmax(const ClassScores& scores) {
  const double most = *std::max_element(scores.begin(), scores.end());
  ClassScores chances{};
  double sum = 0;
  for (std::size_t i = 0; i < class_count; ++i) sum += chances[i] = exact_exp(scores[i] - most);
  for (auto& chance : chances) chance /= sum;
  return chances;
}

ClassScores Classifier::raw_scores(const Features& features) const {
  std::array<std::int64_t, class_count> sums{};
  for (auto bucket : features.buckets)
    for (std::size_t i = 0; i < class_count; ++i) sums[i] += weights_[bucket][i];
  ClassScores scores{};
  for (std::size_t i = 0; i < class_count; ++i)
    scores[i] = bias_[i] + static_cast<double>(sums[i]) * scale_ * features.value;
  return scores;
}

ClassScores Classifier::chances(const Features& features) const {
  auto scores = raw_scores(features);
  for (auto& score : scores) score /= temperature_;
  return softmax(scores);
}

ClassScores Classifier::chances(std::string_view text) const {
  return chances(features_of(text, bits_));
}

std::string Classifier::save() const {
  cx::WordWriter writer;
  std::uint64_t rows = 0;
  for (const auto& row : weights_) rows += row == decltype(weights_)::value_type{} ? 0 : 1;
  writer.plain(format_name).number(format_version).end_line();
  writer.plain("name").text(name_).end_line();
  writer.plain("training").text(training_digest_).number(samples_).end_line();
  writer.plain("classes").number(std::uint64_t{class_count}).plain("bits").number(std::uint64_t{bits_}).end_line();
  writer.plain("temperature").real(temperature_).plain("scale").real(scale_).plain("bias");
  for (double bias : bias_) writer.real(bias);
  writer.end_line().plain("weights").number(rows).end_line();
  std::string out = writer.take();
  out.reserve(out.size() + rows * row_bytes);
  for (std::uint32_t bucket = 0; bucket < weights_.size(); ++bucket) {
    if (weights_[bucket] == decltype(weights_)::value_type{}) continue;
    append_little(out, bucket, 4);
    for (auto weight : weights_[bucket]) append_little(out, static_cast<std::uint16_t>(weight), 2);
  }
  return out;
}

Result<Classifier> Classifier::load(std::string_view bytes) {
  cx::WordReader reader(bytes);
  if (!reader.expect(format_name)) return fail("This is no classifier; make one with echoflow understand --train.");
  if (reader.number(0, 1'000'000) != format_version)
    return fail("The classifier was made by another version of Echoflow; train it again from its corrections.");
  Classifier made;
  reader.expect("name");
  made.name_ = reader.text(most_name_bytes);
  reader.expect("training");
  made.training_digest_ = reader.text(64);
  made.samples_ = reader.count(1'000'000'000);
  reader.expect("classes");
  reader.number(class_count, class_count);
  reader.expect("bits");
  made.bits_ = static_cast<std::uint32_t>(reader.number(fewest_bits, most_bits));
  reader.expect("temperature");
  made.temperature_ = reader.real(0.01, 100);
  reader.expect("scale");
  made.scale_ = reader.real(0, 1e6);
  reader.expect("bias");
  for (auto& bias : made.bias_) bias = reader.real(-1e6, 1e6);
  reader.expect("weights");
  const auto rows = reader.count(std::uint64_t{1} << most_bits);
  auto body = reader.after_line();
  if (!reader.good()) return fail("The classifier is damaged in line " + std::to_string(reader.line()) + ".");
  if (body.size() != rows * row_bytes) return fail("The classifier is cut off or has something after its end.");
  made.weights_.resize(std::size_t{1} << made.bits_);
  std::int64_t before = -1;
  for (; !body.empty(); body.remove_prefix(row_bytes)) {
    const auto bucket = read_little(body.substr(0, 4));
    if (bucket <= before || bucket >= made.weights_.size()) return fail("The classifier's weights are out of order.");
    before = bucket;
    for (std::size_t i = 0; i < class_count; ++i)
      made.weights_[bucket][i] = static_cast<std::int16_t>(read_little(body.substr(4 + 2 * i, 2)));
  }
  made.digest_ = sha256_hex(bytes);
  return made;
}

}  // namespace echoflow::understanding
