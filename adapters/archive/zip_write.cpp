#include <zlib.h>

#include "adapters/archive/zip.hpp"
#include "adapters/archive/zip_format.hpp"

namespace echoflow::archive {

namespace {

using namespace format;

std::string deflate_raw(const std::string& content) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

/// What local and central records share, from "version needed" on. The date is 1980-01-01 so that nothing varies.
void put_common(std::string& out, std::uint16_t method, std::uint32_t crc, std::size_t packed, std::size_t unpacked,
                std::size_t name) {
  put16(out, 20);
  put16(out, flag_utf8);
  put16(out, method);
  put16(out, 0);
  put16(out, 0x21);
  put32(out, crc);
  put32(out, static_cast<std::uint32_t>(packed));
  put32(out, static_cast<std::uint32_t>(unpacked));
  put16(out, static_cast<std::uint32_t>(name));
  put16(out, 0);
}

}  // namespace

std::string write_zip(const Files& files) {
  std::string out, directory;
  for (const auto& [path, content] : files) {
    auto offset = static_cast<std::uint32_t>(out.size());
    auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())));
    std::string packed = deflate_raw(content);
    bool smaller = !packed.empty() && packed.size() < content.size();
    const std::string& body = smaller ? packed : content;
    put32(out, local_signature);
    put_common(out, smaller ? deflated : stored, crc, body.size(), content.size(), path.size());
    out += path;
    out += body;
    put32(directory, central_signature);
    put16(directory, 20);
    put_common(directory, smaller ? deflated : stored, crc, body.size(), content.size(), path.size());
    put16(directory, 0);
    put16(directory, 0);
    put16(directory, 0);
    put32(directory, 0);
    put32(directory, offset);
    directory += path;
  }
  auto start = static_cast<std::uint32_t>(out.size());
  out += directory;
  put32(out, end_signature);
  put32(out, 0);
  put16(out, static_cast<std::uint32_t>(files.size()));
  put16(out, static_cast<std::uint32_t>(files.size()));
  put32(out, static_cast<std::uint32_t>(directory.size()));
  put32(out, start);
  put16(out, 0);
  return out;
}

}  // namespace echoflow::archive
