#include "adapters/channels/rss/feed.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/xml_path.hpp"
#include "models/base/sha256.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::channels::rss {

namespace {

/// The first of some paths that has a text.
std::string first_text(const xml::Document& document, xml::NodeIndex node, std::initializer_list<const char*> paths) {
  for (const char* path : paths)
    if (auto text = text_at(document, node, path); !text.empty()) return text;
  return {};
}

/// Atom's link to the page itself: rel "alternate" or none.
std::string link_of(const xml::Document& document, xml::NodeIndex node) {
  for (auto link : elements_at(document, node, "link")) {
    const auto rel = document.attribute(link, "rel");
    const auto href = document.attribute(link, "href");
    if (href && (!rel || *rel == "alternate")) return std::string(*href);
    if (!href) return document.string_value(link);
  }
  return {};
}

Entry read_entry(const xml::Document& document, xml::NodeIndex node) {
  Entry entry;
  entry.title = text_of_html(text_at(document, node, "title"));
  entry.text = text_of_html(first_text(document, node, {"encoded", "content", "description", "summary"}));
  entry.author = first_text(document, node, {"author/name", "author", "creator"});
  entry.link = link_of(document, node);
  entry.id = first_text(document, node, {"guid", "id"});
  if (entry.id.empty()) entry.id = entry.link;
  if (entry.id.empty()) entry.id = "sha256:" + sha256_hex(entry.title + "\n" + entry.text);
  const auto time = first_text(document, node, {"pubDate", "published", "updated", "date"});
  entry.published_at = from_iso(time);
  if (!entry.published_at) entry.published_at = from_http_date(time);
  entry.raw = xml::to_string(document, node);
  return entry;
}

}  // namespace

Result<std::vector<Entry>> read_feed(std::string_view bytes) {
  auto document = xml::read(bytes);
  if (!document) return fail("The feed is no acceptable XML: " + document.error().message);
  const auto root = document->document_element();
  const auto name = document->local_name(root);
  const char* path = name == "feed" ? "entry" : name == "rss" ? "channel/item" : name == "RDF" ? "item" : nullptr;
  if (!path) return fail("The address gives no RSS or Atom feed, but <" + std::string(name) + ">.");
  std::vector<Entry> entries;
  for (auto node : elements_at(*document, root, path)) {
    if (entries.size() >= most_items) break;
    auto entry = read_entry(*document, node);
    if (!entry.text.empty() || !entry.title.empty()) entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace echoflow::channels::rss
