#pragma once
#include "bpel/ast/element.hpp"

/// Human tasks as WS-HumanTask 1.1 writes them, with the cx: elements for routing; as in the rest of the AST nothing is
/// resolved and wrong values are kept as they were written.
namespace echoflow::ast {

struct LocalText : Element {
  std::string language, text, content_type;
};
struct PresentationParameter : Element {
  std::string name;
  Expression value;
};
struct PresentationElements : Element {
  std::vector<LocalText> names, subjects, descriptions;
  std::vector<PresentationParameter> parameters;
};

/// <htd:from>
struct PeopleFrom : Element {
  std::vector<std::string> users, groups;  ///< of an <htd:literal>
  bool has_literal = false;
  std::string logical_group;
  std::optional<Expression> expression;  ///< when it is none of the above
};
/// <htd:potentialOwners> and the other generic human roles; `origin` tells which.
struct PeopleAssignment : Element {
  std::string role;  ///< local name
  std::vector<PeopleFrom> from;
};

/// What tasks and notifications share.
struct HumanTaskBase : Element {
  std::string name;
  std::optional<QName> port_type;  ///< of <htd:interface>
  std::string operation;
  std::optional<Expression> priority;
  std::optional<PresentationElements> presentation;
  std::vector<PeopleAssignment> people;
};
struct Notification : HumanTaskBase {};

struct Escalation : Element {
  std::string name;
  std::optional<Expression> condition;
  std::vector<Notification> notifications;
  std::vector<std::string> notification_references;  ///< <htd:localNotification reference="…">
  std::vector<PeopleAssignment> reassignments;       ///< the potentialOwners of each <htd:reassignment>
  struct RaisePriority : Element {
    std::string by, to;
  };
  std::vector<RaisePriority> raises;
  std::vector<Element> task_events;  ///< <cx:taskEvent/>
  std::size_t actions() const {
    return notifications.size() + notification_references.size() + reassignments.size() + raises.size() +
           task_events.size();
  }
};
struct TaskDeadline : Element {
  bool is_start = false;
  std::string name, calendar;
  std::optional<Expression> for_, until;
  std::vector<Escalation> escalations;
};

struct TaskOutcome : Element {
  std::string name;
  std::vector<LocalText> labels;
};
struct Skill : Element {
  std::string name, level;
  YesNo required = YesNo::unset;
};
/// <cx:routing>
struct Routing : Element {
  std::string queue, capacity, calendar;
  std::vector<Skill> skills;
};
/// <cx:context>: whom and what the task is about.
struct TaskContext : Element {
  std::optional<Expression> customer, case_id, feedback, channel, language;
};

/// <htd:task>, or <htd:notification> as the content of a people activity or of <b4p:humanInteractions>.
struct HumanTask : HumanTaskBase {
  bool is_notification = false;
  YesNo actual_owner_required = YesNo::unset;
  std::string delegation;  ///< potentialDelegatees; "" when absent
  std::vector<PeopleFrom> delegates;
  std::vector<TaskDeadline> deadlines;
  std::vector<TaskOutcome> outcomes;
  std::optional<Routing> routing;
  std::optional<TaskContext> context;
};

/// <b4p:localTask> or <b4p:localNotification>: what it says overrides the task's own.
struct TaskReference : Element {
  std::string reference;  ///< as written: a QName or a name
  bool is_notification = false;
  std::optional<Expression> priority;
  std::vector<PeopleAssignment> people;
};

}  // namespace echoflow::ast
