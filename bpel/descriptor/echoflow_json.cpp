#include <cmath>
#include <functional>

#include "bpel/descriptor/descriptor.hpp"
#include "bpel/descriptor/json_value.hpp"

namespace echoflow::descriptor {
namespace {

constexpr double max_seconds = 86400;
constexpr double max_times = 1000;

std::string_view kind_name(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a string";
    case JsonKind::array:
      return "an array";
    case JsonKind::object:
      return "an object";
  }
  return "";
}

class JsonReader {
 public:
  explicit JsonReader(Diagnostics& findings) : findings_(findings) {}

  void read(const JsonValue& root, Descriptor::Layer& out) {
    each_member(root, "", [&](const std::string& key, const JsonValue& value, const std::string& path) {
      if (key == "processes") {
        read_processes(value, path, out);
      } else if (!read_setting(key, value, path, out.all)) {
        unknown(value, path);
      }
    });
  }

 private:
  using OnMember = std::function<void(const std::string& key, const JsonValue& value, const std::string& path)>;

  void read_processes(const JsonValue& value, const std::string& path, Descriptor::Layer& out) {
    each_member(value, path, [&](const std::string& name, const JsonValue& settings, const std::string& inner) {
      out.places[name] = settings.where;
      const auto qname = QName::from_clark(name);
      auto& target = qname.ns.empty() ? out.processes_by_local_name[name] : out.processes[qname];
      each_member(settings, inner, [&](const std::string& key, const JsonValue& v, const std::string& p) {
        if (!read_setting(key, v, p, target)) unknown(v, p);
      });
    });
  }

  bool read_setting(const std::string& key, const JsonValue& value, const std::string& path, Settings& out) {
    if (key == "inMemory") {
      out.in_memory = boolean(value, path);
    } else if (key == "active") {
      out.active = boolean(value, path);
    } else if (key == "retired") {
      out.retired = boolean(value, path);
    } else if (key == "partners") {
      each_member(value, path, [&](const std::string& name, const JsonValue& partner, const std::string& inner) {
        read_partner(partner, inner, out.partners[name]);
      });
    } else if (key == "properties") {
      each_member(value, path, [&](const std::string& name, const JsonValue& text, const std::string& inner) {
        if (const auto s = string(text, inner)) out.properties[QName::from_clark(name)] = *s;
      });
    } else {
      return false;
    }
    return true;
  }

  void read_partner(const JsonValue& value, const std::string& path, Partner& out) {
    each_member(value, path, [&](const std::string& key, const JsonValue& v, const std::string& inner) {
      if (key == "address") {
        out.address = address(v, inner);
      } else if (key == "timeoutSeconds") {
        out.timeout_seconds = number(v, inner, 0.001, max_seconds);
      } else if (key == "retry") {
        out.retry = retry(v, inner);
      } else if (key == "onFailure") {
        out.on_failure = on_failure(v, inner);
      } else {
        unknown(v, inner);
      }
    });
  }

  std::optional<Retry> retry(const JsonValue& value, const std::string& path) {
    Retry out;
    each_member(value, path, [&](const std::string& key, const JsonValue& v, const std::string& inner) {
      if (key == "times") {
        out.times = static_cast<std::uint32_t>(whole(v, inner, max_times).value_or(0));
      } else if (key == "delaySeconds") {
        out.delay_seconds = number(v, inner, 0, max_seconds).value_or(0);
      } else {
        unknown(v, inner);
      }
    });
    return out;
  }

  std::optional<OnFailure> on_failure(const JsonValue& value, const std::string& path) {
    const auto text = string(value, path);
    if (!text) return std::nullopt;
    if (*text == "fault") return OnFailure::fault;
    if (*text == "incident") return OnFailure::incident;
    report(value, path + " must be \"fault\" or \"incident\".");
    return std::nullopt;
  }

  std::optional<std::string> address(const JsonValue& value, const std::string& path) {
    auto text = string(value, path);
    if (text && !text->starts_with("http://") && !text->starts_with("https://")) {
      report(value, path + " must be a URL that begins with http:// or https://.");
      return std::nullopt;
    }
    return text;
  }

  std::optional<bool> boolean(const JsonValue& value, const std::string& path) {
    if (!expect(value, path, JsonKind::boolean)) return std::nullopt;
    return value.boolean;
  }

  std::optional<std::string> string(const JsonValue& value, const std::string& path) {
    if (!expect(value, path, JsonKind::string)) return std::nullopt;
    return value.string;
  }

  std::optional<double> number(const JsonValue& value, const std::string& path, double least, double most) {
    if (!expect(value, path, JsonKind::number)) return std::nullopt;
    if (value.number >= least && value.number <= most) return value.number;
    report(value, path + " must be at least " + short_text(least) + " and at most " + short_text(most) + ".");
    return std::nullopt;
  }

  std::optional<double> whole(const JsonValue& value, const std::string& path, double most) {
    const auto read = number(value, path, 0, most);
    if (!read || *read == std::floor(*read)) return read;
    report(value, path + " must be a whole number.");
    return std::nullopt;
  }

  static std::string short_text(double value) {
    auto text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }

  void each_member(const JsonValue& value, const std::string& path, const OnMember& on_member) {
    if (!expect(value, path, JsonKind::object)) return;
    for (const auto& [key, member] : value.members) on_member(key, member, path.empty() ? key : path + "." + key);
  }

  bool expect(const JsonValue& value, const std::string& path, JsonKind kind) {
    if (value.kind == kind) return true;
    report(value, (path.empty() ? std::string("The descriptor") : path) + " must be " + std::string(kind_name(kind)) +
                      ", not " + std::string(kind_name(value.kind)) + ".");
    return false;
  }

  void unknown(const JsonValue& value, const std::string& path) {
    report(value, path + " is not a setting of echoflow.json; remove it or correct its name.");
  }

  void report(const JsonValue& value, std::string message) {
    add_finding(findings_, {"DEPLOY", Severity::error, std::move(message), value.where});
  }

  Diagnostics& findings_;
};

}  // namespace

Descriptor::Layer read_echoflow_json(const source::SourceSet& sources, const std::string& file, Diagnostics& findings) {
  Descriptor::Layer out;
  out.file = file;
  const auto* text = sources.find(file);
  if (!text) return out;
  if (const auto root = read_json(*text, file, {}, findings)) JsonReader(findings).read(*root, out);
  return out;
}

}  // namespace echoflow::descriptor
