#pragma once
#include "tools/echoflow/settings.hpp"

namespace echoflow::tool {

/// The exit statuses of every command.
inline constexpr int fine = 0;
inline constexpr int findings = 1;
inline constexpr int failure = 2;

int serve(const Settings& settings);
int check(const Settings& settings);
int analyse(const Settings& settings);
int import_model(const Settings& settings);
int diagram(const Settings& settings);
int deploy(const Settings& settings);
int document(const Settings& settings);
int verify(const Settings& settings);
int export_log(const Settings& settings);
int understand(const Settings& settings);
int kpis(const Settings& settings);
int feedback(const Settings& settings);
int show_help(const Settings& settings);
int show_version(const Settings& settings);

/// "echoflow: message" on standard error; returns `failure`.
int complain(const std::string& message);

}  // namespace echoflow::tool
