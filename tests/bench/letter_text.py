# SPDX-License-Identifier: MPL-2.0
"""The text of a letter as a reader sees it, for comparing letters of different makers."""

import re
import zipfile

from lxml import etree

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BLANKS = {_TEXT + "tab", _TEXT + "line-break", _TEXT + "s"}


def _text(node):
    out = [node.text or ""]
    for child in node:
        if child.tag in _BLANKS:
            out.append(" ")
        elif child.tag not in (_TEXT + "p", _TEXT + "h"):
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)


def lines(odt):
    """One string a paragraph, headers and footers first, blanks normalised, with its style and
    list level in front; then the title."""
    with zipfile.ZipFile(odt) as package:
        roots = [etree.fromstring(package.read(part)) for part in ("styles.xml", "content.xml")]
        meta = etree.fromstring(package.read("meta.xml"))
    out = []
    for root in roots:
        for paragraph in root.iter(_TEXT + "p", _TEXT + "h"):
            level = sum(up.tag == _TEXT + "list-item" for up in paragraph.iterancestors())
            text = re.sub(r"\s+", " ", _text(paragraph)).strip()
            out.append("%s%s: %s" % (paragraph.get(_TEXT + "style-name"), "*" * level, text))
    out += [node.text for node in meta.iter("{http://purl.org/dc/elements/1.1/}title")]
    return out


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_words(letter):
    """The text of each paragraph of the body that holds any, of an ODT or a DOCX."""
    docx = str(letter).endswith(".docx")
    with zipfile.ZipFile(letter) as package:
        root = etree.fromstring(package.read("word/document.xml" if docx else "content.xml"))
    out = []
    for paragraph in root.iter(*([_W + "p"] if docx else [_TEXT + "p", _TEXT + "h"])):
        text = _text(paragraph) if not docx else "".join(
            (node.text or "") if node.tag == _W + "t" else " "
            for node in paragraph.iter(_W + "t", _W + "tab", _W + "br")
            if node.getparent().tag == _W + "r")
        out.append(re.sub(r"\s+", " ", text).strip())
    return [text for text in out if text]
