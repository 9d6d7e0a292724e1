#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""How fast engross audit --laid-out goes, against the bare load of the same files in LibreOffice.

The reference, the bare load, opens each file hidden and closes it again: nothing is laid out to its end,
exported or looked at. It is measured with one office and with an office for each processor, and so is the
audit: like is set against like, and the audit with all processors against one office as well. For
comparison the same files are made into PDF and DOCX by soffice --convert-to, which is the least that any
other way to the audit's facts must do. The sides take turns in one run, on the sample's letters, copied to
be many, and on a folder of other documents where one is given. Printed are elapsed times, with the start of
the offices and without, and processor times, which other work on the machine changes less.
"""

import argparse
import concurrent.futures
import os
import pathlib
import queue
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


def bare(home, work, offices, files):
    """So many offices, each with one file after the other."""
    left = queue.SimpleQueue()
    for file in files:
        left.put(file)

    def empty():
        office = Office(home, work)
        try:
            while True:
                office.load(left.get_nowait())
        except queue.Empty:
            office.end()

    with concurrent.futures.ThreadPoolExecutor(offices) as pool:
        for done in [pool.submit(empty) for _ in range(offices)]:
            done.result()


def convert(home, work, files):
    """What LibreOffice offers for the same: one office, one call for each format."""
    for kind in ("pdf", "docx"):
        subprocess.run([f"{home}/program/soffice", "--headless", f"-env:UserInstallation=file://{work}/profile-convert",
                        "--convert-to", kind, "--outdir", work / f"converted-{kind}", *files],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


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
            sides = {
                "bare load, one office": lambda some: bare(options.office, work, 1, some),
                "bare load, an office for each processor": lambda some: bare(options.office, work, processors, some),
                "convert to PDF and DOCX, one office": lambda some: convert(options.office, work, some),
                "audit, one worker": lambda some: audit(options.engross, some, ["--workers", "1"]),
                "audit, a worker for each processor": lambda some: audit(options.engross, some, []),
            }
            rounds = [{side: timed(job, files) for side, job in sides.items()} for _ in range(options.rounds)]

            def middle(of):
                return statistics.median(of(measured) for measured in rounds)

            print(f"{name}, {len(files)} files, {options.rounds} rounds; files a second, with the start of the offices,"
                  " processor ms a file:")
            for side in sides:
                print(f"  {side:42}{middle(lambda m: len(files) / m[side][1][0]):8.1f}"
                      f"{middle(lambda m: len(files) / m[side][0][0]):8.1f}"
                      f"{middle(lambda m: 1000 * m[side][1][1] / len(files)):8.0f}")
            one, each, converted, alone, all_together = sides
            for what, loaded, audited in (("one against one", one, alone),
                                          ("as many against as many", each, all_together),
                                          ("a worker for each processor against one office", one, all_together),
                                          ("one worker against convert-to", converted, alone)):
                print(f"  {what}: {middle(lambda m: m[loaded][1][0] / m[audited][1][0]):.2f}"
                      f" ({middle(lambda m: m[loaded][0][0] / m[audited][0][0]):.2f} with the start of the offices,"
                      f" {middle(lambda m: m[loaded][1][1] / m[audited][1][1]):.2f} by processor time)")
            print(f"  the aim: {AIM}")


if __name__ == "__main__":
    main()
