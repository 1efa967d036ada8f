#include "models/xml/tree.hpp"

#include <gtest/gtest.h>

#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xml {
namespace {

Document parsed(const std::string& text) {
  auto document = read(text);
  EXPECT_TRUE(document.ok()) << text;
  return document.ok() ? std::move(*document) : Document();
}

NodeIndex child(const Document& d, NodeIndex n, int number) {
  n = d.first_child(n);
  while (number-- > 0) n = d.next_sibling(n);
  return n;
}

/// Every node of the tree with its attributes, by walking.
std::vector<NodeIndex> in_document_order(const Document& d) {
  std::vector<NodeIndex> out;
  for (NodeIndex n = root_node; n != no_node;) {
    out.push_back(n);
    for (NodeIndex a = d.first_attribute(n); a != no_node; a = d.next_sibling(a)) out.push_back(a);
    if (d.first_child(n) != no_node) {
      n = d.first_child(n);
      continue;
    }
    while (n != root_node && d.next_sibling(n) == no_node) n = d.parent(n);
    n = n == root_node ? no_node : d.next_sibling(n);
  }
  return out;
}

void expect_order(const Document& d) {
  const auto nodes = in_document_order(d);
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    ASSERT_LT(d.compare_order(nodes[i - 1], nodes[i]), 0) << i;
    ASSERT_GT(d.compare_order(nodes[i], nodes[i - 1]), 0) << i;
  }
  ASSERT_EQ(d.compare_order(nodes.back(), nodes.back()), 0);
}

TEST(tree, an_empty_document_has_only_its_root) {
  const Document d;
  EXPECT_EQ(d.node_count(), 1u);
  EXPECT_EQ(d.kind(root_node), NodeKind::document);
  EXPECT_EQ(d.document_element(), no_node);
  EXPECT_EQ(d.string_value(root_node), "");
  EXPECT_EQ(d.find_name("", "a"), no_name);
}

TEST(tree, keeps_only_one_element_and_what_was_declared_around_it) {
  Document d = parsed(
      "<e:Envelope xmlns:e='urn:e' xmlns='urn:d'><e:Header/> <e:Body>\n<o xmlns:p='urn:p'><p:i n='1'>x</p:i></o> "
      "</e:Body></e:Envelope>");
  Document copy;
  const NodeIndex body = d.last_child(d.document_element());
  const NodeIndex order = d.first_child_element(body);
  const NodeIndex item = d.first_child(order);
  copy.append_copy(root_node, d, order);
  d.keep_only(order);
  EXPECT_EQ(to_string(d), to_string(copy));
  EXPECT_EQ(d.document_element(), order);
  EXPECT_EQ(d.first_child(order), item);
  EXPECT_EQ(d.lookup_namespace(item, ""), "urn:d");
  expect_order(d);
  d.append_element(item, "", "more");
  d.append_element(order, "", "last");
  expect_order(d);
  EXPECT_EQ(to_string(d),
            "<o xmlns:p=\"urn:p\" xmlns:e=\"urn:e\" xmlns=\"urn:d\"><p:i n=\"1\">x<more xmlns=\"\"/></p:i><last "
            "xmlns=\"\"/></o>");
}

TEST(tree, keeps_an_element_that_is_alone_already) {
  Document d = parsed("<a><b/></a>");
  d.keep_only(d.document_element());
  EXPECT_EQ(to_string(d), "<a><b/></a>");
  EXPECT_EQ(d.removed_count(), 0u);
}

