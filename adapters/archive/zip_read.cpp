#include <zlib.h>

#include <optional>
#include <vector>

#include "adapters/archive/zip.hpp"
#include "adapters/archive/zip_format.hpp"

namespace echoflow::archive {

namespace {

using namespace format;

struct Entry {
  std::string path;
  std::uint16_t flags = 0, method = 0;
  std::uint32_t crc = 0, packed = 0, unpacked = 0, offset = 0;
};

Failure<ArchiveError> damaged(std::string what) {
  return fail(ArchiveError{"The archive is no readable ZIP file: " + std::move(what) + ". Pack it again.", ""});
}
Failure<ArchiveError> over(std::string_view limit, std::string what) {
  return fail(ArchiveError{std::move(what) + " (limit " + std::string(limit) + ").", std::string(limit)});
}

std::optional<std::size_t> find_end(std::string_view bytes) {
  if (bytes.size() < end_size) return std::nullopt;
  std::size_t lowest = bytes.size() > end_size + 0xffff ? bytes.size() - end_size - 0xffff : 0;
  for (std::size_t at = bytes.size() - end_size + 1; at-- > lowest;)
    if (u32(bytes, at) == end_signature && at + end_size + u16(bytes, at + 20) == bytes.size()) return at;
  return std::nullopt;
}

bool is_noise(std::string_view path) {
  return path.starts_with("__MACOSX/") || path == ".DS_Store" || path.ends_with("/.DS_Store");
}

bool is_symbolic_link(std::string_view bytes, std::size_t at) {
  constexpr std::uint32_t made_by_unix = 3, type_mask = 0170000, link_type = 0120000;
  return (u16(bytes, at + 4) >> 8) == made_by_unix && ((u32(bytes, at + 38) >> 16) & type_mask) == link_type;
}

/// Reads one record of the central directory and moves `at` behind it; an empty path means: not a file to keep.
Result<Entry, ArchiveError> read_entry(std::string_view bytes, std::size_t& at) {
  if (at + central_size > bytes.size() || u32(bytes, at) != central_signature)
    return damaged("its directory is cut off");
  std::size_t name_size = u16(bytes, at + 28);
  std::size_t next = at + central_size + name_size + u16(bytes, at + 30) + u16(bytes, at + 32);
  if (next > bytes.size()) return damaged("its directory is cut off");
  std::string_view name = bytes.substr(at + central_size, name_size);
  Entry entry{"",
              u16(bytes, at + 8),
              u16(bytes, at + 10),
              u32(bytes, at + 16),
              u32(bytes, at + 20),
              u32(bytes, at + 24),
              u32(bytes, at + 42)};
  bool link = is_symbolic_link(bytes, at);
  at = next;
  if (!name.empty() && (name.back() == '/' || name.back() == '\\')) return entry;
  auto path = safe_path(name);
  if (!path) return fail(std::move(path).error());
  if (is_noise(*path)) return entry;
  if (link) return over("archive-path", "'" + *path + "' is a symbolic link; pack the file itself");
  entry.path = std::move(path).value();
  return entry;
}

/// Raw inflate of `packed` into exactly `size` bytes.
std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size) {
  std::string out(size + 1, '\0');  // one more shows that there is too much
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  int result = inflate(&stream, Z_FINISH);
  std::size_t produced = stream.total_out;
  inflateEnd(&stream);
  if (result != Z_STREAM_END || produced != size) return std::nullopt;
  out.resize(size);
  return out;
}

Result<std::string, ArchiveError> unpack(std::string_view bytes, const Entry& entry) {
  if (entry.flags & flag_encrypted) return damaged("'" + entry.path + "' is encrypted");
  std::size_t at = entry.offset;
  if (at + local_size > bytes.size() || u32(bytes, at) != local_signature)
    return damaged("'" + entry.path + "' is not where the directory says");
  std::size_t begin = at + local_size + u16(bytes, at + 26) + u16(bytes, at + 28);
  if (begin + entry.packed > bytes.size()) return damaged("'" + entry.path + "' is cut off");
  std::string_view packed = bytes.substr(begin, entry.packed);
  std::optional<std::string> content;
  if (entry.method == stored && entry.packed == entry.unpacked)
    content = std::string(packed);
  else if (entry.method == deflated)
    content = inflate_exactly(packed, entry.unpacked);
  else if (entry.method != stored)
    return damaged("'" + entry.path + "' is packed by a method other than deflate");
  if (!content) return damaged("'" + entry.path + "' does not unpack to the size that the directory says");
  auto crc = crc32(0, reinterpret_cast<const Bytef*>(content->data()), static_cast<uInt>(content->size()));
  if (crc != entry.crc) return damaged("'" + entry.path + "' has a wrong checksum");
  return std::move(*content);
}

Result<std::vector<Entry>, ArchiveError> read_directory(std::string_view bytes, const ArchiveLimits& limits) {
  auto end = find_end(bytes);
  if (!end) return damaged("it has no directory");
  std::size_t count = u16(bytes, *end + 10), at = u32(bytes, *end + 16);
  if (count == 0xffff || at == 0xffffffff) return damaged("ZIP64 archives are not accepted");
  if (count > limits.max_files)
    return over("archive-files",
                "The archive holds " + std::to_string(count) + " files, more than " + std::to_string(limits.max_files));
  std::vector<Entry> entries;
  std::size_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto entry = read_entry(bytes, at);
    if (!entry) return fail(std::move(entry).error());
    if (entry->path.empty()) continue;
    if (entry->unpacked > limits.max_file_bytes)
      return over("archive-file-bytes",
                  "'" + entry->path + "' unpacks to more than " + std::to_string(limits.max_file_bytes) + " bytes");
    total += entry->unpacked;
    if (total > limits.max_unpacked_bytes)
      return over("archive-unpacked-bytes",
                  "The archive unpacks to more than " + std::to_string(limits.max_unpacked_bytes) + " bytes");
    entries.push_back(std::move(entry).value());
  }
  if (total > (1u << 20) && total / limits.max_ratio > bytes.size())
    return over("archive-ratio",
                "The archive unpacks to more than " + std::to_string(limits.max_ratio) + " times its size");
  return entries;
}

}  // namespace

Result<Files, ArchiveError> read_zip(std::string_view bytes, const ArchiveLimits& limits) {
  if (bytes.size() > limits.max_archive_bytes)
    return over("archive-bytes", "The archive is larger than " + std::to_string(limits.max_archive_bytes) + " bytes");
  auto entries = read_directory(bytes, limits);
  if (!entries) return fail(std::move(entries).error());
  Files files;
  for (const auto& entry : *entries) {
    if (files.contains(entry.path)) return damaged("'" + entry.path + "' is in it twice");
    auto content = unpack(bytes, entry);
    if (!content) return fail(std::move(content).error());
    files.emplace(entry.path, std::move(content).value());
  }
  return files;
}

}  // namespace echoflow::archive
