#include "models/documentation/docx/package.hpp"

#include <zip.h>

#include <array>
#include <cstdio>
#include <memory>

namespace echoflow::documentation {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// The bytes of a part in a file without a name: libzip reads them when it writes the archive.
Result<File> spooled(const Attachment& file) {
  File spool(std::tmpfile());
  if (!spool) return fail("no temporary file could be opened for an attachment: make room for temporary files.");
  auto add = [&](std::string_view bytes) -> Result<void> {
    if (std::fwrite(bytes.data(), 1, bytes.size(), spool.get()) == bytes.size()) return {};
    return fail("an attachment could not be kept in a temporary file: make room for temporary files.");
  };
  auto read = file.read ? file.read(add) : add(file.bytes);
  if (!read.ok()) return fail(read.error().message);
  std::rewind(spool.get());
  return spool;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      out += c;
  }
  return out;
}

void Package::add(std::string path, std::string bytes, std::string type) {
  Part part;
  part.path = std::move(path);
  part.bytes = std::move(bytes);
  part.type = std::move(type);
  parts_.push_back(std::move(part));
}

void Package::add(std::string path, Attachment file, std::string type) {
  Part part;
  part.path = std::move(path);
  part.file = std::move(file);
  part.type = std::move(type);
  part.attached = true;
  parts_.push_back(std::move(part));
}

std::string Package::content_types() const {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
  for (const auto& [extension, type] : defaults_)
    out += "<Default Extension=\"" + extension + "\" ContentType=\"" + xml_text(type) + "\"/>";
  for (const auto& part : parts_)
    if (!part.type.empty())
      out += "<Override PartName=\"/" + xml_text(part.path) + "\" ContentType=\"" + xml_text(part.type) + "\"/>";
  return out + "</Types>";
}

Result<void> Package::put(zip* archive, const Part& part) {
  zip_source_t* source = nullptr;
  if (part.attached) {
    auto spool = spooled(part.file);
    if (!spool) return fail(spool.error().message);
    source = zip_source_filep(archive, spool->release(), 0, -1);  // libzip closes it
  } else {
    source = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
  }
  if (!source) return fail("the DOCX could not be written: there is not enough memory.");
  const auto index = zip_file_add(archive, part.path.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return fail(std::string("the DOCX could not be written: ") + zip_strerror(archive));
  }
  zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), moment_, 0);
  return {};
}

Result<void> Package::write(const Sink& sink) {
  Part types;
  types.path = "[Content_Types].xml";
  types.bytes = content_types();
  parts_.insert(parts_.begin(), std::move(types));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!target) return fail("the DOCX could not be written: there is not enough memory.");
  zip_source_keep(target);
  std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> keep(target, zip_source_free);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE | ZIP_CREATE, &error);
  if (!archive) {
    zip_source_free(target);
    return fail(std::string("the DOCX could not be written: ") + zip_error_strerror(&error));
  }
  for (const auto& part : parts_) {
    auto done = put(archive, part);
    if (done.ok()) continue;
    zip_discard(archive);
    return done;
  }
  if (zip_close(archive) != 0) {
    const std::string why = zip_strerror(archive);
    zip_discard(archive);
    return fail("the DOCX could not be written: " + why);
  }
  if (zip_source_open(target) != 0) return fail("the DOCX could not be read back.");
  std::array<char, 1 << 16> piece;
  for (zip_int64_t size = 0; (size = zip_source_read(target, piece.data(), piece.size())) > 0;) {
    auto written = sink(std::string_view(piece.data(), static_cast<std::size_t>(size)));
    if (!written.ok()) return written;
  }
  zip_source_close(target);
  return {};
}

}  // namespace echoflow::documentation