TEST(tree, is_built_by_hand) {
  Document d;
  const NodeIndex root = d.append_element(root_node, "urn:a", "order", "o");
  const NodeIndex id = d.set_attribute(root, "", "id", "7");
  d.set_attribute(root, "urn:b", "id", "8", "b");
  const NodeIndex item = d.append_element(root, "", "item");
  d.append_text(item, "one");
  d.append_comment(root, "note");
  const NodeIndex pi = d.append_processing_instruction(root, "target", "data");
  EXPECT_EQ(d.qname(root), (QName{"urn:a", "order"}));
  EXPECT_EQ(d.prefix(root), "o");
  EXPECT_EQ(d.kind(id), NodeKind::attribute);
  EXPECT_EQ(d.parent(id), root);
  EXPECT_EQ(d.attribute(root, "id"), "7");
  EXPECT_EQ(d.attribute(root, "id", "urn:b"), "8");
  EXPECT_EQ(d.attribute(root, "ID"), std::nullopt);
  EXPECT_EQ(d.find_child(root, "", "item"), item);
  EXPECT_EQ(d.find_child(root, "urn:a", "item"), no_node);
  EXPECT_EQ(d.string_value(root), "one");
  EXPECT_EQ(d.local_name(pi), "target");
  EXPECT_EQ(d.value(pi), "data");
  EXPECT_EQ(d.name(item), d.find_name("", "item"));
  expect_order(d);
}

TEST(tree, a_prefix_needs_a_namespace) {
  Document d;
  const NodeIndex e = d.append_element(root_node, "", "a", "p");
  EXPECT_EQ(d.prefix(e), "");
  const NodeIndex lang = d.set_attribute(e, ns::xml, "lang", "de");
  EXPECT_EQ(d.prefix(lang), "xml");
}

TEST(tree, setting_an_attribute_again_replaces_its_value) {
  Document d = parsed("<a x='1' y='2'/>");
  const NodeIndex a = d.document_element();
  const NodeIndex x = d.find_attribute(a, "", "x");
  EXPECT_EQ(d.set_attribute(a, "", "x", "longer than before"), x);
  EXPECT_EQ(to_string(d), "<a x=\"longer than before\" y=\"2\"/>");
  d.set_value(x, "");
  d.remove(d.find_attribute(a, "", "y"));
  EXPECT_EQ(to_string(d), "<a x=\"\"/>");
  d.remove_attributes(a);
  EXPECT_EQ(to_string(d), "<a/>");
}

TEST(tree, text_is_never_empty_and_never_beside_text) {
  Document d = parsed("<a>x<b/>y<c/></a>");
  const NodeIndex a = d.document_element();
  EXPECT_EQ(d.append_text(a, ""), no_node);
  const NodeIndex z = d.append_text(a, "z");
  EXPECT_EQ(d.append_text(a, "w"), z);
  EXPECT_EQ(d.value(z), "zw");
  const NodeIndex x = d.first_child(a);
  const NodeIndex y = child(d, a, 2);
  d.remove(child(d, a, 1));
  EXPECT_EQ(d.value(x), "xy");
  EXPECT_EQ(d.kind(y), NodeKind::removed);
  EXPECT_EQ(to_string(d), "<a>xy<c/>zw</a>");
  d.set_value(x, "");
  EXPECT_EQ(d.kind(x), NodeKind::removed);
  EXPECT_EQ(to_string(d), "<a><c/>zw</a>");
  expect_order(d);
}

TEST(tree, appending_a_nodes_own_text_to_it_is_safe) {
  Document d;
  const NodeIndex t = d.append_text(root_node, "ab");
  for (int i = 0; i < 12; ++i) d.append_text(root_node, d.value(t));
  EXPECT_EQ(d.value(t).size(), 2u << 12);
  const NodeIndex e = d.append_element(root_node, "", "e");
  for (int i = 0; i < 200; ++i) d.set_attribute(e, "", "copy", d.value(t));
  EXPECT_EQ(d.attribute(e, "copy"), d.value(t));
}

TEST(tree, a_removed_nodes_index_stays_and_so_do_all_others) {
  Document d = parsed("<a><b i='1'><c>t</c></b><e/></a>");
  const NodeIndex a = d.document_element();
  const NodeIndex b = d.first_child(a);
  const NodeIndex c = d.first_child(b);
  const NodeIndex e = d.next_sibling(b);
  const std::size_t count = d.node_count();
  d.remove(b);
  EXPECT_EQ(d.kind(b), NodeKind::removed);
  EXPECT_EQ(d.kind(c), NodeKind::removed);
  EXPECT_EQ(d.node_count(), count);
  EXPECT_EQ(d.removed_count(), 4u);
  EXPECT_EQ(d.local_name(e), "e");
  EXPECT_EQ(d.first_child(a), e);
  EXPECT_EQ(d.previous_sibling(e), no_node);
  d.remove(b);  // twice is once
  EXPECT_EQ(d.removed_count(), 4u);
  const Document copy = d;
  EXPECT_EQ(copy.local_name(e), "e");
  d.compact();
  EXPECT_EQ(d.removed_count(), 0u);
  EXPECT_EQ(to_string(d), "<a><e/></a>");
}

