# SPDX-License-Identifier: MPL-2.0
"""What the acceptance tests share: the sample firm, the command, and a letter read without Engross.

Environment: ENGROSS (the command).
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

from lxml import etree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import read_odt_numbers  # noqa: E402
from read_odt_numbers import DRAW, OFFICE, STYLE, TABLE, TEXT  # noqa: E402

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRM = SOURCE / "templates"
EXPECTED = pathlib.Path(__file__).resolve().parent / "expected"
ENGROSS = os.environ["ENGROSS"]
# name of the deal -> (template, path of the deal without its ending)
LETTERS = {name: (FIRM / "templates" / f"{template}-opinion.fodt", FIRM / "deals" / name)
           for name, template in (("takedown", "takedown"), ("takedown-public", "takedown"),
                                  ("shelf", "shelf"))}

MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
BOOKMARKS = (TEXT + "bookmark", TEXT + "bookmark-start")

Run = collections.namedtuple("Run", "status out error")
# target: name of the bookmark; text: what the letter says; kind: text:reference-format
Reference = collections.namedtuple("Reference", "target kind text element")


def engross(*arguments, **environment):
    """One run of the command."""
    run = subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True,
                         timeout=250, env={**os.environ, **environment})
    return Run(run.returncode, run.stdout, run.stderr)


def findings(*arguments, **environment):
    """(exit status, what standard output says with --json)."""
    run = engross(*arguments, "--json", **environment)
    return run.status, [json.loads(line) for line in run.out.splitlines()]


def assemble(name, *outputs, deal=".json", more=(), **environment):
    template, stem = LETTERS[name]
    return engross("assemble", template, "--deal", f"{stem}{deal}", *more, "-o", *outputs,
                   **environment)


def squeezed(text):
    """Runs of any white space, no-break spaces among them, as one blank."""
    return " ".join(text.split())


class Work(unittest.TestCase):
    """Tests with a folder of their own."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="engross-acceptance-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.work = pathlib.Path(cls.folder.name)

    def made(self, run):
        """Done, and without a word on standard error."""
        self.assertEqual((run.status, run.error), (0, ""))


class NumberReader(read_odt_numbers.Reader):
    """Remembers which element each paragraph is."""

    def __init__(self, content, styles):
        super().__init__(content, styles)
        self.elements = []

    def emit(self, element, number, level):
        super().emit(element, number, level)
        self.elements.append(element)


class Letter:
    """An ODT: its parts, its paragraphs with their numbers, its bookmarks and references."""

    def __init__(self, file):
        with zipfile.ZipFile(file) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.xml = {name: etree.fromstring(data) for name, data in self.parts.items()
                    if name.endswith(".xml")}
        self.content = self.xml["content.xml"]
        self.styles = self.xml["styles.xml"]
        self.reader = NumberReader(self.content, self.styles)
        self.paragraphs = self.reader.paragraphs()
        self.number = dict(zip(self.reader.elements, (p.number for p in self.paragraphs)))
        self.position = {element: i for i, element in enumerate(self.reader.elements)}

    def parent_style(self, name):
        """The named style behind an automatic one."""
        for style in self.content.find(OFFICE + "automatic-styles"):
            if style.get(STYLE + "name") == name and style.get(STYLE + "family") == "paragraph":
                return style.get(STYLE + "parent-style-name", "")
        return name

    def opinions(self):
        """(number, text) of each opinion paragraph of the first level."""
        return [(p.number, p.text) for p in self.paragraphs
                if p.level == 0 and p.number
                and self.parent_style(p.style).startswith("Opinion_20_")]

    def bookmarks(self):
        """name -> the paragraph in which it begins."""
        return {mark.get(TEXT + "name"): paragraph_of(mark)
                for root in (self.content, self.styles) for mark in root.iter(*BOOKMARKS)}

    def references(self, root):
        return [Reference(e.get(TEXT + "ref-name"), e.get(TEXT + "reference-format"), text(e), e)
                for e in root.iter(TEXT + "bookmark-ref")]

    def marked_text(self, name):
        """What stands between the ends of a bookmark of one paragraph."""
        inside, out = False, []
        for event, element in etree.iterwalk(self.bookmarks()[name], ("start", "end")):
            if event == "start":
                if element.tag == TEXT + "bookmark-start" and element.get(TEXT + "name") == name:
                    inside = True
                elif inside and element.text:
                    out.append(element.text)
            else:
                if element.tag == TEXT + "bookmark-end" and element.get(TEXT + "name") == name:
                    return "".join(out)
                if inside and element.tail:
                    out.append(element.tail)
        raise AssertionError(f"bookmark {name} does not end in its paragraph")

    def superior(self, element):
        """The numbered paragraph one level above a numbered one; None on the first level."""
        at = self.position[element]
        level = self.paragraphs[at].level
        for i in range(at - 1, -1, -1):
            other = self.paragraphs[i]
            if other.number and other.level is not None and other.level < level:
                return self.reader.elements[i]
        return None

    def header(self, kind):
        """Lines of header or header-first of the one master page."""
        area = self.styles.find(f"{OFFICE}master-styles/{STYLE}master-page/{STYLE}{kind}")
        return [read_odt_numbers.text_of(p) for p in area.iter(TEXT + "p")]

    def lines(self):
        """The letter as text: headers, then one paragraph a line after its number."""
        out = [f"[{kind}] {line}".rstrip() for kind in ("header-first", "header", "footer-first",
                                                        "footer") for line in self.header(kind)]
        for p in self.paragraphs:
            marks = f"{'    ' * (p.level or 0)}{p.number} " if p.level is not None else ""
            out.append((marks + p.text).rstrip())
        return "\n".join(out) + "\n"


