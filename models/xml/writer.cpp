#include "models/xml/writer.hpp"

#include <algorithm>
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

class Writer {
 public:
  Writer(const Document& document, std::string& out) : document_(document), out_(out) {
    constexpr std::size_t of_markup = 16;
    out_.reserve(out_.size() + document_.text_bytes() + (document_.node_count() - document_.removed_count()) * of_markup);
  }

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
    std::string_view prefix;
    std::size_t bindings;  // how many were in scope before it
  };
  /// How a name is written as long as the same bindings are in scope: most elements have the name of another.
  struct Tag {
    StringIndex prefix = 0;
    std::uint32_t scope = 0;
    std::string_view written_prefix;
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
        append_escaped(document_.value(n), EscapePlace::text, out_);
        return false;
      case NodeKind::comment:
        out_ += "<!--";
        append_escaped(document_.value(n), EscapePlace::comment, out_);
        out_ += "-->";
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
    (out_ += "<?") += document_.local_name(n);
    if (!data.empty()) out_ += ' ';
    append_escaped(data, EscapePlace::processing_instruction, out_);
    out_ += "?>";
  }

  bool open_element(NodeIndex n, bool is_top) {
    frames_.push_back({n, {}, bindings_.size()});
    if (!is_top && !document_.declares_namespaces(n)) {
      frames_.back().prefix = known_prefix(n);
    } else {
      bind_declared(n, is_top);
      frames_.back().prefix = prefix_for_element(n);
    }
    attribute_prefixes_.clear();
    for (NodeIndex a = document_.first_attribute(n); a != no_node; a = document_.next_sibling(a))
      attribute_prefixes_.push_back(prefix_for_attribute(a));
    out_ += '<';
    write_name(frames_.back().prefix, n);
    for (std::size_t i = frames_.back().bindings; i < bindings_.size(); ++i) write_binding(bindings_[i]);
    std::size_t i = 0;
    for (NodeIndex a = document_.first_attribute(n); a != no_node; a = document_.next_sibling(a)) {
      out_ += ' ';
      write_name(attribute_prefixes_[i++], a);
      out_ += "=\"";
      append_escaped(document_.value(a), EscapePlace::attribute, out_);
      out_ += '"';
    }
    if (document_.first_child(n) != no_node) {
      out_ += '>';
      return true;
    }
    out_ += "/>";
    pop();
    return false;
  }

  void close() {
    out_ += "</";
    write_name(frames_.back().prefix, frames_.back().element);
    out_ += '>';
    pop();
  }

  void pop() {
    if (bindings_.size() != frames_.back().bindings) {
      bindings_.resize(frames_.back().bindings);
      ++scope_;
    }
    frames_.pop_back();
  }

  void bind(std::string_view prefix, std::string_view uri) {
    bindings_.push_back({prefix, uri});
    ++scope_;
  }

  /// The prefix of an element that declares nothing itself.
  std::string_view known_prefix(NodeIndex n) {
    const NameIndex name = document_.name(n);
    if (tags_.size() <= name) tags_.resize(name + 1);
    const Tag& known = tags_[name];
    if (known.scope == scope_ && known.prefix == document_.prefix_index(n)) return known.written_prefix;
    const std::string_view prefix = prefix_for_element(n);
    if (bindings_.size() == frames_.back().bindings) tags_[name] = {document_.prefix_index(n), scope_, prefix};
    return prefix;
  }

  void write_name(std::string_view prefix, NodeIndex n) {
    if (!prefix.empty()) (out_ += prefix) += ':';
    out_ += document_.local_name(n);
  }

  void write_binding(const Binding& binding) {
    out_ += binding.prefix.empty() ? " xmlns" : " xmlns:";
    out_ += binding.prefix;
    out_ += "=\"";
    append_escaped(binding.uri, EscapePlace::attribute, out_);
    out_ += '"';
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
  std::string& out_;
  std::vector<Frame> frames_;
  std::vector<Tag> tags_;    // by name
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
