// What the schemas declare, read from Xerces' component model.
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/framework/psvi/XSComplexTypeDefinition.hpp>
#include <xercesc/framework/psvi/XSElementDeclaration.hpp>
#include <xercesc/framework/psvi/XSModel.hpp>
#include <xercesc/framework/psvi/XSNamedMap.hpp>
#include <xercesc/framework/psvi/XSSimpleTypeDefinition.hpp>

#include "models/base/namespaces.hpp"
#include "models/xml/schema_pool.hpp"
#include "models/xml/xerces_text.hpp"

namespace echoflow::xml {
namespace {

using namespace xercesc;

QName name_of(XSObject& object) {
  return {to_utf8(object.getNamespace()), to_utf8(object.getName())};
}

TypeVariety variety_of(XSTypeDefinition& type) {
  if (type.getTypeCategory() == XSTypeDefinition::SIMPLE_TYPE) return TypeVariety::simple;
  const auto content = static_cast<XSComplexTypeDefinition&>(type).getContentType();
  return content == XSComplexTypeDefinition::CONTENTTYPE_SIMPLE ? TypeVariety::complex_simple_content
                                                                : TypeVariety::complex;
}

XSSimpleTypeDefinition* simple_content(XSTypeDefinition& type) {
  if (type.getTypeCategory() == XSTypeDefinition::SIMPLE_TYPE) return static_cast<XSSimpleTypeDefinition*>(&type);
  return static_cast<XSComplexTypeDefinition&>(type).getSimpleType();
}

TypeInfo info_of(XSTypeDefinition& type) {
  TypeInfo info;
  info.variety = variety_of(type);
  if (!type.getAnonymous()) info.name = name_of(type);
  XSSimpleTypeDefinition* simple = simple_content(type);
  if (simple != nullptr && simple->getVariety() == XSSimpleTypeDefinition::VARIETY_ATOMIC &&
      simple->getPrimitiveType() != nullptr)
    info.primitive = name_of(*simple->getPrimitiveType());
  XSTypeDefinition* at = &type;
  for (XSTypeDefinition* base = at->getBaseType(); base != nullptr && base != at; base = at->getBaseType()) {
    if (!base->getAnonymous()) info.ancestors.push_back(name_of(*base));
    at = base;
  }
  return info;
}

template <class Visit>
void each(const GrammarPool& pool, XSConstants::COMPONENT_TYPE kind, const Visit& visit) {
  bool changed = false;
  XSModel* model = pool.xerces().getXSModel(changed);
  XSNamedMap<XSObject>* components = model->getComponents(kind);
  if (components == nullptr) return;
  for (XMLSize_t i = 0; i < components->getLength(); ++i) visit(*components->item(i));
}

}  // namespace

SchemaNames names_of(const GrammarPool& pool) {
  SchemaNames names;
  each(pool, XSConstants::TYPE_DEFINITION, [&](XSObject& object) {
    TypeInfo info = info_of(static_cast<XSTypeDefinition&>(object));
    if (info.name.ns != ns::xsd && !info.name.empty()) names.types.emplace(info.name, std::move(info));
  });
  each(pool, XSConstants::ELEMENT_DECLARATION, [&](XSObject& object) {
    QName name = name_of(object);
    auto& element = static_cast<XSElementDeclaration&>(object);
    XSTypeDefinition* type = element.getTypeDefinition();
    if (XSElementDeclaration* head = element.getSubstitutionGroupAffiliation())
      names.substitution_heads.emplace(name, name_of(*head));
    if (name.ns != value_ns) names.elements.emplace(std::move(name), type == nullptr ? TypeInfo{} : info_of(*type));
  });
  return names;
}

const std::map<QName, TypeInfo>& builtin_types() {
  static const std::map<QName, TypeInfo> types = [] {
    std::map<QName, TypeInfo> all;
    std::vector<PoolError> errors;
    const GrammarPool pool(SchemaTexts{{"<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"" +
                                        std::string(value_ns) + "\"><xs:element name=\"value\"/></xs:schema>"}},
                           errors);
    each(pool, XSConstants::TYPE_DEFINITION, [&](XSObject& object) {
      TypeInfo info = info_of(static_cast<XSTypeDefinition&>(object));
      if (info.name.ns == ns::xsd) all.emplace(info.name, std::move(info));
    });
    return all;
  }();
  return types;
}

}  // namespace echoflow::xml
