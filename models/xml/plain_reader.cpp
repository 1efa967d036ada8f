#include "models/xml/plain_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "models/base/namespaces.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::xml {
namespace {

enum : unsigned char { name_start = 1, name_part = 2, space = 4, needs_care = 8 };

constexpr std::array<unsigned char, 256> make_plain_classes() {
  std::array<unsigned char, 256> plain_classes{};
  for (int c = 'a'; c <= 'z'; ++c) plain_classes[c] = plain_classes[c - 'a' + 'A'] = name_start | name_part;
  for (int c = '0'; c <= '9'; ++c) plain_classes[c] = name_part;
  plain_classes['_'] = name_start | name_part;
  plain_classes['-'] = plain_classes['.'] = name_part;
  for (int c = 0; c < 0x20; ++c) plain_classes[c] = needs_care;
  plain_classes[' '] = space;
  plain_classes['\t'] = plain_classes['\n'] = space;
  for (int c = 0x80; c < 0x100; ++c) plain_classes[c] = needs_care;
  for (const char c : {'&', '<', ']'}) plain_classes[static_cast<unsigned char>(c)] = needs_care;
  return plain_classes;
}
constexpr auto plain_classes = make_plain_classes();

bool is(char c, unsigned char what) {
  return (plain_classes[static_cast<unsigned char>(c)] & what) != 0;
}

bool is_reserved(std::string_view uri) {
  return uri == ns::xml || uri == ns::xmlns;
}

/// A name as it stands in a tag.
struct Tag {
  std::string_view whole, prefix, local;
};

class PlainReader {
 public:
  PlainReader(std::string_view in, const Limits& limits, Document& document, std::vector<ElementText>* texts)
      : in_(in), limits_(limits), document_(document), texts_(texts) {}

  bool read() {
    if (!skip_declaration()) return false;
    skip_space();
    if (!has('<') || !read_start_tag()) return false;
    while (!open_.empty()) {
      if (at_ >= in_.size()) return false;
      const bool good = in_[at_] != '<' ? read_text() : in_.substr(at_, 2) == "</" ? read_end_tag() : read_start_tag();
      if (!good) return false;
    }
    skip_space();
    return at_ == in_.size();
  }

 private:
  struct Binding {
    std::string_view prefix, uri;
  };
  struct Attribute {
    Tag tag;
    std::string_view value;
    bool is_declaration() const { return tag.prefix == "xmlns" || tag.whole == "xmlns"; }
    std::string_view declared() const { return tag.prefix.empty() ? std::string_view{} : tag.local; }
  };
  struct Name {
    std::string_view tag;
    NameIndex name;
    StringIndex prefix;
  };
  struct Open {
    std::string_view tag;
    NodeIndex element;
    std::size_t bindings;  // how many were in scope before it
  };

  bool has(char c) const { return at_ < in_.size() && in_[at_] == c; }
  bool skip_space() {
    const std::size_t from = at_;
    while (at_ < in_.size() && is(in_[at_], space)) ++at_;
    return at_ != from;
  }

  bool skip_declaration() {
    if (!in_.starts_with("<?xml")) return true;
    for (std::string_view known :
         {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version='1.0' encoding='UTF-8'?>",
          "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<?xml version='1.0' encoding='utf-8'?>",
          "<?xml version=\"1.0\"?>", "<?xml version='1.0'?>"}) {
      if (!in_.starts_with(known)) continue;
      at_ = known.size();
      return true;
    }
    return false;
  }

  bool read_ncname(std::string_view& name) {
    const std::size_t from = at_;
    if (at_ >= in_.size() || !is(in_[at_], name_start)) return false;
    while (at_ < in_.size() && is(in_[at_], name_part)) ++at_;
    name = in_.substr(from, at_ - from);
    return true;
  }

  bool read_name(Tag& tag) {
    const std::size_t from = at_;
    tag.prefix = {};
    if (!read_ncname(tag.local)) return false;
    if (has(':')) {
      ++at_;
      tag.prefix = tag.local;
      if (!read_ncname(tag.local)) return false;
    }
    tag.whole = in_.substr(from, at_ - from);
    return true;
  }

