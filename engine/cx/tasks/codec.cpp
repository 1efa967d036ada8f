#include "engine/cx/tasks/events.hpp"

namespace echoflow::tasks {

namespace {

using records::Decoder;
using records::Encoder;
using records::PayloadReader;
using records::PayloadWriter;

template <class E>
bool read(Decoder& in, Events& events) {
  E event;
  if (!in.record(event)) return false;
  events.push_back(std::move(event));
  return true;
}

bool read_one(Decoder& in, Events& events) {
  switch (static_cast<EventType>(in.varint())) {
    case EventType::task_created:
      return read<TaskCreated>(in, events);
    case EventType::task_moved:
      return read<TaskMoved>(in, events);
    case EventType::role_set:
      return read<RoleSet>(in, events);
    case EventType::priority_set:
      return read<PrioritySet>(in, events);
    case EventType::output_set:
      return read<OutputSet>(in, events);
    case EventType::fault_set:
      return read<FaultSet>(in, events);
    case EventType::attachment_added:
      return read<AttachmentAdded>(in, events);
    case EventType::attachment_deleted:
      return read<AttachmentDeleted>(in, events);
    case EventType::comment_added:
      return read<CommentAdded>(in, events);
    case EventType::comment_changed:
      return read<CommentChanged>(in, events);
    case EventType::deadline_changed:
      return read<DeadlineChanged>(in, events);
    case EventType::escalated:
      return read<Escalated>(in, events);
    case EventType::effect_added:
      return read<EffectAdded>(in, events);
    case EventType::effect_tried:
      return read<EffectTried>(in, events);
    case EventType::effect_done:
      return read<EffectDone>(in, events);
    case EventType::sub_task_added:
      return read<SubTaskAdded>(in, events);
    case EventType::sub_task_ended:
      return read<SubTaskEnded>(in, events);
    case EventType::routed:
      return read<Routed>(in, events);
    case EventType::removed_from_list:
      return read<RemovedFromList>(in, events);
    case EventType::customer_read:
      return read<CustomerRead>(in, events);
  }
  return false;
}

}  // namespace

EncodedEvents encode_events(const Events& events) {
  EncodedEvents encoded;
  PayloadWriter payload;
  Encoder encoder(encoded.events, payload);
  for (const auto& event : events)
    std::visit(
        [&](const auto& each) {
          encoder.varint(static_cast<std::uint64_t>(each.type));
          encoder.record(each);
        },
        event);
  encoded.payload = payload.take();
  return encoded;
}

Result<Events> decode_events(std::string_view events, std::string_view payload) {
  PayloadReader reader(payload);
  Decoder in(events, reader);
  Events decoded;
  while (!in.at_end())
    if (!read_one(in, decoded)) return fail("A journal row of a task cannot be read.");
  if (!in.ok()) return fail("A journal row of a task cannot be read.");
  return decoded;
}

std::string encode_task(const Task& task) {
  std::string structure;
  PayloadWriter payload(true);
  Encoder encoder(structure, payload);
  encoder.record(task);
  std::string bytes;
  PayloadWriter none;
  Encoder(bytes, none).varint(structure.size());
  return bytes + structure + payload.bytes();
}

Result<Task> decode_task(std::string_view bytes) {
  PayloadReader none{std::string_view()};
  Decoder head(bytes, none);
  const auto length = head.varint();
  if (!head.ok() || length > head.rest().size()) return fail("The state of a task cannot be read.");
  PayloadReader payload(head.rest().substr(length));
  Decoder in(head.rest().substr(0, length), payload);
  Task task;
  if (!in.record(task)) return fail("The state of a task cannot be read.");
  return task;
}

}  // namespace echoflow::tasks
