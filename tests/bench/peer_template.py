# SPDX-License-Identifier: MPL-2.0
"""Says a template of ours in a peer's own syntax, so that both make the same letter.

The tags of the template, the letterhead and the opinion paragraphs are translated one by one. What
the peers have no notion of is taken as it stands in a letter that Engross has made: page styles,
settings, pictures, the list around the opinion paragraphs, the cross-reference fields. Three of the
opinion paragraphs keep their rule (two that hold, one that does not); the others stand in the
template without one.
"""

import io
import json
import os
import pathlib
import re
import zipfile
from copy import deepcopy

from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = "{%stext:1.0}" % _OASIS
_STYLE = "{%sstyle:1.0}" % _OASIS
_OFFICE = "{%soffice:1.0}" % _OASIS
_DRAW = "{%sdrawing:1.0}" % _OASIS
_DC = "{http://purl.org/dc/elements/1.1/}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_OUTSIDE_QUOTES = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'


def _call(text):
    """A tag's expression with its filters as calls: (innermost, [(name, arguments), …])."""
    first, *filters = re.split(r"\|" + _OUTSIDE_QUOTES, text)
    calls = [re.fullmatch(r"\s*(\w+)(?:\((.*)\))?\s*", one).groups() for one in filters]
    return first.strip(), calls


class Relatorio:
    """Placeholder fields with Python expressions; <for>, <if> and <choose>."""

    chosen = frozenset()  # ids of the opinion paragraphs in the letter

    def expression(self, text):
        text = re.sub(r'"([^"]+)" is chosen', lambda m: str(m[1] in self.chosen), text)
        out, calls = _call(text)
        for name, arguments in calls:
            arguments = re.sub(r"\btrue\b" + _OUTSIDE_QUOTES, "True", arguments or "")
            out = "%s(%s)" % (name, ", ".join(filter(None, [out, arguments])))
        return out.replace('"', "'")

    def printed(self, text):
        return self.statement(self.expression(text))

    @staticmethod
    def statement(text):
        out = etree.Element(_TEXT + "placeholder", {_TEXT + "placeholder-type": "text"})
        out.text = "<%s>" % text
        return out

    def for_begin(self, name, items):
        return ['for each="loop, %s in passes(%s)"' % (name, self.expression(items))]

    def for_end(self):
        return ["/for"]

    def if_begin(self, test, has_else):
        test = 'test="%s"' % self.expression(test)
        return ['choose test=""', "when " + test] if has_else else ["if " + test]

    def elif_begin(self, test, before):
        return ["/when", 'when test="%s"' % self.expression(test)]

    def else_begin(self, before):
        return ["/when", "otherwise"]

    def if_end(self, tests, has_else, in_else):
        if not has_else:
            return ["/if"]
        return ["/otherwise" if in_else else "/when", "/choose"]

    def reference(self, fields):
        return fields

    def title(self, pieces):
        """Of text and, at odd places, expressions."""
        return "relatorio://" + " + ".join(
            self.expression(piece) if i % 2 else repr(piece) for i, piece in enumerate(pieces))


class Docxtemplater:
    """{value}, {#list}…{/} and {^condition}…{/}; the expressions are JavaScript, which
    docxtemplater_bench.js evaluates."""

    chosen = frozenset()

    def expression(self, text):
        text = re.sub(r'"([^"]+)" is chosen', lambda m: str(m[1] in self.chosen).lower(), text)
        out, calls = _call(text)
        for name, arguments in calls:
            arguments = re.sub(r"\w+=(?=true\b)" + _OUTSIDE_QUOTES, "", arguments or "")
            out = "%s(%s)" % (name, ", ".join(filter(None, [out, arguments])))
        for word, sign in (("and", "&&"), ("or", "||"), ("not", "!")):
            out = re.sub(r"\b%s\b" % word + _OUTSIDE_QUOTES, sign, out)
        return out.replace('"', "'")

    def condition(self, test):
        return "truth(%s)" % self.expression(test)

    def printed(self, text):
        return self.statement(self.expression(text))

    @staticmethod
    def statement(text):
        out = etree.Element(_TEXT + "span")
        out.text = "{%s}" % text
        return out

    def for_begin(self, name, items):
        return ["#passes('%s', %s)" % (name, self.expression(items))]

    def for_end(self):
        return ["/"]

    def if_begin(self, test, has_else):
        return ["#" + self.condition(test)]

    def elif_begin(self, test, before):
        return ["/", "^" + self.condition(before), "#" + self.condition(test)]

    def else_begin(self, before):
        return ["/", "^" + self.condition(before)]

    def if_end(self, tests, has_else, in_else):
        return ["/"] * tests  # each elif stands in the {^…} of the test before it

    def reference(self, fields):
        """Text: LibreOffice would count the paragraphs of the template when it saves the DOCX."""
        out = etree.Element(_TEXT + "span")
        out.text = "".join(field.text for field in fields)
        return [out]

    def title(self, pieces):
        return "".join("{%s}" % self.expression(piece) if i % 2 else piece
                       for i, piece in enumerate(pieces))


