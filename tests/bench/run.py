#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Measures Engross beside its peers in one run and says which of the set targets it reaches.

README.md says what is measured and how to read it. The target `bench` of the build calls this.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import letter_text
import relatorio_setup

HERE = pathlib.Path(__file__).resolve().parent
FIRM = HERE.parents[1] / "templates"
TEMPLATE = FIRM / "templates" / "takedown-opinion.fodt"
DEAL = FIRM / "deals" / "takedown.json"


def said(*command):
    """The JSON object that a program prints."""
    run = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE)
    return json.loads(run.stdout)


def at(reading, path):
    for key in path.split("/"):
        reading = reading[key]
    return reading


def middle(readings, path):
    return statistics.median(at(reading, path) for reading in readings)


def span(readings, path):
    values = [at(reading, path) for reading in readings]
    return min(values), max(values)


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="engross-bench-", dir=options.scratch))
        self.loads = []
        self.verdicts = []

    def close(self):
        shutil.rmtree(self.folder)

    def fresh(self):
        """A new folder for the letters of one round."""
        self.loads.append(os.getloadavg()[0])
        return pathlib.Path(tempfile.mkdtemp(dir=self.folder))

    # --- the jobs ---

    def ours(self, mode, deal=DEAL, **more):
        return self.job([self.options.letter_bench, mode, TEMPLATE, "--deal", deal], more)

    def relatorio(self, mode, deal=DEAL, **more):
        return self.job(["/usr/bin/python3", "-B", HERE / "relatorio_bench.py", mode, self.template,
                         "--firm", FIRM, "--deal", deal], more)

    def job(self, command, more):
        out = self.fresh()
        for key, value in more.items():
            command += ["--" + key, value]
        result = said(*command, "--out", out)
        shutil.rmtree(out)
        return result

    def process(self, deal=DEAL, repeats=20):
        self.loads.append(os.getloadavg()[0])
        return said(self.options.letter_bench, "process", "--repeats", repeats, "--",
                    self.options.engross, "assemble", TEMPLATE, "--deal", deal,
                    "-o", self.folder / "process.odt")

    def long_deal(self, items):
        """The sample deal with so many examined documents."""
        deal = json.loads(DEAL.read_text())
        kinds = deal["documents"]
        deal["documents"] = [dict(kinds[i % len(kinds)],
                                  short="%s %d" % (kinds[i % len(kinds)]["short"], i + 1))
                             for i in range(items)]
        out = self.folder / ("documents-%d.json" % items)
        out.write_text(json.dumps(deal, indent=1))
        return out

    # --- telling ---

    def verdict(self, what, target, value, cpu=None, unit="", more_is_better=False):
        reached = (lambda v: v >= target) if more_is_better else (lambda v: v <= target)
        word = "reached" if reached(value) else \
            "reached by processor time alone" if cpu is not None and reached(cpu) else "NOT reached"
        by_cpu = "" if cpu is None else "%.3g%s" % (cpu, unit)
        self.verdicts.append("%-44s %s %-8s %10s %10s   %s" % (
            what, "≥" if more_is_better else "≤", "%g%s" % (target, unit),
            "%.3g%s" % (value, unit), by_cpu, word))

    def run(self):
        options = self.options
        self.template = relatorio_setup.make(options.engross, TEMPLATE, DEAL, self.folder)
        self.same_letter()
        rounds = {"ours": [], "relatorio": []}
        for _ in range(options.rounds):
            rounds["ours"].append(self.ours("letters", count=options.letters))
            rounds["relatorio"].append(self.relatorio("letters", count=options.peer_letters))
        processes = [self.process() for _ in range(options.rounds)]
        self.letters(rounds, processes)
        self.loops()
        load = statistics.median(self.loads)
        print("\nTargets%26s%25s %10s %10s" % ("", "target", "elapsed", "processor"))
        for line in self.verdicts:
            print("  " + line)
        print("\nLoad while measuring: %.1f on %d cores." % (load, os.cpu_count()))
        if load > os.cpu_count():
            print("The machine was busy: read the processor times, not the elapsed ones.")

    def same_letter(self):
        """Both make the same text, else the comparison means nothing."""
        one = self.fresh()
        self.job_in(one, [self.options.letter_bench, "letters", TEMPLATE, "--deal", DEAL,
                          "--count", "1", "--repeats", "1"])
        two = self.fresh()
        self.job_in(two, ["/usr/bin/python3", "-B", HERE / "relatorio_bench.py", "letters",
                          self.template, "--firm", FIRM, "--deal", DEAL, "--count", "1"])
        texts = [letter_text.lines(folder / "0.odt") for folder in (one, two)]
        if texts[0] != texts[1]:
            sys.exit("The two letters differ: same_text_test.py says where.")
        print("The letter: %d words, the same text by both." % len(" ".join(texts[0]).split()))

    @staticmethod
    def job_in(folder, command):
        return said(*command, "--out", folder)

    def letters(self, rounds, processes):
        ours, theirs = rounds["ours"], rounds["relatorio"]
        print("\nLetters in one process, one thread, each different, written to disk"
              " (median of %d rounds)" % len(ours))
        print("  %-24s %18s %16s %12s %10s %9s" % (
            "", "letters/s", "range", "ms elapsed", "ms CPU", "peak MB"))
        for name, readings in (("Engross", ours), ("relatorio", theirs)):
            print("  %-24s %18.0f %16s %12.2f %10.2f %9.1f" % (
                name, middle(readings, "letters_per_s"),
                "%.0f–%.0f" % span(readings, "letters_per_s"),
                middle(readings, "letter/wall_ms"), middle(readings, "letter/cpu_ms"),
                middle(readings, "peak_mb")))
        ratio = statistics.median(
            a["letters_per_s"] / b["letters_per_s"] for a, b in zip(ours, theirs))
        cpu_ratio = statistics.median(
            a["letters_per_cpu_s"] / b["letters_per_cpu_s"] for a, b in zip(ours, theirs))
        print("  Engross / relatorio: %.1f by elapsed time, %.1f by processor time" % (
            ratio, cpu_ratio))

        print("\nWhere a letter's time goes, ms%15s %10s" % ("elapsed", "CPU"))
        rows = [("render: program to package", "render"), ("  of it deflate and zip", "pack"),
                ("write, rename", "write"), ("floor: deflate", "floor_deflate"),
                ("floor: write", "floor_write")]
        for label, key in rows:
            print("  %-30s %12.3f %10.3f" % (label, middle(ours, key + "/wall_ms"),
                                             middle(ours, key + "/cpu_ms")))
        away = {clock: statistics.median(
            at(r, "letter/" + clock) /
            (at(r, "floor_deflate/" + clock) + at(r, "floor_write/" + clock)) for r in ours)
            for clock in ("wall_ms", "cpu_ms")}
        print("  A letter takes %.1f times the floor (by processor time %.1f)." % (
            away["wall_ms"], away["cpu_ms"]))

        print("\nOnce a run, ms%31s %10s" % ("elapsed", "CPU"))
        once = [("compile: all files of the firm", ours, "compile"),
                ("read and check a deal", ours, "read_deal"),
                ("relatorio: import", theirs, "import"), ("relatorio: compile", theirs, "compile")]
        for label, readings, key in once:
            print("  %-30s %12.2f %10.2f" % (label, middle(readings, key + "/wall_ms"),
                                             middle(readings, key + "/cpu_ms")))
        print("  %-30s %12.2f %10.2f   peak %.1f MB" % (
            "engross assemble, the process", middle(processes, "wall_ms"),
            middle(processes, "cpu_ms"), middle(processes, "peak_mb")))

        self.verdict("letters: times relatorio, first goal", 5, ratio, cpu_ratio,
                     more_is_better=True)
        self.verdict("letters: times relatorio, second goal", 7, ratio, cpu_ratio,
                     more_is_better=True)
        self.verdict("letters a second", 1000, middle(ours, "letters_per_s"),
                     middle(ours, "letters_per_cpu_s"), more_is_better=True)
        self.verdict("the process `engross assemble`", 20, middle(processes, "wall_ms"),
                     middle(processes, "cpu_ms"), " ms")
        self.verdict("compile", 3, middle(ours, "compile/wall_ms"),
                     middle(ours, "compile/cpu_ms"), " ms")

    def loops(self):
        sizes = (7, 1000, 10000)
        deals = {7: DEAL, 1000: self.long_deal(1000), 10000: self.long_deal(10000)}
        ours = {n: [] for n in sizes}
        processes = {n: [] for n in sizes}
        theirs = {n: [] for n in sizes}
        for _ in range(self.options.rounds):
            for n in sizes:
                ours[n].append(self.ours("loop", deals[n], repeats=9 if n < 10000 else 5))
                processes[n].append(self.process(deals[n], repeats=5))
        for n in sizes:
            theirs[n].append(self.relatorio("loop", deals[n], repeats=1))
        print("\nOne letter with a loop of n items, ms%8s %10s %10s %10s %10s %11s" % (
            "n", "elapsed", "CPU", "process", "its CPU", "relatorio"))
        for n in sizes:
            print("  %-30s %12d %10.1f %10.1f %10.1f %10.1f %11.1f" % (
                "", n, middle(ours[n], "letter/wall_ms"), middle(ours[n], "letter/cpu_ms"),
                middle(processes[n], "wall_ms"), middle(processes[n], "cpu_ms"),
                middle(theirs[n], "letter/wall_ms")))
        print("  peak MB at 10,000: process %.1f, in process one letter %.1f, %d letters %.1f,"
              " relatorio %.1f" % (
                  middle(processes[10000], "peak_mb"), middle(ours[10000], "peak_mb_of_one"), 6,
                  middle(ours[10000], "peak_mb"), middle(theirs[10000], "peak_mb")))
        linear = {clock: statistics.median(at(a, "letter/" + clock) / at(b, "letter/" + clock)
                                           for a, b in zip(ours[10000], ours[1000]))
                  for clock in ("wall_ms", "cpu_ms")}
        self.verdict("loop of 10,000, times one of 1,000", 11, linear["wall_ms"], linear["cpu_ms"])
        self.verdict("loop of 10,000, in process", 60, middle(ours[10000], "letter/wall_ms"),
                     middle(ours[10000], "letter/cpu_ms"), " ms")
        self.verdict("loop of 10,000, peak of the process", 40,
                     middle(processes[10000], "peak_mb"), None, " MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engross", type=pathlib.Path, required=True)
    parser.add_argument("--letter-bench", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, help="where letters are written, on a disk")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--letters", type=int, default=500, help="of ours, in a round")
    parser.add_argument("--peer-letters", type=int, default=100, help="of each peer, in a round")
    bench = Bench(parser.parse_args())
    try:
        bench.run()
    finally:
        bench.close()


if __name__ == "__main__":
    main()
