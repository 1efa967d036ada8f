#pragma once
#include <string_view>

/// The namespaces of the customer-experience steps: our own, WS-BPEL4People 1.1 and WS-HumanTask 1.1.
namespace echoflow::ns {

inline constexpr std::string_view cx = "urn:echoflow:cx:1.0";
inline constexpr std::string_view b4p = "http://docs.oasis-open.org/ns/bpel4people/bpel4people/200803";
inline constexpr std::string_view htd = "http://docs.oasis-open.org/ns/bpel4people/ws-humantask/200803";
inline constexpr std::string_view htt = "http://docs.oasis-open.org/ns/bpel4people/ws-humantask/types/200803";

}  // namespace echoflow::ns
