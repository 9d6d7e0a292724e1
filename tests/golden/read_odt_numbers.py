#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The numbers that Writer prints before the paragraphs of an ODT, counted from its XML alone.

    for paragraph in read("letter.odt"): print(paragraph.number, paragraph.text)

Counts by ODF 1.3 part 3 (5.3 lists, 16.30 list styles, 16.34 outline) and, where that leaves room,
as Writer does:
- the first paragraph of a text:list-item is numbered; further ones, text:list-header and an item
  that begins with a list are not, and an item without a paragraph of its own is not counted;
- a number on one level starts all deeper levels anew; so does the second list of one item for its
  own level, unless it has text:continue-numbering; the list that an item begins with goes on;
- a deeper number whose superior has none yet gives it its first one;
- text:continue-list goes on with the list of that xml:id, text:continue-numbering with the list
  before, if that has the same list style; text:start-value sets an item's number;
- a list without a list style, of its own or of the list around it, is not numbered, whatever the
  paragraph's style says; nor is a paragraph outside a list;
- letters past z: aa, bb with style:num-letter-sync, aa, ab without;
- a level that the list style lacks is "1.", "2."; one without style:num-format has digits;
- loext:num-list-format, where LibreOffice wrote it, is the label: "%1%(%2%)" for "2(B)".

Text of notes, comments, frames and deleted text is not read.
"""

import collections
import re
import sys
import zipfile

from lxml import etree

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE, DRAW = ("{%s%s:1.0}" % (OASIS, name) for name in
                                    ("office", "style", "text", "table", "drawing"))
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# number: "11." or ""; level: 0-based, None outside a list; style: text:style-name or "".
Paragraph = collections.namedtuple("Paragraph", "number level text style")
Level = collections.namedtuple("Level", "start format prefix suffix display sync bullet pattern")
LACKING = Level(1, "1", "", ".", 1, False, None, None)


class Undecided(ValueError):
    """The file does something for which this reader has no certain answer."""


def roman(number):
    if not 0 < number < 4000:
        raise Undecided(f"roman {number}")
    out = ""
    for size, digits in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
                         (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += digits * (number // size)
        number %= size
    return out


def letters(number, sync):
    if number < 1:
        raise Undecided(f"letter {number}")
    if sync:
        return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def formatted(number, level):
    kind = level.format
    if kind == "":
        return ""
    if kind == "1" or number == 0:  # 0 in any format
        return str(number)
    if kind in ("a", "A"):
        out = letters(number, level.sync)
        return out if kind == "a" else out.upper()
    if kind in ("i", "I"):
        out = roman(number)
        return out if kind == "i" else out.upper()
    raise Undecided(f"number format {kind}")


def read_levels(style):
    levels = {}
    for element in style:
        if not isinstance(element.tag, str) or element.get(TEXT + "level") is None:
            continue
        bullet = None
        if element.tag == TEXT + "list-level-style-bullet":
            bullet = element.get(TEXT + "bullet-char", "")
        elif element.tag == TEXT + "list-level-style-image":
            bullet = ""
        levels[int(element.get(TEXT + "level")) - 1] = Level(
            int(element.get(TEXT + "start-value", "1")),
            element.get(STYLE + "num-format", "1" if bullet is None else ""),
            element.get(STYLE + "num-prefix", ""), element.get(STYLE + "num-suffix", ""),
            int(element.get(TEXT + "display-levels", "1")),
            element.get(STYLE + "num-letter-sync") == "true", bullet,
            element.get(LOEXT + "num-list-format"))
    return levels


class ListStyle(dict):
    """Levels of a list style; Writer has all ten."""

    def __contains__(self, level):
        return 0 <= level < 10

    def __missing__(self, level):
        return LACKING

    def get(self, level):
        return self[level]


def label(levels, counters, own):
    """The number of level `own` as it is printed."""
    level = levels.get(own)
    if level is None:
        return ""
    if level.bullet is not None:
        return level.bullet
    if level.format == "":
        return ""
    if level.pattern is not None:
        def number(match):
            which = int(match.group(1)) - 1
            if which > own or levels[which].bullet is not None or levels[which].format == "":
                raise Undecided(f"pattern {level.pattern}")
            return formatted(counters[which], levels[which])
        return re.sub("%([0-9]+)%", number, level.pattern)
    shown = []
    for which in range(max(0, own - level.display + 1), own + 1):
        if which not in levels or levels[which].bullet is not None or levels[which].format == "":
            continue
        shown.append(formatted(counters[which], levels[which]))
    return level.prefix + ".".join(shown) + level.suffix


class Counters(dict):
    """Last number of each level of one list."""

    def count(self, own, levels, start=None):
        for higher in range(own):
            if higher not in self and higher in levels:
                self[higher] = levels[higher].start
        if start is not None:
            self[own] = start
        else:
            self[own] = self[own] + 1 if own in self else levels[own].start
        self.restart_below(own)

    def restart_below(self, own):
        for deeper in [level for level in self if level > own]:
            del self[deeper]


class List:
    """One list in Writer's sense: what counts together."""

    def __init__(self, style):
        self.style = style
        self.counters = Counters()


