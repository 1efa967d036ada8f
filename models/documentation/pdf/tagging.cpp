#define POINTERHOLDER_TRANSITION 4  // of qpdf: its own pointers are std::shared_ptr
#include "models/documentation/pdf/tagging.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include <map>
#include <stdexcept>

namespace echoflow::documentation {

namespace {

using Handle = QPDFObjectHandle;

/// A marked piece of a page; a link has an annotation, too.
struct Piece {
  Handle page;
  int number = 0;
  std::optional<Handle> annotation;
};

Handle named(const std::string& text) {
  return Handle::newName("/" + text);
}
Handle counted(std::size_t value) {
  return Handle::newInteger(static_cast<long long>(value));
}

void take(Handle part, Piece& piece) {
  if (part.isInteger())
    piece.number = part.getIntValueAsInt();
  else if (part.isDictionary() && part.hasKey("/Obj"))
    piece.annotation = part.getKey("/Obj");
}

/// Cairo's elements, one for each piece in the order of drawing.
std::vector<Piece> drawn_pieces(QPDF& pdf) {
  std::vector<Piece> pieces;
  Handle tree = pdf.getRoot().getKey("/StructTreeRoot");
  if (!tree.isDictionary()) return pieces;
  Handle elements = tree.getKey("/K");
  const int count = elements.isArray() ? elements.getArrayNItems() : elements.isDictionary() ? 1 : 0;
  for (int i = 0; i < count; ++i) {
    Handle element = elements.isArray() ? elements.getArrayItem(i) : elements;
    Piece piece;
    piece.page = element.getKey("/Pg");
    Handle parts = element.getKey("/K");
    if (!parts.isArray()) take(parts, piece);
    for (int p = 0; parts.isArray() && p < parts.getArrayNItems(); ++p) take(parts.getArrayItem(p), piece);
    pieces.push_back(piece);
  }
  return pieces;
}

// ISO 32000-1 §14.8.2.2: what is in no marked content is marked as an artifact.
class MarkFurniture : public Handle::TokenFilter {
 public:
  void handleToken(QPDFTokenizer::Token const& token) override {
    if (!begun_) {
      write("/Artifact BMC\n");
      begun_ = true;
    }
    held_.push_back(token);
    if (token.getType() != QPDFTokenizer::tt_word) return;
    const bool begins = token.getValue() == "BDC" || token.getValue() == "BMC", ends = token.getValue() == "EMC";
    if (begins && depth_++ == 0) write("\nEMC\n");
    flush();
    if (ends && --depth_ == 0) write("\n/Artifact BMC\n");
  }
  void handleEOF() override {
    flush();
    if (begun_) write("\nEMC\n");
  }

 private:
  void flush() {
    for (const auto& token : held_) writeToken(token);
    held_.clear();
  }
  std::vector<QPDFTokenizer::Token> held_;  ///< the operands before an operator
  int depth_ = 0;
  bool begun_ = false;
};

class Tagging {
 public:
  Tagging(QPDF& pdf, const Structure& structure)
      : pdf_(pdf), elements_(structure.elements()), pieces_(drawn_pieces(pdf)), pages_(pdf.getAllPages()) {
    if (pieces_.size() != structure.pieces())
      throw std::runtime_error("its pages have " + std::to_string(pieces_.size()) + " marked pieces instead of " +
                               std::to_string(structure.pieces()));
    for (std::size_t p = 0; p < pages_.size(); ++p) page_numbers_[pages_[p].getObjectID()] = p;
    owners_.resize(pages_.size());
  }

  void run() {
    choose();
    auto tree = pdf_.makeIndirectObject(Handle::newDictionary());
    tree.replaceKey("/Type", named("StructTreeRoot"));
    for (std::size_t id = 0; id < elements_.size(); ++id)
      if (used_[id]) made_[id] = pdf_.makeIndirectObject(Handle::newDictionary());
    for (std::size_t id = 0; id < elements_.size(); ++id)
      if (used_[id]) fill(id, tree);
    tree.replaceKey("/K", made_[Structure::root()]);
    tree.replaceKey("/ParentTree", parents());
    tree.replaceKey("/ParentTreeNextKey", counted(pages_.size() + links_.size()));
    auto info = Handle::newDictionary();
    info.replaceKey("/Marked", Handle::newBool(true));
    pdf_.getRoot().replaceKey("/StructTreeRoot", tree);
    pdf_.getRoot().replaceKey("/MarkInfo", info);
  }

 private:
  /// Elements that came to hold nothing are left out; empty cells stay, as their table would be uneven without.
  void choose() {
    used_.assign(elements_.size(), false);
    made_.resize(elements_.size());
    for (std::size_t id = elements_.size(); id-- > 0;) {
      const auto& element = elements_[id];
      bool used = id == Structure::root() || element.type == "TD" || element.type == "TH";
      for (const auto& part : element.parts) used = used || part.is_piece || used_[part.number];
      used_[id] = used;
    }
  }

