#include "bpel/xslt/session.hpp"

#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxml/xmlmemory.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>
#include <malloc.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string_view>
#include <vector>

namespace echoflow::xslt {
namespace {

thread_local Session* current_session = nullptr;

constexpr std::string_view scheme = "echoflow-file:///";
constexpr std::size_t max_messages = 2000;

// libxml2 and libxslt allocate through these, so that a session can count and stop.
void* counted_malloc(std::size_t size) {
  auto* s = current_session;
  if (s != nullptr && !s->may_allocate(size)) return nullptr;
  void* p = std::malloc(size);
  if (s != nullptr && p != nullptr) s->allocated(malloc_usable_size(p));
  return p;
}
void counted_free(void* p) {
  if (current_session != nullptr && p != nullptr) current_session->released(malloc_usable_size(p));
  std::free(p);
}
void* counted_realloc(void* p, std::size_t size) {
  auto* s = current_session;
  if (s == nullptr) return std::realloc(p, size);
  if (!s->may_allocate(size)) return nullptr;
  const std::size_t before = p != nullptr ? malloc_usable_size(p) : 0;
  void* q = std::realloc(p, size);
  if (q != nullptr) {
    s->released(before);
    s->allocated(malloc_usable_size(q));
  }
  return q;
}
char* counted_strdup(const char* text) {
  const auto size = std::strlen(text) + 1;
  auto* copy = static_cast<char*>(counted_malloc(size));
  if (copy != nullptr) std::memcpy(copy, text, size);
  return copy;
}

void take_message(void*, const char* format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  if (current_session != nullptr) current_session->report(buffer);
}

void take_error(void*, xmlErrorPtr error) {
  if (current_session != nullptr && error != nullptr && error->message != nullptr)
    current_session->report(error->message);
}

// The only way by which libxslt reads a file.
xmlDoc* load_document(const xmlChar* uri, xmlDict* dictionary, int, void*, xsltLoadType) {
  auto* s = current_session;
  if (s == nullptr || uri == nullptr) return nullptr;
  const auto path = path_of(reinterpret_cast<const char*>(uri));
  const auto found = path.empty() ? s->files().end() : s->files().find(path);
  if (found == s->files().end()) {
    s->refuse_file(reinterpret_cast<const char*>(uri));
    return nullptr;
  }
  auto document = parse_xml(found->second, path, dictionary);
  if (!document) s->stop("the file '" + path + "' is not well-formed XML without DOCTYPE");
  return document.release();
}

int refuse(xsltSecurityPrefs*, xsltTransformContext*, const char* value) {
  if (current_session != nullptr) current_session->refuse_file(value != nullptr ? value : "");
  return 0;
}
int leave_to_loader(xsltSecurityPrefs*, xsltTransformContext*, const char*) {
  return 1;
}

void initialize_libraries() {
  xmlMemSetup(counted_free, counted_malloc, counted_realloc, counted_strdup);
  xmlInitParser();
  xsltInit();
  xsltSetGenericErrorFunc(nullptr, take_message);
  xsltSetLoaderFunc(load_document);
  auto* security = xsltNewSecurityPrefs();
  for (const auto option :
       {XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_WRITE_NETWORK})
    xsltSetSecurityPrefs(security, option, refuse);
  // Our own scheme counts as network; the loader knows no other.
  xsltSetSecurityPrefs(security, XSLT_SECPREF_READ_NETWORK, leave_to_loader);
  xsltSetDefaultSecurityPrefs(security);
}

void refuse_doctype(void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
  if (current_session != nullptr) current_session->report("a DOCTYPE is not allowed\n");
  xmlStopParser(static_cast<xmlParserCtxt*>(parser));
}

}  // namespace

Session::Session(const FileMap& files, const Limits& limits)
    : files_(files),
      limits_(limits),
      deadline_(std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.max_milliseconds)),
      outer_(current_session) {
  static std::once_flag once;
  std::call_once(once, initialize_libraries);
  current_session = this;
  xmlSetGenericErrorFunc(nullptr, take_message);
  xmlSetStructuredErrorFunc(nullptr, take_error);
}

