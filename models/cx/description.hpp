#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

/// The description of the built-in services, which the server carries with it.
namespace echoflow::cx {

struct EmbeddedText {
  std::string_view name;  ///< the file's name
  std::string_view text;
};
/// The files of schema/, by name; generated when building.
std::span<const EmbeddedText> description_files();

/// Where the WSDL lies among the files of a deployment that uses it.
inline constexpr std::string_view description_wsdl = ".echoflow/echoflow-cx.wsdl";

/// Adds the description to the files of a deployment; what lies in its place is replaced.
void add_description(std::map<std::string, std::string>& files);
/// True when the files name the built-in services at all.
bool uses_description(const std::map<std::string, std::string>& files);
/// True when a text is the description's WSDL, however its lines end.
bool is_description(std::string_view text);

}  // namespace echoflow::cx
