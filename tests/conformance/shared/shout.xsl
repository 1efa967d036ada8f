<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:p="urn:echoflow:test:probe">
  <xsl:param name="mark">!</xsl:param>
  <xsl:template match="p:request">
    <xsl:if test=". = 'never'"><xsl:message terminate="yes">never is refused</xsl:message></xsl:if>
    <p:response><xsl:value-of select="concat(., $mark)"/></p:response>
  </xsl:template>
</xsl:stylesheet>
