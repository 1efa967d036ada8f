#pragma once
#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "bpel/xslt/stylesheet.hpp"

/// What libxslt needs around each use of it: silence, files, limits. Private to this folder.
namespace echoflow::xslt {

struct FreeDocument {
  void operator()(xmlDoc* d) const { xmlFreeDoc(d); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeDocument>;

struct FreeStylesheet {
  void operator()(xsltStylesheet* s) const { xsltFreeStylesheet(s); }
};

/// Contents by path inside the deployment.
using FileMap = std::map<std::string, std::string>;

/// The compiled form, with the files that it may read while it runs. `sheet` owns its document.
class Stylesheet {
 public:
  FileMap files;
  std::unique_ptr<xsltStylesheet, FreeStylesheet> sheet;
};

/// While one exists, libxml2 and libxslt in this thread report to it, read only its files and obey its limits.
class Session {
 public:
  Session(const FileMap& files, const Limits& limits);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  static Session* current();
  /// The transformation that is stopped when a limit is passed.
  void guard(xsltTransformContext* context) { context_ = context; }
  void allocated(std::size_t bytes);
  void released(std::size_t bytes) { live_ -= static_cast<std::ptrdiff_t>(bytes); }
  bool may_allocate(std::size_t bytes) const;
  void report(const char* text);
  void refuse_file(const std::string& uri);
  void stop(const std::string& reason);

  const FileMap& files() const { return files_; }
  const Limits& limits() const { return limits_; }
  /// Why a limit or a refused file stopped the work; empty otherwise.
  const std::string& stopped() const { return stopped_; }
  /// What the libraries had to say, at most a few lines.
  std::string messages() const;

 private:
  const FileMap& files_;
  Limits limits_;
  xsltTransformContext* context_ = nullptr;
  std::ptrdiff_t live_ = 0;
  unsigned calls_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  std::string messages_;
  std::string stopped_;
  Session* outer_;
};

/// Parses without DTD, entities or network; null when malformed or when it has a DOCTYPE. `dictionary` may be null.
XmlDocument parse_xml(const std::string& bytes, const std::string& path, xmlDict* dictionary);

/// The URI that libxslt knows a deployment's file by, and back ("" for any other URI).
std::string uri_of(const std::string& path);
std::string path_of(const char* uri);

/// Joins a reference to the path of the file that makes it: "x/a.xsl" + "../b.xsl" → "b.xsl". Empty when it is an
/// absolute URI or leads out of the deployment.
std::string join(const std::string& file, std::string_view reference);

}  // namespace echoflow::xslt