def text(element):
    return "".join(element.itertext())


def paragraph_of(element):
    for ancestor in element.iterancestors():
        if ancestor.tag in (TEXT + "p", TEXT + "h"):
            return ancestor
    raise AssertionError(f"{element.tag} stands in no paragraph")


def adjacent(references):
    """References of one kind that stand side by side without text between, as lists."""
    groups = []
    for reference in references:
        last = groups[-1][-1] if groups else None
        if (last is not None and last.kind == reference.kind == "number-no-superior"
                and last.element.getnext() is reference.element and not last.element.tail):
            groups[-1].append(reference)
        else:
            groups.append([reference])
    return groups


def reference_faults(letter):
    """Sentences about references that are not what their target says."""
    bad = []
    bookmarks = letter.bookmarks()
    body = letter.references(letter.content)
    headers = letter.references(letter.styles)
    for reference in body + headers:
        if reference.target not in bookmarks:
            bad.append(f"no bookmark {reference.target}")
    if bad:
        return bad
    for reference in body + headers:
        target = bookmarks[reference.target]
        if reference.kind == "text":
            wanted = letter.marked_text(reference.target)
        elif reference.kind == "direction":
            here = letter.position[paragraph_of(reference.element)]
            wanted = "above" if letter.position[target] < here else "below"
        elif reference.kind == "number-no-superior":
            wanted = letter.number[target].rstrip(".")
        else:
            wanted = f"a kind that this test knows, not {reference.kind}"
        if not wanted or reference.text != wanted:
            bad.append(f"{reference.target} reads {reference.text!r}, not {wanted!r}")
    for group in adjacent(body):
        chain = [bookmarks[r.target] for r in group]
        if group[0].kind != "number-no-superior":
            continue
        if letter.superior(chain[0]) is not None:
            bad.append(f"{group[0].target} leaves out the levels above it")
        for upper, lower in zip(chain, chain[1:]):
            if letter.superior(lower) is not upper:
                bad.append("the levels of a reference do not lie in each other: "
                           + "".join(r.text for r in group))
    return bad


def number_faults(letter):
    """Sentences about opinions whose numbers are not 1, 2, 3 …"""
    found = [number for number, _ in letter.opinions()]
    wanted = [f"{i}." for i in range(1, len(found) + 1)]
    bad = [] if found and found == wanted else [f"numbers {found}"]
    texts = [p.text for p in letter.paragraphs if p.level is not None]
    bad += [f"twice: {each}" for each in set(texts) if texts.count(each) > 1]
    return bad


FAMILY_BY_TAG = {TEXT + "p": "paragraph", TEXT + "h": "paragraph", TEXT + "span": "text",
                 TEXT + "a": "text", TEXT + "list": "list", TEXT + "section": "section",
                 TABLE + "table": "table", TABLE + "table-row": "table-row",
                 TABLE + "table-cell": "table-cell", TABLE + "table-column": "table-column"}
