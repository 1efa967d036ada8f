#pragma once
#include <ctime>
#include <string>
#include <vector>

#include "models/documentation/render.hpp"

struct zip;

namespace echoflow::documentation {

/// An Open Packaging file (a ZIP with content types and relationships), written by libzip.
class Package {
 public:
  /// `moment` is the date of all its parts: the same content has the same bytes.
  explicit Package(std::time_t moment) : moment_(moment) {}

  /// `type` is the part's content type; parts of one extension with the default type need none.
  void add(std::string path, std::string bytes, std::string type = "");
  void add(std::string path, Attachment file, std::string type);
  void add_default(std::string extension, std::string type) { defaults_.emplace_back(extension, type); }
  Result<void> write(const Sink& sink);

 private:
  struct Part {
    std::string path, bytes, type;
    Attachment file;
    bool attached = false;
  };
  std::string content_types() const;
  Result<void> put(zip* archive, const Part& part);

  std::time_t moment_;
  std::vector<Part> parts_;
  std::vector<std::pair<std::string, std::string>> defaults_;
};

/// Text for XML: markup escaped, characters that XML does not know left out.
std::string xml_text(std::string_view text);

}  // namespace echoflow::documentation
