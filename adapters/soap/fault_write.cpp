#include "adapters/soap/fault.hpp"
#include "adapters/soap/parts.hpp"
#include "adapters/soap/text.hpp"

namespace echoflow::soap {

namespace {

std::string_view code_of(Blame blame, SoapVersion version) {
  const bool v11 = version == SoapVersion::soap11;
  switch (blame) {
    case Blame::client:
      return v11 ? "soap:Client" : "soap:Sender";
    case Blame::server:
      return v11 ? "soap:Server" : "soap:Receiver";
    case Blame::version_mismatch:
      return "soap:VersionMismatch";
    case Blame::must_understand:
      return "soap:MustUnderstand";
  }
  return "soap:Server";
}

/// ">f:local<" with the declaration that the prefix needs, to stand after an open tag's name.
void append_qname(const QName& name, std::string& out) {
  if (!name.ns.empty()) {
    out += " xmlns:f=\"";
    append_escaped(name.ns, out);
    out += '"';
  }
  out += name.ns.empty() ? ">" : ">f:";
  append_escaped(name.local, out);
}

void append_detail(const Fault& fault, std::string& out) {
  if (fault.has_data()) {
    for (std::size_t i = 0; i < fault.parts.size(); ++i) write_part(fault.parts, i, out);
  } else if (!fault.detail.empty()) {
    out.append("<explanation xmlns=\"").append(fault_namespace).append("\">");
    append_escaped(fault.detail, out);
    out += "</explanation>";
  }
}

}  // namespace

int http_status(const SoapError& error) {
  return error.version == SoapVersion::soap12 && error.blame == Blame::client ? 400 : 500;
}

std::string write_error(const SoapError& error) {
  std::string out;
  open_envelope(error.version, {}, out);
  if (error.version == SoapVersion::soap11) {
    out.append("<soap:Fault><faultcode>")
        .append(code_of(error.blame, error.version))
        .append("</faultcode><faultstring>");
    append_escaped(error.message, out);
    out += "</faultstring></soap:Fault>";
  } else {
    out.append("<soap:Fault><soap:Code><soap:Value>").append(code_of(error.blame, error.version));
    out += "</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">";
    append_escaped(error.message, out);
    out += "</soap:Text></soap:Reason></soap:Fault>";
  }
  close_envelope(out);
  return out;
}

std::string write_fault(SoapVersion version, const Fault& fault, const Addressing& addressing) {
  std::string out, headers;
  write_addressing(addressing, headers);
  open_envelope(version, headers, out);
  if (version == SoapVersion::soap11) {
    out += "<soap:Fault><faultcode";
    append_qname(fault.name, out);
    out += "</faultcode><faultstring>";
    append_escaped(fault.name.local, out);
    out += "</faultstring><detail>";
    append_detail(fault, out);
    out += "</detail></soap:Fault>";
  } else {
    out += "<soap:Fault><soap:Code><soap:Value>soap:Receiver</soap:Value><soap:Subcode><soap:Value";
    append_qname(fault.name, out);
    out += "</soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">";
    append_escaped(fault.name.local, out);
    out += "</soap:Text></soap:Reason><soap:Detail>";
    append_detail(fault, out);
    out += "</soap:Detail></soap:Fault>";
  }
  close_envelope(out);
  return out;
}

}  // namespace echoflow::soap