  // ISO 32000-1 §14.7.2, table 323.
  void fill(Structure::Id id, Handle tree) {
    const auto& element = elements_[id];
    Handle made = made_[id];
    made.replaceKey("/Type", named("StructElem"));
    made.replaceKey("/S", named(element.type));
    made.replaceKey("/P", element.parent == Structure::none ? tree : made_[element.parent]);
    if (element.type == "Figure") made.replaceKey("/Alt", Handle::newUnicodeString(element.alternative));
    attributes(element, made);
    auto parts = Handle::newArray();
    for (const auto& part : element.parts) {
      if (part.is_piece)
        add(pieces_[part.number], id, parts);
      else if (used_[part.number])
        parts.appendItem(made_[part.number]);
    }
    if (parts.getArrayNItems() > 0) made.replaceKey("/K", parts);
  }

  static void attributes(const Structure::Element& element, Handle made) {
    auto attributes = Handle::newDictionary();
    if (element.attribute) {
      attributes.replaceKey("/O", named(element.attribute->owner));
      attributes.replaceKey("/" + element.attribute->name, named(element.attribute->value));
    }
    if (element.box) {
      attributes.replaceKey("/O", named("Layout"));
      attributes.replaceKey("/Placement", named("Block"));
      auto box = Handle::newArray();
      for (const double side : *element.box) box.appendItem(Handle::newReal(side, 2));
      attributes.replaceKey("/BBox", box);
    }
    if (attributes.hasKey("/O")) made.replaceKey("/A", attributes);
  }

  // ISO 32000-1 §14.7.4: a piece by its page and number; a link's annotation by itself.
  void add(const Piece& piece, Structure::Id id, Handle parts) {
    Handle made = made_[id];
    const std::size_t page = page_numbers_.at(piece.page.getObjectID());
    auto& owners = owners_[page];
    const auto at = static_cast<std::size_t>(piece.number);
    if (owners.size() <= at) owners.resize(at + 1, Handle::newNull());
    owners[at] = made;
    if (!made.hasKey("/Pg")) made.replaceKey("/Pg", piece.page);
    if (made.getKey("/Pg").getObjectID() == piece.page.getObjectID()) {
      parts.appendItem(Handle::newInteger(piece.number));
    } else {
      auto elsewhere = Handle::newDictionary();
      elsewhere.replaceKey("/Type", named("MCR"));
      elsewhere.replaceKey("/Pg", piece.page);
      elsewhere.replaceKey("/MCID", Handle::newInteger(piece.number));
      parts.appendItem(elsewhere);
    }
    if (!piece.annotation) return;
    Handle annotation = *piece.annotation;
    annotation.replaceKey("/StructParent", counted(pages_.size() + links_.size()));
    annotation.replaceKey("/Contents", Handle::newUnicodeString(elements_[id].alternative));
    auto reference = Handle::newDictionary();
    reference.replaceKey("/Type", named("OBJR"));
    reference.replaceKey("/Obj", annotation);
    reference.replaceKey("/Pg", piece.page);
    parts.appendItem(reference);
    links_.push_back(made);
  }

  // ISO 32000-1 §14.7.4.4: from the pieces of a page, and from an annotation, to the elements.
  Handle parents() {
    auto numbers = Handle::newArray();
    for (std::size_t p = 0; p < pages_.size(); ++p) {
      pages_[p].replaceKey("/StructParents", counted(p));
      pages_[p].replaceKey("/Tabs", named("S"));
      QPDFPageObjectHelper(pages_[p]).addContentTokenFilter(std::make_shared<MarkFurniture>());
      numbers.appendItem(counted(p));
      numbers.appendItem(pdf_.makeIndirectObject(Handle::newArray(owners_[p])));
    }
    for (std::size_t i = 0; i < links_.size(); ++i) {
      numbers.appendItem(counted(pages_.size() + i));
      numbers.appendItem(links_[i]);
    }
    auto tree = Handle::newDictionary();
    tree.replaceKey("/Nums", numbers);
    return pdf_.makeIndirectObject(tree);
  }

  QPDF& pdf_;
  const std::vector<Structure::Element>& elements_;
  std::vector<Piece> pieces_;
  std::vector<Handle> pages_;
  std::map<int, std::size_t> page_numbers_;  ///< by the number of the object
  std::vector<bool> used_;
  std::vector<Handle> made_;                 ///< by element
  std::vector<std::vector<Handle>> owners_;  ///< by page and number of the piece
  std::vector<Handle> links_;                ///< in the order of the annotations' keys
};

}  // namespace

void tag_pages(QPDF& pdf, const Structure& structure) {
  Tagging(pdf, structure).run();
}

}  // namespace echoflow::documentation
