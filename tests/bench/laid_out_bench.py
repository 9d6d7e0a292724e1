#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""How fast engross audit --laid-out goes, against the bare load of the same files in one LibreOffice.

The reference, the bare load, is one office that opens each file hidden and closes it again, one file
after another: nothing is laid out to its end, exported or looked at. The audit has one office for each
processor, and beside it, for comparison, one in all. The sides take turns in one run, on the sample's
letters, copied to be many, and on a folder of other documents where one is given. Printed are elapsed
times, with the start of the offices and without, and processor times, which other work on the machine
changes less.
"""

import argparse
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.io import IOException

FIRM = pathlib.Path(__file__).resolve().parents[2] / "templates"
AIM = 0.8
FILTERS = {".odt": "writer8", ".ott": "writer8_template", ".fodt": "OpenDocument Text Flat XML"}


class Office:
    """One LibreOffice with a fresh profile."""

    def __init__(self, home, work):
        name = f"engross-bench-{os.getpid()}-{time.monotonic_ns()}"
        self.process = subprocess.Popen(
            [f"{home}/program/soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={name};urp",
             f"-env:UserInstallation=file://{work}/profile-{name}"],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                assert self.process.poll() is None, "LibreOffice does not start"
                time.sleep(0.05)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def load(self, file):
        wanted = (PropertyValue(Name="Hidden", Value=True), PropertyValue(Name="FilterName", Value=FILTERS[file.suffix]))
        try:
            document = self.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, wanted)
        except IOException:  # a foreign file that does not open
            return
        if document is not None:
            document.close(True)

    def end(self):
        try:
            self.desktop.terminate()
        except Exception:  # the bridge goes down with the office
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def bare(home, work, files):
    """Each file after the other in one office."""
    office = Office(home, work)
    for file in files:
        office.load(file)
    office.end()


def audit(engross, files, extra):
    run = subprocess.run([engross, "audit", *map(str, files), "--firm", FIRM, "--laid-out", "--quiet", *extra],
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert run.returncode in (0, 1, 3, 4), run.stderr  # some foreign files do not open


def timed(job, files):
    """Seconds for all files, elapsed and of the processors: with the start of the offices, and without,
    which is with many files less with few."""
    def seconds(some):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        job(some)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (time.perf_counter() - start,
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    few = max(2, len(files) // 6)
    whole, part = seconds(files), seconds(files[:few])
    return whole, tuple((w - p) * len(files) / (len(files) - few) for w, p in zip(whole, part))


def letters(engross, folder, count):
    made = []
    for name in ("takedown", "shelf"):
        made.append(folder / f"{name}.odt")
        subprocess.run([engross, "assemble", FIRM / f"templates/{name}-opinion.fodt", "--deal",
                        FIRM / f"deals/{name}.json", "-o", made[-1], "--quiet"], check=True)
    return [pathlib.Path(shutil.copy(made[n % 2], folder / f"letter-{n:04}.odt")) for n in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engross", required=True)
    parser.add_argument("--office", default="/usr/lib/libreoffice")
    parser.add_argument("--letters", type=int, default=120)
    parser.add_argument("--folder", type=pathlib.Path, help="other ODT documents")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="engross-bench-") as work:
        work = pathlib.Path(work)
        folder = work / "letters"
        folder.mkdir()
        sets = {"letters": letters(options.engross, folder, options.letters)}
        if options.folder:
            other = work / "other"
            other.mkdir()
            sets["other"] = [pathlib.Path(shutil.copy(file, other / file.name))
                             for file in sorted(options.folder.iterdir()) if file.suffix in FILTERS]
        processors = os.cpu_count()
        for name, files in sets.items():
            sides = {"one worker": ["--workers", "1"], "a worker for each processor": []}
            rounds = {side: [] for side in sides}
            for _ in range(options.rounds):
                loaded = timed(lambda some: bare(options.office, work, some), files)
                for side, extra in sides.items():
                    rounds[side].append((loaded, timed(lambda some: audit(options.engross, some, extra), files)))
            for side, measured in rounds.items():
                def middle(of):
                    return statistics.median(of(b, a) for b, a in measured)
                pure = middle(lambda b, a: b[1][0] / a[1][0])
                print(f"{name}, {len(files)} files, {side}:")
                print(f"  files a second: bare load {middle(lambda b, a: len(files) / b[1][0]):.1f}, "
                      f"audit {middle(lambda b, a: len(files) / a[1][0]):.1f}; ratio {pure:.2f}"
                      f" ({middle(lambda b, a: b[0][0] / a[0][0]):.2f} with the start of the offices)")
                print(f"  processor ms a file: bare load {middle(lambda b, a: 1000 * b[1][1] / len(files)):.0f}, "
                      f"audit {middle(lambda b, a: 1000 * a[1][1] / len(files)):.0f}; "
                      f"ratio {middle(lambda b, a: b[1][1] / a[1][1]):.2f}")
                if side != "one worker":
                    print(f"  with {processors} processors free, by processor time: "
                          f"{middle(lambda b, a: b[1][1] / a[1][1] * processors):.2f}")
                    print(f"  {'reaches' if pure >= AIM else 'misses'} the aim of {AIM} (a worker for each processor "
                          "against one office that loads one file after another)")


if __name__ == "__main__":
    main()
