#define POINTERHOLDER_TRANSITION 4
#include "tests/models/documentation/preflight_structure.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <map>
#include <set>

namespace echoflow::documentation {

namespace {

using Handle = QPDFObjectHandle;

bool is_called(Handle object, const std::string& name) {
  return object.isName() && object.getName() == name;
}

/// The operators of a page: which of them paint outside of marked content, and the numbers of its pieces.
class Marks : public Handle::ParserCallbacks {
 public:
  void handleObject(Handle object) override {
    if (!object.isOperator()) return held_.push_back(object);
    const std::string what = object.getOperatorValue();
    static const std::set<std::string> painting = {"S",  "s",  "f",  "F",  "f*", "B", "B*", "b",
                                                   "b*", "Tj", "TJ", "Do", "sh", "'", "\""};
    if (what == "BT") text_ = ++texts_;
    if (what == "ET") text_ = 0;
    if (what == "BDC" || what == "BMC") begin();
    if (what == "EMC") end();
    if (painting.contains(what) && open.empty()) unmarked = true;
    held_.clear();
  }
  void handleEOF() override {}

  std::vector<int> pieces;
  std::vector<int> open;  ///< the text object, or 0, in which each mark begins: it must end there
  bool unmarked = false, crossed = false, nested = false;

 private:
  void begin() {
    const bool piece = held_.size() == 2 && held_[1].isDictionary() && held_[1].hasKey("/MCID");
    if (piece) pieces.push_back(held_[1].getKey("/MCID").getIntValueAsInt());
    nested = nested || (!open.empty() && (piece || is_called(held_[0], "/Artifact")));
    open.push_back(text_);
  }
  void end() {
    crossed = crossed || open.empty() || open.back() != text_;
    if (!open.empty()) open.pop_back();
  }
  std::vector<Handle> held_;
  int texts_ = 0, text_ = 0;
};

class StructureCheck {
 public:
  StructureCheck(QPDF& pdf, const Need& need) : pdf_(pdf), need_(need) {}

  void run() {
    auto root = pdf_.getRoot();
    auto info = root.getKey("/MarkInfo");
    need_(info.isDictionary() && info.getKey("/Marked").isBool() && info.getKey("/Marked").getBoolValue(),
          "6.7.2.2: it does not say that it is marked");
    auto tree = root.getKey("/StructTreeRoot");
    if (!tree.isDictionary()) return need_(false, "6.7.3.3: it has no structure");
    read_numbers(tree.getKey("/ParentTree").getKey("/Nums"));
    element(tree.getKey("/K"), tree, "", 0);
    need_(heading_ > 0, "7.4: it has no heading");
    int number = 0;
    for (Handle page : pdf_.getAllPages()) this->page(page, ++number);
  }

 private:
  void read_numbers(Handle numbers) {
    if (!numbers.isArray()) return need_(false, "6.7.3.3: there is no way from pieces to elements");
    for (int i = 0; i + 1 < numbers.getArrayNItems(); i += 2)
      owners_[numbers.getArrayItem(i).getIntValueAsInt()] = numbers.getArrayItem(i + 1);
  }

  void element(Handle element, Handle parent, const std::string& above, int depth) {
    static const std::set<std::string> types = {
        "/Document", "/Sect",  "/TOC",   "/TOCI",    "/Reference", "/Link",  "/P",  "/L",  "/LI",
        "/Lbl",      "/LBody", "/Table", "/Caption", "/THead",     "/TBody", "/TR", "/TH", "/TD",
        "/Figure",   "/H1",    "/H2",    "/H3",      "/H4",        "/H5",    "/H6"};
    const std::string type = element.getKey("/S").isName() ? element.getKey("/S").getName() : "";
    if (depth > 50) return need_(false, "the structure has no end");
    need_(types.contains(type), "6.7.3.4: an element's type is '" + type + "'");
    need_(element.getKey("/P").getObjGen() == parent.getObjGen(), "14.7.2: an element names another parent");
    place(type, above);
    own_rules(element, type);
    auto parts = element.getKey("/K");
    need_(type == "/TD" || type == "/TH" || parts.isArray(), "an element " + type + " is empty");
    for (int i = 0; parts.isArray() && i < parts.getArrayNItems(); ++i) {
      auto part = parts.getArrayItem(i);
      if (part.isInteger())
        reached_.insert({element.getKey("/Pg").getObjectID(), part.getIntValueAsInt()});
      else if (is_called(part.getKey("/Type"), "/MCR"))
        reached_.insert({part.getKey("/Pg").getObjectID(), part.getKey("/MCID").getIntValueAsInt()});
      else if (is_called(part.getKey("/Type"), "/OBJR"))
        linked_.insert({part.getKey("/Obj").getObjectID(), element.getObjectID()});
      else
        this->element(part, element, type, depth + 1);
    }
  }