class Reader:
    def __init__(self, content, styles):
        self.list_styles = {}
        self.outline = {}
        for root in (styles, content):  # automatic styles hide named ones
            if root is None:
                continue
            for element in root.iter(TEXT + "list-style"):
                self.list_styles[element.get(STYLE + "name")] = ListStyle(read_levels(element))
            for element in root.iter(TEXT + "outline-style"):
                self.outline = read_levels(element)
        self.body = content.find(OFFICE + "body").find(OFFICE + "text")
        self.by_id = {}
        self.last = None
        self.headings = Counters()
        self.out = []

    def paragraphs(self):
        self.flow(self.body)
        return self.out

    def flow(self, parent):
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                self.emit(element, self.heading(element), None)
            elif tag == TEXT + "list":
                self.list(element, None, 0, None)
            elif tag == TEXT + "numbered-paragraph":
                raise Undecided("text:numbered-paragraph")
            elif tag.startswith(TABLE) or tag in (TEXT + "section", TEXT + "index-body",
                                                  TEXT + "index-title"):
                self.flow(element)
            elif tag.startswith(TEXT) and element.find(TEXT + "index-body") is not None:
                self.flow(element)

    def heading(self, element):
        if element.tag != TEXT + "h" or element.get(TEXT + "is-list-header") == "true":
            return ""
        level = int(element.get(TEXT + "outline-level", "1")) - 1
        if level not in self.outline:
            return ""
        if element.get(TEXT + "restart-numbering") == "true":
            self.headings.pop(level, None)
        start = element.get(TEXT + "start-value")
        self.headings.count(level, self.outline, None if start is None else int(start))
        return label(self.outline, self.headings, level)

    def list(self, element, current, level, style):
        """A text:list; `current` and `style`: of the list around it."""
        style = element.get(TEXT + "style-name") or style
        if current is None:
            current = self.list_of(element, style)
            self.last = current
        if element.get(XML_ID):
            self.by_id[element.get(XML_ID)] = current
        for item in element:
            if item.tag == TEXT + "list-header":
                self.item(item, current, level, style, False)
            elif item.tag == TEXT + "list-item":
                self.item(item, current, level, style, True)

    def list_of(self, element, style):
        continued = element.get(TEXT + "continue-list")
        if continued in self.by_id:
            return self.by_id[continued]
        if element.get(TEXT + "continue-numbering") == "true":
            if self.last is not None and self.last.style == style:
                return self.last
        return List(style)

    def item(self, item, current, level, style, numbered):
        override = item.get(TEXT + "style-override")
        own_style = override or style
        first = True
        for child in item:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h"):
                number = ""
                if first and numbered:
                    number = self.number(item, current, level, own_style)
                self.emit(child, number, level)
            elif tag == TEXT + "list":
                if not first and child.get(TEXT + "continue-numbering") != "true":
                    opening = child.find(TEXT + "list-item")
                    if (level + 1 in current.counters and opening is not None and len(opening)
                            and opening[0].tag == TEXT + "list"):
                        raise Undecided("a list that starts anew with an item without text")
                    current.counters.restart_below(level)
                self.list(child, current, level + 1, style)
            elif isinstance(tag, str) and tag.endswith("soft-page-break"):
                continue
            else:
                continue
            first = False

    def number(self, item, current, level, style):
        levels = self.list_styles.get(style)
        if levels is None or level not in levels:
            return ""
        start = item.get(TEXT + "start-value")
        current.counters.count(level, levels, None if start is None else int(start))
        return label(levels, current.counters, level)

    def emit(self, element, number, level):
        self.out.append(Paragraph(number, level, text_of(element),
                                  element.get(TEXT + "style-name", "")))


def text_of(element):
    """Text as it is read, without notes, comments and frames."""
    out = []

    def visit(node):
        tag = node.tag
        if not isinstance(tag, str):
            return
        if tag in (TEXT + "note", OFFICE + "annotation", TEXT + "ruby-text") or tag.startswith(DRAW):
            return
        if tag == TEXT + "s":
            out.append(" " * int(node.get(TEXT + "c", "1")))
        elif tag == TEXT + "tab":
            out.append("\t")
        elif tag == TEXT + "line-break":
            out.append("\n")
        out.append(node.text or "")
        for child in node:
            visit(child)
            out.append(child.tail or "")

    visit(element)
    return "".join(out)


def read(file):
    """All paragraphs of the body in document order, tables included, as Paragraph. `file`: a
    package, or flat XML."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            content = etree.fromstring(archive.read("content.xml"))
            styles = (etree.fromstring(archive.read("styles.xml"))
                      if "styles.xml" in archive.namelist() else None)
    else:
        content = etree.parse(str(file)).getroot()
        styles = None
    return Reader(content, styles).paragraphs()


if __name__ == "__main__":
    for line in read(sys.argv[1]):
        print(f"{line.number:>8}  {'    ' * (line.level or 0)}{line.text[:90]}")
