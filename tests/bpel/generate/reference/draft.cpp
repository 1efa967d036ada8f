#include "tests/bpel/generate/reference/random_model.hpp"

namespace echoflow::generate::reference {

std::string Draft::task() {
  const std::string id = fresh("t");
  add("<scriptTask id='" + id + "' scriptFormat='text/xpath'><script>MARK_" + id + "</script></scriptTask>");
  return id;
}

std::string Draft::event(const std::string& element, const std::string& definition, const std::string& attributes) {
  const std::string id = fresh("e");
  add("<" + element + " id='" + id + "' " + attributes + ">" + definition + "</" + element + ">");
  return id;
}

std::string Draft::timer() {
  return "<timerEventDefinition><timeDuration xsi:type='tFormalExpression'>PT" + std::to_string(1 + pick(6)) +
         "S</timeDuration></timerEventDefinition>";
}

std::string Draft::gateway(const std::string& kind, const std::string& attributes) {
  const std::string id = fresh(kind.substr(0, 1));
  add("<" + kind + "Gateway id='" + id + "' " + attributes + "@" + id + "@/>");
  return id;
}

void Draft::flow(const std::string& from, const std::string& to, const std::string& condition) {
  add("<sequenceFlow id='" + fresh("f") + "' sourceRef='" + from + "' targetRef='" + to + "'>");
  if (!condition.empty())
    add("<conditionExpression xsi:type='tFormalExpression'>" + condition + "</conditionExpression>");
  add("</sequenceFlow>");
}

void Draft::otherwise(const std::string& from, const std::string& to) {
  flow(from, to);
  defaults_.emplace_back(from, "f" + std::to_string(number_));
}

std::string Draft::flag() {
  return (chance(30) ? "!v" : "v") + std::to_string(1 + pick(4));
}

void Draft::open() {
  body_.emplace_back();
}

std::string Draft::close(const std::string& element, const std::string& id, const std::string& attributes,
                         const std::string& first) {
  const std::string inside = std::move(body_.back());
  body_.pop_back();
  add("<" + element + " id='" + id + "' " + attributes + "@" + id + "@>" + first + inside + "</" + element + ">");
  return id;
}

std::string Draft::text(const std::string& id) {
  std::string body = body_.back();
  for (const auto& [node, flow] : defaults_) {
    const std::string place = "@" + node + "@";
    if (const auto at = body.find(place); at != std::string::npos)
      body.replace(at, place.size(), "default='" + flow + "'");
  }
  std::string plain;
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] != '@') {
      plain += body[i++];
      continue;
    }
    i = body.find('@', i + 1) + 1;
  }
  return "<error id='E1' errorCode='E1'/><error id='E2' errorCode='E2'/><escalation id='X1' escalationCode='X1'/>"
         "<escalation id='X2' escalationCode='X2'/><signal id='S1' name='S1'/>"
         "<process id='" +
         id + "' isExecutable='true'>" + plain + "</process>";
}

}  // namespace echoflow::generate::reference
