// Apache ODE's extension functions, as its documentation describes them.
#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

class Ode : public testing::Test {
 protected:
  Ode() {
    world_.element("list", "<list><a>1</a><a>2</a><b/></list>");
    world_.element("more", "<more><x>9</x><y/></more>");
    world_.element("pairs", "<pairs><id>a b</id><name>n</name></pairs>");
    world_.element("n", "<n:r xmlns:n='urn:n'><n:c v='1'><d/></n:c></n:r>");
    world_.process_properties["{urn:n}region"] = "north";
  }
  void check(std::initializer_list<Case> cases) {
    for (const auto* language :
         {"urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0", "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath2.0"})
      for (const auto& c : cases)
        EXPECT_EQ(value_of(world_, c.expression, language), c.value) << c.expression << " in " << language;
  }
  void check_fault(std::string_view fault, std::initializer_list<const char*> expressions) {
    for (const auto* e : expressions)
      EXPECT_EQ(value_of(world_, e).substr(0, fault.size() + 1), "!" + std::string(fault))
          << e << " gave " << value_of(world_, e);
  }
  World world_;
};

TEST_F(Ode, Inserting) {
  check({{"ode:insert-after($list/a[1], $more/*)", "<list><a>1</a><x>9</x><y/><a>2</a><b/></list>"},
         {"ode:insert-after($list, $list/a, $more/x)", "<list><a>1</a><a>2</a><x>9</x><b/></list>"},
         {"ode:insert-after($list/b, $more/x)", "<list><a>1</a><a>2</a><b/><x>9</x></list>"},
         {"ode:insert-before($list, $list/a, $more/x)", "<list><x>9</x><a>1</a><a>2</a><b/></list>"},
         {"ode:insert-before($list/b, $list/a[1])", "<list><a>1</a><a>2</a><a>1</a><b/></list>"},
         {"ode:insert-as-first-into($list, $more/x)", "<list><x>9</x><a>1</a><a>2</a><b/></list>"},
         {"ode:insert-as-last-into($list, $more/*)", "<list><a>1</a><a>2</a><b/><x>9</x><y/></list>"},
         {"ode:insert-as-last-into($more/y, $more/x)", "<y><x>9</x></y>"},
         {"ode:insert-as-last-into($more/y, 'text')", "<y>text</y>"},
         {"$list", "<list><a>1</a><a>2</a><b/></list>"}});
}

TEST_F(Ode, DeletingAndRenaming) {
  check({{"ode:delete($list/a)", "<list><b/></list>"},
         {"ode:delete($list, $list/a[1])", "<list><a>2</a><b/></list>"},
         {"ode:delete($list/*)", "<list/>"},
         {"ode:rename($list/b, 'c')", "<list><a>1</a><a>2</a><c/></list>"},
         {"ode:rename($more, 'less')", "<less><x>9</x><y/></less>"},
         {"ode:rename($n/n:c, 'n:e')", "<n:r><n:e v=\"1\"><d/></n:e></n:r>"},
         {"local-name(ode:rename($list/b, $more/x)/*[3])", "'x'"},
         {"string(ode:rename($more, 'm', 'xs:int')/@*[local-name() = 'type'])", "'xs:int'"}});
}

TEST_F(Ode, Splitting) {
  check({{"ode:split-to-elements('joe, paul, fred', ',', 'user')/user",
          "<user>joe</user>, <user>paul</user>, <user>fred</user>"},
         {"ode:splitToElements('a;b;', ';', 'i')/*", "<i>a</i>, <i>b</i>"},
         {"namespace-uri(ode:split-to-elements('a', ',', 'i', 'urn:n')/*) = 'urn:n'", "true"},
         {"string(ode:split-to-elements($list/a[1], ',', 'i')/i)", "'1'"}});
  check_fault("splitInvalidSource",
              {"ode:split-to-elements('a', '', 'i')", "ode:split-to-elements('a', ',', 'not a name')"});
}

TEST_F(Ode, Urls) {
  check({{"ode:combine-url('http://h/a/b?q', '../c')", "'http://h/c'"},
         {"ode:combine-url('http://h/a/b', 'c')", "'http://h/a/c'"},
         {"ode:combine-url('http://h', 'c')", "'http://h/c'"},
         {"ode:combineUrl('http://h/a', 'https://x/y')", "'https://x/y'"},
         {"ode:combine-url('http://h/a/b', '/r')", "'http://h/r'"},
         {"ode:combine-url('http://h/a/b', '?x=1')", "'http://h/a/b?x=1'"},
         {"ode:compose-url('http://h/{id}/x', 'id', 'a b')", "'http://h/a%20b/x'"},
         {"ode:compose-url('{id}-{name}', $pairs)", "'a%20b-n'"},
         {"ode:compose-url('x{none}y', 'id', '1')", "'xy'"},
         {"ode:compose-url('{none=d}', 'id', '1')", "'d'"},
         {"ode:expand-template('{id}{none}', 'id', '1')", "'1{none}'"},
         {"ode:expandTemplate('{name}', $pairs)", "'n'"}});
  check_fault("combineUrlInvalidSource", {"ode:combine-url('relative', 'c')"});
  check_fault("composeUrlInvalidSource", {"ode:compose-url('{open', 'a', 'b')", "ode:compose-url('x', 'a', 'b', 'c')"});
}

TEST_F(Ode, Others) {
  check({{"ode:dom-to-string($list/b)", "'<b/>'"},
         {"ode:process-property('n:region')", "'north'"},
         {"ode:process-property('n:other')", "''"},
         {"$ode:pid", "'4711'"}});
  check_fault("selectionFailure",
              {"ode:delete($list/none)", "ode:delete($list/a | $more/x)", "ode:insert-as-last-into($list/a, $more)",
               "ode:rename($list/a, 'x')", "ode:rename($list/b, '1x')", "ode:delete($list)",
               "ode:insert-after($list/none, $more)"});
}

}  // namespace
}  // namespace echoflow::xpath::test
