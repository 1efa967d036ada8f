#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#include <cctype>
#include <map>
#include <mutex>
#include <vector>

#include "bpel/xslt/loaded.hpp"
#include "bpel/xslt/session.hpp"

namespace echoflow::xslt {
namespace {

constexpr std::size_t max_files = 100;

// The first argument of each document('…') in the text of a stylesheet.
std::vector<std::string> named_documents(const std::string& text) {
  std::vector<std::string> names;
  constexpr std::string_view call = "document(";
  for (auto at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
    auto begin = at + call.size();
    while (begin < text.size() && std::isspace(static_cast<unsigned char>(text[begin]))) ++begin;
    if (begin >= text.size() || (text[begin] != '\'' && text[begin] != '"')) continue;
    const auto end = text.find(text[begin], begin + 1);
    if (end != std::string::npos) names.push_back(text.substr(begin + 1, end - begin - 1));
  }
  return names;
}

// What a stylesheet includes and imports.
void add_included(const xmlDoc& document, std::vector<std::string>& names) {
  const xmlNode* root = xmlDocGetRootElement(&document);
  for (const xmlNode* at = root != nullptr ? root->children : nullptr; at != nullptr; at = at->next) {
    if (at->type != XML_ELEMENT_NODE || at->ns == nullptr || !xmlStrEqual(at->ns->href, XSLT_NAMESPACE)) continue;
    if (!xmlStrEqual(at->name, BAD_CAST "include") && !xmlStrEqual(at->name, BAD_CAST "import")) continue;
    if (xmlChar* href = xmlGetNoNsProp(at, BAD_CAST "href")) {
      names.emplace_back(reinterpret_cast<const char*>(href));
      xmlFree(href);
    }
  }
}

// Everything that the stylesheet can reach by name; what is missing stays missing and fails when it is asked for.
FileMap collect(const std::string& main, std::string content, const Files& find) {
  FileMap files;
  std::vector<std::pair<std::string, std::string>> open{{main, std::move(content)}};
  while (!open.empty() && files.size() < max_files) {
    auto [path, text] = std::move(open.back());
    open.pop_back();
    auto names = named_documents(text);
    if (const auto document = parse_xml(text, path, nullptr)) add_included(*document, names);
    files.emplace(path, std::move(text));
    for (const auto& name : names) {
      auto target = join(path, name);
      if (target.empty() || files.contains(target)) continue;
      if (auto found = find(target)) open.emplace_back(std::move(target), std::move(*found));
    }
  }
  return files;
}

std::shared_ptr<const Loaded> compiled(const std::string& main, FileMap files) {
  auto result = std::make_shared<Loaded>();
  auto sheet = std::make_shared<Stylesheet>();
  sheet->files = std::move(files);
  Session session(sheet->files, {});
  auto document = parse_xml(sheet->files.at(main), main, nullptr);
  if (document) {
    sheet->sheet.reset(xsltParseStylesheetDoc(document.get()));
    if (sheet->sheet) document.release();
  }
  if (sheet->sheet && session.stopped().empty()) {
    result->sheet = std::move(sheet);
    return result;
  }
  result->fault = "subLanguageExecutionFault";
  result->message = "The stylesheet '" + main +
                    "' cannot be compiled: " + (session.stopped().empty() ? session.messages() : session.stopped());
  return result;
}

/// Compiled stylesheets by everything that they consist of, for as long as an expression uses them.
class Cache {
 public:
  std::shared_ptr<const Loaded> get(const std::string& main, FileMap files) {
    std::string key = main;
    for (const auto& [path, content] : files) key += '\0' + path + '\0' + content;
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(key); known != entries_.end())
      if (auto alive = known->second.lock()) return alive;
    std::erase_if(entries_, [](const auto& entry) { return entry.second.expired(); });
    auto fresh = compiled(main, std::move(files));
    entries_[std::move(key)] = fresh;
    return fresh;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const Loaded>> entries_;
};

}  // namespace

std::shared_ptr<const Loaded> load(const std::string& uri, const Files& find) {
  auto content = find ? find(uri) : std::nullopt;
  if (!content) {
    return std::make_shared<const Loaded>(
        Loaded{nullptr, "xsltStylesheetNotFound", "The stylesheet '" + uri + "' is not in the deployment."});
  }
  static Cache cache;
  const FileMap none;
  const Session session(none, {});
  return cache.get(uri, collect(uri, std::move(*content), find));
}

}  // namespace echoflow::xslt
