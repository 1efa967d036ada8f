#include "models/xml/writer.hpp"

#include <gtest/gtest.h>

#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::xml {
namespace {

using namespace std::string_literals;

/// Writes, and checks that what was written reads as the same and is written the same again.
std::string stable(const Document& d) {
  const std::string text = to_string(d);
  const auto again = read(text);
  EXPECT_TRUE(again.ok()) << text;
  if (again.ok()) {
    EXPECT_EQ(to_string(*again), text);
  }
  return text;
}

TEST(writer, escapes_what_a_reader_would_change) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "", "a");
  d.set_attribute(a, "", "k", "<&>\"'\t\n\r ä");
  d.append_text(a, "<&>\"'\t\n\r ]]> ä");
  EXPECT_EQ(stable(d), "<a k=\"&lt;&amp;>&quot;'&#9;&#10;&#13; ä\">&lt;&amp;&gt;\"'\t\n&#13; ]]&gt; ä</a>");
  const auto again = read(to_string(d));
  EXPECT_EQ(again->attribute(again->document_element(), "k"), d.attribute(a, "k"));
  EXPECT_EQ(again->string_value(root_node), d.string_value(root_node));
}

TEST(writer, never_writes_what_xml_cannot_hold) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "", "a");
  d.append_text(a,
                "1\0"
                "2\x01"
                "3\x1f"
                "4\xff"
                "5\xed\xa0\x80"
                "6\xef\xbf\xbf"
                "7\xc3"s);
  d.append_comment(a, "\0-"s);
  d.append_processing_instruction(a, "t", "\x02?>");
  const std::string text = stable(d);
  EXPECT_EQ(text, "<a>1�2�3�4�5���6�7�<!--�- --><?t �? >?></a>");
}

TEST(writer, comments_and_instructions_stay_closed) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "", "a");
  d.append_comment(a, "--> <x/> ---");
  d.append_processing_instruction(a, "t", "  ?>?> ");
  EXPECT_EQ(stable(d), "<a><!--- -> <x/> - - - --><?t ? >? > ?></a>");
}

TEST(writer, declares_what_is_used) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "urn:a", "a");
  const NodeIndex b = d.append_element(a, "urn:b", "b", "p");
  d.set_attribute(b, "urn:c", "x", "1", "p");  // its prefix is taken
  d.set_attribute(b, "urn:d", "y", "2");       // it has none
  d.set_attribute(b, "urn:b", "z", "3");       // one is in scope
  d.append_element(b, "", "c");
  d.append_element(b, "urn:a", "e");
  EXPECT_EQ(stable(d),
            "<a xmlns=\"urn:a\"><p:b xmlns:p=\"urn:b\" xmlns:ns1=\"urn:c\" xmlns:ns2=\"urn:d\" ns1:x=\"1\" ns2:y=\"2\" "
            "p:z=\"3\">"
            "<c xmlns=\"\"/><e/></p:b></a>");
}

TEST(writer, names_win_over_declarations) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "urn:a", "a", "p");
  d.declare_namespace(a, "p", "urn:other");
  const NodeIndex b = d.append_element(a, "", "b");
  d.declare_namespace(b, "", "urn:default");
  const auto again = read(stable(d));
  EXPECT_EQ(again->qname(again->document_element()), (QName{"urn:a", "a"}));
  EXPECT_EQ(again->lookup_namespace(again->document_element(), "p"), "urn:other");
  EXPECT_EQ(again->qname(again->first_child(again->document_element())), (QName{"", "b"}));
}

TEST(writer, shadowed_prefixes_are_not_used) {
  Document d = *read("<p:a xmlns:p='urn:1'><p:b xmlns:p='urn:2'/></p:a>");
  const NodeIndex b = d.first_child(d.document_element());
  d.append_element(b, "urn:1", "c", "p");
  d.set_attribute(b, "urn:1", "k", "v", "p");
  const auto again = read(stable(d));
  const NodeIndex inner = again->first_child(again->document_element());
  EXPECT_EQ(again->qname(inner), (QName{"urn:2", "b"}));
  EXPECT_EQ(again->attribute(inner, "k", "urn:1"), "v");
  EXPECT_EQ(again->qname(again->first_child(inner)), (QName{"urn:1", "c"}));
}

TEST(writer, a_part_carries_what_is_in_scope) {
  const Document d = *read("<e xmlns:p='urn:p' xmlns='urn:d'><x t='p:T'><y/></x></e>");
  const NodeIndex x = d.first_child(d.document_element());
  EXPECT_EQ(to_string(d, x), "<x xmlns=\"urn:d\" xmlns:p=\"urn:p\" t=\"p:T\"><y/></x>");
}

TEST(writer, the_xml_prefix_needs_no_declaration) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "", "a");
  d.set_attribute(a, ns::xml, "lang", "de", "x");
  EXPECT_EQ(stable(d), "<a xml:lang=\"de\"/>");
}

TEST(writer, begins_with_a_declaration_when_asked) {
  WriteOptions options;
  options.declaration = true;
  EXPECT_EQ(to_string(*read("<a/>"), root_node, options), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>");
}

TEST(writer, appends) {
  std::string out = "before ";
  write(*read("<a/>"), root_node, out);
  EXPECT_EQ(out, "before <a/>");
}

TEST(writer, removed_nodes_are_gone) {
  Document d = *read("<a><b/><c/></a>");
  d.remove(d.first_child(d.document_element()));
  EXPECT_EQ(stable(d), "<a><c/></a>");
}

}  // namespace
}  // namespace echoflow::xml