  void place(const std::string& type, const std::string& above) {
    static const std::map<std::string, std::set<std::string>> parents = {{"/TR", {"/THead", "/TBody", "/Table"}},
                                                                         {"/TH", {"/TR"}},
                                                                         {"/TD", {"/TR"}},
                                                                         {"/THead", {"/Table"}},
                                                                         {"/TBody", {"/Table"}},
                                                                         {"/LI", {"/L"}},
                                                                         {"/LBody", {"/LI"}},
                                                                         {"/Lbl", {"/LI"}},
                                                                         {"/TOCI", {"/TOC"}},
                                                                         {"/Document", {""}},
                                                                         {"/Reference", {"/TOCI"}}};
    const auto found = parents.find(type);
    need_(found == parents.end() || found->second.contains(above), "7.2: " + type + " stands in '" + above + "'");
  }

  void own_rules(Handle element, const std::string& type) {
    if (type.size() == 3 && type[1] == 'H' && type[2] >= '1' && type[2] <= '6') {
      const int level = type[2] - '0';
      need_(level <= heading_ + 1, "7.4.2: a heading " + type + " comes after level " + std::to_string(heading_));
      heading_ = level;
    }
    auto words = element.getKey("/Alt");
    if (type == "/Figure")
      need_(words.isString() && !words.getUTF8Value().empty() && element.getKey("/A").hasKey("/BBox"),
            "7.3: a figure has no words or no place");
    if (type == "/TH") need_(element.getKey("/A").hasKey("/Scope"), "7.5: a header cell does not say of what");
    if (type == "/Table") even(element);
  }

  // 7.2: rows of one table have as many cells each.
  void even(Handle table) {
    std::set<int> counts;
    auto groups = table.getKey("/K");
    for (int g = 0; groups.isArray() && g < groups.getArrayNItems(); ++g) {
      auto rows = groups.getArrayItem(g).getKey("/K");
      for (int r = 0; rows.isArray() && r < rows.getArrayNItems(); ++r)
        if (rows.getArrayItem(r).isDictionary() && is_called(rows.getArrayItem(r).getKey("/S"), "/TR"))
          counts.insert(rows.getArrayItem(r).getKey("/K").getArrayNItems());
    }
    need_(counts.size() == 1, "7.2: a table is uneven");
  }

  void page(Handle page, int number) {
    const std::string place = "page " + std::to_string(number) + ": ";
    Marks marks;
    page.parsePageContents(&marks);
    need_(!marks.unmarked, place + "7.1: something is drawn that is neither an element's nor furniture");
    need_(!marks.crossed && !marks.nested && marks.open.empty(), place + "14.6.1: marks are not paired");
    auto owners =
        owners_.find(page.getKey("/StructParents").isInteger() ? page.getKey("/StructParents").getIntValueAsInt() : -1);
    need_(owners != owners_.end() && owners->second.isArray() &&
              static_cast<std::size_t>(owners->second.getArrayNItems()) == marks.pieces.size(),
          place + "14.7.4.4: its pieces have no way to their elements");
    for (const int piece : marks.pieces)
      need_(reached_.contains({page.getObjectID(), piece}), place + "7.1: a piece belongs to no element");
    annotations(page, place);
  }

  void annotations(Handle page, const std::string& place) {
    auto annotations = page.getKey("/Annots");
    if (!annotations.isArray()) return;
    need_(is_called(page.getKey("/Tabs"), "/S"), place + "7.18.3: links are not in the order of the structure");
    for (int i = 0; i < annotations.getArrayNItems(); ++i) {
      auto annotation = annotations.getArrayItem(i);
      need_(annotation.getKey("/Contents").isString(), place + "7.18.5: a link has no words");
      auto owner = owners_.find(
          annotation.getKey("/StructParent").isInteger() ? annotation.getKey("/StructParent").getIntValueAsInt() : -1);
      need_(owner != owners_.end() && is_called(owner->second.getKey("/S"), "/Link") &&
                linked_.contains({annotation.getObjectID(), owner->second.getObjectID()}),
            place + "7.18.5: a link is no element of the structure");
    }
  }

  QPDF& pdf_;
  const Need& need_;
  std::map<int, Handle> owners_;
  std::set<std::pair<int, int>> reached_;  ///< page and number of a piece
  std::set<std::pair<int, int>> linked_;   ///< annotation and element
  int heading_ = 0;
};

}  // namespace

void check_structure(QPDF& pdf, const Need& need) {
  StructureCheck(pdf, need).run();
}

}  // namespace echoflow::documentation
