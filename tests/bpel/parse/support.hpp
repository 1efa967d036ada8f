#pragma once
#include <gtest/gtest.h>

#include <string>

#include "bpel/parse/process.hpp"

namespace echoflow::parse {

/// A process as a test writes it: the text between <process …> and </process>.
inline std::string process_text(const std::string& content, const std::string& attributes = {}) {
  return "<process name=\"Order\" targetNamespace=\"urn:shop\" xmlns:s=\"urn:shop\" xmlns:x=\"urn:ext\"\n"
         "  xmlns=\"http://docs.oasis-open.org/wsbpel/2.0/process/executable\" " +
         attributes + ">\n" + content + "\n</process>";
}

struct Parsed {
  ast::Process process;
  Diagnostics findings;

  std::string messages() const {
    std::string out;
    for (const auto& finding : findings) out += to_string(finding) + "\n";
    return out;
  }
  /// The findings that contain `words`.
  int count(const std::string& words) const {
    int n = 0;
    for (const auto& finding : findings) n += to_string(finding).find(words) != std::string::npos;
    return n;
  }
};

inline Parsed parse_text(const std::string& text) {
  source::SourceSet sources;
  sources.files["order.bpel"] = text;
  Parsed out;
  out.process = parse_process("order.bpel", sources, out.findings);
  return out;
}

inline Parsed parse_content(const std::string& content, const std::string& attributes = {}) {
  return parse_text(process_text(content, attributes));
}

/// The process's activity as `Type`; fails the test when it is another.
template <class Type>
const Type& activity_of(const Parsed& parsed) {
  const auto* found = dynamic_cast<const Type*>(parsed.process.body.activity.get());
  if (!found) throw std::runtime_error("the process has another activity\n" + parsed.messages());
  return *found;
}

}  // namespace echoflow::parse
