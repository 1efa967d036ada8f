#include "models/xml/plain_reader.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xml {
namespace {

/// All that can be seen of a document, so that two of them can be compared.
std::string shown(const Document& d) {
  std::string out;
  for (NodeIndex n = 0; n < d.node_count(); ++n) {
    out += std::to_string(static_cast<int>(d.kind(n))) + " " + d.qname(n).clark() + " " + std::string(d.prefix(n)) +
           " '" + std::string(d.value(n)) + "'";
    for (const NodeIndex at : {d.parent(n), d.first_child(n), d.next_sibling(n), d.first_attribute(n)})
      out += " " + std::to_string(at);
    if (d.kind(n) == NodeKind::element)
      for (const auto& declared : d.namespace_declarations(n))
        out += " " + std::string(declared.prefix) + "=" + std::string(declared.uri);
    out += "\n";
  }
  return out + to_string(d);
}

/// The parser alone: it is the one that knows positions.
Result<Document, ReadError> parse_plainly(std::string_view text) {
  ReadOptions options;
  options.keep_positions = true;
  return read(text, options);
}

bool is_plain(std::string_view text) {
  Document document;
  return read_plain(text, Limits{}, document);
}

const std::vector<std::string> messages = {
    "<a/>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:Envelope xmlns:s=\"urn:s\"><s:Body><o xmlns=\"urn:o\" n='1'>\n <i "
    "q=\"2\" s:r='3'>x &lt; y &amp;&quot;&apos;&gt;</i ></o></s:Body></s:Envelope>\n",
    "<a xmlns='urn:1' xmlns:p='urn:2'><b xmlns=''><p:c p:x='1' x='2'/></b><p:c xmlns:p='urn:3'><p:c/></p:c><p:c/></a>",
    "<a t='\"]>'>\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80 ] ]] > \t\n</a>",
};

TEST(plain_reader, gives_what_the_parser_gives) {
  for (const auto& text : messages) {
    Document document;
    ASSERT_TRUE(read_plain(text, Limits{}, document)) << text;
    EXPECT_EQ(shown(document), shown(*parse_plainly(text))) << text;
  }
}

TEST(plain_reader, leaves_all_else_to_the_parser) {
  for (const char* text : {"",
                           "<a>",
                           "<a></b>",
                           "<a></a><b/>",
                           "<a/>x",
                           "x<a/>",
                           "<a b='1' b='2'/>",
                           "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
                           "<p:a/>",
                           "<a p:b='1'/>",
                           "<a b='1'c='2'/>",
                           "<a b=1/>",
                           "<a b='<'/>",
                           "<a b='&lt;'/>",
                           "<a b='\n'/>",
                           "<a>&#65;</a>",
                           "<a>&x;</a>",
                           "<a>]]></a>",
                           "<a>\x01</a>",
                           "<a>\xff</a>",
                           "<a>\xef\xbf\xbf</a>",
                           "<a>\r\n</a>",
                           "<a><!--c--></a>",
                           "<a><![CDATA[c]]></a>",
                           "<a><?p?></a>",
                           "<?xml version='1.1'?><a/>",
                           "<!DOCTYPE a><a/>",
                           "<a xml:lang='de'/>",
                           "<a xmlns:xml='u'/>",
                           "<a xmlns:p=''/>",
                           "<a xmlns:p='u' xmlns:p='u'/>",
                           "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
                           "<1/>",
                           "<a:b:c xmlns:a='u'/>",
                           "<a",
                           "<a b",
                           "<a b='",
                           "</a>"})
    EXPECT_FALSE(is_plain(text)) << text;
}

TEST(plain_reader, keeps_the_limits) {
  Document document;
  EXPECT_TRUE(read_plain("<a><b><c/></b></a>", {1000, 3, 10, 100}, document));
  EXPECT_FALSE(read_plain("<a><b><c/></b></a>", {1000, 2, 10, 100}, document));
  EXPECT_TRUE(read_plain("<a x='1'>t<b/></a>", {1000, 3, 10, 5}, document));
  EXPECT_FALSE(read_plain("<a x='1'>t<b/></a>", {1000, 3, 10, 4}, document));
}

TEST(plain_reader, agrees_with_the_parser_on_damaged_messages) {
  std::mt19937 random(4711);
  const std::string pieces = "<>/='\"&; :axps]!?-\n\t\r\x01\xc3\xa4\xef\xbf";
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = messages[random() % messages.size()];
    for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % (text.size() + 1);
      switch (random() % 4) {
        case 0:
          text.insert(at, 1, pieces[random() % pieces.size()]);
          break;
        case 1:
          text.erase(at, 1 + random() % 3);
          break;
        case 2:
          if (at < text.size()) text[at] = pieces[random() % pieces.size()];
          break;
        case 3:
          text.insert(at, text.substr(random() % text.size(), random() % 12));
          break;
      }
      if (text.empty()) text = "<";
    }
    Document document;
    if (!read_plain(text, Limits{}, document)) continue;
    ++accepted;
    const auto parsed = parse_plainly(text);
    ASSERT_TRUE(parsed.ok()) << text << "\n" << parsed.error().message;
    ASSERT_EQ(shown(document), shown(*parsed)) << text;
  }
  EXPECT_GT(accepted, 1'000);
}

}  // namespace
}  // namespace echoflow::xml
