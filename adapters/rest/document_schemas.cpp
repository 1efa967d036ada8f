#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

constexpr Schema table[] = {
    {"DocumentProgress", R"({"type":"object","required":["done","total"],"properties":{
      "done":{"type":"integer","description":"Rows of the journal that have been read."},
      "total":{"type":"integer","description":"Rows that there are."}}})"},
    {"EvidenceKey", R"({"type":"object","required":["algorithm","publicKey","fingerprint"],"properties":{
"algorithm":{"const":"Ed25519"},"publicKey":{"type":"string","description":"32 bytes in base64."},
"fingerprint":{"type":"string","description":"SHA-256 of the 32 bytes, in hexadecimal."}}})"},
    {"DocumentSignature", R"({"type":"object","required":["act","who","at","meaning","sha256"],"properties":{
"act":{"enum":["submit","check","release"]},"who":{"type":"string"},"at":{"type":"string","format":"date-time"},
"meaning":{"type":"string","description":"What the signature means: authorship, review, approval for release, or own words."},
"sha256":{"type":"string","description":"Of the content that was signed."}}})"},
    {"DocumentVersion",
     R"({"type":"object","required":["version","status","processId","processVersion","sha256"],"properties":{
"version":{"type":"integer"},"status":{"enum":["inactive","in work","in review","in release","released","withdrawn"]},
"processId":{"type":"string"},"processVersion":{"type":"integer"},"sourceSha256":{"type":"string"},
"sha256":{"type":"string","description":"Of what the version says; signatures are under it."},
"author":{"type":"string"},"change":{"type":"string"},"title":{"type":"string"},"owner":{"type":"string"},"reviewer":{"type":"string"},"approver":{"type":"string"},
"effectiveFrom":{"type":"string","format":"date"},"nextReview":{"type":"string","format":"date"},
"begunAt":{"type":"string","format":"date-time"},"releasedAt":{"type":"string","format":"date-time"},"withdrawnAt":{"type":"string","format":"date-time"},
"signatures":{"type":"array","items":{"$ref":"#/components/schemas/DocumentSignature"}},
"files":{"type":"array","items":{"type":"object","properties":{"format":{"type":"string"},"language":{"type":"string"},"sha256":{"type":"string"},"bytes":{"type":"integer"}}}}}})"},
    {"Document", R"({"type":"object","required":["number","processKey","status","versions"],"properties":{
"number":{"type":"string"},"processKey":{"type":"string"},"title":{"type":"string"},
"status":{"type":"string","description":"Of the newest version."},"releasedVersion":{"type":"integer"},"nextReview":{"type":"string","format":"date"},
"streamId":{"type":"string","description":"Of its acts in the journal."},
"versions":{"type":"array","items":{"$ref":"#/components/schemas/DocumentVersion"}}}})"},
    {"DocumentPage",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Document"}}}})"},
    {"DocumentParticulars", R"({"type":"object","properties":{
"title":{"type":"string"},"owner":{"type":"string"},"reviewer":{"type":"string","description":"Only this person may check; empty: anybody but the author."},
"approver":{"type":"string","description":"Only this person may release; empty: anybody but the author."},
"organisation":{"type":"string"},"purpose":{"type":"string"},"scope":{"type":"string"},"reviewMonths":{"type":"integer","minimum":1,"maximum":120,"default":12},
"terms":{"type":"array","items":{"type":"object","required":["name","meaning"],"properties":{"name":{"type":"string"},"meaning":{"type":"string"}}}},
"retentions":{"type":"array","items":{"type":"object","required":["record","period"],"properties":{"record":{"type":"string"},"place":{"type":"string"},"keeper":{"type":"string"},"period":{"type":"string"}}}}}})"},
    {"DocumentRequest",
     R"({"allOf":[{"$ref":"#/components/schemas/DocumentParticulars"}],"type":"object","required":["number"],"properties":{
"number":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$","examples":["VA-0007"]},"processKey":{"type":"string"},"processId":{"type":"string"},"reason":{"type":"string"}}})"},
    {"DocumentEdit",
     R"({"allOf":[{"$ref":"#/components/schemas/DocumentParticulars"}],"type":"object","properties":{"processId":{"type":"string","description":"The process version that it describes from now on."},"reason":{"type":"string"}}})"},
    {"DocumentAct", R"({"type":"object","additionalProperties":false,"required":["reason"],"properties":{
"reason":{"type":"string"},"version":{"type":"integer","minimum":1,"description":"Without it, the newest."},
"meaning":{"type":"string","description":"Of the signature, where the act is one."},
"effectiveFrom":{"type":"string","format":"date","description":"Of a release."},"nextReview":{"type":"string","format":"date","description":"Of a release."}},
"examples":[{"reason":"Checked against the deployed process","meaning":"technical review"}]})"},
    {"DocumentHistory",
     R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object",
"required":["act","version","from","to","who"],"properties":{"act":{"type":"string"},"version":{"type":"integer"},"from":{"type":"string"},"to":{"type":"string"},
"who":{"type":"string"},"reason":{"type":"string"},"signature":{"$ref":"#/components/schemas/DocumentSignature"}}}}}})"},
};

}  // namespace

std::span<const Schema> document_schemas() {
  return table;
}

}  // namespace echoflow::rest
