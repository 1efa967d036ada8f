#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

// Objects of requests are closed, as the reader is strict; those of answers may grow.
constexpr Schema table[] = {
    {"Problem",
     R"({"type":"object","description":"RFC 9457 problem details.","required":["type","title","status","detail"],"properties":{
"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},
"pointer":{"type":"string","description":"JSON pointer to what is wrong in the request's body."},
"limit":{"type":"string","description":"Name of the limit that was passed."},
"violations":{"type":"array","items":{"$ref":"#/components/schemas/Finding"}}},
"examples":[{"type":"urn:echoflow:problem:bad-request","title":"Bad Request","status":400,"detail":"\"reason\" is missing or empty.","pointer":"/reason"}]})"},
    {"Finding", R"({"type":"object","required":["rule","severity","message","file","line","column"],"properties":{
"rule":{"type":"string","examples":["SA00024"]},"severity":{"enum":["error","warning"]},"message":{"type":"string"},"file":{"type":"string"},"line":{"type":"integer"},"column":{"type":"integer"}}})"},
    {"Endpoint", R"({"type":"object","required":["partnerLink","role","portType","url","wsdl"],"properties":{
"partnerLink":{"type":"string"},"role":{"type":"string"},"portType":{"type":"string","description":"{namespace}local"},"url":{"type":"string","format":"uri"},"wsdl":{"type":"string","format":"uri"}}})"},
    {"Process",
     R"({"type":"object","required":["id","key","version","name","targetNamespace","deploymentId","file","endpoints"],"properties":{
"id":{"type":"string"},"key":{"type":"string","description":"{targetNamespace}name, the same for every version."},"version":{"type":"integer"},"name":{"type":"string"},"targetNamespace":{"type":"string"},
"deploymentId":{"type":"string"},"file":{"type":"string"},"sourceHash":{"type":"string"},"inMemory":{"type":"boolean"},"retired":{"type":"boolean"},
"endpoints":{"type":"array","items":{"$ref":"#/components/schemas/Endpoint"}}}})"},
    {"ProcessPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Process"}},"nextCursor":{"type":"string"}}})"},
    {"Deployment", R"({"type":"object","required":["id","name","deployedAt","processes"],"properties":{
"id":{"type":"string"},"name":{"type":"string"},"deployedAt":{"type":"string","format":"date-time"},
"processes":{"type":"array","items":{"$ref":"#/components/schemas/Process"}},
"warnings":{"type":"array","items":{"$ref":"#/components/schemas/Finding"}}}})"},
    {"DeploymentPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Deployment"}},"nextCursor":{"type":"string"}}})"},
    {"MessageParts",
     R"({"type":"object","description":"A message's parts by name. A value is text, a number, a boolean, an object of child elements (\"@x\" an attribute, \"#text\" text, a list repeats its element), or XML as a string that begins with '<'.","additionalProperties":true,
"examples":[{"order":{"customer":"Ada","item":[{"sku":"A1","quantity":2}]}}]})"},
    {"StartRequest", R"({"type":"object","additionalProperties":false,"properties":{
"processKey":{"type":"string","description":"{targetNamespace}name, or the name alone where it means one process."},"processId":{"type":"string"},
"operation":{"type":"string"},"partnerLink":{"type":"string"},
"message":{"$ref":"#/components/schemas/MessageParts"},"variables":{"$ref":"#/components/schemas/MessageParts"},
"businessKey":{"type":"string"},"waitSeconds":{"type":"integer","minimum":0,"maximum":300,"default":0}},
"oneOf":[{"required":["processKey"]},{"required":["processId"]}],
"examples":[{"processKey":"Greeting","message":{"name":"Ada"},"businessKey":"customer-7","waitSeconds":5}]})"},
    {"KpiState", R"({"type":"object","required":["group","value","level"],"properties":{
"group":{"type":"string","description":"Empty: the KPI is not kept apart."},"value":{"type":["number","null"],"description":"Null: nothing was measured yet."},
"level":{"enum":["normal","warning","critical"]},"values":{"type":"integer","description":"How many are in the window."},
"open":{"type":"integer","description":"What is being measured now."},"crossings":{"type":"integer"},
"mean":{"type":["number","null"]},"min":{"type":["number","null"]},"max":{"type":["number","null"]},
"percentiles":{"type":"object","additionalProperties":{"type":["number","null"]},"description":"Each to within one hundredth of itself."},
"windowBegan":{"type":"string","format":"date-time"},"previousWindow":{"type":"object","additionalProperties":true},
"letGo":{"type":"integer","description":"Measurements that were given up because there were too many."},
"history":{"type":"array","description":"The last crossings, newest first.","items":{"$ref":"#/components/schemas/KpiCrossing"}}}})"},
    {"KpiCrossing",
     R"({"type":"object","required":["number","at","level","previousLevel","value","crossed"],"properties":{
"number":{"type":"integer"},"at":{"type":"string","format":"date-time"},"level":{"enum":["normal","warning","critical"]},
"previousLevel":{"enum":["normal","warning","critical"]},"value":{"type":"number"},"crossed":{"type":"number"},"instanceId":{"type":"string"}}})"},
    {"Kpi",
     R"({"type":"object","required":["name","processKey","kind","measure","unit","groupBy","window","direction"],"properties":{
"name":{"type":"string"},"processKey":{"type":"string","description":"The process that declares it; empty: the server."},"title":{"type":"string"},
"kind":{"enum":["planned","alarm"]},"measure":{"enum":["duration","count","value","builtIn"]},"builtIn":{"type":"string"},"unit":{"type":"string"},
"groupBy":{"type":"string"},"calendar":{"type":"string"},
"window":{"type":"object","properties":{"kind":{"enum":["all","sliding","last","calendar"]},"span":{"type":"string","format":"duration"},"count":{"type":"integer"}}},
"direction":{"enum":["lowerIsBetter","higherIsBetter"]},"target":{"type":["number","null"]},"warning":{"type":["number","null"]},"critical":{"type":["number","null"]},"hysteresis":{"type":"number"},
"overall":{"type":["number","null"],"description":"Of all groups together."},"worstLevel":{"enum":["normal","warning","critical"]},
"groups":{"type":"array","items":{"$ref":"#/components/schemas/KpiState"}}}})"},
    {"KpiPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","description":"One for each KPI and group.","items":{"allOf":[{"$ref":"#/components/schemas/Kpi"},{"$ref":"#/components/schemas/KpiState"}]}}}})"},
    {"KpiInstances", R"({"type":"object","required":["items","total"],"properties":{"total":{"type":"integer"},
"items":{"type":"array","items":{"type":"object","required":["value","level","since","running"],"properties":{
"instanceId":{"type":"string"},"value":{"type":"number"},"unit":{"type":"string"},"level":{"enum":["normal","warning","critical"]},
"since":{"type":"string","format":"date-time"},"running":{"type":"boolean"},"groups":{"type":"array","items":{"type":"string"}}}}}}})"},
    {"KpiRebuilt", R"({"type":"object","required":["same","position","rows","groups","differences"],"properties":{
"same":{"type":"boolean"},"position":{"type":"integer"},"rows":{"type":"integer"},"groups":{"type":"integer"},
"differences":{"type":"array","items":{"type":"object","properties":{"kpi":{"type":"string"},"group":{"type":"string"},"live":{"type":["number","null"]},"rebuilt":{"type":["number","null"]}}}}}})"},
    {"Instance", R"({"type":"object","required":["id","processId","state","startedAt"],"properties":{
"id":{"type":"string"},"processId":{"type":"string"},"processKey":{"type":"string"},"processName":{"type":"string"},"processVersion":{"type":"integer"},
"state":{"enum":["running","suspended","completed","faulted","terminated"]},"businessKey":{"type":"string"},
"startedAt":{"type":"string","format":"date-time"},"endedAt":{"type":"string","format":"date-time"},"fault":{"type":"string","description":"{namespace}local of the fault that ended it."}}})"},
    {"InstanceAnswer",
     R"({"type":"object","description":"The instance; state is \"held\" where the message waits for somebody to take it.","required":["state"],"properties":{
"id":{"type":"string"},"processId":{"type":"string"},"processKey":{"type":"string"},"processName":{"type":"string"},"processVersion":{"type":"integer"},
"state":{"enum":["held","running","suspended","completed","faulted","terminated"]},"businessKey":{"type":"string"},
"startedAt":{"type":"string","format":"date-time"},"endedAt":{"type":"string","format":"date-time"},"fault":{"type":"string"},
"reply":{"type":["object","null"],"additionalProperties":true},"replyFault":{"$ref":"#/components/schemas/Fault"},
"waiting":{"type":"boolean","description":"True: the reply did not come within waitSeconds, the instance goes on."}}})"},
    {"InstancePage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Instance"}},"nextCursor":{"type":"string"}}})"},
    {"Activity", R"({"type":"object","required":["id","elementId","name","type","state"],"properties":{
"id":{"type":"string"},"elementId":{"type":"string"},"name":{"type":"string"},"type":{"type":"string"},
"state":{"enum":["ready","executing","completed","faulted","terminated","skipped","compensated"]},
"startedAt":{"type":"string","format":"date-time"},"endedAt":{"type":"string","format":"date-time"},"iteration":{"type":"integer"},"scope":{"type":"string"},
"failed":{"type":"boolean","description":"True: it waits for an operator."}}})"},
    {"ActivityPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Activity"}},"nextCursor":{"type":"string"}}})"},
    {"Variable", R"({"type":"object","required":["name","scope","value"],"properties":{
"name":{"type":"string"},"scope":{"type":"string"},"messageType":{"type":"string"},"element":{"type":"string"},"type":{"type":"string"},
"value":{"type":["string","object","null"],"description":"Text, XML as a string, or a message's parts by name; null: not initialised.","additionalProperties":{"type":["string","null"]}}}})"},
    {"VariablePage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Variable"}},"nextCursor":{"type":"string"}}})"},
    {"SetVariableRequest", R"({"type":"object","additionalProperties":false,"required":["value","reason"],"properties":{
"value":{"description":"As in MessageParts: a message variable's parts by name, else the value alone."},"scope":{"type":"string"},"reason":{"type":"string","minLength":1,"maxLength":2000}},
"examples":[{"value":"42","reason":"The partner sent a wrong amount."}]})"},
    {"ActRequest",
     R"({"type":"object","additionalProperties":false,"required":["reason"],"properties":{"reason":{"type":"string","minLength":1,"maxLength":2000}},
"examples":[{"reason":"The customer asked for a pause."}]})"},
    {"FaultActRequest", R"({"type":"object","additionalProperties":false,"required":["reason","fault"],"properties":{
"reason":{"type":"string","minLength":1,"maxLength":2000},"fault":{"type":"string","description":"{namespace}local"},"detail":{"type":"string"}},
"examples":[{"fault":"{urn:example:orders}outOfStock","reason":"The warehouse says so by phone."}]})"},
    {"MessageRequest",
     R"({"type":"object","additionalProperties":false,"required":["portType","operation"],"properties":{
"portType":{"type":"string","description":"{namespace}local"},"operation":{"type":"string"},"processKey":{"type":"string"},"partnerLink":{"type":"string"},
"message":{"$ref":"#/components/schemas/MessageParts"},"businessKey":{"type":"string"},"waitSeconds":{"type":"integer","minimum":0,"maximum":300,"default":0}},
"examples":[{"portType":"{urn:example:orders}OrderPortType","operation":"cancel","message":{"orderNumber":"4711"}}]})"},
    {"Fault",
     R"({"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"{namespace}local"},"detail":{"type":"string"},"data":{"type":"array","items":{"type":["string","null"]}}}})"},
    {"FaultPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object","required":["activityId","at","handled","fault"],"properties":{
"activityId":{"type":"string"},"at":{"type":"string","format":"date-time"},"handled":{"type":"boolean"},"fault":{"$ref":"#/components/schemas/Fault"}}}},"nextCursor":{"type":"string"}}})"},
    {"EventPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object","required":["seq","at","type"],"properties":{
"seq":{"type":"integer"},"at":{"type":"string","format":"date-time"},"type":{"type":"string"},"activityId":{"type":"string"},"elementId":{"type":"string"},"detail":{"type":"string"}}}},"nextCursor":{"type":"string"}}})"},
    {"Incident", R"({"type":"object","required":["id","instanceId","activityId","at","fault","detail"],"properties":{
"id":{"type":"string"},"instanceId":{"type":"string"},"activityId":{"type":"string"},"at":{"type":"string","format":"date-time"},"fault":{"type":"string"},"detail":{"type":"string"}}})"},
    {"IncidentPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Incident"}},"nextCursor":{"type":"string"}}})"},
    {"FeedbackItem",
     R"({"type":"object","additionalProperties":false,"required":["channel","externalId"],"properties":{
"channel":{"type":"string"},"externalId":{"type":"string","description":"The network's own id; unique within the channel."},"network":{"type":"string","default":"import"},
"kind":{"enum":["post","comment","directMessage","mail","chat","sms","callTranscript","review","surveyAnswer"],"default":"post"},
"conversationId":{"type":"string"},"customerId":{"type":"string"},"caseId":{"type":"string"},"inReplyTo":{"type":"string"},
"author":{"type":"object","additionalProperties":false,"properties":{"id":{"type":"string"},"name":{"type":"string"},"handle":{"type":"string"},"reach":{"type":"integer","minimum":0}}},
"subject":{"type":"string"},"text":{"type":"string"},"language":{"type":"string","description":"When it is known; else it is guessed."},
"rating":{"type":"number"},"survey":{"type":"string"},"links":{"type":"array","items":{"type":"string"}},
"attachments":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"mediaType":{"type":"string"},"url":{"type":"string"}}}},
"publishedAt":{"type":"string","format":"date-time"}}})"},
    {"FeedbackRequest",
     R"({"type":"object","additionalProperties":false,"required":["items"],"properties":{"items":{"type":"array","maxItems":1000,"items":{"$ref":"#/components/schemas/FeedbackItem"}}},
"examples":[{"items":[{"channel":"survey","externalId":"4711","kind":"surveyAnswer","survey":"nps","rating":3,"text":"Zu langsam."}]}]})"},
    {"FeedbackAnswer",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object","required":["id","known"],"properties":{
"id":{"type":"string"},"known":{"type":"boolean","description":"True: it was there before."}}}}}})"},
    {"Feedback",
     R"({"type":"object","required":["id","status","channel","externalId","receivedAt","instanceIds"],"properties":{
"id":{"type":"string"},"status":{"enum":["received","taken","dead","erased"]},"channel":{"type":"string"},"externalId":{"type":"string"},
"receivedAt":{"type":"string","format":"date-time"},"instanceIds":{"type":"array","items":{"type":"string"},"description":"That took it."},
"conversationId":{"type":"string"},"customerId":{"type":"string"},"reason":{"type":"string","description":"Why no process took it."},"network":{"type":"string"},
"kind":{"type":"string"},"caseId":{"type":"string"},"inReplyTo":{"type":"string"},
"author":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"handle":{"type":"string"},"reach":{"type":"integer"}}},
"subject":{"type":"string"},"text":{"type":"string"},"understanding":{"$ref":"#/components/schemas/Understanding"},"rating":{"type":"number"},"survey":{"type":"string"},
"links":{"type":"array","items":{"type":"string"}},"attachments":{"type":"array","items":{"type":"object"}},
"publishedAt":{"type":"string","format":"date-time"},"raw":{"type":"string","description":"As it arrived."}}})"},
    {"FeedbackPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Feedback"}},"nextCursor":{"type":"string"}}})"},
    {"ReplayAnswer",
     R"({"type":"object","required":["id","status"],"properties":{"id":{"type":"string"},"status":{"const":"received"}}})"},
    {"Alert",
     R"({"type":"object","required":["id","episode","state","kind","severity","topic","channel","polarity","startedAt","at","posts","expected","evidence","instanceIds"],"properties":{
"id":{"type":"string"},"episode":{"type":"string"},"state":{"enum":["raised","worsened","cleared"]},"kind":{"enum":["burst","shift"]},"severity":{"enum":["notice","warning","critical"]},
"topic":{"type":"string","description":"Empty: all."},"channel":{"type":"string","description":"Empty: all."},"polarity":{"enum":["negative","neutral","positive","unsure"]},
"startedAt":{"type":"string","format":"date-time"},"at":{"type":"string","format":"date-time"},"posts":{"type":"integer"},"expected":{"type":"number"},
"evidence":{"type":"array","items":{"type":"string"},"description":"Ids of feedback."},"instanceIds":{"type":"array","items":{"type":"string"}}}})"},
    {"AlertPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Alert"}},"nextCursor":{"type":"string"}}})"},
    {"Delivery", R"({"type":"object","required":["id","channel","status","attempts"],"properties":{
"id":{"type":"string"},"channel":{"type":"string"},"status":{"enum":["awaitingApproval","due","sending","sent","refused","failed"]},"feedbackId":{"type":"string"},
"externalId":{"type":"string"},"attempts":{"type":"integer"},"nextAttemptAt":{"type":"string","format":"date-time"},"instanceId":{"type":"string"},"activityId":{"type":"string"},
"visibility":{"enum":["public","private"]},"text":{"type":"string"},"author":{"type":"string","description":"Absent: a bot."},"approvedBy":{"type":"string"},
"askedAt":{"type":"string","format":"date-time"},"endedAt":{"type":"string","format":"date-time"},"url":{"type":"string"},
"rule":{"type":"string","description":"That forbids it, or asks for approval."},"message":{"type":"string"}}})"},
    {"DeliveryWithHistory",
     R"({"allOf":[{"$ref":"#/components/schemas/Delivery"},{"type":"object","required":["history"],"properties":{
"history":{"type":"array","items":{"type":"object","required":["at","what"],"properties":{"at":{"type":"string","format":"date-time"},
"what":{"enum":["asked","approvalAsked","corrected","approved","rejected","sending","postponed","sent","refused","failed","told"]},
"by":{"type":"string"},"rule":{"type":"string"},"author":{"type":"string"},"subject":{"type":"string"},"text":{"type":"string","description":"The words as they were then; absent where they were erased."}}}}}}]})"},
    {"CorrectionRequest", R"({"type":"object","additionalProperties":false,"required":["text"],"properties":{
"text":{"type":"string","minLength":1,"maxLength":20000},"subject":{"type":"string","maxLength":1000}},"examples":[{"text":"We are sorry for the delay. It arrives tomorrow."}]})"},
    {"DeliveryPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Delivery"}},"nextCursor":{"type":"string"}}})"},
    {"ErasureAnswer",
     R"({"type":"object","required":["erased","erasedInstanceIds","keptInstanceIds","keptTaskIds"],"properties":{
"erased":{"type":"array","items":{"type":"string"},"description":"Feedback, answers and tasks whose contents are gone."},"erasedInstanceIds":{"type":"array","items":{"type":"string"}},
"keptInstanceIds":{"type":"array","items":{"type":"string"},"description":"They still run."},"keptTaskIds":{"type":"array","items":{"type":"string"},"description":"They are still open."}}})"},
    {"UnderstandRequest", R"({"type":"object","additionalProperties":false,"required":["text"],"properties":{
"text":{"type":"string","minLength":1,"description":"At most 32768 bytes."},"language":{"type":"string","pattern":"^[a-z]{2}$","description":"When it is known; else it is guessed."},
"rules":{"type":"string","description":"A rule set to try instead of the server's, in the form of its file."}},
"examples":[{"text":"Mein Paket ist immer noch nicht da!"}]})"},
    {"Match", R"({"type":"object","required":["name","score","words"],"properties":{
"name":{"type":"string"},"score":{"type":"number"},"words":{"type":"array","items":{"type":"string"}}}})"},
    {"ChannelRules",
     R"({"type":"object","description":"What the network allows; lengths in its own counting, 0: not at all.","required":["maxPublic","maxPrivate","counting","publicPosts","firstWord","privateReplies"],"properties":{
"maxPublic":{"type":"integer"},"maxPrivate":{"type":"integer"},"counting":{"enum":["characters","graphemes","weighted","utf16"]},
"publicPosts":{"type":"boolean","description":"A text to all that answers nothing."},"firstWord":{"type":"boolean","description":"We may write to who did not write first."},
"publicWindowSeconds":{"type":"integer"},"privateWindowSeconds":{"type":"integer"},"templateWindowSeconds":{"type":"integer","description":"After that, approved templates only."},
"noPromotionAfterSeconds":{"type":"integer"},"privateReplies":{"type":"integer","description":"How many to one comment; 0: any number."}}})"},
    {"Channel", R"({"type":"object","required":["name","network","pulls","rules","counters"],"properties":{
"name":{"type":"string"},"network":{"type":"string"},"pulls":{"type":"boolean"},"rules":{"$ref":"#/components/schemas/ChannelRules"},
"counters":{"type":"object","description":"Since the server started.","additionalProperties":{"type":"integer"}}}})"},
    {"ChannelPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Channel"}}}})"},
    {"Understanding",
     R"({"type":"object","required":["language","languageConfidence","sentiment","topics","intents","urgency","urgencyWords","rules"],"properties":{
"language":{"type":"string","description":"Two letters, or und."},"languageConfidence":{"type":"number","minimum":0,"maximum":1},
"sentiment":{"type":"object","required":["polarity","score","confidence","decidedBy","ironic","words"],"properties":{
"polarity":{"enum":["negative","neutral","positive","unsure"],"description":"unsure: the confidence is too low to say."},"score":{"type":"number","minimum":-1,"maximum":1},
"confidence":{"type":"number","minimum":0,"maximum":1},"decidedBy":{"enum":["lexicon","classifier"]},"ironic":{"type":"boolean"},
"words":{"type":"array","items":{"type":"object","required":["words","value","negated"],"properties":{"words":{"type":"string"},"value":{"type":"number","minimum":-10,"maximum":10},"negated":{"type":"boolean"}}}}}},
"topics":{"type":"array","items":{"$ref":"#/components/schemas/Match"}},"intents":{"type":"array","items":{"$ref":"#/components/schemas/Match"}},
"urgency":{"enum":["low","normal","high","critical"]},"urgencyWords":{"type":"array","items":{"type":"string"}},
"rules":{"type":"string","description":"Name, version and digest of the rule set."},"model":{"type":"string","description":"Name and digest of the classifier."}}})"},
    {"Health",
     R"({"type":"object","required":["status","version"],"properties":{"status":{"const":"up"},"version":{"type":"string"}}})"},
    {"Ready",
     R"({"type":"object","required":["ready"],"properties":{"ready":{"const":true},"processes":{"type":"integer"}}})"},
};

}  // namespace

std::span<const Schema> schemas() {
  static const std::vector<Schema> all = [] {
    std::vector<Schema> joined(std::begin(table), std::end(table));
    for (const auto& more : {task_schemas(), document_schemas()}) joined.insert(joined.end(), more.begin(), more.end());
    return joined;
  }();
  return all;
}

}  // namespace echoflow::rest
