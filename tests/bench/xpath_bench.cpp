// How long XPath takes on a message of 4 KB.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "bpel/xpath/compile.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::xpath {
namespace {

std::string order() {
  std::string text = "<n:order xmlns:n='urn:shop'><n:customer><n:name>Ada</n:name><n:city>Berlin</n:city></n:customer>";
  for (int i = 0; i < 24; ++i)
    text += "<n:item id='" + std::to_string(1000 + i) + "' qty='" + std::to_string(i % 5) +
            "'><n:name>article number " + std::to_string(i) + "</n:name><n:price>" + std::to_string(10 + i) +
            ".50</n:price><n:note>hand over at the gate</n:note></n:item>";
  return text + "</n:order>";
}

class World : public program::EvaluationContext {
 public:
  World()
      : order_(std::make_shared<const xml::Document>(std::move(*xml::read(order())))),
        counter_(std::make_shared<xml::Document>()) {
    counter_->append_text(counter_->append_element(xml::root_node, "", "counter"), "41");
    message_.name = {"urn:shop", "order"};
    message_.parts.push_back({"body", program::ValueForm::element, {"urn:shop", "order"}, {}, {}});
    const QName integer{std::string(ns::xsd), "integer"};
    number_.parts.push_back({"counter", program::ValueForm::simple, {}, integer, integer});
  }
  xml::DocumentPtr variable_part(program::VariableId v, std::uint32_t) const override {
    return v == 0 ? order_ : counter_;
  }
  bool link_status(program::LinkId) const override { return false; }
  TimePoint now() const override { return {}; }
  std::int64_t instance_id() const override { return 1; }

  std::unique_ptr<const program::Expression> compile(const std::string& text, std::string_view language) const {
    auto namespaces = std::make_shared<const xml::Document>(std::move(*xml::read("<p xmlns:ns='urn:shop'/>")));
    StaticContext c;
    c.language = language;
    c.document = namespaces;
    c.element = namespaces->document_element();
    c.variable = [this](std::string_view name) -> std::optional<VariableBinding> {
      if (name == "order") return VariableBinding{0, &message_, true};
      if (name == "counter") return VariableBinding{1, &number_, false};
      return std::nullopt;
    };
    auto compiled = xpath::compile(text, c);
    return compiled ? std::move(*compiled) : nullptr;
  }

 private:
  xml::DocumentPtr order_;
  std::shared_ptr<xml::Document> counter_;
  program::MessageType message_, number_;
};

void evaluate(benchmark::State& state, const std::string& text, std::string_view language) {
  const World world;
  const auto expression = world.compile(text, language);
  if (!expression) return state.SkipWithError("does not compile");
  for (auto _ : state) {
    auto value = expression->evaluate(world);
    benchmark::DoNotOptimize(value);
  }
}

void condition(benchmark::State& state, const std::string& text) {
  const World world;
  const auto expression = world.compile(text, ns::xpath1_sublang);
  if (!expression) return state.SkipWithError("does not compile");
  for (auto _ : state) {
    auto value = expression->evaluate_boolean(world);
    benchmark::DoNotOptimize(value);
  }
}

void compiling(benchmark::State& state, const std::string& text) {
  const World world;
  for (auto _ : state) benchmark::DoNotOptimize(world.compile(text, ns::xpath1_sublang));
}

BENCHMARK_CAPTURE(evaluate, filtered_product, "$order.body/ns:item[@qty>2]/ns:price * 1.19", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, simple_path, "$order.body/ns:customer/ns:city", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, by_position, "$order.body/ns:item[20]/ns:price", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, by_last, "$order.body/ns:item[last()]/ns:price", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, counter_plus_one, "$counter + 1", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, sum_all, "sum($order.body/ns:item/ns:price)", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, descendants, "count($order.body//ns:price)", ns::xpath1_sublang);
BENCHMARK_CAPTURE(evaluate, concat_text,
                  "concat($order.body/ns:customer/ns:name, ' of ', $order.body/ns:customer/ns:city)",
                  ns::xpath1_sublang);
BENCHMARK_CAPTURE(condition, exists, "$order.body//ns:item");
BENCHMARK_CAPTURE(condition, attribute_equals, "$order.body/ns:item/@id = '1020'");
BENCHMARK_CAPTURE(condition, less_than, "$counter < 10");
BENCHMARK_CAPTURE(evaluate, xpath2_sum_of_products, "sum(for $i in $order.body/ns:item return $i/@qty * $i/ns:price)",
                  ns::xpath2_sublang);
BENCHMARK_CAPTURE(evaluate, xpath2_filtered_product, "$order.body/ns:item[@qty>2][1]/ns:price * 1.19",
                  ns::xpath2_sublang);
BENCHMARK_CAPTURE(compiling, filtered_product, "$order.body/ns:item[@qty>2]/ns:price * 1.19");

}  // namespace
}  // namespace echoflow::xpath
