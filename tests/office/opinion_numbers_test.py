#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Opinions in lists of every kind against LibreOffice: letters past Z, roman numbers, start values,
suffixes, shown levels, two restarted slots and a continued one; references from headers, notes and
to pages. References are overwritten before LibreOffice sees them.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME.
"""

import json
import pathlib
import re
import sys
import unittest

import docx

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))

import acceptance  # noqa: E402
import acceptance_office_test as formats  # noqa: E402
import read_docx_numbers  # noqa: E402
from acceptance import Letter, Work, squeezed  # noqa: E402
import refreshing  # noqa: E402

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
COUNT = 60  # past ZZ of letters in step, and past AZ of the others
SYNC = 'style:num-letter-sync="true"'
# name -> attributes of the first and the second level
LISTS = {
    "Arabic": ('style:num-format="1" style:num-suffix="."',
               'style:num-format="A" style:num-prefix="(" style:num-suffix=")" ' + SYNC),
    "Sync": ('style:num-format="A" style:num-suffix=")" ' + SYNC,
             'style:num-format="i" style:num-prefix="(" style:num-suffix=")"'),
    "Alphabetic": ('style:num-format="a" style:num-prefix="(" style:num-suffix=")"',
                   'style:num-format="1" style:num-suffix="."'),
    "Roman": ('style:num-format="I" style:num-suffix="."',
              'style:num-format="i" style:num-suffix="."'),
    "Start": ('style:num-format="1" style:num-prefix="Art. " text:start-value="7"',
              'style:num-format="a" style:num-suffix=")" text:start-value="3" ' + SYNC),
    "Gap": ('style:num-format="1" style:num-suffix="."', None),
    "Nought": ('style:num-format="1" style:num-suffix="." text:start-value="0"',
               'style:num-format="A" style:num-prefix="(" style:num-suffix=")" ' + SYNC),
    # as LibreOffice keeps the labels of Word
    "Kept": ('style:num-format="1" loext:num-list-format="Article %1%."',
             'style:num-format="A" loext:num-list-format="%1%(%2%)"'),
    "Own": ('style:num-format="i" style:num-prefix="Item " style:num-suffix="."', None),
    "Shown": ('style:num-format="1" style:num-suffix="."',
              'style:num-format="1" style:num-suffix="." text:display-levels="2"'),
}
STYLE = '<style:style style:name="%s" style:family="paragraph"/>'
P = '<text:p text:style-name="Standard">%s</text:p>'


def level(number, attributes):
    return (f'<text:list-level-style-number text:level="{number}" {attributes}>'
            '<style:list-level-properties text:list-level-position-and-space-mode='
            '"label-alignment"><style:list-level-label-alignment '
            f'text:label-followed-by="listtab" fo:text-indent="-0.5in" fo:margin-left="{number}in"/>'
            '</style:list-level-properties></text:list-level-style-number>')


def document(body, masters=""):
    lists = "".join(f'<text:list-style style:name="{name}">{level(1, one)}'
                    f'{level(2, two) if two else ""}</text:list-style>' for name, (one, two) in LISTS.items())
    names = {name: OASIS + uri for name, uri in
             (("office", "office:1.0"), ("style", "style:1.0"), ("text", "text:1.0"),
              ("fo", "xsl-fo-compatible:1.0"), ("svg", "svg-compatible:1.0"))}
    names["loext"] = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {declared} '
            'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:styles>{STYLE % "Standard"}{STYLE % "Opinion"}{lists}</office:styles>'
            f'<office:automatic-styles>{PAGE if masters else ""}</office:automatic-styles>'
            f'{masters}<office:body><office:text>{body}</office:text></office:body>'
            '</office:document>')


PAGE = ('<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="8.5in" '
        'fo:page-height="11in" fo:margin="1in"/><style:header-style><style:header-footer-properties '
        'fo:min-height="0.3in"/></style:header-style></style:page-layout>')
MASTERS = ('<office:master-styles><style:master-page style:name="Standard" '
           'style:page-layout-name="Page"><style:header>'
           + P % 'As to {{ ref("Sync 28") }} and {{ ref("Arabic 2 sub") }}' + P % "Letter"
           + '</style:header></style:master-page></office:master-styles>')
# As many opinions as `count` says; every seventh has two sub-items.
MANY = ('<text:section text:name="many"><text:list text:style-name="Arabic">'
        '<text:list-item>' + P % '{% for i in numbers[:count] %}' + '</text:list-item>'
        '<text:list-item><text:p text:style-name="Opinion">{% label kind ~ " " ~ i %}Opinion {{ i }}'
        ' of {{ kind }}</text:p><text:list><text:list-item>' + P % '{% if i % 7 == 2 %}'
        + '</text:list-item><text:list-item><text:p text:style-name="Opinion">'
        '{% label kind ~ " " ~ i ~ " sub" %}first sub-item</text:p></text:list-item>'
        '<text:list-item><text:p text:style-name="Opinion">second sub-item</text:p></text:list-item>'
        '<text:list-item>' + P % '{% endif %}' + '</text:list-item></text:list></text:list-item>'
        '<text:list-item>' + P % '{% endfor %}' + '</text:list-item></text:list></text:section>')


def slot(kind, list_style, count, more=""):
    """A slot, and a reference to each of its numbers."""
    return (P % f'{{% opinion "many" list="{list_style}" kind="{kind}" count={count} {more} %}}'
            + P % (f'{{% for i in numbers[:{count}] %}}[{{{{ ref("{kind} " ~ i) }}}}]{{% endfor %}}')
            + P % (f'{{% for i in numbers[:{count}] if i % 7 == 2 %}}[{{{{ ref("{kind} " ~ i ~ " sub") }}}}'
                   f' {{{{ ref("{kind} " ~ i ~ " sub", form="number") }}}}]{{% endfor %}}'))


def without_layout(text):
    return re.sub(r"^(Pages|A note).*", r"\1", squeezed(text))


class Numbers(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        note = ('<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                '<text:note-body>' + P % 'See {{ ref("Roman 9") }} {{ ref("Roman 9", form="above") }}.'
                + '</text:note-body></text:note>')
        body = "".join(slot(name, name, COUNT) for name in LISTS if name != "Own")
        own = '<text:list text:style-name="Own"%s><text:list-item>' + P + '</text:list-item></text:list>'
        body += own % ("", "An item of the template")
        body += slot("again", "Arabic", 4)                            # restarted
        body += own % (' text:continue-numbering="true"', '{% label "own" %}Another one')
        body += P % '[{{ ref("own") }}]'
        body += slot("restarted", "Arabic", 3, "start=19")
        body += slot("continued", "Arabic", 3, 'numbering="continue"')
        body += slot("roman", "Roman", 3, 'numbering="continue"')     # over other lists between
        body += P % f"A note{note}"
        body += P % ('Pages [{{ ref("Arabic 1", form="page") }}][{{ ref("Roman 30", form="page") }}]'
                     '[{{ ref("continued 3", form="page") }}]')
        firm = cls.work / "firm"
        firm.mkdir()
        (firm / "firm.json").write_text('{"name": "T", "book": "book.json"}', encoding="utf-8")
        (firm / "book.json").write_text(json.dumps({"files": ["book.fodt"], "opinions": [
            {"id": "many", "group": "g", "when": "true", "approved": {"by": "C"}}]}), encoding="utf-8")
        (firm / "book.fodt").write_text(document(MANY), encoding="utf-8")
        (firm / "letter.fodt").write_text(document(body, MASTERS), encoding="utf-8")
        (firm / "deal.json").write_text(json.dumps({"numbers": list(range(1, COUNT + 1))}))
        cls.stem = cls.work / "letter"
        cls.run_ = acceptance.engross("assemble", firm / "letter.fodt", "--deal", firm / "deal.json",
                                      "-o", f"{cls.stem}.odt")
        if cls.run_.status != 0:
            raise AssertionError(cls.run_)
        cls.odt = Letter(f"{cls.stem}.odt")
        wrong = cls.work / "wrong.odt"
        cls.count = refreshing.overwritten(f"{cls.stem}.odt", wrong)
        exporter, office = refreshing.Exporter(), refreshing.Office(cls.work)
        cls.addClassCleanup(exporter.close)
        cls.addClassCleanup(office.close)
        exporter.export(wrong, f"{cls.stem}.docx", f"{cls.stem}.pdf")
        cls.refreshed = office.read(wrong, True)
        cls.reopened = office.read(cls.work / "letter.docx", False)

    def numbered(self):
        """(number, text); page numbers are not known yet, nor where a note stands."""
        return [(p.number, without_layout(p.text)) for p in self.odt.paragraphs]

    def test_numbers_are_worth_it(self):
        numbers = {p.number for p in self.odt.paragraphs}
        for some in ("60.", "HHH)", "(bh)", "LX.", "Art. 66", "9.1.", "c)", "(B)", "19.", "22.", "0.",
                     "Article 60.", "9(A)", "Item ii."):
            self.assertIn(some, numbers)

    def test_libreoffice_computes_the_same(self):
        plain, _ = self.refreshed
        wanted = [squeezed(f"{number} {text}") for number, text in self.numbered()]
        self.assertEqual([without_layout(line) for line in plain], wanted)

    def test_header_and_note(self):
        _, texts = self.refreshed
        header = [squeezed(line) for line in self.odt.header("header")]
        self.assertEqual(header[0], "As to BB) and 2(A)")
        self.assertEqual(texts[-1], header[0])
        note = self.odt.content.find(".//{*}note-body")
        self.assertEqual(squeezed("".join(note.itertext())), "See IX above.")
        lines = [line for page in formats.pdf_pages(f"{self.stem}.pdf") for line in page]
        self.assertTrue(any(line.endswith("See IX above.") for line in lines))
        self.assertTrue(all(squeezed(page[0]) == header[0]
                            for page in formats.pdf_pages(f"{self.stem}.pdf")))

    def test_docx(self):
        """Past Z Word has AA, BB and no AB: without letter-sync the DOCX counts in another way."""
        read = [(p.number, without_layout(p.text))
                for p in read_docx_numbers.read(f"{self.stem}.docx")]
        wanted = self.numbered()
        self.assertEqual(len(read), len(wanted))
        for (number, text), (ours, own) in zip(read, wanted):
            past_z = re.fullmatch(r"Opinion (\d+) of Alphabetic\.?", own)
            if past_z and int(past_z[1]) > 27:  # the 27th is aa in both
                self.assertEqual(text, own)
                self.assertNotEqual(number, ours)
            else:
                self.assertEqual((number, text), (ours, own))

    def test_letters_that_the_docx_counts_in_another_way_are_told(self):
        firm = self.work / "firm"
        status, findings = acceptance.findings("assemble", firm / "letter.fodt", "--deal",
                                               firm / "deal.json", "-o", self.work / "told.docx")
        self.assertEqual(status, 0)
        told = [one for one in findings if one.get("code") == "EG-O061"]
        self.assertEqual(len(told), 1)
        self.assertIn("“Alphabetic”", told[0]["message"])

    def test_pages(self):
        self.assertIn("[–][–][–]", [p.text for p in self.odt.paragraphs][-1])
        pages = formats.pdf_pages(f"{self.stem}.pdf")
        wanted = []
        for words in ("Opinion 1 of Arabic", "Opinion 30 of Roman", "Opinion 3 of continued"):
            wanted.append(next(number for number, lines in enumerate(pages, 1)
                               if any(line.rstrip(".").endswith(words) for line in lines)))
        self.assertGreater(len(set(wanted)), 2)
        shown = "Pages " + "".join(f"[{number}]" for number in wanted)
        self.assertIn(shown, [squeezed(line) for lines in pages for line in lines])
        paragraphs = docx.Document(f"{self.stem}.docx").paragraphs
        self.assertEqual(paragraphs[-1].text, shown)

    def test_nothing_overwritten_is_left(self):
        self.assertGreater(self.count, 500)
        for _, texts in (self.refreshed, self.reopened):
            self.assertNotIn(refreshing.SENTINEL, " ".join(texts))
        lines = [line for lines in formats.pdf_pages(f"{self.stem}.pdf") for line in lines]
        self.assertNotIn(refreshing.SENTINEL, " ".join(lines))


if __name__ == "__main__":
    unittest.main()