TEST(tree, renaming_keeps_all_else) {
  Document d = parsed("<a x='1'>t<b/></a>");
  d.rename(d.document_element(), "urn:n", "z", "n");
  EXPECT_EQ(to_string(d), "<n:z xmlns:n=\"urn:n\" x=\"1\">t<b/></n:z>");
}

TEST(tree, copies_are_deep) {
  Document d = parsed("<a><b>1</b></a>");
  Document copy = d;
  copy.set_value(copy.first_child(copy.first_child(copy.document_element())), "2");
  EXPECT_EQ(to_string(d), "<a><b>1</b></a>");
  EXPECT_EQ(to_string(copy), "<a><b>2</b></a>");
}

TEST(tree, a_fragment_may_be_text_alone) {
  Document d;
  d.append_text(root_node, "5 < 6");
  EXPECT_EQ(d.string_value(root_node), "5 < 6");
  EXPECT_EQ(to_string(d), "5 &lt; 6");
  EXPECT_EQ(d.document_element(), no_node);
}

TEST(tree, document_order_holds_after_any_change) {
  Document d = parsed("<a><b/><c k='1'><d/></c><e/></a>");
  const NodeIndex a = d.document_element();
  const NodeIndex b = d.first_child(a);
  const NodeIndex c = d.next_sibling(b);
  const Document piece = parsed("<n m='1'>t<o/></n>");
  for (int i = 0; i < 300; ++i) {
    d.append_element(b, "", "x");
    d.insert_copy_before(c, piece, piece.document_element());
    d.set_attribute(b, "", "k" + std::to_string(i), "v");
    if (i % 3 == 0) d.remove(d.first_child(b));
    if (i % 25 == 0) d.append_copy(c, d, b);
    if (i % 7 == 0) d.append_text(a, "t");
    if (i % 50 == 0) expect_order(d);
  }
  expect_order(d);
}

TEST(tree, order_survives_many_insertions_in_one_gap) {
  Document d = parsed("<a><first/><last/></a>");
  const NodeIndex last = d.last_child(d.document_element());
  const Document piece = parsed("<n/>");
  NodeIndex before = last;
  for (int i = 0; i < 3000; ++i) before = d.insert_copy_before(before, piece, piece.document_element());
  expect_order(d);
}

