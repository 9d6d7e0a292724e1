#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""How fast engross audit --laid-out goes, against the bare load of the same files in one LibreOffice.

The bare load opens each file hidden and closes it again, one after another: nothing is laid out to
its end, exported or looked at. Both sides take turns in one run, on the sample's letters, copied to
be many, and on a folder of other documents where one is given. Each side is timed with the start of
its offices and without: what is printed is both.
"""

import argparse
import os
import pathlib
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
    """(seconds with the start, seconds without)"""
    start = time.perf_counter()
    office = Office(home, work)
    office.load(files[0])  # the first one loads the libraries
    ready = time.perf_counter()
    for file in files:
        office.load(file)
    end = time.perf_counter()
    office.end()
    return end - start, end - ready


def audit(engross, files, few, extra):
    """(seconds with the start, seconds without): without is with many files less with few."""
    def seconds(some):
        start = time.perf_counter()
        run = subprocess.run([engross, "audit", *map(str, some), "--firm", FIRM, "--laid-out", "--quiet", *extra],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert run.returncode in (0, 1, 3, 4), run.stderr  # some foreign files do not open
        return time.perf_counter() - start
    whole = seconds(files)
    return whole, (whole - seconds(files[:few])) * len(files) / (len(files) - few)


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
    parser.add_argument("--one-worker", action="store_true", help="measure that as well")
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
        for name, files in sets.items():
            few = max(2, len(files) // 10)
            sides = [("default", [])] + ([("one worker", ["--workers", "1"])] if options.one_worker else [])
            rounds = {side: [] for side, _ in sides}
            for _ in range(options.rounds):
                loaded = bare(options.office, work, files)
                for side, extra in sides:
                    rounds[side].append((loaded, audit(options.engross, files, few, extra)))
            for side, measured in rounds.items():
                whole = statistics.median(b[0] / a[0] for b, a in measured)
                pure = statistics.median(b[1] / a[1] for b, a in measured)
                print(f"{name}, {len(files)} files, {side}: bare load {len(files) / statistics.median(b[1] for b, _ in measured):.1f}"
                      f" a second, audit {len(files) / statistics.median(a[1] for _, a in measured):.1f} a second;"
                      f" ratio {pure:.2f} ({whole:.2f} with the start of the offices)"
                      f"{'' if side != 'default' else '  reaches' if pure >= AIM else '  misses'}"
                      f"{'' if side != 'default' else f' the aim of {AIM}'}")


if __name__ == "__main__":
    main()
