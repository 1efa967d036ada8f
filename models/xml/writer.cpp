#include "models/xml/writer.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "models/base/namespaces.hpp"
#include "models/xml/escape.hpp"

namespace echoflow::xml {
namespace {

// Strings of one document are kept once, so that the same string mostly lies at the same address.
bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.data() == b.data() || a == b);
}

/// Text that grows at its end, with memory taken ahead: what is added is copied there and nothing more.
class Sink {
 public:
  Sink(std::string& out, std::size_t expected) : out_(out), used_(out.size()) { out_.resize(used_ + expected + slack); }
  ~Sink() { out_.resize(used_); }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  void add(char c) { *take(1) = c; }
  void add(std::string_view text) {
    char* to = take(text.size());
    const char* from = text.data();
    const std::size_t size = text.size();
    // Names and values are mostly short: two copies of a fixed size, which overlap, are quicker than a call.
    if (size > 16) {
      std::memcpy(to, from, size);
    } else if (size >= 8) {
      std::memcpy(to, from, 8);
      std::memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(to, from, 4);
      std::memcpy(to + size - 4, from + size - 4, 4);
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    }
  }
  void add_escaped(std::string_view text, EscapePlace place) {
    const std::size_t plain = plain_length(text, place);
    add(text.substr(0, plain));
    if (plain == text.size()) return;
    out_.resize(used_);
    append_escaped(text.substr(plain), place, out_);
    used_ = out_.size();
  }

 private:
  static constexpr std::size_t slack = 64;

  char* take(std::size_t bytes) {
    if (out_.size() - used_ < bytes) out_.resize(std::max(out_.size() * 2, used_ + bytes + slack));
    char* at = out_.data() + used_;
    used_ += bytes;
    return at;
  }

  std::string& out_;
  std::size_t used_;
};

std::size_t expected_size(const Document& document) {
  constexpr std::size_t of_markup = 20;
  return document.text_bytes() + (document.node_count() - document.removed_count()) * of_markup;
}

class Writer {
 public:
  Writer(const Document& document, std::string& out) : document_(document), out_(out, expected_size(document)) {}

  /// Writes a node and all below it, without recursion.
  void write(NodeIndex top) {
    NodeIndex n = top;
    while (true) {
      if (open(n, top) && document_.first_child(n) != no_node) {
        n = document_.first_child(n);
        continue;
      }
      while (n != top && document_.next_sibling(n) == no_node) {
        n = document_.parent(n);
        if (document_.kind(n) == NodeKind::element) close();
      }
      if (n == top) return;
      n = document_.next_sibling(n);
    }
  }

