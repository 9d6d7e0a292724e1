# SPDX-License-Identifier: MPL-2.0
"""The source tree as the structure tests see it."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(os.environ.get("ENGROSS_SOURCE_DIR", pathlib.Path(__file__).parents[2])).resolve()
BUILD = pathlib.Path(os.environ["ENGROSS_BINARY_DIR"]) if "ENGROSS_BINARY_DIR" in os.environ else None

_NOT_OURS = {".git", "build", "out", "__pycache__"}


def files():
    """Every file that is part of the project, sorted: what git tracks, or without git all there is."""
    try:
        listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True,
                                check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in listed if name and (ROOT / name).is_file()]
        if found:
            return sorted(found)
    except (OSError, subprocess.CalledProcessError):
        pass
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        found += [pathlib.Path(folder, name) for name in names]
    return sorted(found)


def name(path):
    return path.relative_to(ROOT).as_posix()


def text(path):
    """The text of a file, or None where it is binary."""
    data = path.read_bytes()
    if b"\0" in data:
        return None
    return data.decode("utf-8")


def cpp_files(*folders):
    """The C++ files on disk under these folders, also those not yet committed."""
    found = []
    for folder in folders:
        for ending in ("*.cpp", "*.hpp"):
            found += (ROOT / folder).rglob(ending)
    return sorted(found)


_TOKEN = re.compile(
    r'''//[^\n]*|/\*.*?\*/|R"([^()\\ ]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+\'''',
    re.S)


def code(source):
    """C++ source without comments and without the content of its literals, lines kept in place."""

    def blank(match):
        token = match.group(0)
        lines = "\n" * token.count("\n")
        return lines if token.startswith("/") else '""' + lines

    return _TOKEN.sub(blank, source)


def line_of(source, offset):
    return source.count("\n", 0, offset) + 1


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def includes(path):
    """(line, bracket, name) of each include."""
    source = path.read_text(encoding="utf-8")
    return [(line_of(source, match.start()), match.group(1), match.group(2))
            for match in _INCLUDE.finditer(source)]


def reached(start):
    """These files and all of the tree that they include, directly or not."""
    found, waiting = set(), list(start)
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for _, _, included in includes(path):
            waiting += [ROOT / "src" / included, path.parent / included]
    return found


_ROW = re.compile(
    r'^ENGROSS_FINDING\(\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*(\w+)\s*,((?:\s*"(?:\\.|[^"\\])*")+)\s*,'
    r'((?:\s*"(?:\\.|[^"\\])*")+)\s*\)', re.M)
_PIECE = re.compile(r'"((?:\\.|[^"\\])*)"')


def codes():
    """The rows of codes.def: dictionaries with name, id, severity, message, hint, letter, section."""
    source = (ROOT / "src/finding/codes.def").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^// ([A-Z]): (.+)$", source, re.M))
    for letters in re.findall(r"^//( [A-Z]: .*[A-Z]: .*)$", source, re.M):
        sections.update(re.findall(r"\b([A-Z]): (.+?)(?=\s{2,}[A-Z]:|$)", letters))
    rows = []
    for match in _ROW.finditer(source):
        message, hint = ("".join(_PIECE.findall(group)).replace('\\"', '"').replace("\\\\", "\\")
                         for group in match.group(4, 5))
        identity = match.group(2)
        letter = identity[3:4]
        rows.append({"name": match.group(1), "id": identity, "severity": match.group(3),
                     "message": message, "hint": hint, "letter": letter,
                     "section": sections.get(letter, "").strip(), "line": line_of(source, match.start())})
    written = len(re.findall(r"^ENGROSS_FINDING\(", source, re.M))
    if written != len(rows):
        raise AssertionError(f"codes.def has {written} rows, {len(rows)} of them in the known shape")
    return rows
