#pragma once
#include "bpel/wsdl/definitions.hpp"

/// Whether two WSDL definitions of one name say the same, wherever they stand.
namespace echoflow::rules {

bool say_the_same(const wsdl::Message& a, const wsdl::Message& b);
bool say_the_same(const wsdl::PortType& a, const wsdl::PortType& b);
bool say_the_same(const wsdl::PartnerLinkType& a, const wsdl::PartnerLinkType& b);
bool say_the_same(const wsdl::Property& a, const wsdl::Property& b);
bool say_the_same(const wsdl::PropertyAlias& a, const wsdl::PropertyAlias& b);

}  // namespace echoflow::rules
