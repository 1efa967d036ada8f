#pragma once
#include <gmime/gmime.h>

#include <memory>
#include <string>

/// Owners of GMime's objects; included by the reader and the writer of mails alone.
namespace echoflow::channels::email {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// GMime wants to be told once that it is used.
inline void start_gmime() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  (void)started;
}

inline std::string text_of(const char* text) {
  return text ? text : "";
}

}  // namespace echoflow::channels::email
