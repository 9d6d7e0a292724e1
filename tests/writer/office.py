# SPDX-License-Identifier: MPL-2.0
"""A private LibreOffice with the packed extension in it, for the tests of this folder.

Environment: ENGROSS_OXT (the packed extension), ENGROSS_FIRM (the sample firm folder), LO_HOME
(default /usr/lib/libreoffice), ENGROSS_OUT (where pictures go; default: thrown away).
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

LO_HOME = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice"))
OXT = pathlib.Path(os.environ["ENGROSS_OXT"]).resolve()
FIRM = pathlib.Path(os.environ["ENGROSS_FIRM"]).resolve()
IDENTIFIER = "org.engross"

_work = tempfile.TemporaryDirectory(prefix="engross-writer-")
WORK = pathlib.Path(_work.name)
OUT = pathlib.Path(os.environ.get("ENGROSS_OUT", WORK / "out")).resolve()
OUT.mkdir(parents=True, exist_ok=True)

# A client that lacks the types of the other side breaks the connection at the first call. This
# must be said before uno is loaded.
with zipfile.ZipFile(OXT) as _archive:
    _archive.extract("engross.rdb", WORK)
os.environ["URE_MORE_TYPES"] = (f"{(LO_HOME / 'program/types/offapi.rdb').as_uri()} "
                                f"{(WORK / 'engross.rdb').as_uri()}")
sys.path.append(str(LO_HOME / "program"))

import uno  # noqa: E402
import unohelper  # noqa: E402
from com.sun.star.awt import XCallback  # noqa: E402
from com.sun.star.beans import NamedValue, PropertyValue  # noqa: E402
from com.sun.star.connection import NoConnectException  # noqa: E402

_tick = threading.Event()


def wait_for(condition, what, seconds=60):
    """Asks until the condition gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} seconds in vain for {what}")
        _tick.wait(0.05)


def property_value(name, value):
    return PropertyValue(Name=name, Value=value)


class Display:
    """An X server that nobody else uses."""

    def __init__(self, size="1280x900x24"):
        self.width = int(size.split("x")[0])
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def run(self, *command):
        subprocess.run(command, check=True, env={**os.environ, "DISPLAY": self.name}, timeout=60)

    def key(self, *keys):
        self.run("xdotool", "key", "--delay", "60", *keys)

    def click(self, x, y):
        self.run("xdotool", "mousemove", "--sync", str(x), str(y), "click", "1")

    def rows(self):
        """The screen's rows of pixels."""
        pixels = subprocess.run(["import", "-window", "root", "rgb:-"], check=True, capture_output=True,
                              env={**os.environ, "DISPLAY": self.name}, timeout=60).stdout
        length = self.width * 3
        return [pixels[start:start + length] for start in range(0, len(pixels), length)]

    def picture(self, file):
        self.run("import", "-window", "root", str(OUT / file))
        return OUT / file

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class Office:
    """Started with a fresh profile in which the extension was installed by unopkg."""

    def __init__(self, display=None, oxt=OXT, environment=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="office-", dir=WORK))
        self.shared = os.geteuid() == 0  # unopkg refuses root anything but a shared installation
        self.where = [f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                      f"-env:UNO_SHARED_PACKAGES={(self.folder / 'shared').as_uri()}"]
        self.environment = {key: value for key, value in os.environ.items()
                            if key not in ("DISPLAY", "WAYLAND_DISPLAY", "URE_MORE_TYPES")}
        self.environment["HOME"] = str(self.folder)
        self.environment["SAL_USE_VCLPLUGIN"] = "gen" if display else "svp"
        if display:
            self.environment["DISPLAY"] = display.name
        self.environment.update(environment or {})
        self.process = None
        # An extension registered in a profile that was never started is lost at the first start.
        self._run("soffice", "--headless", "--norestore", "--terminate_after_init")
        if oxt:
            self.unopkg("add", "-s", *(["--shared"] if self.shared else []), str(oxt))
        self.arguments = [] if display else ["--headless"]

    def _run(self, program, *arguments):
        return subprocess.run([str(LO_HOME / "program" / program), *arguments[:1], *self.where,
                               *arguments[1:]], env=self.environment, check=True, text=True,
                              capture_output=True, timeout=180)

    def unopkg(self, command, *arguments):
        result = self._run("unopkg", command, *arguments)
        return result.stdout + result.stderr

    def listed(self):
        return self.unopkg("list", *(["--shared"] if self.shared else []), IDENTIFIER)

    def start(self, *arguments):
        pipe = f"engross{os.getpid()}x{id(self)}"
        self.process = subprocess.Popen(
            [str(LO_HOME / "program/soffice"), *self.arguments, "--norestore", "--nologo",
             "--nolockcheck", f"--accept=pipe,name={pipe};urp", *self.where, *arguments],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local)

        def connect():
            if self.process.poll() is not None:
                raise AssertionError(f"the office ended with {self.process.returncode}")
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                return None

        self.context = wait_for(connect, "the office", 120)
        self.desktop = self.create("com.sun.star.frame.Desktop")
        return self

    def create(self, service, *arguments):
        manager = self.context.ServiceManager
        if arguments:
            return manager.createInstanceWithArgumentsAndContext(service, arguments, self.context)
        return manager.createInstanceWithContext(service, self.context)

    def configuration(self, path, update=False):
        provider = self.create("com.sun.star.configuration.ConfigurationProvider")
        kind = "Update" if update else ""
        return provider.createInstanceWithArguments(
            f"com.sun.star.configuration.Configuration{kind}Access",
            (NamedValue(Name="nodepath", Value=path),))

    def version(self):
        return self.configuration("/org.openoffice.Setup/Product").getByName("ooSetupVersion")

    def url(self, text):
        transformer = self.create("com.sun.star.util.URLTransformer")
        url = uno.createUnoStruct("com.sun.star.util.URL")
        url.Complete = text
        return transformer.parseStrict(url)[1]

    def wait_for_main_thread(self):
        """Returns when it takes its turn at events: while it loads or lays out it paints nothing."""
        done = threading.Event()

        class Callback(unohelper.Base, XCallback):
            def notify(self, data):
                done.set()

        self.create("com.sun.star.awt.AsyncCallback").addCallback(Callback(), None)
        if not done.wait(60):
            raise AssertionError("the main thread of the office is stuck")

    def alive(self):
        """Not only that the process is there: it answers."""
        return self.process.poll() is None and self.desktop.getImplementationName() != ""

    def end(self):
        """Ends the office in the proper way and gives its exit status."""
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if component.supportsService("com.sun.star.document.OfficeDocument"):
                component.close(True)
        try:
            self.desktop.terminate()
        except Exception:  # the connection may go before the answer is here
            pass
        return self.process.wait(timeout=60)

    def sockets(self):
        """Named sockets on which the office listens: an end that it does not see leaves them there."""
        numbers = set()
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) == self.process.pid:
                    numbers.update(os.readlink(link).removeprefix("socket:[").rstrip("]")
                                   for link in (folder / "fd").iterdir())
            except OSError:  # ended meanwhile
                continue
        rows = [line.split() for line in pathlib.Path("/proc/net/unix").read_text().splitlines()]
        return {pathlib.Path(row[7]) for row in rows
                if len(row) == 8 and row[6] in numbers and row[7].startswith("/")}

    def close(self):
        if self.process and self.process.poll() is None:
            sockets = self.sockets()
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)
            for socket in sockets:
                socket.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