TEST(tree, long_replacing_does_not_grow_the_text) {
  Document d = parsed("<a>0</a>");
  const NodeIndex t = d.first_child(d.document_element());
  for (int i = 0; i < 20000; ++i) d.set_value(t, std::string(static_cast<std::size_t>(i % 100 + 1), 'x'));
  EXPECT_EQ(d.value(t), std::string(100, 'x'));
  EXPECT_LT(d.memory_bytes(), 20'000u);
}

TEST(tree_namespaces, are_looked_up_in_scope) {
  const Document d = parsed("<a xmlns='urn:d' xmlns:p='urn:p'><b xmlns:p='urn:q' xmlns=''><c/></b><p:e/></a>");
  const NodeIndex a = d.document_element();
  const NodeIndex b = d.first_child(a);
  const NodeIndex c = d.first_child(b);
  EXPECT_EQ(d.lookup_namespace(a, "p"), "urn:p");
  EXPECT_EQ(d.lookup_namespace(c, "p"), "urn:q");
  EXPECT_EQ(d.lookup_namespace(a, ""), "urn:d");
  EXPECT_EQ(d.lookup_namespace(c, ""), std::nullopt);
  EXPECT_EQ(d.lookup_namespace(c, "zz"), std::nullopt);
  EXPECT_EQ(d.lookup_namespace(c, "xml"), ns::xml);
  EXPECT_EQ(d.namespace_uri(a), "urn:d");
  EXPECT_EQ(d.namespace_uri(c), "");
  EXPECT_EQ(d.namespaces_in_scope(c).size(), 1u);
  EXPECT_EQ(d.namespaces_in_scope(d.last_child(a)).size(), 2u);
  EXPECT_EQ(d.namespace_declarations(b).size(), 2u);
}

TEST(tree_namespaces, qnames_in_content_are_resolved) {
  const Document d = parsed("<a xmlns='urn:d' xmlns:p='urn:p'/>");
  const NodeIndex a = d.document_element();
  EXPECT_EQ(d.resolve_qname(a, " p:x\n"), (QName{"urn:p", "x"}));
  EXPECT_EQ(d.resolve_qname(a, "x"), (QName{"urn:d", "x"}));
  EXPECT_EQ(d.resolve_qname(a, "x", false), (QName{"", "x"}));
  for (const char* bad : {"", " ", "q:x", "p:", ":x", "p:x:y", "p: x", "1x", "a b", "-a"})
    EXPECT_EQ(d.resolve_qname(a, bad), std::nullopt) << bad;
}

TEST(tree_namespaces, own_prefixes_count_as_declared) {
  Document d;
  const NodeIndex a = d.append_element(root_node, "urn:a", "a", "p");
  const NodeIndex b = d.append_element(a, "urn:b", "b");
  EXPECT_EQ(d.lookup_namespace(b, "p"), "urn:a");
  EXPECT_EQ(d.lookup_namespace(b, ""), "urn:b");
  EXPECT_EQ(d.lookup_namespace(a, ""), std::nullopt);
}

TEST(tree_copy, brings_the_namespaces_in_scope_along) {
  const Document source =
      parsed("<e xmlns='urn:d' xmlns:p='urn:p' xmlns:unused='urn:u'><p:x type='p:T'><y/></p:x></e>");
  const NodeIndex x = source.first_child(source.document_element());
  Document d = parsed("<q:r xmlns:q='urn:q' xmlns:p='urn:other'/>");
  const NodeIndex copy = d.append_copy(d.document_element(), source, x);
  EXPECT_EQ(d.resolve_qname(copy, "p:T"), (QName{"urn:p", "T"}));
  EXPECT_EQ(d.lookup_namespace(copy, "unused"), "urn:u");
  EXPECT_EQ(d.lookup_namespace(copy, ""), "urn:d");
  EXPECT_EQ(d.namespace_uri(d.first_child(copy)), "urn:d");
  const std::string text = to_string(d);
  EXPECT_EQ(to_string(parsed(text)), text);
}

TEST(tree_copy, keeps_no_namespace_as_no_namespace) {
  const Document source = parsed("<p:e xmlns:p='urn:p'><p:x ref='name'/></p:e>");
  Document d = parsed("<r xmlns='urn:d'/>");
  const NodeIndex copy = d.append_copy(d.document_element(), source, source.first_child(source.document_element()));
  EXPECT_EQ(d.resolve_qname(copy, "name"), (QName{"", "name"}));
}

TEST(tree_copy, does_not_repeat_what_is_in_scope_already) {
  Document d = parsed("<p:a xmlns:p='urn:p'><p:b/></p:a>");
  d.append_copy(d.document_element(), d, d.first_child(d.document_element()));
  EXPECT_EQ(to_string(d), "<p:a xmlns:p=\"urn:p\"><p:b/><p:b/></p:a>");
}

TEST(tree_copy, copies_a_node_into_itself) {
  Document d = parsed("<a><b>t</b></a>");
  d.append_copy(d.first_child(d.document_element()), d, d.document_element());
  EXPECT_EQ(to_string(d), "<a><b>t<a><b>t</b></a></b></a>");
  expect_order(d);
}

TEST(tree_copy, copies_every_kind_of_node) {
  const Document source = parsed("<!--c--><a k='v'>t<?pi d?></a>");
  Document d = parsed("<r>x</r>");
  const NodeIndex r = d.document_element();
  const NodeIndex a = source.document_element();
  d.append_copy(r, source, source.first_child(a));
  EXPECT_EQ(to_string(d), "<r>xt</r>");
  d.append_copy(r, source, source.first_attribute(a));
  d.append_copy(r, source, source.last_child(a));
  EXPECT_EQ(to_string(d), "<r k=\"v\">xt<?pi d?></r>");
  EXPECT_EQ(d.kind(d.append_copy(r, source, root_node)), NodeKind::comment);
  EXPECT_EQ(to_string(d), "<r k=\"v\">xt<?pi d?><!--c--><a k=\"v\">t<?pi d?></a></r>");
}

TEST(tree_copy, text_joins_its_neighbours) {
  Document fragment;
  fragment.append_text(root_node, "1");
  fragment.append_element(root_node, "", "m");
  fragment.append_text(root_node, "2");
  Document d = parsed("<r>a<x/>b</r>");
  const NodeIndex r = d.document_element();
  d.insert_copy_before(child(d, r, 2), fragment, root_node);
  EXPECT_EQ(to_string(d), "<r>a<x/>1<m/>2b</r>");
  d.insert_copy_before(child(d, r, 1), fragment, root_node);
  EXPECT_EQ(to_string(d), "<r>a1<m/>2<x/>1<m/>2b</r>");
  for (NodeIndex n = d.first_child(r); d.next_sibling(n) != no_node; n = d.next_sibling(n))
    EXPECT_FALSE(d.kind(n) == NodeKind::text && d.kind(d.next_sibling(n)) == NodeKind::text);
  expect_order(d);
}

TEST(tree_copy, keeps_positions) {
  ReadOptions options;
  options.keep_positions = true;
  const Document source = *read("<a>\n  <b x='1'/>\n</a>", options);
  Document d;
  const NodeIndex b = d.append_copy(root_node, source, source.first_child_element(source.document_element()));
  EXPECT_EQ(d.position(b).line, 2u);
  EXPECT_EQ(d.position(b).column, 3u);
}

TEST(tree_copy, depth_is_no_matter) {
  Document d;
  NodeIndex at = root_node;
  for (int i = 0; i < 200'000; ++i) at = d.append_element(at, "", "a");
  d.append_text(at, "x");
  Document copy;
  copy.append_element(root_node, "", "r");
  copy.append_copy(copy.document_element(), d, d.document_element());
  EXPECT_EQ(copy.string_value(root_node), "x");
  EXPECT_EQ(to_string(copy).size(), 7u * 200'000 + 1 + 7);
  copy.remove(copy.document_element());
  EXPECT_EQ(copy.removed_count(), 200'002u);
}

TEST(tree_names, many_names_stay_apart) {
  Document d;
  const NodeIndex r = d.append_element(root_node, "", "r");
  for (int i = 0; i < 5000; ++i) d.append_element(r, "urn:" + std::to_string(i % 70), "n" + std::to_string(i));
  NodeIndex n = d.first_child(r);
  for (int i = 0; i < 5000; ++i, n = d.next_sibling(n)) {
    ASSERT_EQ(d.local_name(n), "n" + std::to_string(i));
    ASSERT_EQ(d.namespace_uri(n), "urn:" + std::to_string(i % 70));
    ASSERT_EQ(d.find_name("urn:" + std::to_string(i % 70), "n" + std::to_string(i)), d.name(n));
  }
  EXPECT_EQ(d.find_name("urn:1", "n0"), no_name);
}

TEST(tree, clearing_starts_afresh) {
  Document d = parsed("<a x='1'><b/></a>");
  d.clear();
  EXPECT_EQ(d.node_count(), 1u);
  EXPECT_EQ(d.find_name("", "a"), no_name);
  d.append_element(root_node, "urn:n", "n");
  EXPECT_EQ(to_string(d), "<n xmlns=\"urn:n\"/>");
}

}  // namespace
}  // namespace echoflow::xml
