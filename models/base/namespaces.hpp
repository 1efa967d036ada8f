#pragma once
#include <string_view>

/// The namespace URIs of the standards, one name each.
namespace echoflow::ns {

inline constexpr std::string_view bpel = "http://docs.oasis-open.org/wsbpel/2.0/process/executable";
inline constexpr std::string_view bpel_abstract = "http://docs.oasis-open.org/wsbpel/2.0/process/abstract";
inline constexpr std::string_view plnktype = "http://docs.oasis-open.org/wsbpel/2.0/plnktype";
inline constexpr std::string_view varprop = "http://docs.oasis-open.org/wsbpel/2.0/varprop";
inline constexpr std::string_view serviceref = "http://docs.oasis-open.org/wsbpel/2.0/serviceref";
inline constexpr std::string_view xpath1_sublang = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0";
inline constexpr std::string_view xpath2_sublang = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath2.0";
inline constexpr std::string_view wsdl = "http://schemas.xmlsoap.org/wsdl/";
inline constexpr std::string_view wsdl_soap = "http://schemas.xmlsoap.org/wsdl/soap/";
inline constexpr std::string_view wsdl_soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
inline constexpr std::string_view soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr std::string_view soap12 = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view xsi = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view xmlns = "http://www.w3.org/2000/xmlns/";
inline constexpr std::string_view wsa = "http://www.w3.org/2005/08/addressing";
inline constexpr std::string_view xpath_functions = "http://www.w3.org/2005/xpath-functions";
inline constexpr std::string_view ode_deploy = "http://www.apache.org/ode/schemas/dd/2007/03";
inline constexpr std::string_view ode_extension = "http://www.apache.org/ode/type/extension";

}  // namespace echoflow::ns
