#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::documentation {

/// What the content of the pages means (ISO 32000-1 §14.8), for those who hear a document instead of seeing it:
/// elements in reading order, and which pieces of the pages belong to them. What belongs to none is furniture of the
/// page.
class Structure {
 public:
  using Id = std::size_t;
  static constexpr Id none = static_cast<Id>(-1);

  /// A child, or a piece by its number in the order of drawing.
  struct Part {
    bool is_piece = false;
    std::size_t number = 0;
  };
  /// "Table", "Scope", "Column".
  struct Attribute {
    std::string owner, name, value;
  };
  struct Element {
    std::string type;
    Id parent = none;
    std::vector<Part> parts;
    std::string alternative;  ///< what a figure shows, where a link leads
    std::optional<Attribute> attribute;
    std::optional<std::array<double, 4>> box;  ///< left, bottom, right, top of a figure on its page
  };

  Structure() { elements_.push_back({"Document", none, {}, {}, {}, {}}); }

  static constexpr Id root() { return 0; }
  /// A new last child; `parent` may be `none`, then nothing is added and `none` comes back.
  Id add(Id parent, std::string_view type) {
    if (parent == none) return none;
    const Id id = elements_.size();
    elements_.push_back({std::string(type), parent, {}, {}, {}, {}});
    elements_[parent].parts.push_back({false, id});
    return id;
  }
  /// The next piece that is drawn belongs to `element`.
  void piece(Id element) { elements_[element].parts.push_back({true, pieces_++}); }
  Element& operator[](Id id) { return elements_[id]; }

  /// Parents stand before their children.
  const std::vector<Element>& elements() const { return elements_; }
  std::size_t pieces() const { return pieces_; }

 private:
  std::vector<Element> elements_;
  std::size_t pieces_ = 0;
};

}  // namespace echoflow::documentation
