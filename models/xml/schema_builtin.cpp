#include "models/xml/schema_builtin.hpp"

#include "models/base/namespaces.hpp"

namespace echoflow::xml {
namespace {

constexpr std::string_view xml_namespace = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:string"/>
  <xs:attribute name="space">
    <xs:simpleType>
      <xs:restriction base="xs:NCName"><xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction>
    </xs:simpleType>
  </xs:attribute>
  <xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/>
  <xs:attributeGroup name="specialAttrs">
    <xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/><xs:attribute ref="xml:id"/>
  </xs:attributeGroup>
</xs:schema>)";

// WS-BPEL 2.0 §6.3: the container of an endpoint reference.
constexpr std::string_view service_reference = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:s="http://docs.oasis-open.org/wsbpel/2.0/serviceref" elementFormDefault="qualified"
    targetNamespace="http://docs.oasis-open.org/wsbpel/2.0/serviceref">
  <xs:element name="service-ref" type="s:ServiceRefType"/>
  <xs:complexType name="ServiceRefType">
    <xs:sequence><xs:any namespace="##other" processContents="lax"/></xs:sequence>
    <xs:attribute name="reference-scheme" type="xs:anyURI"/>
  </xs:complexType>
</xs:schema>)";

constexpr std::string_view addressing = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:a="http://www.w3.org/2005/08/addressing" elementFormDefault="qualified" blockDefault="#all"
    targetNamespace="http://www.w3.org/2005/08/addressing">
  <xs:complexType name="AttributedURIType">
    <xs:simpleContent>
      <xs:extension base="xs:anyURI"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="ReferenceParametersType">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="MetadataType">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="EndpointReferenceType">
    <xs:sequence>
      <xs:element name="Address" type="a:AttributedURIType"/>
      <xs:element ref="a:ReferenceParameters" minOccurs="0"/>
      <xs:element ref="a:Metadata" minOccurs="0"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="RelatesToType">
    <xs:simpleContent>
      <xs:extension base="xs:anyURI">
        <xs:attribute name="RelationshipType" type="xs:anyURI" default="http://www.w3.org/2005/08/addressing/reply"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:element name="EndpointReference" type="a:EndpointReferenceType"/>
  <xs:element name="ReferenceParameters" type="a:ReferenceParametersType"/>
  <xs:element name="Metadata" type="a:MetadataType"/>
  <xs:element name="MessageID" type="a:AttributedURIType"/>
  <xs:element name="RelatesTo" type="a:RelatesToType"/>
  <xs:element name="ReplyTo" type="a:EndpointReferenceType"/>
  <xs:element name="From" type="a:EndpointReferenceType"/>
  <xs:element name="FaultTo" type="a:EndpointReferenceType"/>
  <xs:element name="To" type="a:AttributedURIType"/>
  <xs:element name="Action" type="a:AttributedURIType"/>
  <xs:attribute name="IsReferenceParameter" type="xs:boolean"/>
</xs:schema>)";

// The submission of 2004, which older services still speak.
constexpr std::string_view addressing_2004 = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" elementFormDefault="qualified"
    targetNamespace="http://schemas.xmlsoap.org/ws/2004/08/addressing">
  <xs:complexType name="AttributedURI">
    <xs:simpleContent>
      <xs:extension base="xs:anyURI"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="AttributedQName">
    <xs:simpleContent>
      <xs:extension base="xs:QName"><xs:anyAttribute namespace="##other" processContents="lax"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="ServiceNameType">
    <xs:simpleContent>
      <xs:extension base="xs:QName">
        <xs:attribute name="PortName" type="xs:NCName"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="ReferencePropertiesType">
    <xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  </xs:complexType>
  <xs:complexType name="ReferenceParametersType">
    <xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  </xs:complexType>
  <xs:complexType name="EndpointReferenceType">
    <xs:sequence>
      <xs:element name="Address" type="a:AttributedURI"/>
      <xs:element name="ReferenceProperties" type="a:ReferencePropertiesType" minOccurs="0"/>
      <xs:element name="ReferenceParameters" type="a:ReferenceParametersType" minOccurs="0"/>
      <xs:element name="PortType" type="a:AttributedQName" minOccurs="0"/>
      <xs:element name="ServiceName" type="a:ServiceNameType" minOccurs="0"/>
      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
  <xs:complexType name="Relationship">
    <xs:simpleContent>
      <xs:extension base="xs:anyURI">
        <xs:attribute name="RelationshipType" type="xs:QName"/>
        <xs:anyAttribute namespace="##other" processContents="lax"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:element name="EndpointReference" type="a:EndpointReferenceType"/>
  <xs:element name="MessageID" type="a:AttributedURI"/>
  <xs:element name="RelatesTo" type="a:Relationship"/>
  <xs:element name="To" type="a:AttributedURI"/>
  <xs:element name="Action" type="a:AttributedURI"/>
  <xs:element name="From" type="a:EndpointReferenceType"/>
  <xs:element name="ReplyTo" type="a:EndpointReferenceType"/>
  <xs:element name="FaultTo" type="a:EndpointReferenceType"/>
