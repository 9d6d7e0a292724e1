#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""How fast engross audit and standardise go through a folder of letters, and what memory that takes.

The letters are the sample's takedown opinion, each with a number of its own in its text.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile
import time
import zipfile

FIRM = pathlib.Path(__file__).resolve().parents[2] / "templates"
AIM = 300  # letters a second on one core


def run(*command):
    """(seconds, seconds of processor, MB of memory at most)"""
    start = time.perf_counter()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen([str(part) for part in command], stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), command
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def letters(engross, folder, count):
    first = folder.parent / "letter.odt"
    subprocess.run([engross, "assemble", FIRM / "templates/takedown-opinion.fodt", "--deal",
                    FIRM / "deals/takedown.json", "-o", first, "--quiet"], check=True)
    with zipfile.ZipFile(first) as package:
        parts = [(item, package.read(item)) for item in package.infolist()]
    folder.mkdir()
    for number in range(count):
        with zipfile.ZipFile(folder / f"letter-{number:04}.odt", "w", zipfile.ZIP_DEFLATED) as package:
            for item, data in parts:
                if item.filename == "content.xml":
                    data = data.replace(b"Series 2006-1", b"Series 2006-%d" % number)
                package.writestr(item, data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engross", required=True)
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="engross-bench-") as work:
        folder = pathlib.Path(work) / "letters"
        letters(options.engross, folder, options.letters)
        few = pathlib.Path(work) / "few"
        few.mkdir()
        for file in sorted(folder.iterdir())[:options.letters // 10]:
            (few / file.name).symlink_to(file)
        print(f"{options.letters} letters, median of {options.rounds} rounds")
        for name, command in (("audit, 1 thread", ["audit", folder, "--workers", "1"]),
                              ("audit, a tenth of them", ["audit", few, "--workers", "1"]),
                              ("audit, all cores", ["audit", folder]),
                              ("audit with --html", ["audit", folder, "--workers", "1", "--html", f"{work}/r.html"]),
                              ("standardise, 1 thread", ["standardise", folder, "--workers", "1", "--out", f"{work}/out"])):
            rounds = sorted(run(options.engross, *command, "--firm", FIRM, "--quiet") for _ in range(options.rounds))
            seconds, processor, memory = rounds[len(rounds) // 2]
            count = options.letters // 10 if command[1] == few else options.letters
            verdict = ""
            if name == "audit, 1 thread":
                verdict = "  reaches" if count / processor >= AIM else "  misses"
                verdict += f" the aim of {AIM} a second a core"
            print(f"{name:24} {count / seconds:7.0f} a second, {count / processor:7.0f} a second a core, "
                  f"{memory:6.1f} MB{verdict}")


if __name__ == "__main__":
    main()
