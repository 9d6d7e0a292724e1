#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Measures relatorio on the letter that letter_bench makes; one JSON object on standard output."""

import argparse
import json
import pathlib
import re
import statistics
import time

_start = time.perf_counter(), time.process_time()
from relatorio.templates.opendocument import Template  # noqa: E402  (its import is measured)
_imported = time.perf_counter(), time.process_time()

import relatorio_letter  # noqa: E402


def ms(begin, end, count=1):
    return {"wall_ms": (end[0] - begin[0]) / count * 1e3,
            "cpu_ms": (end[1] - begin[1]) / count * 1e3}


def now():
    return time.perf_counter(), time.process_time()


def peak_mb():
    """Not getrusage's: that one begins with the parent's."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"^VmHWM:\s*(\d+)", status, re.M).group(1)) / 1024


def compiled(path):
    with open(path, "rb") as source:
        return Template(source=source)


def write(template, values, file):
    with open(file, "wb") as out:
        out.write(template.generate(**values).render().getvalue())


def letters(template, values, out, count):
    for n in range(10):
        write(template, relatorio_letter.numbered(values, n), out / ("%d.odt" % n))
    begin = now()
    for n in range(count):
        write(template, relatorio_letter.numbered(values, n), out / ("%d.odt" % n))
    end = now()
    return {"count": count, "letter": ms(begin, end, count),
            "letters_per_s": count / (end[0] - begin[0]),
            "letters_per_cpu_s": count / (end[1] - begin[1])}


def loop(template, values, out, repeats):
    times = []
    for _ in range(repeats):
        begin = now()
        write(template, values, out / "loop.odt")
        times.append(ms(begin, now()))
    return {"letter": {key: statistics.median(t[key] for t in times) for key in times[0]}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["letters", "loop"])
    parser.add_argument("template", type=pathlib.Path, help="relatorio's own (peer_setup.py)")
    parser.add_argument("--firm", type=pathlib.Path, required=True)
    parser.add_argument("--deal", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    begin = now()
    template = compiled(options.template)
    result = {"import": ms(_start, _imported), "compile": ms(begin, now())}
    values = relatorio_letter.data(options.firm, options.deal)
    result.update(letters(template, values, options.out, options.count)
                  if options.mode == "letters" else
                  loop(template, values, options.out, options.repeats))
    result["peak_mb"] = peak_mb()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
