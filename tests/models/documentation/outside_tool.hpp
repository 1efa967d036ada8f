#pragma once
#include <filesystem>
#include <string>

namespace echoflow::documentation {

/// A folder of its own for a test, removed with it.
class Folder {
 public:
  Folder();
  ~Folder();
  std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const;
  std::string read(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

bool has_tool(const std::string& name);
struct Outcome {
  int status = 0;
  std::string output;  ///< standard output and error
};
Outcome run_tool(const std::string& command);

}  // namespace echoflow::documentation

/// Skips the test in clear words where a tool of tools/packages.sh is missing.
#define ECHOFLOW_NEEDS_TOOL(name)                 \
  if (!::echoflow::documentation::has_tool(name)) \
  GTEST_SKIP() << name << " is not installed (tools/packages.sh, TEST_PACKAGES)"
