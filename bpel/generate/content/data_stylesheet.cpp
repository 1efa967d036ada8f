#include "bpel/generate/content/model_content.hpp"

namespace echoflow::generate {

namespace {

/// What XPath 1.0 cannot: to put together what is in several places. "take": the elements of a name in a message, as a
/// list or a structure without namespaces; "put": one more item, in the order of the instances; "close": the items
/// without their numbers.
constexpr std::string_view data_stylesheet = R"XSL(<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" omit-xml-declaration="yes"/>
  <xsl:param name="do"/>
  <xsl:param name="name"/>
  <xsl:param name="at" select="0"/>
  <xsl:param name="value" select="/.."/>
  <xsl:param name="text"/>
  <xsl:template match="/*">
    <data>
      <xsl:choose>
        <xsl:when test="$do = 'structure'">
          <xsl:apply-templates select="*[local-name() = $name][1]/@*[namespace-uri() = '']" mode="plain"/>
          <xsl:apply-templates select="*[local-name() = $name][1]/node()" mode="plain"/>
        </xsl:when>
        <xsl:when test="$do = 'list' and count(*[local-name() = $name]) = 1 and *[local-name() = $name]/*[local-name() = 'item']">
          <xsl:apply-templates select="*[local-name() = $name]/*[local-name() = 'item']" mode="item"/>
        </xsl:when>
        <xsl:when test="$do = 'list'">
          <xsl:apply-templates select="*[local-name() = $name]" mode="item"/>
        </xsl:when>
        <xsl:when test="$do = 'put'">
          <xsl:copy-of select="*[@at &lt; $at]"/>
          <item at="{$at}">
            <xsl:apply-templates select="$value/@*[namespace-uri() = '']" mode="plain"/>
            <xsl:apply-templates select="$value/node()" mode="plain"/>
            <xsl:value-of select="$text"/>
          </item>
          <xsl:copy-of select="*[@at &gt; $at]"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="*">
            <item><xsl:copy-of select="@*[name() != 'at']"/><xsl:copy-of select="node()"/></item>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </data>
  </xsl:template>
  <xsl:template match="*" mode="item">
    <item>
      <xsl:apply-templates select="@*[namespace-uri() = '']" mode="plain"/>
      <xsl:apply-templates select="node()" mode="plain"/>
    </item>
  </xsl:template>
  <xsl:template match="*" mode="plain">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*[namespace-uri() = '']" mode="plain"/>
      <xsl:apply-templates select="node()" mode="plain"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="@*|text()" mode="plain"><xsl:copy/></xsl:template>
</xsl:stylesheet>
)XSL";

}  // namespace

std::string_view data_stylesheet_text() {
  return data_stylesheet;
}

}  // namespace echoflow::generate