class _Blocks:
    """Which statements the block tags become."""

    def __init__(self, tags, dialect):
        self._dialect = dialect
        self._has_else = []
        opened = []
        for tag in tags:
            word = tag[2:-2].split()[0]
            if word == "if":
                opened.append(len(self._has_else))
                self._has_else.append(False)
            elif word in ("elif", "else"):
                self._has_else[opened[-1]] = True
            elif word == "endif":
                opened.pop()
        self._next = 0
        self._open = []  # for each open if: whether it has an else, its tests so far, in the else?

    def statements(self, tag):
        """The statements that stand for one block tag, in order."""
        word, _, rest = tag[2:-2].strip().partition(" ")
        dialect = self._dialect
        if word == "for":
            name, _, items = rest.partition(" in ")
            return dialect.for_begin(name.strip(), items)
        if word == "endfor":
            return dialect.for_end()
        if word == "if":
            has_else = self._has_else[self._next]
            self._next += 1
            self._open.append([has_else, [rest], False])
            return dialect.if_begin(rest, has_else)
        if word == "elif":
            before = self._open[-1][1][-1]
            self._open[-1][1].append(rest)
            return dialect.elif_begin(rest, before)
        if word == "else":
            self._open[-1][2] = True
            return dialect.else_begin(self._open[-1][1][-1])
        if word == "endif":
            has_else, tests, in_else = self._open.pop()
            return dialect.if_end(len(tests), has_else, in_else)
        raise ValueError("no translation of " + tag)


def _parse(path):
    return etree.parse(str(path), etree.XMLParser(remove_comments=True)).getroot()


def _tighten(root):
    """Drops the blanks between elements that hold no text of their own."""
    for node in root.iter(etree.Element):
        inside = any(up.tag in _PARAGRAPHS for up in [node, *node.iterancestors()])
        if not inside and node.text and not node.text.strip() and len(node):
            node.text = None
        for child in node:
            if not inside and child.tail and not child.tail.strip():
                child.tail = None


def _append_text(parent, text):
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _tags(root):
    return [tag for text in root.itertext() for tag in _TAG.findall(text)]


class _Translator:
    """One flow of text. `printed` may give other elements for the tag of an expression."""

    def __init__(self, root, dialect, printed):
        self._blocks = _Blocks([tag for tag in _tags(root) if tag.startswith("{%")], dialect)
        self._dialect = dialect
        self._printed = printed

    def run(self, root):
        for paragraph in list(root.iter(*_PARAGRAPHS)):
            text = "".join(paragraph.itertext())
            if not paragraph.getchildren() and re.fullmatch(r"\{%.*%\}", text) and \
                    len(_TAG.findall(text)) == 1:
                self._carrier(paragraph, text)
            else:
                self._fill(paragraph, paragraph)
        return root

    def _carrier(self, paragraph, tag):
        """A block tag alone: each of its statements gets a paragraph, or list item, of its own."""
        carrier = paragraph
        parent = paragraph.getparent()
        if parent.tag == _TEXT + "list-item" and len(parent) == 1:
            carrier = parent
        for statement in self._blocks.statements(tag):
            copy = deepcopy(carrier)
            own = copy if copy.tag in _PARAGRAPHS else copy[0]
            own.text = None
            own.append(self._dialect.statement(statement))
            carrier.addprevious(copy)
        carrier.getparent().remove(carrier)

    def _fill(self, node, paragraph):
        children = list(node)
        pieces = [node.text] + [child.tail for child in children]
        node.text = None
        for child in children:
            node.remove(child)
            child.tail = None
        for i, piece in enumerate(pieces):
            self._pieces(node, piece or "", paragraph)
            if i < len(children):
                self._fill(children[i], paragraph)
                node.append(children[i])

    def _pieces(self, node, text, paragraph):
        at = 0
        for match in _TAG.finditer(text):
            _append_text(node, text[at:match.start()])
            at = match.end()
            tag = match.group()
            if tag.startswith("{%"):
                elements = [] if tag[2:-2].split()[0] == "label" else \
                    [self._dialect.statement(s) for s in self._blocks.statements(tag)]
            else:
                elements = self._printed(tag, paragraph) or [self._dialect.printed(tag[2:-2])]
            for element in elements:
                node.append(element)
        _append_text(node, text[at:])


