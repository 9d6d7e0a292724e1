#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The numbers that Word prints before the paragraphs of a DOCX, counted from its XML alone.

    for paragraph in read("letter.docx"): print(paragraph.number, paragraph.text)

Counts as ISO/IEC 29500-1, 17.9 and Word do:
- a paragraph's numId and ilvl are its own, else those of its style or the style's ancestors; numId 0
  takes the number away; a style that names no level has the level whose w:pStyle names the style;
- counters belong to the abstract definition: lists (w:num) that share it go on counting together;
- w:startOverride starts a level anew where its w:num is used for the first time;
- a number on one level starts all deeper levels anew, unless their w:lvlRestart says otherwise;
- w:lvlText holds the numbers of all levels that it names, each in its own format (w:isLgl: decimal).

Where Word's behaviour is not certain (a level that is printed before it has been counted, or that
begins after a deeper one; a format not listed here) Undecided is raised: a judge that guesses is
none.
"""

import collections
import re
import sys
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# number: "11." or ""; level: 0-based, None without a number; style: the w:styleId or "".
Paragraph = collections.namedtuple("Paragraph", "number level text style")
Level = collections.namedtuple("Level", "start format text restart legal style")


class Undecided(ValueError):
    """The file does something for which this reader has no certain answer."""


def value(element, path, default=None):
    found = element.find(path) if element is not None else None
    return default if found is None else found.get(W + "val", default)


def is_on(element, path):
    found = element.find(path) if element is not None else None
    return found is not None and found.get(W + "val", "1") not in ("0", "false", "off")


def roman(number):
    if not 0 < number < 4000:
        raise Undecided(f"roman {number}")
    out = ""
    for size, letters in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
                          (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += letters * (number // size)
        number %= size
    return out


def letters(number):
    """a … z, aa, bb … (Word repeats the letter)."""
    if number < 1:
        raise Undecided(f"letter {number}")
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


FORMATS = {
    "decimal": str,
    "decimalZero": lambda n: "%02d" % n,
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "none": lambda n: "",
}


def formatted(number, kind):
    if kind not in FORMATS:
        raise Undecided(f"number format {kind}")
    return FORMATS[kind](number)


class Styles:
    def __init__(self, root):
        self.by_id = {}
        self.default = ""
        if root is None:
            return
        for style in root.iter(W + "style"):
            self.by_id[style.get(W + "styleId")] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = style.get(W + "styleId")

    def chain(self, name):
        """The style and its ancestors; a circle ends it."""
        seen = set()
        while name in self.by_id and name not in seen:
            seen.add(name)
            yield name, self.by_id[name]
            name = value(self.by_id[name], W + "basedOn", "")

    def numbering_style(self, name):
        """The numId of a style of type numbering."""
        return value(self.by_id.get(name), f"{W}pPr/{W}numPr/{W}numId")


class Numbering:
    def __init__(self, root, styles):
        self.styles = styles
        self.abstract = {}   # abstractNumId -> {ilvl: Level}
        self.links = {}      # abstractNumId -> name of a numbering style that holds the levels
        self.nums = {}       # numId -> (abstractNumId, {ilvl: start}, {ilvl: Level})
        if root is None:
            return
        for element in root.iter(W + "abstractNum"):
            key = element.get(W + "abstractNumId")
            self.abstract[key] = self.read_levels(element)
            link = value(element, W + "numStyleLink")
            if link:
                self.links[key] = link
        for element in root.iter(W + "num"):
            starts, levels = {}, {}
            for override in element.findall(W + "lvlOverride"):
                ilvl = int(override.get(W + "ilvl"))
                start = value(override, W + "startOverride")
                if start is not None:
                    starts[ilvl] = int(start)
                levels.update(self.read_levels(override))
            self.nums[element.get(W + "numId")] = (value(element, W + "abstractNumId"), starts,
                                                  levels)

    @staticmethod
    def read_levels(parent):
        levels = {}
        for element in parent.findall(W + "lvl"):
            restart = value(element, W + "lvlRestart")
            levels[int(element.get(W + "ilvl"))] = Level(
                int(value(element, W + "start", "0")), value(element, W + "numFmt", "decimal"),
                value(element, W + "lvlText", ""), None if restart is None else int(restart),
                is_on(element, W + "isLgl"), value(element, W + "pStyle"))
        return levels

    def definition(self, num_id):
        """(key of the counters, start overrides, levels) of a w:num."""
        abstract, starts, own = self.nums[num_id]
        seen = set()
        while abstract in self.links and abstract not in seen:
            seen.add(abstract)
            linked = self.styles.numbering_style(self.links[abstract])
            if linked not in self.nums:
                break
            abstract = self.nums[linked][0]
        return abstract, starts, {**self.abstract.get(abstract, {}), **own}


class Reader:
    def __init__(self, document, numbering, styles):
        self.document = document
        self.styles = Styles(styles)
        self.numbering = Numbering(numbering, self.styles)
        self.counters = collections.defaultdict(dict)  # abstract -> {ilvl: last number}
        self.used = set()                              # (numId, ilvl) whose override has been taken
        self.skipped = collections.defaultdict(set)    # abstract -> levels passed over uncounted

    def paragraphs(self):
        body = self.document.find(W + "body")
        for element in body.iter(W + "p"):
            # The same drawing a second time, for readers that know less.
            if any(a.tag == MC + "Fallback" for a in element.iterancestors()):
                continue
            properties = element.find(W + "pPr")
            style = value(properties, W + "pStyle", self.styles.default)
            num_id, ilvl = self.position(properties, style)
            number = "" if num_id is None else self.count(num_id, ilvl)
            yield Paragraph(number, None if num_id is None else ilvl, self.text(element), style)

    def position(self, properties, style):
        """(numId, ilvl) that a paragraph comes to; (None, 0) without a number."""
        own = properties.find(W + "numPr") if properties is not None else None
        num_id = value(own, W + "numId")
        ilvl = value(own, W + "ilvl")
        by_style = None
        for name, element in self.styles.chain(style):
            inherited = element.find(f"{W}pPr/{W}numPr")
            if num_id is None:
                num_id = value(inherited, W + "numId")
                if num_id is not None:
                    by_style = name
            if ilvl is None:
                ilvl = value(inherited, W + "ilvl")
        if num_id is None or num_id == "0" or num_id not in self.numbering.nums:
            return None, 0
        if ilvl is None and by_style is not None:
            _, _, levels = self.numbering.definition(num_id)
            names = [name for name, _ in self.styles.chain(style)]
            linked = [i for name in names for i, level in sorted(levels.items())
                      if level.style == name]
            ilvl = linked[0] if linked else 0
        return num_id, int(ilvl or 0)

    def count(self, num_id, ilvl):
        abstract, starts, levels = self.numbering.definition(num_id)
        if ilvl not in levels:
            return ""
        counters = self.counters[abstract]
        for level, start in starts.items():
            # Every level of the list starts anew with its first paragraph.
            if (num_id, level) not in self.used and level >= ilvl:
                self.used.add((num_id, level))
                counters.pop(level, None)
        skipped = self.skipped[abstract]
        if ilvl in skipped and ilvl not in counters:
            raise Undecided(f"level {ilvl + 1} begins after a deeper one")
        skipped.update(level for level in range(ilvl) if level in levels and level not in counters)
        if ilvl in counters:
            counters[ilvl] += 1
        else:
            counters[ilvl] = starts.get(ilvl, levels[ilvl].start)
        for deeper in [level for level in counters if level > ilvl]:
            restart = levels[deeper].restart if deeper in levels else None
            # lvlRestart n (1-based): only a number on that level or a higher one restarts; 0: never.
            if restart is None or ilvl < restart:
                del counters[deeper]
        skipped.difference_update([level for level in skipped if level > ilvl])
        return self.label(levels, counters, ilvl)

    @staticmethod
    def label(levels, counters, ilvl):
        own = levels[ilvl]
        if own.format == "bullet":
            return own.text

        def number(match):
            which = int(match[1]) - 1
            if which > ilvl or which not in levels:
                return ""
            if which not in counters:
                raise Undecided(f"level {which + 1} is printed before it has been counted")
            kind = levels[which].format
            if own.legal and kind != "none":
                kind = "decimal"
            return formatted(counters[which], kind)

        return re.sub(r"%([1-9])", number, own.text)

    @staticmethod
    def text(paragraph):
        out = []
        for element in paragraph.iter():
            owner = next((a for a in element.iterancestors(W + "p")), None)
            if owner is not paragraph:
                continue  # of a text box that is anchored here
            if element.tag == W + "t":
                out.append(element.text or "")
            elif element.tag == W + "tab" and element.getparent().tag == W + "r":
                out.append("\t")
            elif element.tag in (W + "br", W + "cr"):
                out.append("\n")
            elif element.tag == W + "noBreakHyphen":
                out.append("\u2011")
        return "".join(out)


def read(file):
    """All paragraphs of the body in document order, tables included, as Paragraph."""
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())

        def part(name):
            return etree.fromstring(archive.read(name)) if name in names else None

        reader = Reader(part("word/document.xml"), part("word/numbering.xml"),
                        part("word/styles.xml"))
    return list(reader.paragraphs())


if __name__ == "__main__":
    for line in read(sys.argv[1]):
        print(f"{line.number:>8}  {'    ' * (line.level or 0)}{line.text[:90]}")