FAMILY_BY_KEY = {DRAW + "style-name": "graphic", DRAW + "text-style-name": "paragraph",
                 STYLE + "next-style-name": "paragraph", STYLE + "list-style-name": "list",
                 STYLE + "master-page-name": "master", STYLE + "page-layout-name": "layout",
                 STYLE + "font-name": "font", STYLE + "font-name-asian": "font",
                 STYLE + "font-name-complex": "font", TEXT + "style-override": "list",
                 TEXT + "visited-style-name": "text", STYLE + "data-style-name": "data",
                 TEXT + "citation-style-name": "text", TEXT + "citation-body-style-name": "text",
                 TEXT + "default-style-name": "paragraph", STYLE + "leader-text-style": "text"}


def family_of(element, key):
    """The family of the style that an attribute names; None: it names none."""
    local = etree.QName(key).localname
    if key in (STYLE + "name", STYLE + "display-name"):
        return None
    if key == STYLE + "parent-style-name":
        return element.get(STYLE + "family")
    if key == STYLE + "next-style-name" and element.tag == STYLE + "master-page":
        return "master"
    if key in FAMILY_BY_KEY:
        return FAMILY_BY_KEY[key]
    if key in (TEXT + "style-name", TABLE + "style-name"):
        # Numbers in lists and notes name a text style.
        return FAMILY_BY_TAG.get(element.tag, "text")
    if local.endswith(("style-name", "master-page-name", "page-layout-name")):
        raise AssertionError(f"a style is named in a way unknown here: {key} of {element.tag}")
    return None


def defined_styles(root, area):
    """(family, name) of each style in one area of a part."""
    found = root.find(OFFICE + area)
    out = []
    for element in found if found is not None else []:
        if not isinstance(element.tag, str):
            continue
        name = element.get(STYLE + "name")
        if element.tag == STYLE + "style":
            out.append((element.get(STYLE + "family"), name))
        elif element.tag == TEXT + "list-style":
            out.append(("list", name))
        elif element.tag == STYLE + "page-layout":
            out.append(("layout", name))
        elif element.tag == STYLE + "master-page":
            out.append(("master", name))
        elif element.tag == STYLE + "font-face":
            out.append(("font", name))
        elif name is not None:
            out.append(("data", name))
    return out


def style_faults(letter):
    """Sentences about styles that are named but not there, or there twice."""
    bad = []
    common = (defined_styles(letter.styles, "styles")
              + defined_styles(letter.styles, "master-styles"))
    for part, root in (("content.xml", letter.content), ("styles.xml", letter.styles)):
        own = defined_styles(root, "automatic-styles")
        fonts = defined_styles(root, "font-face-decls")
        for defined in (own, fonts, common):
            bad += [f"{part}: twice {each}" for each in set(defined) if defined.count(each) > 1]
        known = set(own) | set(fonts) | set(common)
        for element in root.iter(etree.Element):
            for key, name in element.attrib.items():
                family = family_of(element, key)
                if family and name and (family, name) not in known:
                    bad.append(f"{part}: no {family} style {name}")
    return bad


def name_faults(letter):
    """Sentences about bookmarks that stand twice or that Word would not take. (A part in which an
    xml:id stands twice is not read at all: libxml2 refuses it.)"""
    bad = []
    marks = [e for root in (letter.content, letter.styles) for e in root.iter(*BOOKMARKS)]
    names = [e.get(TEXT + "name") for e in marks]
    bad += [f"bookmark {each} twice" for each in set(names) if names.count(each) > 1]
    lower = {name.lower() for name in names}
    if len(lower) != len(set(names)):
        bad.append("bookmarks that differ in case only are one in Word")
    bad += [f"Word refuses the bookmark {each}" for each in names
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", each)]
    for mark in marks:
        if mark.tag != TEXT + "bookmark-start":
            continue
        ends = [e for e in paragraph_of(mark).iter(TEXT + "bookmark-end")
                if e.get(TEXT + "name") == mark.get(TEXT + "name")]
        if len(ends) != 1:
            bad.append(f"bookmark {mark.get(TEXT + 'name')} does not end in its paragraph")
    return bad
