#include "adapters/rest/api.hpp"
#include "adapters/rest/documentation.hpp"
#include "adapters/rest/route_parameters.hpp"

namespace echoflow::rest {

namespace {

const QueryParameter from{"from", time_schema, "Only instances that started at this time or later."};
const QueryParameter to{"to", time_schema, "Only instances that started before this time."};

using enum Access;

/// Writing is the designers'; whoever may look may review and approve, unless the document names one.
Route act_route(std::string_view path, Access access, std::string_view id, std::string_view summary) {
  return {"POST",     path,          access, document_acts::act, id, "documents", summary,
          Body::json, "DocumentAct", 200,    "Document"};
}

std::vector<Route> proof_routes() {
  return {{"GET",
           "/api/v1/process-instances/export",
           read,
           mining::log,
           "exportProcessInstances",
           "process instances",
           "Instances as an event log for process mining: XES (IEEE 1849-2016) or OCEL 2.0 in JSON.",
           Body::none,
           {},
           200,
           {},
           "application/octet-stream",
           {{"format", R"({"enum":["xes","ocel"]})", "Which kind of log."},
            {"processKey", text_schema, "Only instances of this process."},
            from,
            to,
            {"pseudonyms", flag_schema, "People and business keys by pseudonyms."},
            {"structured", flag_schema, "Also the activities that only hold others together."}}},
          {"GET",
           "/api/v1/process-definitions/{id}/evidence",
           read,
           evidence::of_process,
           "getProcessEvidence",
           "evidence",
           "Evidence of the runs of a process, with this version as the one described: a signed file that echoflow "
           "verify checks, or its figures as JSON.",
           Body::none,
           {},
           200,
           {},
           "application/x-ndjson",
           {{"format", R"({"enum":["file","json"],"default":"file"})", "The evidence file, or the figures alone."},
            from,
            to,
            {"sample", R"({"type":"integer","minimum":1,"maximum":1000,"default":10})",
             "How many cases are shown step by step."}}},
          {"GET",
           "/api/v1/process-definitions/{id}/documentation/progress",
           read,
           definitions::documentation_progress,
           "getDocumentationProgress",
           "process definitions",
           "How many rows of the journal have been read for a document that another request waits for.",
           Body::none,
           {},
           200,
           "DocumentProgress",
           "application/json",
           {{"watch", R"({"type":"string","pattern":"^[A-Za-z0-9-]{8,64}$"})",
             "The name that was given to the request for the document."}}},
          {"GET",
           "/api/v1/evidence/key",
           open,
           evidence::key,
           "getEvidenceKey",
           "evidence",
           "The public key by which evidence and documents of this server are signed.",
           Body::none,
           {},
           200,
           "EvidenceKey"}};
}

}  // namespace

std::vector<Route> document_routes() {
  auto routes = proof_routes();
  const std::vector<Route> documents = {
      {"GET",
       "/api/v1/documents",
       read,
       document_views::list,
       "listDocuments",
       "documents",
       "List the controlled documents.",
       Body::none,
       {},
       200,
       "DocumentPage",
       "application/json",
       {{"processKey", text_schema, "Only documents about this process."},
        {"status", R"({"enum":["inactive","in work","in review","in release","released","withdrawn"]})",
         "Only documents with a version of this status."},
        {"reviewBefore", R"({"type":"string","format":"date"})",
         "Only documents whose review is due before this day."}}},
      {"POST", "/api/v1/documents", design, document_acts::create, "createDocument", "documents",
       "Begin to control the document of a process: version 1, inactive.", Body::json, "DocumentRequest", 201,
       "Document"},
      {"GET",
       "/api/v1/documents/{number}",
       read,
       document_views::get,
       "getDocument",
       "documents",
       "Show a document with its versions and signatures.",
       Body::none,
       {},
       200,
       "Document"},
      {"PATCH", "/api/v1/documents/{number}", design, document_acts::edit, "editDocument", "documents",
       "Change what the version in work says.", Body::json, "DocumentEdit", 200, "Document"},
      act_route("/api/v1/documents/{number}/begin", design, "beginDocument", "An inactive version comes into work."),
      act_route("/api/v1/documents/{number}/submit", design, "submitDocument",
                "The author signs the version in work and gives it to review."),
      act_route("/api/v1/documents/{number}/send-back", read, "sendBackDocument",
                "A version in review or in release comes back into work."),
      act_route("/api/v1/documents/{number}/check", read, "checkDocument",
                "A reviewer, not the author, signs; the version is in release."),
      act_route("/api/v1/documents/{number}/release", read, "releaseDocument",
                "An approver, not the author, signs; the version is released and replaces the one before."),
      act_route("/api/v1/documents/{number}/withdraw", design, "withdrawDocument", "Withdraw a version."),
      act_route("/api/v1/documents/{number}/revise", design, "reviseDocument", "Put the next version in work."),
      {"GET",
       "/api/v1/documents/{number}/history",
       read,
       document_views::history,
       "listDocumentActs",
       "documents",
       "List the acts on a document, oldest first, as the journal has them.",
       Body::none,
       {},
       200,
       "DocumentHistory"},
      {"GET",
       "/api/v1/documents/{number}/content",
       read,
       document_views::content,
       "getDocumentContent",
       "documents",
       "The stored file of a released version.",
       Body::none,
       {},
       200,
       {},
       "application/octet-stream",
       {{"version", R"({"type":"integer","minimum":1})", "Without it, the released version."},
        {"format", R"({"enum":["pdf","html","docx"],"default":"pdf"})", "The file's format."},
        {"lang", R"({"type":"string","default":"en"})", "Its language."}}}};
  routes.insert(routes.end(), documents.begin(), documents.end());
  return routes;
}

}  // namespace echoflow::rest
