#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Writes docs/findings.md from src/finding/codes.def; with --check only says whether it is so."""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/structure"))
import source_tree  # noqa: E402

HEAD = """# Findings

Everything that Engross has to say about a template, a deal, an opinion book, a letterhead or a
letter is a finding with a code. A code keeps its meaning for ever. Where the sentence names
something of yours, this page shows `…`. `firm.json` may give a code another severity
(`severities`).

This page is written by `docs/findings_page.py` from `src/finding/codes.def`.
"""


def shown(sentence):
    for number in range(10):
        sentence = sentence.replace("{%d}" % number, "…")
    return sentence.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def page():
    parts, section = [HEAD], None
    for row in source_tree.codes():
        if row["section"] != section:
            section = row["section"]
            parts.append(f"\n## {section[:1].upper()}{section[1:]}\n")
        parts.append(f"\n### {row['id']} {row['name'].replace('_', ' ')}\n\n*{row['severity']}* "
                     f"`{row['name']}`: {shown(row['message'])}\n")
        if re.fullmatch(r"\{\d\}", row["hint"]):
            parts.append("\nWhat to do depends on the case; the finding says it.\n")
        elif row["hint"]:
            parts.append(f"\n{shown(row['hint'])}\n")
    return "".join(parts)


def main():
    target = HERE / "findings.md"
    if "--check" in sys.argv[1:]:
        if not target.exists() or target.read_text(encoding="utf-8") != page():
            print("docs/findings.md does not say what src/finding/codes.def says: run docs/findings_page.py")
            return 1
        return 0
    target.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
