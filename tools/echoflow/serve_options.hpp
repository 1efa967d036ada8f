#pragma once
#include <chrono>
#include <string>

#include "adapters/channels/registry.hpp"
#include "adapters/cx/tasks/desk_file.hpp"
#include "adapters/http/server.hpp"
#include "adapters/rest/application.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/soap/service.hpp"
#include "tools/echoflow/settings.hpp"

namespace echoflow::tool {

/// Everything that `serve` builds from its settings.
struct ServeOptions {
  bool in_memory = false;
  std::string database;  ///< an SQLite file or a PostgreSQL address
  std::string log_level;
  std::chrono::milliseconds drain{0};
  http::ServerOptions server;
  runtime::Options runtime;
  soap::ServiceOptions service;
  rest::ApiOptions api;
  rest::ApplicationOptions application;
  tasks::DeskFile desk = tasks::standard_desk();
  std::vector<channels::Config> channels;
  std::string signing_key;    ///< file; empty: a key that is gone with the process
  std::string cursor_folder;  ///< up to where channels were read; empty: kept in memory
};

/// Reads and checks the settings; refuses to serve others than the local machine without TLS and tokens.
Result<ServeOptions> serve_options(const Settings& settings);

}  // namespace echoflow::tool