class _Letter:
    """The parts of a letter that Engross has made from the same sources."""

    def __init__(self, odt):
        with zipfile.ZipFile(odt) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.content = etree.fromstring(self.parts["content.xml"])
        self.styles = etree.fromstring(self.parts["styles.xml"])
        self.meta = etree.fromstring(self.parts["meta.xml"])

    def references(self):
        """The cross-reference fields of the body, each place of them a list."""
        places = []
        for field in self.content.iter(_TEXT + "bookmark-ref"):
            before = field.getprevious()
            joined = before is not None and before.tag == field.tag and not before.tail
            copy = deepcopy(field)
            copy.tail = None
            if joined:
                places[-1].append(copy)
            else:
                places.append([copy])
        return places

    def bookmarks(self):
        """Name of each bookmark of the body -> its two ends and the text of its paragraph."""
        out = {}
        for start in self.content.iter(_TEXT + "bookmark-start"):
            paragraph = start.getparent()
            name = start.get(_TEXT + "name")
            end = next(e for e in paragraph.iter(_TEXT + "bookmark-end")
                       if e.get(_TEXT + "name") == name)
            pair = deepcopy(start), deepcopy(end)
            pair[0].tail = pair[1].tail = None
            out[name] = pair, "".join(paragraph.itertext())
        return out

    def package(self):
        self.parts["content.xml"] = etree.tostring(self.content, xml_declaration=True,
                                                   encoding="UTF-8")
        self.parts["styles.xml"] = etree.tostring(self.styles, xml_declaration=True,
                                                  encoding="UTF-8")
        self.parts["meta.xml"] = etree.tostring(self.meta, xml_declaration=True, encoding="UTF-8")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("mimetype", self.parts.pop("mimetype"), zipfile.ZIP_STORED)
            for name, data in self.parts.items():
                package.writestr(name, data)
        return out.getvalue()


def _enclose(paragraph, pair):
    """Puts a bookmark around the content of a paragraph."""
    start, end = pair
    start.tail, paragraph.text = paragraph.text, None
    paragraph.insert(0, start)
    paragraph.append(end)


# --- The opinion paragraphs ---

_END = {1: [".", ".", "."], 2: [";", "; and", None], 3: [",", ", and", ","]}


def _sub_items(items):
    """The items of a list without block tags: those counted, and those of the branch of an else,
    which stand in the place of the last one."""
    counted, instead, now = [], [], None
    for item in items.findall(_TEXT + "list-item"):
        text = "".join(item.itertext())
        if re.fullmatch(r"\{%.*%\}", text):
            now = instead if text.startswith("{% el") else counted
        else:
            (counted if now is None else now).append(item)
    return counted, instead


def _end_marks(item, level, mark):
    """Ends the paragraphs of a list item as the slot asks: a paragraph before sub-items gets no
    mark; a continuation after them, or else the last sub-item, gets the item's own."""
    lists = item.findall(_TEXT + "list")
    last = item[-1]
    if last.tag in _PARAGRAPHS:
        _append_text(last, mark)
    for one in lists:
        items, instead = _sub_items(one)
        between, before_last, at_end = _END[level + 1]
        for k, sub in enumerate(items + instead):
            own = between if k + 2 < len(items) else before_last
            if k + 1 >= len(items):
                own = mark if last is one or at_end is None else at_end
            _end_marks(sub, level + 1, own)


def _opinion_list(firm, book, group, chosen, letter):
    """The list in the slot, its paragraphs with tags still."""
    sections = {}
    for name in book["files"]:
        root = _parse(firm / "opinions" / name)
        _tighten(root)
        for section in root.iter(_TEXT + "section"):
            sections[section.get(_TEXT + "name")] = section
    found = next(node for node in letter.content.iter(_TEXT + "list")
                 if (node.get(_XML + "id") or "").startswith("eng_slot"))
    out = etree.Element(_TEXT + "list", dict(found.attrib))
    in_group = sorted((o for o in book["opinions"] if o["group"] == group),
                      key=lambda o: o["order"])
    with_rule = [o["id"] for o in in_group if o["id"] in chosen and "when" in o][:2]
    with_rule += [o["id"] for o in in_group if o["id"] not in chosen and "when" in o][:1]
    if len(with_rule) != 3:
        raise ValueError("no three opinion paragraphs with a rule")
    for opinion in in_group:
        name = opinion["id"]
        if name not in chosen and name not in with_rule:
            continue
        items = sections[opinion.get("section", name)].find(_TEXT + "list")
        for item in items:
            _end_marks(item, 1, ".")
        condition = name in with_rule
        if condition:
            out.append(_block_item('{%% if %s %%}' % opinion["when"]))
        out.extend(list(items))
        if condition:
            out.append(_block_item("{% endif %}"))
    return out


