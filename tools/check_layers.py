#!/usr/bin/env python3
"""The include rule: which room may include which, and that heavy libraries stay behind their wrappers."""
import pathlib
import re
import subprocess
import sys

MAY = {
    "models": {"models"},
    "bpel": {"bpel", "models"},
    "engine": {"engine", "models"},
    "adapters": {"adapters", "engine", "models"},
    "tools": {"tools", "adapters", "engine", "bpel", "models"},
    "tests": {"tests", "tools", "adapters", "engine", "bpel", "models"},
}
# Library include prefix -> folders that may use it.
LIBRARIES = {
    "xercesc/": ["models/xml/"],
    "soci/": ["adapters/store_soci/"],
    "Poco/": ["adapters/", "tools/"],
    "libxslt/": ["bpel/xslt/"],
    "libxml/": ["bpel/xslt/"],
    "boost/graph/": ["models/"],
    "boost/beast/": ["adapters/http/"],
    "unicode/": ["bpel/", "engine/cx/understanding/", "engine/cx/calendar/", "adapters/channels/", "models/notations/"],
    "curl/": ["adapters/channels/"],
    "gmime/": ["adapters/channels/email/"],
    "cairo": ["models/documentation/pdf/", "models/documentation/docx/"],
    "pango/": ["models/documentation/pdf/"],
    "qpdf/": ["models/documentation/pdf/"],
    "zip.h": ["models/documentation/docx/"],
    "sqlite3.h": ["adapters/store_soci/"],
    "libpq-fe.h": ["adapters/store_soci/"],
}
# The engine is a pure function: no clock, threads or randomness in it.
PURE = re.compile(r"#include <(chrono|thread|mutex|random|ctime|condition_variable|atomic|future|fstream|iostream)>")


def main():
    files = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.cpp", "*.hpp"], capture_output=True, text=True, check=True).stdout.split()
    wrong = []
    for name in files:
        if not pathlib.Path(name).is_file():
            continue
        room = name.split("/")[0]
        for number, line in enumerate(pathlib.Path(name).read_text().splitlines(), 1):
            quoted = re.match(r'\s*#include "([^"]+)"', line)
            if quoted and room in MAY:
                target = quoted.group(1).split("/")[0]
                if target not in MAY[room]:
                    wrong.append(f"{name}:{number}: {room} may not include {quoted.group(1)}")
            angled = re.match(r"\s*#include <([^>]+)>", line)
            if angled and room != "tests":
                for prefix, folders in LIBRARIES.items():
                    if angled.group(1).startswith(prefix) and not any(name.startswith(f) for f in folders):
                        wrong.append(f"{name}:{number}: only {', '.join(folders)} may include <{angled.group(1)}>")
            if room == "engine" and PURE.match(line):
                wrong.append(f"{name}:{number}: the engine is pure and may not use {line.strip()[9:]}")
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
