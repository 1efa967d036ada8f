#pragma once
#include "adapters/json/writer.hpp"
#include "models/documentation/evidence.hpp"

namespace echoflow::documents {

// Each writes one value.
void write_versions(json::Writer& writer, const documentation::Evidence& evidence);
void write_elements(json::Writer& writer, const documentation::Evidence& evidence);
void write_roles(json::Writer& writer, const documentation::Evidence& evidence);
void write_conformance(json::Writer& writer, const documentation::Evidence& evidence);
void write_kpis(json::Writer& writer, const documentation::Evidence& evidence);
void write_complaints(json::Writer& writer, const documentation::Evidence& evidence);
void write_escalations(json::Writer& writer, const documentation::Evidence& evidence);
void write_incidents(json::Writer& writer, const documentation::Evidence& evidence);
void write_corrections(json::Writer& writer, const documentation::Evidence& evidence);
void write_case(json::Writer& writer, const documentation::SampleCase& one);

/// Everything but the files, as one object.
void write_evidence(json::Writer& writer, const documentation::Evidence& evidence);

}  // namespace echoflow::documents
