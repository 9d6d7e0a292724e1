# SPDX-License-Identifier: MPL-2.0
"""The packed .oxt, without an office: what the office's installer does not check."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import zipfile
import zlib

from lxml import etree

LO_HOME = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice"))
OXT = pathlib.Path(os.environ["ENGROSS_OXT"])
SOURCE = pathlib.Path(os.environ["ENGROSS_SOURCE_DIR"])
VERSION = os.environ["ENGROSS_VERSION"]

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"
COMPONENTS = "{http://openoffice.org/2010/uno-components}"
DIALOG = "{http://openoffice.org/2000/dialog}"
SCRIPT = "{http://openoffice.org/2000/script}"
XLINK = "{http://www.w3.org/1999/xlink}"
LIBRARY = "Linux_x86_64/engross.uno.so"

# The office finds these only when the manifest names them.
MEDIA_TYPES = {
    ".rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    ".components": "application/vnd.sun.star.uno-components;platform=Linux_x86_64",
    ".xcs": "application/vnd.sun.star.configuration-schema",
    ".xcu": "application/vnd.sun.star.configuration-data",
}
# What any office may be assumed to have loaded, or any system of its age to have.
NEEDED = {"libuno_cppuhelpergcc3.so.3", "libuno_cppu.so.3", "libuno_sal.so.3", "libuno_salhelpergcc3.so.3",
          "libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6", "libz.so.1", "ld-linux-x86-64.so.2"}
# The highest version of each interface that LibreOffice 7.4 on Debian 12 has.
CEILINGS = {"GLIBC": "2.36", "GLIBCXX": "3.4.30", "CXXABI": "1.3.13", "GCC": "12.0.0", "UDK": "3.11",
            "LIBO_UDK": "7.4"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Bundle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.archive = zipfile.ZipFile(OXT)
        cls.names = cls.archive.namelist()
        cls.folder = tempfile.TemporaryDirectory()
        cls.component = cls.archive.extract(LIBRARY, cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.archive.close()
        cls.folder.cleanup()

    def xml(self, name):
        return etree.fromstring(self.archive.read(name))

    # The archive

    def test_size(self):
        """As it is released, without symbols for debugging, it is under 8 MB."""
        bare = pathlib.Path(self.folder.name) / "bare.so"
        run("strip", "--strip-unneeded", "-o", bare, self.component)
        packed = sum(entry.compress_size for entry in self.archive.infolist() if entry.filename != LIBRARY)
        packed += len(zlib.compress(bare.read_bytes(), 6))
        self.assertLess(packed, 8_000_000)

    def test_archive_is_reproducible(self):
        self.assertEqual(self.names, sorted(self.names))
        for entry in self.archive.infolist():
            self.assertEqual(entry.date_time, (1980, 1, 1, 0, 0, 0), entry.filename)
            self.assertEqual(entry.extra, b"", entry.filename)
            self.assertFalse(entry.is_dir(), entry.filename)
            self.assertEqual(entry.external_attr >> 16, 0o100644, entry.filename)

    def test_manifest_names_what_the_office_must_know_and_nothing_else(self):
        entries = [(entry.get(MANIFEST + "full-path"), entry.get(MANIFEST + "media-type"))
                   for entry in self.xml("META-INF/manifest.xml")]
        expected = {name: MEDIA_TYPES[pathlib.PurePath(name).suffix] for name in self.names
                    if pathlib.PurePath(name).suffix in MEDIA_TYPES}
        self.assertEqual(dict(entries), expected)
        self.assertEqual(len(entries), len(expected), "a file named twice cannot be uninstalled by old offices")
        suffixes = [pathlib.PurePath(name).suffix for name, _ in entries]
        self.assertLess(suffixes.index(".xcs"), suffixes.index(".xcu"), "a schema stands before its data")

    def test_all_of_the_source_folder_is_packed(self):
        folder = SOURCE / "extension"
        drawn_from = {path.with_suffix(".png").name for path in (folder / "icons").glob("*.svg")}
        source = {str(path.relative_to(folder)) for path in folder.rglob("*")
                  if path.is_file() and path.name != "CMakeLists.txt" and path.suffix not in (".in", ".svg")}
        source |= {path.stem for path in folder.glob("*.in")}
        packed = {name for name in self.names if not name.startswith("licences/")}
        self.assertEqual(packed, source | {"engross.rdb", LIBRARY})
        self.assertTrue(drawn_from)

    def test_licences(self):
        licences = [name for name in self.names if name.startswith("licences/")]
        self.assertIn("Mozilla Public License", self.archive.read("licences/Engross.txt").decode())
        for library in ("pugixml", "minizip", "deflate", "json", "valijson"):
            self.assertTrue([name for name in licences if library in name], library)

    def test_description(self):
        root = self.xml("description.xml")
        self.assertEqual(root.find(DESCRIPTION + "identifier").get("value"), "org.engross")
        self.assertEqual(root.find(DESCRIPTION + "version").get("value"), VERSION)
        self.assertEqual(root.find(DESCRIPTION + "platform").get("value"), "linux_x86_64")
        minimum = root.find(".//{http://libreoffice.org/extensions/description/2011}LibreOffice-minimal-version")
        self.assertEqual(minimum.get("value"), "7.4")
        self.assertEqual(minimum.get(DESCRIPTION + "name"), "LibreOffice 7.4")
        for element in root.iter():
            link = element.get(XLINK + "href")
            if link:
                self.assertIn(link, self.names)

    # The component

    def test_components_have_only_what_the_office_knows(self):
        # One unknown attribute, and the office does not start at all.
        legal = {"components": set(), "component": {"loader", "uri", "environment", "prefix"},
                 "implementation": {"name", "constructor", "single-instance"}, "service": {"name"},
                 "singleton": {"name"}}
        root = self.xml("engross.components")
        for element in root.iter(etree.Element):
            name = etree.QName(element).localname
            self.assertEqual(element.tag, COMPONENTS + name)
            self.assertLessEqual(set(element.keys()), legal[name])
        for component in root:
            self.assertIn(component.get("uri"), self.names)
            self.assertEqual(component.get("environment"), "gcc3")
            self.assertEqual(component.get("loader"), "com.sun.star.loader.SharedLibrary")

    def test_exports_are_the_constructors_and_type_information(self):
        constructors = {implementation.get("constructor") for implementation
                        in self.xml("engross.components").iter(COMPONENTS + "implementation")}
        functions = set()
        for line in run("nm", "-D", "--defined-only", self.component).splitlines():
            _, kind, symbol = line.split()
            if kind == "T":
                functions.add(symbol)
            else:
                self.assertIn(kind, "VW", symbol)
                self.assertRegex(symbol, r"^_ZT[IS]N(3com3sun4star|3org7engross)", symbol)
        self.assertEqual(functions, constructors)

    def test_needs_no_library_that_may_be_missing(self):
        dynamic = run("readelf", "-d", self.component)
        needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))
        self.assertIn("libuno_cppu.so.3", needed)
        self.assertEqual(needed - NEEDED, set())
        self.assertNotRegex(dynamic, r"\((RPATH|RUNPATH|TEXTREL)\)")

    def test_versions_stay_below_the_ceilings(self):
        found = re.findall(r"\b(GLIBC|GLIBCXX|CXXABI|GCC|LIBO_UDK|UDK)_([0-9][0-9._]*)",
                           run("objdump", "-T", self.component))
        self.assertTrue(found)

        def number(version):
            return [int(part) for part in re.split(r"[._]", version) if part]

        for name, version in set(found):
            self.assertLessEqual(number(version), number(CEILINGS[name]), f"{name}_{version}")

    # Configuration

    def test_every_value_has_a_place_in_the_schema(self):
        # What the schema does not know the office ignores in silence.
        schemas = Schemas()
        schemas.add_office(LO_HOME / "share/registry/main.xcd")
        for name in self.names:
            if name.endswith(".xcs"):
                schemas.add(self.xml(name))
        for name in self.names:
            if name.endswith(".xcu"):
                with self.subTest(name):
                    self.assertGreater(schemas.check(self.xml(name)), 0)

    def test_the_check_of_the_schema_sees_faults(self):
        schemas = Schemas()
        schemas.add_office(LO_HOME / "share/registry/main.xcd")
        content = self.archive.read("Addons.xcu")
        for right, wrong in ((b'"Context"', b'"Contexts"'), (b'"Submenu"', b'"SubMenu"'),
                             (b'"OfficeMenuBar"', b'"MenuBar"'), (b'xs:string', b'xs:int')):
            self.assertIn(right, content)
            with self.assertRaises(AssertionError):
                schemas.check(etree.fromstring(content.replace(right, wrong)))

    def test_protocol_handler_is_an_implementation(self):
        names = {implementation.get("name") for implementation
                 in self.xml("engross.components").iter(COMPONENTS + "implementation")}
        handlers = [node.get(OOR + "name") for node in self.xml("ProtocolHandler.xcu").iter("node")
                    if node.get(OOR + "op") == "replace"]
        self.assertTrue(handlers)
        self.assertLessEqual(set(handlers), names)

    def test_urls_of_the_menu_are_commands(self):
        source = (SOURCE / "src/writer/dispatcher.cpp").read_text(encoding="utf-8")
        commands = re.findall(r'\{"(\w+)", run_', source)
        self.assertTrue(commands)
        urls = re.findall(r"vnd\.org\.engross:(\w+)<", self.archive.read("Addons.xcu").decode())
        self.assertEqual(set(urls), set(commands))

    def test_pictures_that_are_named_are_packed(self):
        for name in self.names:
            if name.endswith(".xcu"):
                for path in re.findall(r"%origin%/([^<]+)<", self.archive.read(name).decode()):
                    self.assertIn(path, self.names)
        for source in (SOURCE / "src/writer").glob("*.cpp"):
            for picture in re.findall(r'"(\w+\.png)"', source.read_text(encoding="utf-8")):
                self.assertIn(f"icons/{picture}", self.names)

    # Dialogs

    def dialogs(self):
        return [name for name in self.names if name.endswith(".xdl")]

    def test_dialogs_are_valid(self):
        dtd = etree.DTD(str(LO_HOME / "share/dtd/officedocument/1_0/dialog.dtd"))
        self.assertTrue(self.dialogs())
        for name in self.dialogs():
            root = self.xml(name)
            identifiers = [element.get(DIALOG + "id") for element in root.iter() if element.get(DIALOG + "id")]
            self.assertEqual(len(identifiers), len(set(identifiers)), name)
            order = [int(element.get(DIALOG + "tab-index")) for element in root.iter()
                     if element.get(DIALOG + "tab-index")]
            self.assertEqual(order, list(range(len(order))), name)
            for element in root.iter():
                # The office reads and writes it; its own DTD does not know it.
                element.attrib.pop(DIALOG + "nolabel", None)
            self.assertTrue(dtd.validate(root), f"{name}: {dtd.error_log}")

    def test_dialogs_and_code_name_the_same_things(self):
        source = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "src/writer").glob("*.cpp"))
        stems = {pathlib.PurePath(name).stem for name in self.dialogs()}
        used = set(re.findall(r'(?:Dialog dialog\(context, |m_dialog\.emplace\(m_context, )"(\w+)"', source))
        self.assertEqual(used, stems)
        events, controls = set(), set()
        for name in self.dialogs():
            root = self.xml(name)
            controls |= {element.get(DIALOG + "id") for element in root.iter()}
            events |= {event.get(SCRIPT + "macro-name").removeprefix("vnd.sun.star.UNO:")
                       for event in root.iter(SCRIPT + "event")}
        handled = re.findall(r'\{"(\w+)", &NewLetterDialog::\w+\}|method\.equalsAscii\("(\w+)"\)', source)
        self.assertEqual(events, {one or other for one, other in handled})
        named = set(re.findall(r'(?:\bset|set_text|control|model|fill_list|selected)\("(\w+)"', source))
        self.assertGreater(len(named), 5)
        self.assertLessEqual(named, controls)


class Schemas:
    """Configuration schemas (component-schema), and the check of data against them."""

    def __init__(self):
        self.components = {}
        self.templates = {}

    def add_office(self, file):
        for _, element in etree.iterparse(str(file), tag=OOR + "component-schema", huge_tree=True):
            self.add(element)

    def add(self, schema):
        name = f"{schema.get(OOR + 'package')}.{schema.get(OOR + 'name')}"
        self.components[name] = schema.find("component")
        for template in schema.iterfind("templates/*"):
            self.templates[name, template.get(OOR + "name")] = template

    def check(self, data):
        """Gives the number of values; AssertionError names the first that has no place."""
        name = f"{data.get(OOR + 'package')}.{data.get(OOR + 'name')}"
        assert name in self.components, f"no schema {name}"
        return self._node(name, self.components[name], data, name)

    def _resolved(self, component, definition):
        if definition.tag != "node-ref":
            return component, definition
        owner = definition.get(OOR + "component", component)
        return owner, self.templates[owner, definition.get(OOR + "node-type")]

    def _node(self, component, definition, data, path):
        values = 0
        for child in data.iterchildren(etree.Element):
            where = f"{path}/{child.get(OOR + 'name')}"
            if child.tag == "node":
                values += self._node(*self._child(component, definition, child, where), child, where)
            elif child.tag == "prop":
                self._value(definition, child, where)
                values += 1
            else:
                raise AssertionError(f"{path}: {child.tag}")
        return values

    def _child(self, component, definition, child, where):
        if definition.tag == "set":
            owner = definition.get(OOR + "component", component)
            kind = child.get(OOR + "node-type", definition.get(OOR + "node-type"))
            return owner, self.templates[owner, kind]
        for candidate in definition.iterchildren("group", "set", "node-ref"):
            if candidate.get(OOR + "name") == child.get(OOR + "name"):
                return self._resolved(component, candidate)
        raise AssertionError(f"the schema has no node {where}")

    @staticmethod
    def _value(definition, child, where):
        assert definition.tag == "group", f"{where}: a value in a set"
        for candidate in definition.iterchildren("prop"):
            if candidate.get(OOR + "name") == child.get(OOR + "name"):
                kind = child.get(OOR + "type")
                assert kind in (None, candidate.get(OOR + "type")), f"{where}: {kind}"
                return
        raise AssertionError(f"the schema has no value {where}")


if __name__ == "__main__":
    unittest.main(verbosity=1)