Session::~Session() {
  current_session = outer_;
}

Session* Session::current() {
  return current_session;
}

void Session::allocated(std::size_t bytes) {
  live_ += static_cast<std::ptrdiff_t>(bytes);
  if (live_ > static_cast<std::ptrdiff_t>(limits_.max_memory))
    stop("it needs more than " + std::to_string(limits_.max_memory >> 20) + " MB (limit xslt-memory)");
  constexpr unsigned between_looks = 256;
  if (++calls_ % between_looks == 0 && std::chrono::steady_clock::now() > deadline_)
    stop("it takes longer than " + std::to_string(limits_.max_milliseconds) + " ms (limit xslt-time)");
}

// Stopping takes effect at the next instruction; one that grows a string in a loop must not get there with all memory.
bool Session::may_allocate(std::size_t bytes) const {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(live_, 0)) + bytes < limits_.max_memory * 2;
}

void Session::report(const char* text) {
  if (messages_.size() < max_messages) messages_ += text;
}

void Session::refuse_file(const std::string& uri) {
  stop("it asks for '" + uri +
       "', which is no file of this deployment that the stylesheet names in xsl:include, xsl:import or document('…')");
}

void Session::stop(const std::string& reason) {
  if (stopped_.empty()) stopped_ = reason;
  if (context_ == nullptr) return;
  context_->state = XSLT_STATE_STOPPED;
  context_->opCount = context_->opLimit;
  if (context_->xpathCtxt != nullptr) context_->xpathCtxt->opCount = context_->xpathCtxt->opLimit;
}

std::string Session::messages() const {
  std::string text = messages_;
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

XmlDocument parse_xml(const std::string& bytes, const std::string& path, xmlDict* dictionary) {
  xmlParserCtxt* parser = xmlNewParserCtxt();
  if (parser == nullptr) return nullptr;
  if (dictionary != nullptr) {
    xmlDictFree(parser->dict);
    parser->dict = dictionary;
    xmlDictReference(dictionary);
  }
  parser->sax->internalSubset = refuse_doctype;
  xmlDoc* document = xmlCtxtReadMemory(parser, bytes.data(), static_cast<int>(bytes.size()), uri_of(path).c_str(),
                                       nullptr, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
  const bool good = parser->wellFormed != 0 && parser->errNo == 0;
  xmlFreeParserCtxt(parser);
  XmlDocument result(document);
  return good ? std::move(result) : nullptr;
}

std::string uri_of(const std::string& path) {
  xmlChar* escaped =
      xmlURIEscapeStr(reinterpret_cast<const xmlChar*>(path.c_str()), reinterpret_cast<const xmlChar*>("/"));
  std::string uri(scheme);
  if (escaped != nullptr) uri += reinterpret_cast<const char*>(escaped);
  xmlFree(escaped);
  return uri;
}

std::string path_of(const char* uri) {
  const std::string_view text(uri);
  if (!text.starts_with(scheme)) return {};
  const auto escaped = text.substr(scheme.size());
  char* plain = xmlURIUnescapeString(escaped.data(), static_cast<int>(escaped.size()), nullptr);
  std::string path = plain != nullptr ? plain : "";
  xmlFree(plain);
  return path;
}

std::string join(const std::string& file, std::string_view reference) {
  if (reference.empty() || reference.front() == '/' || reference.find(':') != std::string_view::npos) return {};
  const auto slash = file.rfind('/');
  std::string text = slash == std::string::npos ? std::string() : file.substr(0, slash + 1);
  text += reference;
  std::vector<std::string_view> parts;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    } else {
      return {};
    }
  }
  std::string path;
  for (const auto part : parts) path += (path.empty() ? "" : "/") + std::string(part);
  return path;
}

}  // namespace echoflow::xslt
