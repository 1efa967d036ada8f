#pragma once
#include <string>

#include "bpel/source/folder.hpp"
#include "bpel/source/source_set.hpp"
#include "models/base/result.hpp"

namespace echoflow::source {

/// A process on the disk, with what it needs to be checked alone.
struct ProcessFile {
  SourceSet sources;
  std::string file;    ///< the process's path in `sources`
  std::string folder;  ///< what the paths in `sources` are relative to
};

/// Reads one .bpel file, the WSDL and XSD files that it imports (and these in turn) by relative location, and the
/// stylesheets and deployment descriptors beside it. What is imported but not there is left out; finding that is the
/// parser's. Fails as read_folder does.
Result<ProcessFile> read_process_file(const std::string& path, const FolderLimits& limits = {});

}  // namespace echoflow::source