 private:
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
  };
  struct Frame {
    NodeIndex element;
    bool is_other;         // its tag is the last of others_, not the one of its name
    std::size_t bindings;  // how many were in scope before it
  };
  /// A name as it is written while the same bindings are in scope: most elements have the name of another.
  struct Tag {
    StringIndex prefix = 0;
    std::uint32_t scope = 0;
    std::uint32_t open = 0;  // elements whose end tags are still to be written
    std::string text;
  };

  /// True when what lies below the node is to be written, too.
  bool open(NodeIndex n, NodeIndex top) {
    switch (document_.kind(n)) {
      case NodeKind::document:
        return true;
      case NodeKind::element:
        return open_element(n, n == top);
      case NodeKind::attribute:
      case NodeKind::text:
        out_.add_escaped(document_.value(n), EscapePlace::text);
        return false;
      case NodeKind::comment:
        out_.add("<!--");
        out_.add_escaped(document_.value(n), EscapePlace::comment);
        out_.add("-->");
        return false;
      case NodeKind::processing_instruction:
        write_instruction(n);
        return false;
      case NodeKind::removed:
        return false;
    }
    return false;
  }

  void write_instruction(NodeIndex n) {
    std::string_view data = document_.value(n);
    data.remove_prefix(
        std::min(data.find_first_not_of(" \t\r\n"), data.size()));  // a reader takes it for the separator
    out_.add("<?");
    out_.add(document_.local_name(n));
    if (!data.empty()) out_.add(' ');
    out_.add_escaped(data, EscapePlace::processing_instruction);
    out_.add("?>");
  }

  bool open_element(NodeIndex n, bool is_top) {
    frames_.push_back({n, false, bindings_.size()});
    if (is_top || document_.declares_namespaces(n) || !is_known(n)) find_tag(n, is_top);
    if (!frames_.back().is_other) ++tags_[document_.name(n)].open;
    out_.add('<');
    out_.add(tag());
    if (document_.first_attribute(n) != no_node || bindings_.size() != frames_.back().bindings) write_attributes(n);
    if (document_.first_child(n) != no_node) {
      out_.add('>');
      return true;
    }
    out_.add("/>");
    pop();
    return false;
  }

  /// The name of the innermost open element.
  std::string_view tag() const {
    return frames_.back().is_other ? others_.back() : tags_[document_.name(frames_.back().element)].text;
  }

  void close() {
    out_.add("</");
    out_.add(tag());
    out_.add('>');
    pop();
  }

  void pop() {
    const Frame& frame = frames_.back();
    if (bindings_.size() != frame.bindings) {
      bindings_.resize(frame.bindings);
      ++scope_;
    }
    if (frame.is_other)
      others_.pop_back();
    else
      --tags_[document_.name(frame.element)].open;
    frames_.pop_back();
  }

  void bind(std::string_view prefix, std::string_view uri) {
    bindings_.push_back({prefix, uri});
    ++scope_;
  }

  bool is_known(NodeIndex n) const {
    const NameIndex name = document_.name(n);
    return name < tags_.size() && tags_[name].scope == scope_ && tags_[name].prefix == document_.prefix_index(n);
  }

  /// Finds an element's tag, and binds what it needs.
  void find_tag(NodeIndex n, bool is_top) {
    const NameIndex name = document_.name(n);
    if (tags_.size() <= name) tags_.resize(name + 1);
    bind_declared(n, is_top);
    std::string text(prefix_for_element(n));
    if (!text.empty()) text += ':';
    text += document_.local_name(n);
    // An element around it may have this name with another prefix, and its end tag is still to be written.
    Tag& known = tags_[name];
    frames_.back().is_other = known.open > 0 && known.text != text;
    if (frames_.back().is_other)
      others_.push_back(std::move(text));
    else
      known = {document_.prefix_index(n), scope_, known.open, std::move(text)};
  }

  /// The declarations, which the attributes may add to, and the attributes.
  void write_attributes(NodeIndex n) {
    attribute_prefixes_.clear();
    for (NodeIndex a = document_.first_attribute(n); a != no_node; a = document_.next_sibling(a))
      attribute_prefixes_.push_back(prefix_for_attribute(a));
    for (std::size_t i = frames_.back().bindings; i < bindings_.size(); ++i) write_binding(bindings_[i]);
    std::size_t i = 0;
    for (NodeIndex a = document_.first_attribute(n); a != no_node; a = document_.next_sibling(a)) {
      const std::string_view prefix = attribute_prefixes_[i++];
      out_.add(' ');
      out_.add(prefix);
      if (!prefix.empty()) out_.add(':');
      out_.add(document_.local_name(a));
      out_.add("=\"");
      out_.add_escaped(document_.value(a), EscapePlace::attribute);
      out_.add('"');
    }
  }

  void write_binding(const Binding& binding) {
    out_.add(binding.prefix.empty() ? " xmlns" : " xmlns:");
    out_.add(binding.prefix);
    out_.add("=\"");
    out_.add_escaped(binding.uri, EscapePlace::attribute);
    out_.add('"');
  }

  // The topmost element also gets what its ancestors declare, for the QNames in its content.
  void bind_declared(NodeIndex n, bool is_top) {
    const bool nameless = document_.namespace_uri(n).empty();  // it can have no default namespace
    const auto declared = is_top ? document_.namespaces_in_scope(n) : document_.namespace_declarations(n);
    for (const NamespaceDeclaration& d : declared) {
      if (d.uri.empty() ? !d.prefix.empty() : d.prefix.empty() && nameless) continue;
      bind(d.prefix, d.uri);
    }
  }

  const Binding* find(std::string_view prefix) const {
    for (std::size_t i = bindings_.size(); i-- > 0;)
      if (same(bindings_[i].prefix, prefix)) return &bindings_[i];
    return nullptr;
  }
  bool is_bound(std::string_view prefix, std::string_view uri) const {
    const Binding* found = find(prefix);
    return found != nullptr && same(found->uri, uri);
  }
  bool is_bound_here(std::string_view prefix) const {
    for (std::size_t i = frames_.back().bindings; i < bindings_.size(); ++i)
      if (same(bindings_[i].prefix, prefix)) return true;
    return false;
  }

  std::string_view prefix_for_element(NodeIndex n) {
    const std::string_view uri = document_.namespace_uri(n);
    const std::string_view prefix = document_.prefix(n);
    if (uri.empty()) {
      const Binding* found = find("");
      if (found != nullptr && !found->uri.empty()) bind("", "");
      return "";
    }
    if (uri == ns::xml) return "xml";
    if (is_bound(prefix, uri)) return prefix;
    if (prefix == "xml" || prefix == "xmlns" || is_bound_here(prefix)) return another_prefix(uri);
    bind(prefix, uri);
    return prefix;
  }

  std::string_view prefix_for_attribute(NodeIndex a) {
    const std::string_view uri = document_.namespace_uri(a);
    if (uri.empty()) return "";
    if (uri == ns::xml) return "xml";
    const std::string_view prefix = document_.prefix(a);
    if (prefix.empty() || prefix == "xml" || prefix == "xmlns") return another_prefix(uri);
    if (is_bound(prefix, uri)) return prefix;
    if (find(prefix) != nullptr) return another_prefix(uri);
    bind(prefix, uri);
    return prefix;
  }

  // A prefix that is in scope for the URI, or an invented one.
  std::string_view another_prefix(std::string_view uri) {
    for (std::size_t i = bindings_.size(); i-- > 0;)
      if (!bindings_[i].prefix.empty() && same(bindings_[i].uri, uri) && is_bound(bindings_[i].prefix, uri))
        return bindings_[i].prefix;
    std::string name;
    for (int i = 1; name.empty() || find(name) != nullptr; ++i) name = "ns" + std::to_string(i);
    invented_.push_back(std::move(name));
    bind(invented_.back(), uri);
    return invented_.back();
  }

  const Document& document_;
  Sink out_;
  std::vector<Frame> frames_;
  std::vector<Tag> tags_;    // by name
  std::vector<std::string> others_;
  std::uint32_t scope_ = 1;  // another one for every change of the bindings
  std::vector<Binding> bindings_;
  std::vector<std::string_view> attribute_prefixes_;
  std::deque<std::string> invented_;  // their addresses stay
};

}  // namespace

void write(const Document& document, NodeIndex node, std::string& out, const WriteOptions& options) {
  if (options.declaration) out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  Writer(document, out).write(node);
}

std::string to_string(const Document& document, NodeIndex node, const WriteOptions& options) {
  std::string out;
  write(document, node, out, options);
  return out;
}

}  // namespace echoflow::xml