</xs:schema>)";

// SOAP 1.1 §5: arrays and structures; what schemas of rpc/encoded times derive from.
constexpr std::string_view soap_encoding = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" targetNamespace="http://schemas.xmlsoap.org/soap/encoding/">
  <xs:attribute name="root" type="xs:boolean"/>
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:attribute name="offset" type="xs:string"/>
  <xs:attribute name="position" type="xs:string"/>
  <xs:attributeGroup name="commonAttributes">
    <xs:attribute name="id" type="xs:ID"/>
    <xs:attribute name="href" type="xs:anyURI"/>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:attributeGroup>
  <xs:attributeGroup name="arrayAttributes">
    <xs:attribute ref="e:arrayType"/>
    <xs:attribute ref="e:offset"/>
  </xs:attributeGroup>
  <xs:attributeGroup name="arrayMemberAttributes"><xs:attribute ref="e:position"/></xs:attributeGroup>
  <xs:group name="Array">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  </xs:group>
  <xs:group name="Struct">
    <xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  </xs:group>
  <xs:complexType name="Array">
    <xs:group ref="e:Array" minOccurs="0"/>
    <xs:attributeGroup ref="e:arrayAttributes"/>
    <xs:attributeGroup ref="e:commonAttributes"/>
  </xs:complexType>
  <xs:complexType name="Struct">
    <xs:group ref="e:Struct" minOccurs="0"/>
    <xs:attributeGroup ref="e:commonAttributes"/>
  </xs:complexType>
  <xs:element name="Array" type="e:Array"/>
  <xs:element name="Struct" type="e:Struct"/>
  <xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
  <xs:complexType name="string">
    <xs:simpleContent>
      <xs:extension base="xs:string"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="int">
    <xs:simpleContent>
      <xs:extension base="xs:int"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="boolean">
    <xs:simpleContent>
      <xs:extension base="xs:boolean"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="decimal">
    <xs:simpleContent>
      <xs:extension base="xs:decimal"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="double">
    <xs:simpleContent>
      <xs:extension base="xs:double"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="dateTime">
    <xs:simpleContent>
      <xs:extension base="xs:dateTime"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
</xs:schema>)";

// Only what schemas take from WSDL: the attribute that annotates an array's type.
constexpr std::string_view wsdl_attributes = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://schemas.xmlsoap.org/wsdl/">
  <xs:attribute name="arrayType" type="xs:string"/>
</xs:schema>)";

constexpr std::string_view mime_attributes = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:m="http://www.w3.org/2005/05/xmlmime" targetNamespace="http://www.w3.org/2005/05/xmlmime">
  <xs:attribute name="contentType" type="xs:string"/>
  <xs:attribute name="expectedContentTypes" type="xs:string"/>
  <xs:complexType name="base64Binary">
    <xs:simpleContent>
      <xs:extension base="xs:base64Binary"><xs:attribute ref="m:contentType"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="hexBinary">
    <xs:simpleContent>
      <xs:extension base="xs:hexBinary"><xs:attribute ref="m:contentType"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
</xs:schema>)";

}  // namespace

const std::vector<BuiltinSchema>& builtin_schemas() {
  static const std::vector<BuiltinSchema> all = {
      {ns::serviceref, service_reference},
      {ns::xml, xml_namespace},
      {ns::wsa, addressing},
      {"http://schemas.xmlsoap.org/ws/2004/08/addressing", addressing_2004},
      {"http://schemas.xmlsoap.org/soap/encoding/", soap_encoding},
      {ns::wsdl, wsdl_attributes},
      {"http://www.w3.org/2005/05/xmlmime", mime_attributes},
  };
  return all;
}

const BuiltinSchema* builtin_schema(std::string_view ns) {
  for (const BuiltinSchema& schema : builtin_schemas())
    if (schema.ns == ns) return &schema;
  return nullptr;
}

}  // namespace echoflow::xml
