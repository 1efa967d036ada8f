#include "models/cx/task_request.hpp"

#include <algorithm>
#include <charconv>

#include "models/cx/namespaces.hpp"

namespace echoflow::cx {
namespace {

using Named = std::vector<std::pair<std::string, std::string>>;

class Writer {
 public:
  xml::NodeIndex element(xml::NodeIndex parent, std::string_view local) {
    return document_->append_element(parent, ns::cx, local, "cx");
  }
  void attribute(xml::NodeIndex element, std::string_view name, std::string_view value) {
    if (!value.empty()) document_->set_attribute(element, {}, name, value);
  }
  void text(xml::NodeIndex parent, std::string_view local, std::string_view value) {
    document_->append_text(element(parent, local), value);
  }
  void parameters(xml::NodeIndex parent, const Named& list) {
    for (const auto& [name, value] : list) {
      const auto node = element(parent, "parameter");
      document_->set_attribute(node, {}, "name", name);
      document_->append_text(node, value);
    }
  }
  void people(xml::NodeIndex parent, const std::vector<TaskRequest::People>& list) {
    for (const auto& one : list) {
      const auto node = element(parent, "people");
      attribute(node, "role", to_string(one.role));
      for (const auto& member : one.members) text(node, "member", member);
    }
  }
  void deadline(xml::NodeIndex parent, const TaskRequest::Deadline& one) {
    const auto node = element(parent, "deadline");
    if (one.for_) attribute(node, "for", format_duration(*one.for_));
    if (one.until) attribute(node, "until", format_time_point(*one.until));
    for (const auto& escalation : one.escalations) {
      const auto inner = element(node, "escalation");
      attribute(inner, "priority", std::to_string(escalation.priority));
      parameters(inner, escalation.parameters);
      people(inner, escalation.people);
    }
  }
  std::shared_ptr<xml::Document> take() { return std::move(document_); }

 private:
  std::shared_ptr<xml::Document> document_ = std::make_shared<xml::Document>();
};

class Reader {
 public:
  explicit Reader(const xml::Document& document) : document_(document) {}
  bool ok = true;

  std::string attribute(xml::NodeIndex node, std::string_view name) const {
    return std::string(document_.attribute(node, name).value_or(""));
  }
  template <class F>
  void each(xml::NodeIndex node, std::string_view local, F f) const {
    for (auto child = document_.first_child_element(node); child != xml::no_node;
         child = document_.next_sibling_element(child))
      if (document_.namespace_uri(child) == ns::cx && document_.local_name(child) == local) f(child);
  }
  std::int32_t number(const std::string& text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    ok = ok && error == std::errc{} && end == text.data() + text.size();
    return value;
  }
  Named parameters(xml::NodeIndex node) const {
    Named list;
    each(node, "parameter",
         [&](auto child) { list.emplace_back(attribute(child, "name"), document_.string_value(child)); });
    return list;
  }
  std::vector<TaskRequest::People> people(xml::NodeIndex node) {
    std::vector<TaskRequest::People> list;
    each(node, "people", [&](auto child) {
      const auto role = std::find_if(std::begin(human_roles), std::end(human_roles),
                                     [&](HumanRole r) { return to_string(r) == attribute(child, "role"); });
      ok = ok && role != std::end(human_roles);
      if (!ok) return;
      list.push_back({*role, {}});
      each(child, "member", [&](auto member) { list.back().members.push_back(document_.string_value(member)); });
    });
    return list;
  }
  TaskRequest::Deadline deadline(xml::NodeIndex node) {
    TaskRequest::Deadline out;
    if (const auto text = attribute(node, "for"); !text.empty()) {
      auto duration = parse_duration(text);
      ok = ok && duration;
      if (duration) out.for_ = *duration;
    }
    if (const auto text = attribute(node, "until"); !text.empty()) {
      auto until = parse_deadline(text);
      ok = ok && until;
      if (until) out.until = *until;
    }
    ok = ok && out.for_.has_value() != out.until.has_value();
    each(node, "escalation", [&](auto child) {
      out.escalations.push_back({number(attribute(child, "priority")), parameters(child), people(child)});
    });
    return out;
  }

 private:
  const xml::Document& document_;
};

}  // namespace

xml::DocumentPtr to_document(const TaskRequest& request) {
  Writer writer;
  const auto root = writer.element(xml::root_node, "taskRequest");
  writer.attribute(root, "name", request.name);
  writer.attribute(root, "priority", std::to_string(request.priority));
  if (request.skipable) writer.attribute(root, "isSkipable", "true");
  writer.parameters(root, request.parameters);
  writer.people(root, request.people);
  for (const auto& deadline : request.deadlines) writer.deadline(root, deadline);
  for (const auto& member : request.delegates) writer.text(root, "delegate", member);
  const auto context = writer.element(root, "context");
  writer.attribute(context, "customer", request.customer);
  writer.attribute(context, "case", request.case_id);
  writer.attribute(context, "feedback", request.feedback);
  writer.attribute(context, "channel", request.channel);
  writer.attribute(context, "language", request.language);
  return writer.take();
}

Result<TaskRequest> read_task_request(const xml::Document& document) {
  const auto root = document.document_element();
  if (root == xml::no_node || document.qname(root) != QName{std::string(ns::cx), "taskRequest"})
    return fail("The message is no request for a task.");
  Reader reader(document);
  TaskRequest out;
  out.name = reader.attribute(root, "name");
  out.priority = reader.number(reader.attribute(root, "priority"));
  out.skipable = reader.attribute(root, "isSkipable") == "true";
  out.parameters = reader.parameters(root);
  out.people = reader.people(root);
  reader.each(root, "deadline", [&](auto child) { out.deadlines.push_back(reader.deadline(child)); });
  reader.each(root, "delegate", [&](auto child) { out.delegates.push_back(document.string_value(child)); });
  reader.each(root, "context", [&](auto child) {
    out.customer = reader.attribute(child, "customer");
    out.case_id = reader.attribute(child, "case");
    out.feedback = reader.attribute(child, "feedback");
    out.channel = reader.attribute(child, "channel");
    out.language = reader.attribute(child, "language");
  });
  if (!reader.ok) return fail("The request for a task is damaged.");
  return out;
}

}  // namespace echoflow::cx
