#include "models/xml/reader.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "models/xml/writer.hpp"

namespace echoflow::xml {
namespace {

using namespace std::string_literals;

std::string read_back(std::string_view text) {
  const auto document = read(text);
  return document.ok() ? to_string(*document) : "error: " + document.error().message;
}

ReadError refusal(std::string_view text, const ReadOptions& options = {}) {
  auto document = read(text, options);
  EXPECT_FALSE(document.ok()) << text.substr(0, 200);
  return document.ok() ? ReadError{} : document.error();
}

std::string repeat(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(reader, keeps_names_attributes_text_comments_and_instructions) {
  const std::string text =
      "<?xml version='1.0'?>\n<!--top--><p:a xmlns:p='urn:p' xmlns='urn:d' p:x='1' x='2'>t<b/><!--c--><?pi some data?>"
      "<![CDATA[<&]]>&lt;&#228;</p:a><?end?>";
  const auto d = read(text);
  ASSERT_TRUE(d.ok());
  const NodeIndex a = d->document_element();
  EXPECT_EQ(d->qname(a), (QName{"urn:p", "a"}));
  EXPECT_EQ(d->prefix(a), "p");
  EXPECT_EQ(d->attribute(a, "x"), "2");
  EXPECT_EQ(d->attribute(a, "x", "urn:p"), "1");
  EXPECT_EQ(d->namespace_uri(d->first_child_element(a)), "urn:d");
  EXPECT_EQ(d->value(d->last_child(a)), "<&<ä");  // adjacent text is one node
  EXPECT_EQ(to_string(*d),
            "<!--top--><p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:x=\"1\" x=\"2\">t<b/><!--c--><?pi some data?>"
            "&lt;&amp;&lt;ä</p:a><?end?>");
}

TEST(reader, leaves_comments_out_when_asked) {
  ReadOptions options;
  options.keep_comments = false;
  EXPECT_EQ(to_string(*read("<a>x<!-- c -->y</a>", options)), "<a>xy</a>");
}

TEST(reader, normalizes_as_xml_says) {
  EXPECT_EQ(read_back("<a b='x\r\ny\tz'>l\r\nm\rn</a>"), "<a b=\"x y z\">l\nm\nn</a>");
  EXPECT_EQ(read_back("<a b='&#10;&#13;&#9;'>&#13;</a>"), "<a b=\"&#10;&#13;&#9;\">&#13;</a>");
}

TEST(reader, accepts_utf8_utf16_and_latin1) {
  EXPECT_EQ(read_back("\xef\xbb\xbf<a>ä€😀</a>"), "<a>ä€😀</a>");
  EXPECT_EQ(read_back("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>"), "<a>ä</a>");
  EXPECT_EQ(read_back("\xff\xfe<\0a\0>\0\xe4\0=\xd8\0\xde<\0/\0a\0>\0"s), "<a>ä😀</a>");
  EXPECT_EQ(read_back("\xfe\xff\0<\0a\0/\0>"s), "<a/>");
  EXPECT_EQ(read_back("<\0a\0/\0>\0"s), "<a/>");
  const std::string declared = "<?xml version='1.0' encoding='UTF-16'?><a/>";
  std::string wide = "\xff\xfe";
  for (const char c : declared) (wide += c) += '\0';
  EXPECT_EQ(read_back(wide), "<a/>");
}

TEST(reader, refuses_other_encodings) {
  EXPECT_NE(refusal("<?xml version='1.0' encoding='UTF-7'?><a/>").message.find("UTF-7"), std::string::npos);
  EXPECT_NE(refusal("<?xml version='1.0' encoding='nonsense'?><a/>").message, "");
  refusal("\x4c\x6f\xa7\x94\x93");
  refusal("\0\0\0<\0\0\0a"s);
  refusal("\xff\xfe<\0a\0>"s);                      // cut off in a character
  refusal("\xff\xfe<\0a\0>\0\0\xd8<\0/\0a\0>\0"s);  // half a character
}

TEST(reader, refuses_what_is_not_well_formed) {
  for (const char* text : {"",
                           " ",
                           "text",
                           "<a>",
                           "<a></b>",
                           "<a/><b/>",
                           "<a/>text",
                           "<a b='1' b='2'/>",
                           "<a b=1/>",
                           "<a b/>",
                           "<p:a/>",
                           "<a p:b=''/>",
                           "<a xmlns:p=''/>",
                           "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>",
                           "<a>&unknown;</a>",
                           "<a>&</a>",
                           "<a><</a>",
                           "<a>]]></a>",
                           "<a>&#0;</a>",
                           "<a>&#1;</a>",
                           "<a>\x01</a>",
                           "<a>&#xD800;</a>",
                           "<a>&#xFFFE;</a>",
                           "<a>\xff</a>",
                           "<a>\xc0\x80</a>",
                           "<a>\xed\xa0\x80</a>",
                           "<a><!-- -- --></a>",
                           "<1a/>",
                           "<a:b:c xmlns:a='u'/>",
                           "<?xml version='1.1'?><a/>",
                           "<?xml version='2.0'?><a/>",
                           " <?xml version='1.0'?><a/>",
                           "<a xmlns:xml='u'/>",
                           "<a xmlns:xmlns='u'/>"}) {
    const ReadError error = refusal(text);
    EXPECT_EQ(error.limit, "") << text;
    EXPECT_NE(error.message, "") << text;
  }
  EXPECT_NE(refusal("<a>\0</a>"s).message, "");
}

TEST(reader, errors_have_a_place) {
  ReadOptions options;
  options.file = "x/y.xml";
  const ReadError error = refusal("<a>\n  <b></c>\n</a>", options);
  EXPECT_EQ(error.where.file, "x/y.xml");
  EXPECT_EQ(error.where.line, 2u);
  EXPECT_GT(error.where.column, 3u);
}

TEST(reader, refuses_every_doctype) {
  for (const char* text :
       {"<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<?xml version='1.0'?><!-- c -->\n<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:1/'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>%p;]><a/>"})
    EXPECT_EQ(refusal(text).limit, "doctype") << text;
  const ReadError error = refusal("<?xml version='1.0'?>\n  <!DOCTYPE a><a/>");
  EXPECT_EQ(error.where, (SourceLocation{"", 2, 3}));
  std::string wide = "\xff\xfe";
  for (const char c : "<!DOCTYPE a><a/>"s) (wide += c) += '\0';
  EXPECT_EQ(refusal(wide).limit, "doctype");
  // These only look like one.
  EXPECT_EQ(read_back("<a><!-- <!DOCTYPE b> --><![CDATA[<!DOCTYPE c>]]></a>"),
            "<a><!-- <!DOCTYPE b> -->&lt;!DOCTYPE c&gt;</a>");
}

TEST(reader, attack_documents_end_quickly) {
  std::string laughs = "<!DOCTYPE l [<!ENTITY a0 'ha'>";
  for (int i = 1; i < 20; ++i)
    laughs += "<!ENTITY a" + std::to_string(i) + " '" + repeat("&a" + std::to_string(i - 1) + ";", 10) + "'>";
  laughs += "]><l>&a19;</l>";
  const std::string quadratic =
      "<!DOCTYPE q [<!ENTITY x '" + std::string(50'000, 'x') + "'>]><q>" + repeat("&x;", 50'000) + "</q>";
  std::string attributes = "<a";
  for (int i = 0; i < 20'000; ++i) attributes += " a" + std::to_string(i) + "=''";
  std::string declarations = "<a";
  for (int i = 0; i < 20'000; ++i) declarations += " xmlns:a" + std::to_string(i) + "='u'";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(refusal(laughs).limit, "doctype");
  EXPECT_EQ(refusal(quadratic).limit, "doctype");
  EXPECT_EQ(refusal(repeat("<a>", 200'000)).limit, "xml-depth");
  EXPECT_EQ(refusal(repeat("<a x='>'>", 200'000)).limit, "xml-depth");
  EXPECT_EQ(refusal(attributes + "/>").limit, "xml-attributes");
  EXPECT_EQ(refusal("<r>" + attributes + "/></r>").limit, "xml-attributes");
  EXPECT_EQ(refusal(attributes).limit, "xml-attributes");
  EXPECT_EQ(refusal(declarations + "/>").limit, "xml-attributes");
  EXPECT_EQ(refusal(std::string((16u << 20) + 1, ' ')).limit, "xml-bytes");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(reader, limits_are_exact) {
  ReadOptions options;
  options.limits = {100, 3, 2, 6};
  EXPECT_TRUE(read("<a><b><c/></b></a>", options).ok());
  EXPECT_EQ(refusal("<a><b><c><d/></c></b></a>", options).limit, "xml-depth");
  EXPECT_TRUE(read("<a b='' c=''/>", options).ok());
  EXPECT_EQ(refusal("<a b='' c='' d=''/>", options).limit, "xml-attributes");
  EXPECT_TRUE(read("<a><b/><b/><b/><b/></a>", options).ok());
  EXPECT_EQ(refusal("<a><b/><b/><b/><b/><b/></a>", options).limit, "xml-nodes");
  EXPECT_TRUE(read("<a>" + std::string(93, 'x') + "</a>", options).ok());
  EXPECT_EQ(refusal("<a>" + std::string(94, 'x') + "</a>", options).limit, "xml-bytes");
}

TEST(reader, a_refused_document_harms_no_later_one) {
  for (int i = 0; i < 20; ++i) {
    refusal("<a><b></a>");
    refusal(repeat("<a>", 300));
    EXPECT_EQ(read_back("<a>" + std::to_string(i) + "</a>"), "<a>" + std::to_string(i) + "</a>");
  }
}

TEST(reader, tells_where_every_element_and_attribute_begins) {
  ReadOptions options;
  options.keep_positions = true;
  const auto d =
      read("<?xml version='1.0'?>\n<a>\n  <b x='1'\n     y='>'/><!-- <z> --><c\n/>\r\n\t<d>ä<e/></d>\n</a>", options);
  ASSERT_TRUE(d.ok());
  EXPECT_TRUE(d->has_positions());
  const auto expect = [&](NodeIndex n, std::uint32_t line, std::uint32_t column) {
    EXPECT_EQ(d->position(n).line, line) << d->local_name(n);
    EXPECT_EQ(d->position(n).column, column) << d->local_name(n);
  };
  const NodeIndex a = d->document_element();
  const NodeIndex b = d->first_child_element(a);
  const NodeIndex c = d->next_sibling_element(b);
  const NodeIndex last = d->next_sibling_element(c);
  expect(a, 2, 1);
  expect(b, 3, 3);
  expect(d->find_attribute(b, "", "x"), 3, 6);
  expect(d->find_attribute(b, "", "y"), 4, 6);
  expect(c, 4, 25);
  expect(last, 6, 2);
  expect(d->first_child_element(last), 6, 6);  // columns count characters
  EXPECT_FALSE(read("<a/>")->has_positions());
}

TEST(reader, threads_read_side_by_side) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      for (int i = 0; i < 300; ++i) {
        const std::string text = "<n" + std::to_string(t) + ">" + std::to_string(i) + "</n" + std::to_string(t) + ">";
        ASSERT_EQ(read_back(text), text);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

TEST(reader, long_names_and_many_namespaces) {
  std::string text = "<a>";
  for (int i = 0; i < 2000; ++i)
    text += "<p:" + std::string(static_cast<std::size_t>(i % 60 + 1), 'n') + " xmlns:p=\"urn:" + std::to_string(i) +
            "\" p:k=\"v\"/>";
  text += "</a>";
  EXPECT_EQ(read_back(text), text);
}

}  // namespace
}  // namespace echoflow::xml
