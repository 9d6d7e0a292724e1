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
import peer_setup

HERE = pathlib.Path(__file__).resolve().parent
FIRM = HERE.parents[1] / "templates"
TEMPLATE = FIRM / "templates" / "takedown-opinion.fodt"
LETTERHEAD = FIRM / "letterheads" / "marlow-pike.fodt"
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


def both(readings, path):
    """Elapsed and processor time."""
    return tuple(middle(readings, path + clock) for clock in ("wall_ms", "cpu_ms"))


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

    def docxtemplater(self, mode, deal=DEAL, **more):
        values = self.folder / "values.json"
        values.write_text(json.dumps(peer_setup.merged_data(FIRM, deal)))
        return self.job(["node", HERE / "docxtemplater_bench.js", self.options.docxtemplater,
                         self.docx, values], more)

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
        self.template = peer_setup.relatorio(options.engross, TEMPLATE, DEAL, self.folder)
        self.peers = ["relatorio"]
        if options.docxtemplater and shutil.which("node") and shutil.which("soffice") and \
                (options.docxtemplater / "node_modules" / "docxtemplater").is_dir():
            self.docx = peer_setup.docxtemplater(options.engross, TEMPLATE, DEAL, self.folder)
            self.peers.append("docxtemplater")
        elif options.docxtemplater:
            print("docxtemplater is left out: node, soffice or its packages are missing.")
        self.same_letter()
        rounds = {"Engross": []} | {peer: [] for peer in self.peers}
        processes = []
        for _ in range(options.rounds):
            rounds["Engross"].append(self.ours("letters", count=options.letters,
                                               letterhead=LETTERHEAD))
            for peer in self.peers:
                rounds[peer].append(getattr(self, peer)("letters", count=options.peer_letters))
            processes.append(self.process())
        self.letters(rounds)
        self.once(rounds, processes)
        self.loops()
        load = statistics.median(self.loads)
        print("\nTargets%39s%11s %10s %10s" % ("", "target", "elapsed", "processor"))
        for line in self.verdicts:
            print("  " + line)
        print("\nLoad while measuring: %.1f on %d cores." % (load, os.cpu_count()))
        if load > os.cpu_count():
            print("The machine was busy: read the processor times, not the elapsed ones.")

    def same_letter(self):
        """All make the same text, else the comparison means nothing."""
        ours = self.one(self.options.letter_bench, "letters", TEMPLATE, "--deal", DEAL,
                        "--repeats", 1) / "0.odt"
        theirs = self.one("/usr/bin/python3", "-B", HERE / "relatorio_bench.py", "letters",
                          self.template, "--firm", FIRM, "--deal", DEAL) / "0.odt"
        text = letter_text.lines(ours)
        if text != letter_text.lines(theirs):
            sys.exit("relatorio's letter is another: same_text_test.py says where.")
        if "docxtemplater" in self.peers:
            values = self.folder / "values.json"
            values.write_text(json.dumps(peer_setup.merged_data(FIRM, DEAL)))
            docx = self.one("node", HERE / "docxtemplater_bench.js", self.options.docxtemplater,
                            self.docx, values) / "0.docx"
            for a, b in zip(letter_text.body_words(ours), letter_text.body_words(docx)):
                if a != b:
                    sys.exit("docxtemplater's letter is another:\n%s\n%s" % (a, b))
        print("The letter: %d words, the same text by all." % len(" ".join(text).split()))

    def one(self, *command):
        """The folder in which a program has made one letter."""
        out = self.fresh()
        said(*command, "--count", 1, "--out", out)
        return out

    def letters(self, rounds):
        ours = rounds["Engross"]
        print("\nLetters in one process, each different, written to disk"
              " (medians of %d rounds)" % len(ours))
        print("  %-24s %10s %12s %12s %10s %9s" % (
            "", "letters/s", "range", "ms elapsed", "ms CPU", "peak MB"))
        for name, readings in rounds.items():
            print("  %-24s %10.0f %12s %12.2f %10.2f %9.1f" % (
                name, middle(readings, "letters_per_s"),
                "%.0f–%.0f" % span(readings, "letters_per_s"),
                *both(readings, "letter/"),
                middle(readings, "peak_mb")))
        for peer in self.peers:
            ratio, cpu_ratio = (statistics.median(
                a[key] / b[key] for a, b in zip(ours, rounds[peer]))
                for key in ("letters_per_s", "letters_per_cpu_s"))
            print("  Engross / %s: %.1f by elapsed time, %.1f by processor time" % (
                peer, ratio, cpu_ratio))
            for target in {"relatorio": (5, 7), "docxtemplater": (9,)}[peer]:
                self.verdict("letters: times %s" % peer, target, ratio, cpu_ratio,
                             more_is_better=True)
        for target in (1000, 1200):
            self.verdict("letters a second", target, middle(ours, "letters_per_s"),
                         middle(ours, "letters_per_cpu_s"), more_is_better=True)

        self.table("Where a letter's time goes, ms", [
            ("render: program to package", ours, "render/"),
            ("  of it deflate and zip", ours, "pack/"), ("write, rename", ours, "write/"),
            ("floor: deflate", ours, "floor_deflate/"), ("floor: write", ours, "floor_write/")])
        away = [statistics.median(
            at(r, "letter/" + clock) /
            (at(r, "floor_deflate/" + clock) + at(r, "floor_write/" + clock)) for r in ours)
            for clock in ("wall_ms", "cpu_ms")]
        print("  A letter takes %.1f times the floor, by processor time %.1f." % tuple(away))

    @staticmethod
    def table(title, rows):
        print("\n%-38s %12s %10s" % (title, "elapsed", "CPU"))
        for label, readings, key in rows:
            print("  %-36s %12.3g %10.3g" % (label, *both(readings, key)))

    def once(self, rounds, processes):
        ours = rounds["Engross"]
        for reading in ours:
            stages = reading["compile_stages"]
            reading["template"] = {
                clock: sum(stages[stage][clock] for stage in ("open", "letterhead", "tags"))
                for clock in ("wall_ms", "cpu_ms")}
            reading["rest"] = {clock: reading["compile"][clock] - reading["template"][clock]
                               for clock in ("wall_ms", "cpu_ms")}
        rows = [("compile, all files of the firm", ours, "compile/"),
                ("  open the template", ours, "compile_stages/open/"),
                ("  open and apply the letterhead", ours, "compile_stages/letterhead/"),
                ("  tags to programs", ours, "compile_stages/tags/"),
                ("  the rest: opinion book, deal schema", ours, "rest/"),
                ("read and check a deal", ours, "read_deal/"),
                ("`engross assemble`, the process", processes, ""),
                ("relatorio: import", rounds["relatorio"], "import/"),
                ("relatorio: compile", rounds["relatorio"], "compile/")]
        if "docxtemplater" in self.peers:
            rows.append(("docxtemplater: import", rounds["docxtemplater"], "import/"))
        self.table("Once a run, ms", rows)
        print("  The process needs %.1f MB." % middle(processes, "peak_mb"))
        self.verdict("the process `engross assemble`", 20, *both(processes, ""), " ms")
        self.verdict("compile: template and letterhead", 3, *both(ours, "template/"), " ms")
        self.verdict("compile: with book and schema too", 3, *both(ours, "compile/"), " ms")

    def loops(self):
        sizes = (7, 1000, 10000)
        deals = {7: DEAL, 1000: self.long_deal(1000), 10000: self.long_deal(10000)}
        ours = {n: [] for n in sizes}
        processes = {n: [] for n in sizes}
        for _ in range(self.options.rounds):
            for n in sizes:
                ours[n].append(self.ours("loop", deals[n], repeats=9 if n < 10000 else 5))
                processes[n].append(self.process(deals[n], repeats=5))
        print("\nOne letter with n examined documents, ms elapsed and CPU")
        theirs = {peer: {n: [getattr(self, peer)("loop", deals[n], repeats=1)] for n in sizes}
                  for peer in self.peers}
        print("  %8s %17s %17s" % ("n", "in process", "as a process") +
              "".join("%18s" % peer for peer in self.peers))
        for n in sizes:
            times = [both(ours[n], "letter/"), both(processes[n], "")]
            times += [both(theirs[peer][n], "letter/") for peer in self.peers]
            print("  %8d" % n + "".join("%10.1f %7.1f" % pair for pair in times))
        print("  peak MB at 10,000: the process %.1f, in process %.1f" % (
            middle(processes[10000], "peak_mb"), middle(ours[10000], "peak_mb")) +
            "".join(", %s %.1f" % (peer, middle(theirs[peer][10000], "peak_mb"))
                    for peer in self.peers))
        linear = {clock: statistics.median(at(a, "letter/" + clock) / at(b, "letter/" + clock)
                                           for a, b in zip(ours[10000], ours[1000]))
                  for clock in ("wall_ms", "cpu_ms")}
        self.verdict("loop of 10,000, times one of 1,000", 11, linear["wall_ms"], linear["cpu_ms"])
        self.verdict("loop of 10,000, in process", 60, *both(ours[10000], "letter/"), " ms")
        self.verdict("loop of 10,000, as a process", 100, *both(processes[10000], ""), " ms")
        self.verdict("loop of 10,000, peak of the process", 40,
                     middle(processes[10000], "peak_mb"), None, " MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engross", type=pathlib.Path, required=True)
    parser.add_argument("--letter-bench", type=pathlib.Path, required=True)
    memory = pathlib.Path("/dev/shm")
    parser.add_argument("--scratch", type=pathlib.Path, default=memory if memory.is_dir() else None,
                        help="where letters are written (default: a file system in memory)")
    parser.add_argument("--docxtemplater", type=pathlib.Path,
                        help="folder in which npm has installed docxtemplater and pizzip")
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
