// Any bytes as an expression: compiling must end with an expression or an error, evaluating with a value or a fault,
// soon. The first byte chooses the dialect and the purpose.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "bpel/xpath/compile.hpp"
#include "models/base/namespaces.hpp"

namespace {

using namespace echoflow;

class World : public program::EvaluationContext {
 public:
  World() {
    using xml::root_node;
    auto d = std::make_shared<xml::Document>();
    const auto root = d->append_element(root_node, "urn:n", "r", "n");
    d->declare_namespace(root, "n", "urn:n");
    for (int i = 0; i < 4; ++i) {
      const auto item = d->append_element(root, "", "i");
      d->set_attribute(item, "", "q", std::to_string(i));
      d->append_text(item, std::to_string(i * 10));
      d->append_comment(item, "c");
    }
    document_ = d;
    element_.parts.push_back({"v", program::ValueForm::element, {}, {}, {}});
    const QName type{std::string(ns::xsd), "int"};
    simple_.parts.push_back({"s", program::ValueForm::simple, {}, type, type});
  }
  xml::DocumentPtr variable_part(program::VariableId, std::uint32_t) const override { return document_; }
  bool link_status(program::LinkId) const override { return true; }
  TimePoint now() const override { return {1'700'000'000'000'000}; }
  std::int64_t instance_id() const override { return 1; }

  xpath::StaticContext context(std::uint8_t choice) const {
    xpath::StaticContext c;
    c.language = choice & 1 ? ns::xpath2_sublang : ns::xpath1_sublang;
    c.purpose = choice & 2 ? xpath::Purpose::query : choice & 4 ? xpath::Purpose::target : xpath::Purpose::expression;
    c.document = document_;
    c.element = document_->document_element();
    c.variable = [this](std::string_view name) -> std::optional<xpath::VariableBinding> {
      if (name == "v") return xpath::VariableBinding{0, &element_, false};
      if (name == "s") return xpath::VariableBinding{0, &simple_, false};
      return std::nullopt;
    };
    return c;
  }
  xml::DocumentPtr document_;

 private:
  program::MessageType element_, simple_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto context = world.context(data[0]);
  const auto compiled = xpath::compile(text, context);
  if (!compiled) {
    if (compiled.error().message.empty() || compiled.error().offset > text.size()) std::abort();
    return 0;
  }
  const xml::NodeRef node{world.document_, world.document_->document_element()};
  const auto value = (*compiled)->evaluate(world, context.purpose == xpath::Purpose::query ? &node : nullptr);
  if (!value && value.error().name.local.empty()) return 0;  // error() may give any name
  (void)(*compiled)->evaluate_boolean(world, &node);
  (void)(*compiled)->evaluate_string(world, &node);
  (void)(*compiled)->evaluate_number(world, &node);
  return 0;
}