  /// The character that needs care and stands at `at`, in a text that ends at `end`: its length, 0 when it is refused.
  std::size_t take_care(std::size_t at, std::size_t end) const {
    const auto c = static_cast<unsigned char>(in_[at]);
    if (c == ']') return in_.substr(at, 3) == "]]>" ? 0 : 1;
    if (c < 0x80) return 0;
    const std::size_t length = utf8_length(in_.substr(at, end - at));
    const std::string_view character = in_.substr(at, length);
    return character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf" ? 0 : length;
  }

  bool read_value(std::string_view& value) {
    if (!has('"') && !has('\'')) return false;
    const char quote = in_[at_++];
    const std::size_t from = at_, end = in_.find(quote, at_);
    if (end == std::string_view::npos) return false;
    while (at_ < end) {
      // White space other than blanks would have to become blanks.
      if (in_[at_] == '\t' || in_[at_] == '\n') return false;
      const std::size_t length = is(in_[at_], needs_care) ? take_care(at_, end) : 1;
      if (length == 0) return false;
      at_ += length;
    }
    value = in_.substr(from, end - from);
    at_ = end + 1;
    return true;
  }

  bool read_attributes(bool& is_empty) {
    attributes_.clear();
    for (;;) {
      const bool apart = skip_space();
      if (has('>')) break;
      if (in_.substr(at_, 2) == "/>") {
        is_empty = true;
        ++at_;
        break;
      }
      Attribute attribute;
      if (!apart || !read_name(attribute.tag) || !has('=')) return false;
      ++at_;
      if (!read_value(attribute.value)) return false;
      if (attributes_.size() == limits_.max_attributes) return false;
      attributes_.push_back(attribute);
    }
    ++at_;
    return true;
  }

  /// False when a declaration is one that only the parser can judge.
  bool bind() {
    const std::size_t before = bindings_.size();
    for (const Attribute& attribute : attributes_) {
      if (!attribute.is_declaration()) continue;
      const std::string_view prefix = attribute.declared();
      if (is_reserved(attribute.value) || prefix == "xml" || prefix == "xmlns") return false;
      if (!prefix.empty() && attribute.value.empty()) return false;
      for (std::size_t i = before; i < bindings_.size(); ++i)
        if (bindings_[i].prefix == prefix) return false;
      bindings_.push_back({prefix, attribute.value});
    }
    if (bindings_.size() != before) forget_names();
    return true;
  }

  std::optional<std::string_view> uri_of(std::string_view prefix) const {
    for (std::size_t i = bindings_.size(); i-- > 0;)
      if (bindings_[i].prefix == prefix) return bindings_[i].uri;
    if (prefix.empty()) return prefix;
    return std::nullopt;
  }

  /// Names come again and again: each is looked up once as long as the same declarations are in scope.
  bool find_name(const Tag& tag, bool is_attribute, Name& name) {
    std::vector<Name>& names = is_attribute ? attribute_names_ : names_;
    for (const Name& known : names) {
      if (known.tag.size() != tag.whole.size() || known.tag.back() != tag.whole.back() ||
          std::memcmp(known.tag.data(), tag.whole.data(), tag.whole.size()) != 0)
        continue;
      name = known;
      return true;
    }
    // The default namespace is not one of attributes.
    const auto uri = is_attribute && tag.prefix.empty() ? std::optional(std::string_view{}) : uri_of(tag.prefix);
    if (!uri) return false;
    name = {tag.whole, document_.intern_name(*uri, tag.local),
            document_.intern_prefix(uri->empty() ? std::string_view{} : tag.prefix)};
    constexpr std::size_t most = 24;
    if (names.size() < most) names.push_back(name);
    return true;
  }

