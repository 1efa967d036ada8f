#!/usr/bin/env python3
"""Judges a conformance report: a failed case counts unless deviations.md names it as one that contradicts the specification.

    conformance_result.py REPORT DEVIATIONS
"""
import json
import pathlib
import re
import sys


def main():
    report = json.loads(pathlib.Path(sys.argv[1]).read_text())
    named = set(re.findall(r"^\| `([^`]+)` \([a-z]+\) \|", pathlib.Path(sys.argv[2]).read_text(), re.MULTILINE))
    failed = [case["id"] for case in report if not case["passed"]]
    deviations = [name for name in failed if name in named]
    open_failures = [name for name in failed if name not in named]
    for name in deviations:
        print(f"{name}: contradicts the specification, see docs/spec/deviations.md")
    print(f"{len(report) - len(failed)} passed, {len(deviations)} contradict the specification, {len(open_failures)} failed")
    return bool(open_failures) or not report


if __name__ == "__main__":
    sys.exit(main())
