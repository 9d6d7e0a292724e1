# SPDX-License-Identifier: MPL-2.0
"""A letter that keeps the sample's house style, and readers of ODF that know nothing of ours."""

import pathlib
import re
import zipfile

from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRM = ROOT / "templates"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

BODY = """\
<text:p text:style-name="Letter_20_Date"><text:bookmark-start text:name="_eng_header_2"/>February\u00a027, 2006<text:bookmark-end text:name="_eng_header_2"/></text:p>
<text:p text:style-name="Letter_20_Address"><text:bookmark-start text:name="_eng_header_1"/>Harbor Trust Company<text:bookmark-end text:name="_eng_header_1"/></text:p>
<text:p text:style-name="Letter_20_Address">11 Quay Street</text:p>
<text:p text:style-name="Letter_20_Re">Re:<text:tab/>Certificates, Series 2006-1</text:p>
<text:p text:style-name="Letter_20_Salutation">Ladies and Gentlemen:</text:p>
<text:p text:style-name="Letter_20_Body">We have acted as counsel to the depositor named below.</text:p>
<text:p text:style-name="Letter_20_Lead-in">It is our opinion that:</text:p>
<text:list text:style-name="Opinions">
<text:list-item><text:p text:style-name="Opinion_20_1">The Certificates are valid.</text:p></text:list-item>
<text:list-item><text:p text:style-name="Opinion_20_1">The Agreement binds its parties.</text:p></text:list-item>
</text:list>
<text:p text:style-name="Letter_20_Body">We are admitted to practice in New York.</text:p>
<text:p text:style-name="Letter_20_Last_20_Body">Nobody else may rely on this letter.</text:p>
<text:p text:style-name="Signature_20_Closing">Very truly yours,</text:p>
<text:p text:style-name="Signature_20_Rule"/>
<text:p text:style-name="Signature_20_Name">Harriet Pike</text:p>
<text:p text:style-name="Signature_20_Title">Partner</text:p>
"""

HEADER = """\
<text:p text:style-name="Continuation_20_Line"><text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Harbor Trust Company</text:bookmark-ref></text:p>
<text:p text:style-name="Continuation_20_Line"><text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_2">February\u00a027, 2006</text:bookmark-ref></text:p>
"""


def letter():
    """Flat ODF: the sample letterhead with its tags filled in, and a short letter."""
    source = (FIRM / "letterheads/marlow-pike.fodt").read_text(encoding="utf-8")
    start = source.index("<text:p", source.index("<style:header>"))
    end = source.index("<text:p", source.index("{{ letter.date", start))
    source = source[:start] + HEADER + source[end:]
    source = re.sub(r"<text:p[^>]*>\{% (?:if|endif)[^<]*</text:p>", "", source)
    for tag, value in {"letter.exhibit": "EXHIBIT 5.1", "firm.name": "Marlow &amp; Pike LLP",
                       "firm.statement": "A limited liability partnership organized under the laws of the State of "
                                         "New York"}.items():
        source = source.replace("{{ %s }}" % tag, value)
    source = re.sub(r"\{% for line.*?</text:p>", "41 Chancel Street · New York, New York 10004 · (212) 555-0142</text:p>", source)
    source = re.sub(r"\{% for partner.*?</text:p>", "Louise Marlow · Harriet Pike · Samuel Okonjo · "
                    "Eleanor Whitcombe · Tobias Renner</text:p>", source)
    body = source.index("<text:p", source.index("<office:text>"))
    return source[:body] + BODY + source[source.index("</office:text>"):]


def automatic(source, styles):
    """The same with more automatic styles."""
    return source.replace("<office:automatic-styles>", "<office:automatic-styles>" + styles, 1)


def part(path, name):
    """The tree of a part; a flat file is all parts at once."""
    if str(path).endswith(".fodt"):
        return etree.parse(str(path)).getroot()
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def paragraph_text(node):
    """Text as read: white space collapsed, notes and frames in place, comments left out."""
    pieces = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and child.tag not in (OFFICE + "annotation",):
            pieces.append({TEXT + "s": " ", TEXT + "tab": " ", TEXT + "line-break": " "}.get(child.tag, paragraph_text(child)))
        pieces.append(child.tail or "")
    return "".join(pieces)


def body_text(path):
    """The paragraphs that say something, non-breaking spaces as spaces."""
    body = part(path, "content.xml").find(".//" + OFFICE + "text")
    for changes in body.iter(TEXT + "tracked-changes"):
        changes.clear()
    texts = [" ".join(paragraph_text(node).replace("\u00a0", " ").split())
             for node in body.iter(TEXT + "p", TEXT + "h")]
    return [text for text in texts if text]
