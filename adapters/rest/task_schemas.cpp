#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

constexpr Schema task_table[] = {
    {"TaskReason", R"({"type":"object","additionalProperties":false,"properties":{
"reason":{"type":"string","maxLength":2000}},"examples":[{}]})"},
    {"TaskPeople", R"({"type":"object","additionalProperties":false,"required":["people"],"properties":{
"people":{"type":"array","items":{"type":"string","minLength":1,"maxLength":200},"description":"Users, and groups as group:service."},
"reason":{"type":"string","maxLength":2000}},"examples":[{"people":["group:backoffice"]}]})"},
    {"TaskDelegation", R"({"type":"object","additionalProperties":false,"required":["user"],"properties":{
"user":{"type":"string","minLength":1},"reason":{"type":"string","maxLength":2000}},"examples":[{"user":"bert"}]})"},
    {"TaskSuspension", R"({"type":"object","additionalProperties":false,"properties":{
"forCustomer":{"type":"boolean","default":false},"reason":{"type":"string","maxLength":2000}},"examples":[{"forCustomer":true}]})"},
    {"TaskSuspensionUntil", R"({"type":"object","additionalProperties":false,"required":["until"],"properties":{
"until":{"type":"string","format":"date-time"},"forCustomer":{"type":"boolean","default":false},"reason":{"type":"string","maxLength":2000}},
"examples":[{"until":"2030-01-07T09:00:00Z"}]})"},
    {"TaskCompletion", R"({"type":"object","additionalProperties":false,"properties":{
"outcome":{"type":"string"},"output":{"description":"By part, as messages to processes."},"reason":{"type":"string","maxLength":2000}},
"examples":[{"outcome":"answered"}]})"},
    {"TaskOutput", R"({"type":"object","additionalProperties":false,"required":["output"],"properties":{
"output":{"description":"By part, as messages to processes."},"reason":{"type":"string","maxLength":2000}},"examples":[{"output":{}}]})"},
    {"TaskFailing", R"({"type":"object","additionalProperties":false,"properties":{
"fault":{"type":"string","description":"{namespace}local"},"reason":{"type":"string","maxLength":2000}},
"examples":[{"fault":"{urn:example:service}notReachable"}]})"},
    {"TaskPriority", R"({"type":"object","additionalProperties":false,"required":["priority"],"properties":{
"priority":{"type":"integer","minimum":0,"maximum":10},"reason":{"type":"string","maxLength":2000}},"examples":[{"priority":0}]})"},
    {"TaskRole", R"({"type":"object","additionalProperties":false,"required":["role","people"],"properties":{
"role":{"enum":["taskInitiator","taskStakeholders","potentialOwners","businessAdministrators","notificationRecipients","excludedOwners"]},
"people":{"type":"array","items":{"type":"string","minLength":1,"maxLength":200}},"reason":{"type":"string","maxLength":2000}},
"examples":[{"role":"taskStakeholders","people":["stan"]}]})"},
    {"TaskDeadline", R"({"type":"object","additionalProperties":false,"required":["until"],"properties":{
"deadline":{"type":"integer","minimum":0,"default":0},"until":{"type":"string","format":"date-time"},"reason":{"type":"string","maxLength":2000}},
"examples":[{"deadline":0,"until":"2030-01-07T09:00:00Z"}]})"},
    {"TaskComment", R"({"type":"object","additionalProperties":false,"required":["text"],"properties":{
"text":{"type":"string","minLength":1,"maxLength":20000}},"examples":[{"text":"She called twice."}]})"},
    {"TaskAttachment", R"({"type":"object","additionalProperties":false,"required":["name"],"properties":{
"name":{"type":"string","minLength":1},"mediaType":{"type":"string"},"url":{"type":"string"},"content":{"type":"string","contentEncoding":"base64"}},
"examples":[{"name":"bill.pdf","url":"https://example.org/bill.pdf"}]})"},
    {"TaskAttachmentContent",
     R"({"type":"object","required":["id","name","mediaType","by","at"],"properties":{"id":{"type":"string"},"name":{"type":"string"},
"mediaType":{"type":"string"},"by":{"type":"string"},"at":{"type":"string","format":"date-time"},"url":{"type":"string"},
"content":{"type":"string","contentEncoding":"base64"}}})"},
    {"SubTaskRequest", R"({"type":"object","additionalProperties":false,"required":["name","people"],"properties":{
"name":{"type":"string","minLength":1},"subject":{"type":"string"},"priority":{"type":"integer","minimum":0,"maximum":10},
"skipable":{"type":"boolean","default":false},"people":{"type":"array","items":{"type":"string","minLength":1,"maxLength":200}}},
"examples":[{"name":"askStore","people":["group:stores"]}]})"},
    {"TaskState",
     R"({"enum":["created","ready","reserved","inProgress","suspended/ready","suspended/reserved","suspended/inProgress","completed","failed","error","exited","obsolete"]})"},
    {"TaskSummary", R"({"type":"object","required":["id","name","state","priority","createdAt"],"properties":{
"id":{"type":"string"},"name":{"type":"string"},"title":{"type":"string"},"subject":{"type":"string"},"state":{"$ref":"#/components/schemas/TaskState"},
"priority":{"type":"integer"},"notification":{"type":"boolean"},"owner":{"type":"string"},"queue":{"type":"string"},"customer":{"type":"string"},
"caseId":{"type":"string"},"channel":{"type":"string"},"language":{"type":"string"},"instanceId":{"type":"string"},"parentId":{"type":"string"},
"createdAt":{"type":"string","format":"date-time"},"startedAt":{"type":"string","format":"date-time"},"endedAt":{"type":"string","format":"date-time"},
"suspendedUntil":{"type":"string","format":"date-time"},"waitsForCustomer":{"type":"boolean"},"outcome":{"type":"string"}}})"},
    {"Task",
     R"({"allOf":[{"$ref":"#/components/schemas/TaskSummary"}],"type":"object","required":["operations","people","deadlines","comments","attachments"],"properties":{
"description":{"type":"string"},"feedbackId":{"type":"string"},
"operations":{"type":"array","items":{"type":"string"},"description":"What the caller may do now."},
"people":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}},
"outcomes":{"type":"array","items":{"type":"object","required":["name","label"],"properties":{"name":{"type":"string"},"label":{"type":"string"}}}},
"skills":{"type":"array","items":{"type":"object","required":["name","level","required"],"properties":{"name":{"type":"string"},"level":{"type":"integer"},"required":{"type":"boolean"}}}},
"deadlines":{"type":"array","items":{"type":"object","required":["number","kind","state"],"properties":{"number":{"type":"integer"},"name":{"type":"string"},"kind":{"enum":["start","completion"]},"state":{"enum":["running","paused","missed","met"]},"due":{"type":"string","format":"date-time"},"calendar":{"type":"string"}}}},
"comments":{"type":"array","items":{"type":"object","required":["id","by","at","text"],"properties":{"id":{"type":"string"},"by":{"type":"string"},"at":{"type":"string","format":"date-time"},"changedAt":{"type":"string","format":"date-time"},"text":{"type":"string"}}}},
"attachments":{"type":"array","items":{"type":"object","required":["id","by","at","name"],"properties":{"id":{"type":"string"},"by":{"type":"string"},"at":{"type":"string","format":"date-time"},"name":{"type":"string"},"mediaType":{"type":"string"},"url":{"type":"string"}}}},
"subTasks":{"type":"array","items":{"type":"object","required":["id","name","state"],"properties":{"id":{"type":"string"},"name":{"type":"string"},"state":{"$ref":"#/components/schemas/TaskState"}}}},
"input":{"type":"array","items":{"type":["string","null"]},"description":"Parts as XML."},"output":{"type":"array","items":{"type":["string","null"]}},
"fault":{"type":"object","properties":{"name":{"type":"string"}}}}})"},
    {"TaskPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/TaskSummary"}},"nextCursor":{"type":"string"}}})"},
    {"TaskHistory",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object","required":["at","event"],"properties":{
"at":{"type":"string","format":"date-time"},"event":{"type":"string"},"by":{"type":"string","description":"Absent: the server."},"state":{"type":"string"},"owner":{"type":"string"},"detail":{"type":"string"}}}}}})"},
    {"TaskExplanation",
     R"({"type":"object","required":["assigned","considered","candidates"],"properties":{"assigned":{"type":"boolean"},"chosen":{"type":"string"},
"at":{"type":"string","format":"date-time"},"summary":{"type":"string"},"considered":{"type":"integer"},
"candidates":{"type":"array","items":{"type":"object","required":["user","fits","reason"],"properties":{"user":{"type":"string"},"fits":{"type":"boolean"},"score":{"type":"integer"},"reason":{"type":"string"}}}}}})"},
    {"TaskCustomer",
     R"({"type":"object","required":["customer","feedback","tasks"],"properties":{"customer":{"type":"string"},
"feedback":{"type":"array","items":{"type":"object","required":["id","channel","kind","text","receivedAt","sentiment","conversationId"],"properties":{
"id":{"type":"string"},"channel":{"type":"string"},"kind":{"type":"string"},"text":{"type":"string"},"receivedAt":{"type":"string","format":"date-time"},"sentiment":{"type":"string"},"conversationId":{"type":"string"}}}},
"tasks":{"type":"array","items":{"$ref":"#/components/schemas/TaskSummary"}}}})"},
    {"QueuePage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object","required":["queue","state","count"],"properties":{
"queue":{"type":"string"},"state":{"type":"string"},"count":{"type":"integer"}}}}}})"},
    {"AgentRequest", R"({"type":"object","additionalProperties":false,"properties":{
"name":{"type":"string"},"mail":{"type":"string"},"groups":{"type":"array","items":{"type":"string"}},"supervises":{"type":"array","items":{"type":"string"}},
"languages":{"type":"array","items":{"type":"string"}},"skills":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string"},"level":{"type":"integer","minimum":1,"maximum":5}}}},
"capacity":{"type":"integer","minimum":1,"maximum":10000,"default":100,"description":"Percent; a call takes 100."},
"automatic":{"type":"boolean","default":false,"description":"Tasks are assigned; else they are only offered."}},
"examples":[{"name":"Anna","groups":["service"],"languages":["de"],"skills":[{"name":"billing","level":3}],"automatic":true}]})"},
    {"Agent", R"({"type":"object","required":["user","groups","presence","used","tasks"],"properties":{
"user":{"type":"string"},"name":{"type":"string"},"groups":{"type":"array","items":{"type":"string"}},"supervises":{"type":"array","items":{"type":"string"}},
"languages":{"type":"array","items":{"type":"string"}},"skills":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"level":{"type":"integer"}}}},
"capacity":{"type":"integer"},"automatic":{"type":"boolean"},"presence":{"$ref":"#/components/schemas/Presence"},"since":{"type":"string","format":"date-time"},
"used":{"type":"integer","description":"Percent that is taken."},"tasks":{"type":"integer"}}})"},
    {"AgentPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Agent"}}}})"},
    {"Presence", R"({"enum":["online","away","busy","wrapUp","transfersOnly","offline"]})"},
    {"PresenceRequest", R"({"type":"object","additionalProperties":false,"required":["presence"],"properties":{
"presence":{"$ref":"#/components/schemas/Presence"}},"examples":[{"presence":"online"}]})"},
};

}  // namespace

std::span<const Schema> task_schemas() {
  return task_table;
}

}  // namespace echoflow::rest
