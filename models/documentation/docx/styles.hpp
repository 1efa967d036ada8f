#pragma once
#include <string>

namespace echoflow::documentation {

/// word/styles.xml for a language tag ("de-DE").
std::string docx_styles(const std::string& language);

}  // namespace echoflow::documentation