  bool append_attributes(NodeIndex element) {
    in_this_tag_.clear();
    for (const Attribute& attribute : attributes_) {
      if (attribute.is_declaration()) {
        document_.declare_namespace(element, attribute.declared(), attribute.value);
        continue;
      }
      Name name{};
      if (!find_name(attribute.tag, true, name)) return false;
      if (std::find(in_this_tag_.begin(), in_this_tag_.end(), name.name) != in_this_tag_.end()) return false;
      in_this_tag_.push_back(name.name);
      document_.append_attribute(element, name.name, name.prefix, attribute.value);
    }
    return true;
  }

  bool read_start_tag() {
    const std::size_t from = at_++;
    Tag tag;
    bool is_empty = false;
    if (!read_name(tag) || !read_attributes(is_empty)) return false;
    if (open_.size() + 1 > limits_.max_depth || !has_room(1 + attributes_.size())) return false;
    const std::size_t bindings = bindings_.size();
    if (!attributes_.empty() && !bind()) return false;
    Name name{};
    if (!find_name(tag, false, name)) return false;
    const NodeIndex parent = open_.empty() ? root_node : open_.back().element;
    const NodeIndex element = document_.append_element(parent, name.name, name.prefix);
    if (!append_attributes(element)) return false;
    if (texts_ && open_.size() == level_of_texts) texts_->push_back({element, in_.substr(from, at_ - from)});
    if (is_empty)
      unbind(bindings);
    else
      open_.push_back({tag.whole, element, bindings});
    return true;
  }

  bool read_end_tag() {
    at_ += 2;
    const Open closed = open_.back();
    if (!in_.substr(at_).starts_with(closed.tag)) return false;
    at_ += closed.tag.size();
    skip_space();
    if (!has('>')) return false;
    ++at_;
    open_.pop_back();
    if (texts_ && open_.size() == level_of_texts) {
      auto& text = texts_->back().text;
      text = {text.data(), static_cast<std::size_t>(in_.data() + at_ - text.data())};
    }
    unbind(closed.bindings);
    return true;
  }

  void unbind(std::size_t before) {
    if (bindings_.size() == before) return;
    bindings_.resize(before);
    forget_names();
  }

  void forget_names() {
    names_.clear();
    attribute_names_.clear();
  }

  bool has_room(std::size_t more) const { return document_.node_count() + more <= limits_.max_nodes; }

  bool read_text() {
    const std::size_t end = in_.find('<', at_);
    if (end == std::string_view::npos || !has_room(1)) return false;
    std::size_t from = at_;
    bool replaced = false;
    while (at_ < end) {
      if (!is(in_[at_], needs_care)) {
        ++at_;
      } else if (in_[at_] == '&') {
        if (!replaced) text_.clear();
        replaced = true;
        text_.append(in_, from, at_ - from);
        if (!read_entity()) return false;
        from = at_;
      } else {
        const std::size_t length = take_care(at_, end);
        if (length == 0) return false;
        at_ += length;
      }
    }
    if (replaced) text_.append(in_, from, end - from);
    document_.append_text(open_.back().element, replaced ? std::string_view(text_) : in_.substr(from, end - from));
    return true;
  }

  bool read_entity() {
    struct Entity {
      std::string_view text;
      char character;
    };
    for (const Entity& entity :
         {Entity{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}) {
      if (!in_.substr(at_).starts_with(entity.text)) continue;
      text_ += entity.character;
      at_ += entity.text.size();
      return true;
    }
    return false;
  }

  static constexpr std::size_t level_of_texts = 2;  // elements that have two ancestors

  std::string_view in_;
  const Limits& limits_;
  Document& document_;
  std::vector<ElementText>* texts_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<Binding> bindings_;
  std::vector<Attribute> attributes_;
  std::vector<NameIndex> in_this_tag_;
  std::vector<Name> names_, attribute_names_;
  std::string text_;
};

}  // namespace

bool read_plain(std::string_view bytes, const Limits& limits, Document& document, std::vector<ElementText>* texts) {
  document.clear();
  const bool plain = PlainReader(bytes, limits, document, texts).read();
  if (!plain && texts) texts->clear();
  return plain;
}

}  // namespace echoflow::xml
