# SPDX-License-Identifier: MPL-2.0
"""What a case of a house style is, and the changes by which a letter that keeps it breaks one of its rules.

The cases themselves stand in the files house_cases_*.py. One takes three lines:

    Case("page_breaks", "page break after", by_hand(paragraph("fo:break-after", "page")),
         [("EG-H030", "after this paragraph", "content.xml 6 “We have acted as counsel to the deposito…”")],
         person="Remove it")
"""

import dataclasses
import typing

import house_letter as sample

Change = typing.Callable[[str], str]


def same(source):
    return source


@dataclasses.dataclass(frozen=True, eq=False)
class Case:
    rule: str
    name: str
    change: Change  # the right letter -> one that breaks the rule and no other
    found: list  # (code, words of the message, place) of every finding; places as spot() writes them
    mended: Change = same  # the right letter -> what this one is to become
    person: str = ""  # who makes it that: a person, told by these words of the hint; else engross standardise
    house: dict | None = None  # rules of a house style of its own; else the sample's
    block: dict | None = None  # its address block
    also: str = ""  # why one fault breaks another rule too
    parts: dict | None = None  # parts that the package holds besides: the case is an ODT
    in_package: bool = True  # whether an ODT of it is audited too

    def __str__(self):
        return f"{self.rule}: {self.name}"

    def key(self):
        """Cases of one key are audited together."""
        return repr((self.house, self.block))


def spot(finding):
    """Where a finding is: part, paragraph, excerpt."""
    where = finding.get("part", "")
    if finding.get("paragraph"):
        where += f" {finding['paragraph']}"
    return where + (f" “{finding['excerpt']}”" if finding.get("excerpt") else "")


# The letter's first paragraph of text is number 6, its first opinion 8, the paragraph behind the opinions 10.
W = "counsel"
OPEN = '<text:p text:style-name="Letter_20_Body">We have acted'
BEHIND = '<text:p text:style-name="Letter_20_Body">We are admitted'
AT_W = "content.xml 6 “We have acted as counsel to the depositor na…”"  # the word itself
AT_OPEN = "content.xml 6 “We have acted as counsel to the deposito…”"  # something in the paragraph
AT_ALL = "content.xml 6 “We have acted as counsel to the depositor named below.”"  # the whole of it
STYLES = "styles.xml"
LINE = '<text:p text:style-name="Continuation_20_Line">%s</text:p>'
PAGE_LINE = LINE % 'Page <text:page-number text:select-page="current">2</text:page-number>'
FOOTER = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
TABLE = ('<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"%s><table:table-column/><table:table-row>'
         "<table:table-cell>%s</table:table-cell></table:table-row></table:table>")


def p(text, style="Letter_20_Body"):
    return f'<text:p text:style-name="{style}">{text}</text:p>' if text else f'<text:p text:style-name="{style}"/>'


def swap(old, new):
    def change(source):
        assert old in source, old
        return source.replace(old, new, 1)
    return change


def both(*changes):
    def change(source):
        for one in changes:
            source = one(source)
        return source
    return change


def word(text):
    """The word in the middle of the first paragraph."""
    return swap(W + " to", text + " to")


def before_behind(xml):
    """Something before the paragraph behind the opinions."""
    return swap(BEHIND, xml + BEHIND)


def at_end(xml):
    return swap("</office:text>", xml + "</office:text>")


def note(text):
    """A footnote."""
    return word(f'{W}<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                f"<text:note-body>{p(text)}</text:note-body></text:note>")


def frame(xml):
    """A text box at the first paragraph."""
    return swap(OPEN, OPEN.replace("We have", '<draw:frame draw:name="Box" text:anchor-type="paragraph" svg:width="2in" '
                                   f'svg:height="1in"><draw:text-box>{xml}</draw:text-box></draw:frame>We have'))


def in_footer(xml):
    return swap(FOOTER, FOOTER.replace("</text:p>", xml + "</text:p>"))


def in_header(xml):
    return swap(PAGE_LINE, PAGE_LINE.replace("</text:p>", xml + "</text:p>"))


def paragraph(name, value):
    return f'<style:paragraph-properties {name}="{value}"/>'


def text(*pairs):
    return "<style:text-properties " + " ".join(f'{name}="{value}"' for name, value in zip(pairs[::2], pairs[1::2])) + "/>"


def automatic(name, properties, family="paragraph", parent="Letter_20_Body", more=""):
    inherits = f' style:parent-style-name="{parent}"' if family == "paragraph" else ""
    xml = f'<style:style style:name="{name}" style:family="{family}"{inherits}{more}>{properties}</style:style>'
    return lambda source: sample.automatic(source, xml)


def by_hand(properties, parent="Letter_20_Body", more=""):
    """The first paragraph in an automatic style."""
    return both(automatic("P1", properties, parent=parent, more=more), swap(OPEN, OPEN.replace("Letter_20_Body", "P1")))


def span(properties, inside=W):
    """A word of the letter in an automatic style."""
    return both(automatic("T1", properties, "text"), swap(inside, f'<text:span text:style-name="T1">{inside}</text:span>'))


def encoded(name):
    """As a file writes the name of a style."""
    return name.replace(" ", "_20_")


def named(name, properties="", family="paragraph", parent="Letter_20_Body", more=""):
    """One more style that has a name."""
    inherits = f' style:parent-style-name="{encoded(parent)}"' if parent and family == "paragraph" else ""
    xml = (f'<style:style style:name="{encoded(name)}" style:display-name="{name}" style:family="{family}"{inherits}'
           f"{more}>{properties}</style:style>")
    return swap("<office:styles>", "<office:styles>" + xml)


def styled(name, properties=""):
    """The first paragraph in a named style of its own, which is none of the letterhead."""
    return both(named(name, properties), swap(OPEN, OPEN.replace("Letter_20_Body", encoded(name))))


def marked(name, properties=""):
    """The word in a named character style of its own."""
    return both(named(name, properties, "text"), word(f'<text:span text:style-name="{name}">{W}</text:span>'))


def within(begin, old, new):
    """The first `old` behind `begin`."""
    def change(source):
        at = source.index(old, source.index(begin))
        return source[:at] + new + source[at + len(old):]
    return change


def page_style(name, properties="", header="", footer="", more=""):
    """One more page style; its layout is that of the letter with other properties (name="value" …)."""
    def change(source):
        begin = source.index('<style:page-layout style:name="Letter">')
        layout = source[begin:source.index("</style:page-layout>", begin) + len("</style:page-layout>")]
        layout = layout.replace('style:name="Letter"', f'style:name="Of{name}"')
        for pair in properties.split():
            key = pair[:pair.index("=") + 1]
            assert key in layout, key
            at = layout.index(" " + key) + 1
            layout = layout[:at] + pair + layout[layout.index('"', at + len(key) + 1) + 1:]
        source = sample.automatic(source, layout)
        page = f'<style:master-page style:name="{name}" style:page-layout-name="Of{name}"{more}>'
        page += f"<style:header>{header}</style:header>" if header else ""
        page += f"<style:footer>{footer}</style:footer>" if footer else ""
        return source.replace("</office:master-styles>", page + "</style:master-page></office:master-styles>", 1)
    return change


def annex(page, xml=p("ANNEX A")):
    """Text at the end on a page style of its own."""
    return both(automatic("ToAnnex", "", more=f' style:master-page-name="{page}"'),
                at_end(xml.replace('"Letter_20_Body"', '"ToAnnex"', 1)))
