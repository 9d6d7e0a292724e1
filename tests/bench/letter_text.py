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