def _block_item(tag):
    item = etree.Element(_TEXT + "list-item")
    etree.SubElement(item, _TEXT + "p", {_TEXT + "style-name": "Opinion_20_1"}).text = tag
    return item


# --- The whole template ---

def _body(source, dialect, letter, firm, book, chosen, anchors):
    root = _parse(source)
    _tighten(root)
    body = root.find("%sbody/%stext" % (_OFFICE, _OFFICE))
    for paragraph in list(body.iter(*_PARAGRAPHS)):
        slot = re.fullmatch(r'\{% opinions "([^"]+)".*%\}', "".join(paragraph.itertext()))
        if slot and not any(o["id"] in chosen for o in book["opinions"]
                            if o["group"] == slot.group(1)):
            paragraph.getparent().remove(paragraph.getprevious())  # as lead_in="drop" does
            paragraph.getparent().remove(paragraph)
        elif slot:
            paragraph.getparent().replace(
                paragraph, _opinion_list(firm, book, slot.group(1), chosen, letter))
    references = letter.references()
    bookmarks = letter.bookmarks()

    def printed(tag, paragraph):
        if tag[2:-2].strip().startswith("ref("):
            return dialect.reference(references.pop(0))
        if "".join(paragraph.itertext()) == "" and tag in anchors:
            start, end = bookmarks.pop(anchors[tag])[0]
            return [start, dialect.printed(tag[2:-2]), end]
        return None

    _Translator(body, dialect, printed).run(body)
    for pair, words in bookmarks.values():
        _enclose(max(body.iter(*_PARAGRAPHS),
                     key=lambda p: len(os.path.commonprefix([p.text or "", words]))), pair)
    return body


def _pages(letterhead, dialect, letter):
    """Fills the headers and footers; returns tag -> bookmark for tags that refer to the body."""
    source = _parse(letterhead)
    _tighten(source)
    anchors = {}
    frames = iter(list(letter.styles.iter(_DRAW + "frame")))
    for page in letter.styles.iter(_STYLE + "master-page"):
        origin = next(m for m in source.iter(_STYLE + "master-page")
                      if m.get(_STYLE + "name") == page.get(_STYLE + "name"))
        for part in list(page):
            fields = list(part.iter(_TEXT + "bookmark-ref"))
            new = deepcopy(origin.find(part.tag))
            for frame in list(new.iter(_DRAW + "frame")):
                own = deepcopy(next(frames))
                own.tail = frame.tail
                frame.getparent().replace(frame, own)

            def printed(tag, paragraph):
                if not fields:
                    return None
                field = deepcopy(fields.pop(0))
                anchors[tag] = field.get(_TEXT + "ref-name")
                field.tail = field.text = None
                field.append(dialect.printed(tag[2:-2]))
                return [field]

            page.replace(part, _Translator(new, dialect, printed).run(new))
    return anchors


def _properties(source, dialect, letter):
    for node in _parse(source).iter(_DC + "title"):
        pieces = re.split(r"\{\{(.*?)\}\}", node.text)
        letter.meta.find(".//" + _DC + "title").text = dialect.title(pieces)


def make(dialect, template, chosen, odt):
    """The bytes of the peer's template, as ODT. `odt`: a letter that Engross made from the same
    template, `chosen`: the ids of the opinion paragraphs in it."""
    template = pathlib.Path(template)
    firm = template.parent.parent
    settings = json.loads((firm / "firm.json").read_text())
    book = json.loads((firm / settings["book"]).read_text())
    letter = _Letter(odt)
    dialect.chosen = chosen
    anchors = _pages(firm / "letterheads" / (settings["letterhead"] + ".fodt"), dialect, letter)
    body = _body(template, dialect, letter, firm, book, chosen, anchors)
    place = letter.content.find("%sbody/%stext" % (_OFFICE, _OFFICE))
    place.getparent().replace(place, body)
    _properties(template, dialect, letter)
    return letter.package()
