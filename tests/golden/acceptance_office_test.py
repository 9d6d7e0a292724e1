#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The sample letters in ODT, DOCX and PDF from one command, each read by a reader of its own.

Needs $ENGROSS with engross-office beside it, LibreOffice, pdftotext, pdfimages and python3-docx.
"""

import collections
import json
import re
import shutil
import subprocess
import unittest
import zipfile

import docx

import acceptance
import read_docx_numbers
from acceptance import FIRM, LETTERS, Letter, Work, assemble, engross, squeezed
from read_docx_numbers import W

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU = 914400  # an inch
LOGO = 0.72   # inches, as the letterhead has it

Field = collections.namedtuple("Field", "instruction result")


def bare(text):
    """Text without any white space, in one case: letter-spacing and small capitals come and go."""
    return "".join(text.split()).casefold()


def fields(root):
    """Fields of a part of a DOCX: instruction and result, in document order."""
    open_fields, out = [], []
    for element in root.iter():
        if element.tag == W + "fldChar":
            kind = element.get(W + "fldCharType")
            if kind == "begin":
                open_fields.append(["", "", False])
            elif kind == "separate":
                open_fields[-1][2] = True
            else:
                instruction, result, _ = open_fields.pop()
                out.append(Field(squeezed(instruction), result))
        elif element.tag == W + "instrText" and open_fields:
            open_fields[-1][0] += element.text or ""
        elif element.tag == W + "t" and open_fields and open_fields[-1][2]:
            open_fields[-1][1] += element.text or ""
        elif element.tag == W + "fldSimple":
            text = "".join(t.text or "" for t in element.iter(W + "t"))
            out.append(Field(squeezed(element.get(W + "instr")), text))
    return out


def pdf_pages(file):
    """Lines of each page, empty ones left out; white space as it is laid out."""
    run = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", str(file), "-"],
                         capture_output=True, text=True, check=True)
    pages = run.stdout.split("\f")
    assert pages.pop().strip() == ""
    return [[line for line in page.splitlines() if line.strip()] for page in pages]


class Made:
    """One letter in three formats."""

    def __init__(self, stem):
        self.odt = Letter(f"{stem}.odt")
        self.docx = docx.Document(f"{stem}.docx")
        self.docx_numbers = read_docx_numbers.read(f"{stem}.docx")
        self.pdf = f"{stem}.pdf"
        self.pages = pdf_pages(self.pdf)

    def body(self, number):
        """Lines of page `number` (from 1) without header and footer, which are checked."""
        first = number == 1
        head = [bare(line) for line in self.odt.header("header-first" if first else "header")]
        foot = [bare(line) for line in self.odt.header("footer-first" if first else "footer")]
        if not first:
            head[-1] = bare(f"Page {number}")
        head, foot = [line for line in head if line], [line for line in foot if line]
        lines = self.pages[number - 1]
        seen = [bare(line) for line in lines]
        if seen[:len(head)] != head or seen[len(seen) - len(foot):] != foot:
            raise AssertionError(f"page {number}: header {seen[:len(head)]}, "
                                 f"footer {seen[len(seen) - len(foot):]}")
        return lines[len(head):len(lines) - len(foot)]

    def bodies(self):
        return [self.body(i + 1) for i in range(len(self.pages))]


class Formats(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letters = {}
        for name in LETTERS:
            stem = cls.work / name
            run = assemble(name, *(f"{stem}.{kind}" for kind in ("odt", "docx", "pdf")))
            if (run.status, run.error) != (0, ""):
                raise AssertionError(f"{name}: {run}")
            cls.letters[name] = Made(stem)

    # ---- PDF, page by page ----

    def test_letterhead_on_page_one_and_continuation_on_every_later_page(self):
        for name, letter in self.letters.items():
            self.assertGreater(len(letter.pages), 1, name)
            addressee, date, _ = letter.odt.header("header")
            head = [line for line in letter.odt.header("header-first") if line]
            for number, lines in enumerate(letter.pages, 1):
                with self.subTest(letter=name, page=number):
                    letter.body(number)  # the header is right as a whole
                    seen = [bare(line) for line in lines]
                    pages = [line for line in seen if re.fullmatch(r"page\d+", line)]
                    if number == 1:
                        self.assertEqual(pages, [])
                        continue
                    self.assertEqual(seen[:3], [bare(addressee), bare(date), f"page{number}"])
                    self.assertEqual(pages, [f"page{number}"])
                    for line in head[2:]:  # office and partners; the name is in the footer too
                        self.assertNotIn(bare(line), seen)

    def test_no_page_is_blank(self):
        for name, letter in self.letters.items():
            for number, body in enumerate(letter.bodies(), 1):
                self.assertGreater(len(body), 2, f"{name}, page {number}")

    def test_opinions_are_numbered_from_one(self):
        for name, letter in self.letters.items():
            found = [match[1] for body in letter.bodies() for line in body
                     if (match := re.match(r"(\d{1,2}\.) {3,}\S", line))]
            self.assertEqual(found, [number for number, _ in letter.odt.opinions()], name)
            self.assertEqual(found, [f"{i + 1}." for i in range(len(found))], name)

    def test_reference_in_print(self):
        body = squeezed(" ".join(line for body in self.letters["takedown"].bodies()
                                 for line in body))
        self.assertIn("the statements covered by paragraph 11(C) above, we have not", body)
        self.assertNotIn("Reference source", body)

    def test_logo_is_printed_once_and_in_its_size(self):
        for name, letter in self.letters.items():
            run = subprocess.run(["pdfimages", "-list", letter.pdf], capture_output=True, text=True,
                                 check=True)
            images = [line.split() for line in run.stdout.splitlines()[2:]]
            pictures = [line for line in images if line[2] == "image"]
            self.assertEqual([line[0] for line in pictures], ["1"], name)
            _, _, _, width, height, *_, x_ppi, y_ppi, _, _ = pictures[0]
            for pixels, per_inch in ((width, x_ppi), (height, y_ppi)):
                self.assertAlmostEqual(int(pixels) / int(per_inch), LOGO, delta=0.02)
                self.assertGreaterEqual(int(per_inch), 300)

    # ---- DOCX ----

    def test_headers_of_the_docx(self):
        for name, letter in self.letters.items():
            with self.subTest(name):
                self.assertEqual(len(letter.docx.sections), 1)
                section = letter.docx.sections[0]
                self.assertTrue(section.different_first_page_header_footer)  # w:titlePg
                for part, kind in ((section.first_page_header, "header-first"),
                                   (section.first_page_footer, "footer-first"),
                                   (section.footer, "footer")):
                    self.assertEqual([squeezed(p.text) for p in part.paragraphs],
                                     [squeezed(line) for line in letter.odt.header(kind)])
                addressee, date, _ = letter.odt.header("header")
                live = fields(section.header._element)
                wanted = [r.target for r in letter.odt.references(letter.odt.styles)]
                self.assertEqual(len(wanted), 2)
                self.assertEqual([f.instruction.split()[:2] for f in live],
                                 [["REF", wanted[0]], ["REF", wanted[1]], ["PAGE"]])
                self.assertEqual([f.result for f in live[:2]], [addressee, date])
                self.assertEqual(section.header.paragraphs[2].text.split()[0], "Page")

    def test_references_of_the_docx_are_live_and_right(self):
        switches = {"number-no-superior": r"\n", "direction": r"\p"}
        for name, letter in self.letters.items():
            with self.subTest(name):
                root = letter.docx.element
                wanted = letter.odt.references(letter.odt.content)
                found = [f for f in fields(root) if f.instruction.startswith("REF ")]
                self.assertEqual([(f.instruction.split()[1], f.result) for f in found],
                                 [(r.target, r.text) for r in wanted])
                for field, reference in zip(found, wanted):
                    self.assertIn(switches[reference.kind], field.instruction.split())
                marks = collections.defaultdict(list)
                for mark in root.iter(W + "bookmarkStart"):
                    marks[mark.get(W + "name")].append(mark)
                ends = [e.get(W + "id") for e in root.iter(W + "bookmarkEnd")]
                paragraphs = list(root.iter(W + "p"))
                used = {r.target for r in wanted + letter.odt.references(letter.odt.styles)}
                for target in used:
                    self.assertEqual(len(marks[target]), 1, target)
                    mark = marks[target][0]
                    self.assertEqual(ends.count(mark.get(W + "id")), 1, target)
                    at = paragraphs.index(next(mark.iterancestors(W + "p")))
                    element = letter.odt.bookmarks()[target]
                    self.assertEqual(letter.docx_numbers[at].number, letter.odt.number[element])
                    self.assertEqual(squeezed(letter.docx_numbers[at].text),
                                     squeezed(acceptance.read_odt_numbers.text_of(element)))

    def test_logo_of_the_docx(self):
        for name, letter in self.letters.items():
            with self.subTest(name):
                header = letter.docx.sections[0].first_page_header
                extents = list(header._element.iter("{*}extent"))
                self.assertEqual(len(extents), 1)
                for key in ("cx", "cy"):
                    self.assertAlmostEqual(int(extents[0].get(key)) / EMU, LOGO, delta=0.01)
                images = {header.part.related_parts[e.get(RELATIONSHIP + "embed")].blob
                          for e in header._element.iter("{*}blip")}
                self.assertEqual(images, {data for part, data in letter.odt.parts.items()
                                          if part.startswith("Pictures/")})
                self.assertEqual(len(images), 1)

    # ---- all three say the same ----

    def test_paragraphs_and_numbers_agree(self):
        for name, letter in self.letters.items():
            with self.subTest(name):
                wanted = [(p.number, squeezed(p.text)) for p in letter.odt.paragraphs]
                self.assertEqual([(p.number, squeezed(p.text)) for p in letter.docx_numbers],
                                 wanted)
                self.assertEqual([squeezed(p.text) for p in letter.docx.paragraphs],
                                 [text for _, text in wanted])
                printed = bare("".join(line for body in letter.bodies() for line in body))
                for number, text in wanted:
                    paragraph = bare(number + text)
                    self.assertEqual(printed[:len(paragraph)], paragraph)
                    printed = printed[len(paragraph):]
                self.assertEqual(printed, "")


class PageEnds(Work):
    """Letters that grow line by line, until a page ends within what must stay together."""

    MOST = 40  # lines, more than it takes

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loose = cls.work / "firm"  # the sample firm, where these do not keep with the next
        shutil.copytree(FIRM, cls.loose)
        letterhead = cls.loose / "letterheads" / "marlow-pike.fodt"
        text = letterhead.read_text(encoding="utf-8")
        for style in ("Opinion_20_3_20_Last", "Letter_20_Last_20_Body", "Signature_20_Closing"):
            text, count = re.subn(f'(<style:style style:name="{style}"[^>]*>\\s*<style:paragraph-properties'
                                  '[^>]*fo:keep-with-next=)"always"', r'\1"auto"', text)
            assert count == 1, style
        letterhead.write_text(text, encoding="utf-8")

    def pages(self, name, before, lines, firm=FIRM):
        """Text of each page, with so many lines more before a paragraph of the template."""
        template, stem = LETTERS[name]
        text = template.read_text(encoding="utf-8")
        self.assertEqual(text.count(before), 1)
        more = "".join(f'<text:p text:style-name="Letter_20_Address">Line {i + 1}</text:p>'
                       for i in range(lines))
        longer, pdf = self.work / f"{name}-{lines}.fodt", self.work / "longer.pdf"
        longer.write_text(text.replace(before, more + before), encoding="utf-8")
        self.made(engross("assemble", longer, "--firm", firm, "--deal", f"{stem}.json", "-o", pdf))
        return [bare("".join(page)) for page in pdf_pages(pdf)]

    def check(self, name, before, block, mark):
        """`block` moves to the next page as a whole, when its end `mark` no longer fits."""
        block, mark = bare(block), bare(mark)

        def page_of_mark(pages):
            return max(i for i, page in enumerate(pages) if mark in page)

        first = page_of_mark(self.pages(name, before, 0))
        fits, moved = 0, self.MOST
        while moved - fits > 1:
            middle = (fits + moved) // 2
            if page_of_mark(self.pages(name, before, middle)) > first:
                moved = middle
            else:
                fits = middle
        for lines, page in ((fits, first), (moved, first + 1)):
            pages = self.pages(name, before, lines)
            self.assertEqual([block in each for each in pages],
                             [i == page for i in range(len(pages))], (name, lines))
        # Without the styles' keep-with-next it is torn apart there.
        pages = self.pages(name, before, moved, self.loose)
        self.assertFalse(any(block in each for each in pages), (name, moved))

    def test_closing_and_signature(self):
        for name in ("takedown", "shelf"):
            with self.subTest(name):
                file = self.work / "plain.odt"
                self.made(assemble(name, file))
                texts = [p.text for p in Letter(file).paragraphs]
                closing = texts.index("Very truly yours,")
                last = "".join(texts[closing - 1:])  # with the paragraph before, whole
                self.check(name, '<text:p text:style-name="Letter_20_Last_20_Body">', last, last[-30:])

    def test_continuation_after_sub_items(self):
        file = self.work / "plain.odt"
        self.made(assemble("takedown", file))
        paragraphs = Letter(file).paragraphs
        at = [p.text for p in paragraphs].index("are correct in every material respect.")
        item, end = paragraphs[at - 1], paragraphs[at]
        self.check("takedown", '<text:p text:style-name="Letter_20_Lead-in">On that basis',
                   item.number + item.text + end.text, end.text)

    def test_keep_with_next_reaches_word(self):
        file = self.work / "kept.docx"
        self.made(assemble("takedown", file))
        paragraphs = docx.Document(file).paragraphs
        texts = [p.text for p in paragraphs]
        at = texts.index("are correct in every material respect.")
        kept = [*paragraphs[at - 1:at], *paragraphs[texts.index("Very truly yours,") - 1:-1]]
        for each in kept:
            self.assertTrue(each.style.paragraph_format.keep_with_next
                            or each.style.base_style.paragraph_format.keep_with_next, each.text)


class Convert(Work):
    """Files that are no letters, given to convert."""

    def test_finding_names_the_file_that_was_given(self):
        word = self.work / "word.docx"
        docx.Document().save(word)
        status, found = acceptance.findings("convert", word, "-o", self.work / "x.pdf")
        self.assertEqual((status, [(f["code"], f["file"]) for f in found]),
                         (1, [("EG-P001", str(word))]))


class WrongReferences(Work):
    """Reference texts that are wrong in the ODT are right in what is exported from it."""

    def exported(self, right, planted):
        """DOCX and lines of the PDF's pages, from the letter with wrong texts in its references."""
        wrong = self.work / "wrong.odt"
        letter = Letter(right)
        count = 0
        with zipfile.ZipFile(right) as old, zipfile.ZipFile(wrong, "w") as new:
            for info in old.infolist():
                data = old.read(info)
                if info.filename in ("content.xml", "styles.xml"):
                    root = acceptance.etree.fromstring(data)
                    for reference in letter.references(root):
                        reference.element.text = planted.get(reference.text, "Wrong")
                        count += 1
                    data = acceptance.etree.tostring(root, xml_declaration=True, encoding="UTF-8")
                new.writestr(info, data)
        self.assertGreaterEqual(count, len(planted))
        self.assertEqual(len(acceptance.reference_faults(Letter(wrong))), count)
        files = [self.work / "wrong.docx", self.work / "wrong.pdf"]
        before = wrong.read_bytes()
        self.made(engross("convert", wrong, "-o", *files))
        self.assertEqual(wrong.read_bytes(), before)
        return docx.Document(files[0]), pdf_pages(files[1])

    def check(self, document, pages, numbers, planted):
        self.assertEqual([f.result for f in fields(document.element)
                          if f.instruction.startswith("REF ")], [*numbers, "above"])
        text = squeezed(" ".join(line for page in pages for line in page))
        self.assertIn(f"covered by paragraph {''.join(numbers)} above, we", text)
        for each in ("Wrong", *planted.values()):
            self.assertNotIn(f" {each}", text)

    def test_in_a_letter_of_many_pages(self):
        right = self.work / "right.odt"
        self.made(assemble("takedown", right))
        addressee, date, _ = Letter(right).header("header")
        planted = {"11": "9999", "(C)": "(Q)", "above": "below", addressee: "Wrong Addressee",
                   date: "April 1, 1999"}
        document, pages = self.exported(right, planted)
        planted.pop("above")
        self.check(document, pages, ["11", "(C)"], planted)
        header = document.sections[0].header
        self.assertEqual([p.text for p in header.paragraphs[:2]], [addressee, date])
        for page in pages[1:]:
            self.assertEqual([squeezed(line) for line in page[:2]], [addressee, date])

    def test_in_a_letter_of_one_page(self):
        """LibreOffice 7.4 itself refreshes references while it lays out many pages, not one."""
        template, stem = LETTERS["takedown"]
        text = template.read_text(encoding="utf-8")
        kept = re.findall(
            r'<text:p [^>]*>(?:{% opinions "takedown"|{% if "registration-effective").*?</text:p>', text)
        self.assertEqual(len(kept), 2)
        short = self.work / "short.fodt"
        short.write_text(re.sub(r"(<office:text>).*(</office:text>)",
                                lambda match: match[1] + "".join(kept) + match[2], text,
                                flags=re.S), encoding="utf-8")
        book = json.loads((FIRM / "opinions" / "book.json").read_text(encoding="utf-8"))
        others = ["-" + each["id"] for each in book["opinions"]
                  if each["group"] == "takedown" and each["id"] != "registration-effective"]
        right = self.work / "short.odt"
        self.made(engross("assemble", short, "--firm", FIRM, "--deal", f"{stem}.json",
                          f"--opinions={','.join(others)}", "-o", right))
        planted = {"1": "9999", "(C)": "(Q)"}
        document, pages = self.exported(right, {**planted, "above": "below"})
        self.assertEqual(len(pages), 1)
        self.check(document, pages, ["1", "(C)"], planted)


if __name__ == "__main__":
    unittest.main()
