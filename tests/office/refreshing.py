# SPDX-License-Identifier: MPL-2.0
"""A LibreOffice that reads documents, and engross-office that exports them, for the tests of
numbers and references in this folder.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME.
"""

import json
import os
import pathlib
import subprocess
import sys
import zipfile

LO_HOME = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice"))
sys.path.append(str(LO_HOME / "program"))

import acceptance  # noqa: E402
from acceptance import squeezed  # noqa: E402

import uno  # noqa: E402
from com.sun.star.beans import PropertyValue  # noqa: E402
from com.sun.star.connection import NoConnectException  # noqa: E402

SENTINEL = "Zebra"


class Office:
    """A LibreOffice of our own that reads documents."""

    def __init__(self, work):
        pipe = f"engross{os.getpid()}combinations"
        environment = {**os.environ, "HOME": str(work), "SAL_USE_VCLPLUGIN": "svp"}
        self.process = subprocess.Popen(
            [str(LO_HOME / "program/soffice"), "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={pipe};urp",
             f"-env:UserInstallation={(work / 'profile').as_uri()}"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local)
        address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        while True:
            try:
                context = resolver.resolve(address)
                break
            except NoConnectException:
                try:
                    self.process.wait(timeout=0.1)
                except subprocess.TimeoutExpired:
                    continue
                raise AssertionError("the office ended") from None
        self.desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context)

    def read(self, file, refresh):
        """Lines of the body with their numbers, and lines of body and header without."""
        document = self.desktop.loadComponentFromURL(
            file.as_uri(), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
        if document is None:
            raise AssertionError(f"{file.name} was not opened")
        try:
            if refresh:
                document.getTextFields().refresh()
            header = document.StyleFamilies.getByName("PageStyles").getByName("Standard")
            headers = header.HeaderText.String if header.HeaderIsOn else ""
            texts = document.Text.String + "\n" + headers.rpartition("\n")[0]
            plain = file.with_suffix(".txt")
            document.storeToURL(plain.as_uri(), (
                PropertyValue(Name="FilterName", Value="Text (encoded)"),
                PropertyValue(Name="FilterOptions", Value="UTF8,LF,,,")))
            numbered = plain.read_text(encoding="utf-8-sig")
            return tuple([squeezed(line) for line in text.splitlines()]
                         for text in (numbered, texts))
        finally:
            document.close(True)

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:  # the connection may go before the answer is here
            pass
        self.process.wait(timeout=60)


class Exporter:
    """engross-office, by its lines (src/office/README.md)."""

    def __init__(self):
        environment = {**os.environ, "LD_LIBRARY_PATH": str(LO_HOME / "program")}
        self.process = subprocess.Popen(
            [str(pathlib.Path(acceptance.ENGROSS).parent / "engross-office"),
             str(LO_HOME / "program"), "1000"], env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.count = 0

    def export(self, letter, *outputs):
        self.count += 1
        request = {"id": self.count, "letter": str(letter), "seconds": 120.0,
                   "outputs": [str(output) for output in outputs]}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        while True:
            reply = json.loads(self.process.stdout.readline())
            if reply.get("id") == self.count:
                break
        if not reply["done"]:
            raise AssertionError(reply)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)


def overwritten(file, target):
    """A copy whose reference fields all say SENTINEL; how many there are."""
    count = 0
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename in ("content.xml", "styles.xml"):
                root = acceptance.etree.fromstring(data)
                for field in root.iter(acceptance.TEXT + "bookmark-ref"):
                    field.text = SENTINEL
                    count += 1
                data = acceptance.etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(info, data)
    return count
