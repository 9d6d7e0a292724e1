#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Continuation headers of all makes against the address block: what disagrees is found, what agrees is
left, and nothing is replaced by a guess."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from lxml import etree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
PAGE = '<text:page-number text:select-page="current">2</text:page-number>'
NAME = '<text:p text:style-name="Letter_20_Address"><text:bookmark-start text:name="_eng_header_1"/>Harbor Trust Company' \
       '<text:bookmark-end text:name="_eng_header_1"/></text:p>'
DATE = '<text:p text:style-name="Letter_20_Date"><text:bookmark-start text:name="_eng_header_2"/>February\u00a027, 2006' \
       '<text:bookmark-end text:name="_eng_header_2"/></text:p>'
STREET = '<text:p text:style-name="Letter_20_Address">11 Quay Street</text:p>'


def line(text, style="Continuation_20_Line"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def plain(text):
    return line(text, "Letter_20_Body")


def typed(*lines):
    return "".join(map(line, lines))


class Headers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-headers-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, header=None, block=None, change=lambda source: source):
        """A letter with this header above its page number, and this block in place of date and address."""
        source = sample.letter()
        if header is not None:
            assert sample.HEADER in source
            source = source.replace(sample.HEADER, header)
        if block is not None:
            assert DATE + "\n" + NAME + "\n" + STREET in source
            source = source.replace(DATE + "\n" + NAME + "\n" + STREET, block)
        path = self.folder / "letter.fodt"
        path.write_text(change(source), encoding="utf-8")
        return path

    def run_json(self, *arguments):
        run = subprocess.run([ENGROSS, *map(str, arguments), "--firm", sample.FIRM, "--json"], capture_output=True,
                             text=True, timeout=60)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return [json.loads(said) for said in run.stdout.splitlines()]

    def codes(self, path, of="header_agreement"):
        return sorted(finding["code"] for finding in self.run_json("audit", path) if finding["rule"] == of)

    def header(self, path, master="Standard", part="header"):
        root = etree.parse(str(path)).getroot()
        found = root.xpath(f'//*[local-name()="master-page"][@*[local-name()="name"]="{master}"]')[0]
        return [" ".join(sample.paragraph_text(p).split()) for p in found.find(STYLE + part).iter(sample.TEXT + "p")]

    def repaired(self, path):
        before = sample.body_text(path)
        self.run_json("standardise", path, "--out", self.folder / "out")
        copy = self.folder / "out/letter.fodt"
        self.assertEqual(sample.body_text(copy), before)
        return copy

    def test_all_in_one_line(self):
        for gap in ("<text:tab/>", "<text:line-break/>"):
            stale = self.write(line(f"Other Bank plc{gap}March 3, 2004{gap}Page {PAGE}"),
                               change=lambda s: s.replace(line("Page " + PAGE), "", 1))
            self.assertEqual(self.codes(stale), ["EG-H024", "EG-H025"])
            right = self.write(line(f"HARBOR TRUST COMPANY{gap}February 27, 2006{gap}Page {PAGE}"),
                               change=lambda s: s.replace(line("Page " + PAGE), "", 1))
            self.assertNotIn("EG-H024", self.codes(right))
            self.assertNotIn("EG-H025", self.codes(right))

    def test_no_line_for_it(self):
        silent = self.write(typed("Marlow &amp; Pike LLP"))
        self.assertEqual(self.codes(silent), ["EG-H024", "EG-H025"])

    def test_lines_of_the_letter_agree(self):
        """A legend, a reference, a person before the company, another case, a schedule: all are right."""
        date = plain("February 27, 2006")
        rest = plain("Harbor Trust Company") + plain("11 Quay Street") + plain("Dear Sirs:")
        for name, header, block in (
                ("sent by", ("Harbor Trust Company", "February 27, 2006"), date + plain("VIA ELECTRONIC MAIL") + rest),
                ("marked", ("PRIVILEGED", "Harbor Trust Company", "February 27, 2006"), DATE + NAME),
                ("person", ("Harbor Trust Company", "February 27, 2006"),
                 DATE + line("Mr. John Smith", "Letter_20_Address") + line("Harbor Trust Company", "Letter_20_Address")),
                ("as of", ("Harbor Trust Company", "February 27, 2006"),
                 plain("As of February 27, 2006") + rest + plain("It was signed on that day.") + plain("January 12, 2001")),
                ("reference", ("Harbor Trust Company", "February 27, 2006"),
                 plain("Harbor Trust Company") + date + plain("Our ref: 1234/5") + plain("Dear Sirs:")),
                ("quotes", ("Smith's Bank - Trustee", "February 27, 2006"),
                 DATE + line("Smith\u2019s Bank \u2013 Trustee", "Letter_20_Address")),
                ("two dates", ("Harbor Trust Company", "February 27, 2006"), date + plain("March 3, 2004") + rest),
                ("schedule", ("The Addressees Listed on Schedule A", "February 27, 2006"), DATE + NAME),
                ("breaks", ("Harbor Trust Company", "February 27, 2006"),
                 DATE + line("Harbor Trust Company<text:line-break/>11 Quay Street", "Letter_20_Address"))):
            with self.subTest(name):
                letter = self.write(typed(*header), block)
                self.assertEqual([code for code in self.codes(letter) if code in ("EG-H024", "EG-H025", "EG-H027")], [])
                copy = self.repaired(letter)
                self.assertEqual(self.header(copy)[:len(header)], list(header))
                self.assertEqual(self.codes(copy, "headers"), self.codes(letter, "headers"))

    def test_a_guess_replaces_nothing(self):
        block = plain("February 27, 2006") + plain("Harbor Trust Company") + plain("11 Quay Street") + plain("Dear Sirs:")
        letter = self.write(typed("Other Bank plc", "March 3, 2004"), block)
        self.assertEqual(self.codes(letter), ["EG-H024", "EG-H025"])
        self.assertEqual(self.header(self.repaired(letter))[:2], ["Other Bank plc", "March 3, 2004"])

    def test_words_that_are_neither_addressee_nor_date_are_not_replaced(self):
        """They stand where the letterhead has addressee and date; what may be a stale addressee or date is told."""
        for header, codes in ((("February 27, 2006", "Harbor Trust Company"), []),  # another order
                              (("Purchase Agreement", "February 27, 2006"), ["EG-H024"]),
                              (("Purchase Agreement", "January 12, 2006"), ["EG-H024", "EG-H025"]),
                              (("Matter 4711", "February 27, 2006"), ["EG-H024"]),
                              (("Re: REMIC Series 2006-1", "February 27, 2006"), ["EG-H024"]),
                              (("PRIVILEGED", "February 27, 2006"), ["EG-H024"]),
                              (("Harbor Trust Company", "Draft of February 20, 2006"), ["EG-H025"]),
                              (("Harbor Trust Company", "As of January 31, 2006"), ["EG-H025"]),
                              (("Harbor Trust Company", "Closing Date: March 1, 2006"), ["EG-H025"]),
                              (("Harbor Trust Company", "February 2006"), ["EG-H025"])):
            with self.subTest(header):
                letter = self.write(typed(*header))
                self.assertEqual([code for code in self.codes(letter) if code != "EG-H026"], codes)
                self.assertEqual(self.header(self.repaired(letter))[:2], list(header))

    def test_an_address_block_in_a_frame(self):
        """As letters for window envelopes have it."""
        box = '<text:p text:style-name="Letter_20_Body"><draw:frame draw:name="b" svg:width="4in" svg:height="1in" ' \
              f'text:anchor-type="paragraph"><draw:text-box>{NAME}{STREET}</draw:text-box></draw:frame></text:p>'
        letter = self.write(block=DATE + box)
        self.assertEqual(self.codes(letter), [])

    def test_another_word_beside_the_right_one(self):
        twice = line("February 20, 2006 (draft)", "Letter_20_Date") + DATE + NAME
        letter = self.write(typed("Harbor Trust Company", "February 27, 2006"), twice)
        self.assertEqual([code for code in self.codes(letter) if code != "EG-H026"], [])
        self.assertEqual(self.header(self.repaired(letter))[1], "February 27, 2006")

    def test_day_and_month_the_other_way_round(self):
        """A letter writes its dates in one way, whichever it is."""
        block = line("02/03/2006", "Letter_20_Date") + NAME
        for day, codes in (("02/03/2006", []), ("03/02/2006", ["EG-H025"])):
            letter = self.write(typed("Harbor Trust Company", day), block)
            self.assertEqual([code for code in self.codes(letter) if code != "EG-H026"], codes)

    def test_the_letterhead_behind_an_envelope(self):
        """The letter begins on the second page style: what that prints is no continuation header."""
        def enveloped(source):
            at = source.index('<style:master-page style:name="Standard"')
            opening = source[at:source.index(">", at)]
            head = source[source.index("<style:header-first>") + len("<style:header-first>"):
                          source.index("</style:header-first>")].replace(line("EXHIBIT 5.1", "Letterhead_20_Exhibit"), "")
            named = opening.replace('"Standard"', '"%s"') + ' style:next-style-name="%s"><style:header>%s</style:header></style:master-page>'
            source = (source[:at] + named % ("Envelope", "First_20_Page", line("Envelope"))
                      + named % ("First_20_Page", "Standard", head) + source[at:])
            source = sample.automatic(source, '<style:style style:name="Begin" style:family="paragraph" '
                                      'style:parent-style-name="Letter_20_Date" style:master-page-name="Envelope"/>')
            return source.replace('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="Begin">', 1)
        letter = self.write(change=enveloped)
        self.assertEqual(self.codes(letter), [])
        self.assertEqual(self.header(self.repaired(letter), "First_20_Page"), self.header(letter, "First_20_Page"))

    def test_the_header_of_an_annex_is_not_replaced(self):
        header = typed("Schedule A to the Purchase Agreement", "January 12, 2006") + line("Page " + PAGE)
        for is_turned in (True, False):
            letter = self.write(change=self.annexed(header, is_turned))
            self.assertEqual(self.codes(letter), [] if is_turned else ["EG-H024", "EG-H025"])
            self.assertEqual(self.codes(letter, "headers"), ["EG-L013"] if is_turned else [])
            copy = self.repaired(letter)
            self.assertEqual(self.header(copy, "Annex")[:2], ["Schedule A to the Purchase Agreement", "January 12, 2006"])

    def test_a_date_in_the_style_of_the_address_is_no_addressee(self):
        """As Writer leaves it when the date's line is deleted and typed anew above the address."""
        block = line("February 27, 2006", "Letter_20_Address") + NAME + STREET
        letter = self.write(typed("Other Bank plc", "March 3, 2004"), block)
        self.assertEqual(self.codes(letter), ["EG-H024", "EG-H025"])
        self.assertEqual(self.header(self.repaired(letter))[:2], ["Harbor Trust Company", "February 27, 2006"])

    def test_a_date_of_today_is_no_date(self):
        """The header says a day, and is not made to say another one each morning."""
        live = line('<text:date text:fixed="false">February 27, 2006</text:date>', "Letter_20_Date")
        letter = self.write(typed("Harbor Trust Company", "February 27, 2006"), live + NAME + STREET)
        self.assertIn("EG-H027", self.codes(letter))
        self.assertEqual(self.codes(letter, "live_dates"), ["EG-H061"])
        self.assertEqual(self.header(self.repaired(letter))[1], "February 27, 2006")
        self.assertIn('"Letter_20_Date"><text:date ', self.repaired(letter).read_text(encoding="utf-8"))

    def heads(self, change):
        """What is wrong with the headers of a letter so changed, and what it is after the repair."""
        letter = self.write(change=change)
        found = [f for f in self.run_json("audit", letter) if f["rule"] in ("headers", "page")]
        copy = self.repaired(letter)
        return found, self.codes(copy, "headers") + self.codes(copy, "page")

    def test_letterheads_of_another_day(self):
        """Address, telephone and partners are those of one office of the firm; no line is more or less."""
        offices = json.loads((sample.FIRM / "firm.json").read_text(encoding="utf-8"))["data"]["firm"]["offices"]
        other = offices["wilmington"]

        def in_wilmington(source):
            source = source.replace("41 Chancel Street · New York, New York 10004 · (212) 555-0142",
                                    " · ".join([*other["lines"], other["phone"]]), 1)
            return source.replace("Louise Marlow · Harriet Pike · Samuel Okonjo · Eleanor Whitcombe · Tobias Renner",
                                  " · ".join(other["partners"]), 1)
        self.assertEqual(self.heads(in_wilmington), ([], []))
        for name, old, new in (
                ("address", "41 Chancel Street", "9 Former Road"), ("telephone", "555-0142", "555-9999"),
                ("partner", "Harriet Pike · Samuel", "Deceased Partner · Samuel"), ("one more", "Tobias", "Ann Ray · Tobias"),
                ("one less", "Louise Marlow · ", ""), ("other office's", "(212) 555-0142", other["phone"])):
            with self.subTest(name):
                found, left = self.heads(lambda s, old=old, new=new: s.replace(old, new, 1))
                self.assertEqual(([f["code"] for f in found], left), (["EG-H021"], ["EG-H021"]))
                self.assertIn("it should read “EXHIBIT 5.1 / [picture]" if "EXHIBIT" not in found[0]["message"] else
                              "41 Chancel Street · New York, New York 10004 · (212) 555-0142", found[0]["message"].split("should")[1])
        more = line("Member of the Other Bar", "Letterhead_20_Partners") + "</style:header-first>"
        for name, old, new in (("at the end", "</style:header-first>", more),
                               ("before the addressee", sample.HEADER, typed("SUBJECT TO CONTRACT") + sample.HEADER)):
            with self.subTest(name):
                found, left = self.heads(lambda s, old=old, new=new: s.replace(old, new, 1))
                self.assertEqual(([f["code"] for f in found], left), (["EG-H021"], ["EG-H021"]))
        exhibit = line("EXHIBIT 5.1", "Letterhead_20_Exhibit")
        self.assertEqual(self.heads(lambda s: s.replace(exhibit, "", 1)), ([], []))

    def test_an_older_name_made_of_partners(self):
        """Nothing says that it is the firm's name of today in other words."""
        footer = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
        found, left = self.heads(lambda s: s.replace(footer, footer.replace("Marlow &amp; Pike", "Marlow, Pike &amp; Renner"), 1))
        self.assertEqual(([f["code"] for f in found], left), (["EG-H021"], ["EG-H021"]))

    def test_styles_of_header_lines(self):
        found, left = self.heads(lambda s: s.replace('"Letterhead_20_Firm">Marlow', '"Footer">Marlow', 1))
        self.assertEqual([f["message"] for f in found],
                         ["The style of “Marlow & Pike LLP” in the header of page 1 reads “Footer”; it should read "
                          "“Letterhead Firm”."])
        self.assertEqual(left, [])

    def test_gap_below_the_header(self):
        source = sample.letter()
        start = source.index("<style:header-style>")
        old = source[start:source.index("</style:header-style>", start)]
        gap = old.split('fo:margin-bottom="')[1].split('"')[0]
        found, left = self.heads(lambda s: s.replace(old, old.replace(f'fo:margin-bottom="{gap}"', 'fo:margin-bottom="3in"'), 1))
        self.assertEqual([f["code"] for f in found], ["EG-H013"])
        self.assertIn("distance from header to text is 3in", found[0]["message"])
        self.assertEqual(left, [])

    def test_first_line_of_a_block_with_breaks(self):
        block = DATE + line("Harbor Trust Company<text:line-break/>11 Quay Street", "Letter_20_Address")
        copy = self.repaired(self.write(typed("Other Bank plc", "February 27, 2006"), block))
        self.assertEqual(self.header(copy)[0], "Harbor Trust Company")
        self.assertEqual(self.codes(copy), [])

    def test_an_address_above_the_date(self):
        """As on the Continent; without the styles of the house, what disagrees is found, not repaired."""
        block = plain("Deutsche Bank AG") + plain("Taunusanlage 12") + plain("27. Februar 2006")
        for header, codes in ((typed("Commerzbank AG", "3. März 2004"), ["EG-H024", "EG-H025"]),
                              (typed("Deutsche Bank AG", "27. Februar 2006"), [])):
            found = [code for code in self.codes(self.write(header, block)) if code != "EG-H026"]
            self.assertEqual(found, codes)

    def test_headers_in_a_table_or_a_box(self):
        """Line by line as elsewhere: what is stale is said with its place, and repaired where it stands."""
        table = ('<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" table:name="H"><table:table-column/>'
                 "<table:table-row><table:table-cell>%s</table:table-cell></table:table-row></table:table>")
        box = ('<text:p text:style-name="Header"><draw:frame draw:name="F" text:anchor-type="as-char" svg:width="4in">'
               "<draw:text-box>%s</draw:text-box></draw:frame></text:p>")
        for form in (table, box):
            for lines, codes in ((typed("Other Bank plc", "March 3, 2004"), ["EG-H024", "EG-H025"]),
                                 (sample.HEADER, [])):
                letter = self.write(form % lines)
                found = [(f["code"], f.get("excerpt")) for f in self.run_json("audit", letter)]
                self.assertEqual(found, list(zip(codes, ("Other Bank plc", "March 3, 2004"))))
                if codes:
                    self.assertEqual(self.run_json("audit", self.repaired(letter)), [])

    def annexed(self, header, is_turned=True):
        """A letter whose annex stands on a page style with a header of its own, landscape or in A4."""
        def change(source):
            source = sample.automatic(source, '<style:style style:name="ToAnnex" style:family="paragraph" '
                                      'style:parent-style-name="Letter_20_Body" style:master-page-name="Annex"/>')
            at = source.index('<style:page-layout style:name="Letter">')
            layout = source[at:source.index("</style:page-layout>", at) + len("</style:page-layout>")]
            name = layout.split('style:name="')[1].split('"')[0]
            upright = layout.replace(f'style:name="{name}"', 'style:name="Turned"').replace(
                'fo:page-width="8.5in"', 'fo:page-width="210mm"', 1).replace('fo:page-height="11in"', 'fo:page-height="297mm"', 1)
            turned = layout.replace(f'style:name="{name}"', 'style:name="Turned"').replace(
                'fo:page-width="8.5in"', 'fo:page-width="11in"', 1).replace('fo:page-height="11in"', 'fo:page-height="8.5in"', 1)
            turned = turned.replace('style:print-orientation="portrait"', "").replace(
                "<style:page-layout-properties ", '<style:page-layout-properties style:print-orientation="landscape" ', 1)
            source = source.replace(layout, layout + (turned if is_turned else upright), 1)
            source = source.replace("</office:master-styles>", '<style:master-page style:name="Annex" style:page-layout-name='
                                    f'"Turned"><style:header>{header}</style:header></style:master-page></office:master-styles>', 1)
            return source.replace("</office:text>", line("Annex A", "ToAnnex") + "</office:text>", 1)
        return change

    def test_pages_on_their_side(self):
        stale = self.write(change=self.annexed(typed("Other Bank plc", "March 3, 2004") + line("Page " + PAGE)))
        self.assertEqual(self.codes(stale), ["EG-H024", "EG-H025"])
        right = self.write(change=self.annexed(typed("Harbor Trust Company", "February 27, 2006") + line("Page " + PAGE)))
        self.assertEqual([code for code in self.codes(right) if code != "EG-H026"], [])

    def test_an_annex_need_not_name_the_addressee(self):
        letter = self.write(change=self.annexed(line("Page " + PAGE)))
        self.assertEqual(self.codes(letter), [])

    def test_the_old_header_of_an_annex(self):
        """What a landscape page keeps, on a letterhead that has none, is quoted if it is not the letter's own."""
        for header, expected in ((typed("Old Firm of Smith") + line("Page " + PAGE), ["EG-L013"]),
                                 (typed("Harbor Trust Company", "February 27, 2006") + line("Page " + PAGE), [])):
            letter = self.write(change=self.annexed(header))
            self.assertEqual(self.codes(letter, "headers"), expected)
            run = subprocess.run([ENGROSS, "letterhead", letter, "--with", "marlow-pike", "--firm", sample.FIRM, "--json",
                                  "--set", "letter.addressee.name=Harbor Trust Company", "--set", "letter.date=2006-02-27",
                                  "--set", "letter.office=new_york", "--set", "letter.exhibit=EXHIBIT 5.1", "-o",
                                  self.folder / "new.odt"],
                                 capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 0, run.stdout)
            found = [json.loads(said) for said in run.stdout.splitlines()]
            self.assertEqual([finding["code"] for finding in found], expected)
            if expected:
                self.assertIn("“Annex” keep the header “Old Firm of Smith / Page #”", found[0]["message"])
                self.assertEqual(found[0]["severity"], "warning")

    def test_a_legend_of_the_old_headers(self):
        """What goes with the old letterhead is quoted, unless the new letter says it; standardise throws nothing away."""
        def chained(source):
            """Page 1, page 2 with a legend, the rest: each on a page style of its own."""
            at = source.index('<style:master-page style:name="Standard"')
            opening = source[at:source.index(">", at)]
            named = opening.replace('"Standard"', '"%s"') + ' style:next-style-name="%s">%s</style:master-page>'
            second = "<style:header>" + line("PRIVILEGED") + sample.HEADER + "</style:header>"
            firm = "<style:header>" + line("Marlow &amp; Pike LLP") + "</style:header>"
            source = source[:at] + named % ("First_20_Page", "Second", firm) + named % ("Second", "Standard", second) + source[at:]
            source = sample.automatic(source, '<style:style style:name="Begin" style:family="paragraph" '
                                      'style:parent-style-name="Letter_20_Date" style:master-page-name="First_20_Page"/>')
            return source.replace('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="Begin">', 1)

        for words, quoted in (({}, []), ({"header": sample.HEADER + line("SUBJECT TO CONTRACT")}, ["SUBJECT TO CONTRACT"]),
                              ({"header": line("S.B.") + sample.HEADER + line("4711/06")}, ["S.B.", "4711/06"]),
                              ({"change": chained}, ["PRIVILEGED"])):
            letter = self.write(**words)
            run = subprocess.run([ENGROSS, "letterhead", letter, "--with", "marlow-pike", "--firm", sample.FIRM, "--json",
                                  "--set", "letter.addressee.name=Harbor Trust Company", "--set", "letter.date=2006-02-27",
                                  "--set", "letter.office=new_york", "-o", self.folder / "new.odt"],
                                 capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 0, run.stdout)
            found = [json.loads(said) for said in run.stdout.splitlines()]
            self.assertEqual([finding["message"].split("“")[1].split("”")[0] for finding in found
                              if finding["code"] == "EG-L014" and "EXHIBIT" not in finding["message"]], quoted)
        self.assertIn("PRIVILEGED", self.repaired(letter).read_text(encoding="utf-8"))

    def test_a_page_on_its_side_of_the_letterheads_own(self):
        """Its header is the letterhead's; on another letterhead it is a header that was kept."""
        firm = self.folder / "firm"
        shutil.copytree(sample.FIRM, firm)
        turned = (firm / "letterheads/marlow-pike.fodt").read_text(encoding="utf-8").replace(
            "<style:page-layout ", '<style:page-layout style:name="Side"><style:page-layout-properties fo:page-width="11in" '
            'fo:page-height="8.5in" style:print-orientation="landscape"/></style:page-layout><style:page-layout ', 1).replace(
            "</office:master-styles>", '<style:master-page style:name="Quer" style:page-layout-name="Side"><style:header>'
            "<text:p>ANNEX to {{ letter.addressee.name }}</text:p></style:header></style:master-page></office:master-styles>", 1)
        (firm / "letterheads/turned.fodt").write_text(turned, encoding="utf-8")
        letter = self.write(change=self.annexed(line("ANNEX to Harbor Trust Company")))
        for letterhead, codes in (("turned", []), ("marlow-pike", ["EG-L013"])):
            run = subprocess.run([ENGROSS, "letterhead", letter, "--with", letterhead, "--firm", firm, "--json",
                                  "--set", "letter.addressee.name=Harbor Trust Company", "--set", "letter.date=2006-02-27",
                                  "--set", "letter.office=new_york", "-o", self.folder / "new.odt"],
                                 capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 0, run.stdout)
            found = [json.loads(said)["code"] for said in run.stdout.splitlines()]
            self.assertEqual([code for code in found if code == "EG-L013"], codes)

    def test_where_an_annex_begins(self):
        """Its first page may have a header of its own, which is looked at too."""
        for words, codes in (("OLD FIRM LLP", ["EG-L013"]), ("Marlow &amp; Pike LLP", [])):
            annexed = self.annexed(typed("Harbor Trust Company", "February 27, 2006") + line("Page " + PAGE), is_turned=False)
            letter = self.write(change=lambda s: annexed(s).replace(
                "</style:header></style:master-page></office:master", "</style:header><style:header-first><text:p "
                f'text:style-name="Header">{words}</text:p></style:header-first></style:master-page></office:master', 1))
            self.assertEqual(self.codes(letter, "headers"), codes)

    def test_other_upright_pages(self):
        """An annex on a page style of its own: its paper and its header count, once text stands on it."""
        right = typed("Harbor Trust Company", "February 27, 2006") + line("Page " + PAGE)
        for header, of_headers in ((typed("Old Firm of Smith"), ["EG-H021"]), (right, [])):
            annexed = self.annexed(header, is_turned=False)
            letter = self.write(change=annexed)
            self.assertEqual(self.codes(letter, "page"), ["EG-H070"])
            self.assertEqual(self.codes(letter, "headers"), of_headers)
            self.assertEqual(self.codes(self.repaired(letter), "page"), ["EG-H070"])
            unused = self.write(change=lambda s, annexed=annexed: annexed(s).replace(line("Annex A", "ToAnnex"), ""))
            self.assertEqual(self.codes(unused, "page") + self.codes(unused, "headers"), [])

    def test_words_of_headers_that_stay(self):
        """A text box, a drawing, a document number: nothing of a header is thrown away."""
        box = '<draw:frame draw:name="b" svg:width="1in" svg:height="0.3in" text:anchor-type="paragraph"><draw:text-box>' \
              '<text:p>EXHIBIT 9.9</text:p></draw:text-box></draw:frame>'
        shape = '<draw:custom-shape svg:width="1in" svg:height="0.1in" text:anchor-type="paragraph"><text:p>SHAPE</text:p>' \
                '</draw:custom-shape>'
        for name, extra in (("box", box), ("shape", shape)):
            with self.subTest(name):
                letter = self.write(change=lambda s: s.replace(
                    "<style:header-first>", f"<style:header-first><text:p>{extra}</text:p>", 1).replace(
                        'fo:margin-left="1.25in"', 'fo:margin-left="1in"', 1))
                self.assertIn(extra.split("<text:p>")[1].split("<")[0], self.repaired(letter).read_text(encoding="utf-8"))
        footer = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
        letter = self.write(change=lambda s: s.replace(footer, '<text:p text:style-name="Footer">NY:1234567.2</text:p>' + footer, 1)
                            .replace('fo:margin-left="1.25in"', 'fo:margin-left="1in"', 1))
        copy = self.repaired(letter)
        self.assertEqual(self.header(copy, part="footer"), ["NY:1234567.2", "Marlow & Pike LLP"])
        self.assertEqual(self.codes(copy, "headers"), ["EG-H021"])
        self.assertEqual(self.codes(copy, "page"), [])

    def test_a_header_of_all_pages_is_no_letterhead(self):
        def without_first(source):
            for part in ("header-first", "footer-first"):
                start = source.index(f"<style:{part}>")
                source = source[:start] + source[source.index(f"</style:{part}>") + len(f"</style:{part}>"):]
            return source
        copy = self.repaired(self.write(change=without_first))
        self.assertNotIn("Harbor Trust Company", self.header(copy, part="header-first"))
        self.assertEqual(self.header(copy)[0], "Harbor Trust Company")

    def test_two_letters_in_one_file(self):
        """The second letter's page 1 keeps its letterhead."""
        def second(source):
            source = source.replace('<style:master-page style:name="Standard"', '<style:master-page style:name="First_20_Page" '
                                    'style:page-layout-name="Letter" style:next-style-name="Standard"><style:header><text:p>Firm'
                                    '</text:p></style:header></style:master-page><style:master-page style:name="Standard"', 1)
            source = sample.automatic(source, '<style:style style:name="Begin" style:family="paragraph" '
                                      'style:parent-style-name="Letter_20_Date" style:master-page-name="First_20_Page"/>')
            source = source.replace('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="Begin">', 1)
            return source.replace("</office:text>", line("March 1, 2006", "Begin") + "</office:text>", 1)
        copy = self.repaired(self.write(change=second))
        self.assertEqual(self.header(copy, master="First_20_Page"), ["Firm"])
        self.assertIn("EG-H023", self.codes(copy, "page_styles"))

    def test_numbers_of_headings(self):
        """A letterhead that Writer saved has an outline without numbers; the letter's headings keep theirs."""
        def outline(number):
            return lambda s: s.replace("</office:styles>", '<text:outline-style style:name="Outline"><text:outline-level-style '
                                       f'text:level="1" style:num-suffix="." style:num-format="{number}"/></text:outline-style>'
                                       "</office:styles>", 1)
        letterhead = self.folder / "saved.fodt"
        letterhead.write_text(outline("")((sample.FIRM / "letterheads/marlow-pike.fodt").read_text(encoding="utf-8")),
                              encoding="utf-8")
        letter = self.write(change=lambda s: outline("1")(s).replace('fo:margin-left="1.25in"', 'fo:margin-left="1in"', 1))
        self.run_json("standardise", letter, "--letterhead", letterhead, "--out", self.folder / "out")
        root = etree.parse(str(self.folder / "out/letter.fodt")).getroot()
        self.assertEqual(root.xpath('//*[local-name()="outline-level-style"]/@*[local-name()="num-format"]'), ["1"])
        self.assertEqual(self.codes(self.folder / "out/letter.fodt", "page"), [])

    def test_hidden_by_a_style(self):
        letter = self.write(change=lambda s: s.replace(
            '<style:style style:name="Letter_20_Re"', '<style:style style:name="Letter_20_Re_x"', 1).replace(
                '<style:style style:name="Letter_20_Re_x"', '<style:style style:name="Letter_20_Re" style:display-name="Letter Re" '
                'style:family="paragraph" style:parent-style-name="Letter_20_Body"><style:text-properties text:display="none"/>'
                '</style:style><style:style style:name="Letter_20_Re_x"', 1).replace(
                    'style:name="Letter_20_Re_x" style:display-name="Letter Re"',
                    'style:name="Letter_20_Re_x" style:display-name="Old Re"', 1))
        self.assertEqual(self.codes(letter, "hidden_text"), ["EG-H042"])
        self.assertEqual(self.codes(self.repaired(letter), "hidden_text"), ["EG-H042"])

    def test_nothing_that_counts_or_means_something_is_removed(self):
        symbol = '<style:style style:name="Tick" style:family="text"><style:text-properties fo:font-family="Wingdings"/></style:style>' \
                 '<style:style style:name="Outlined" style:family="paragraph" style:parent-style-name="Letter_20_Body"/>'
        broken = '<style:style style:name="Page_20_Break" style:display-name="Page Break" style:family="paragraph" ' \
                 'style:parent-style-name="Letter_20_Body"><style:paragraph-properties fo:break-before="page"/></style:style>'
        letter = self.write(change=lambda s: sample.automatic(s, symbol).replace(
            "<office:styles>", "<office:styles>" + broken, 1).replace(
                plain("We are admitted to practice in New York."),
                '<text:h text:style-name="Letter_20_Body" text:outline-level="1"/>' + plain(
                    'We are <text:span text:style-name="Tick">o</text:span> admitted to practice in New York.') +
                line("", "Page_20_Break"), 1))
        text = self.repaired(letter).read_text(encoding="utf-8")
        self.assertIn("Wingdings", text)
        self.assertIn('text:outline-level="1"', text)
        self.assertIn('<text:p text:style-name="Page_20_Break"', text)

    def test_a_style_that_is_not_there_is_not_used(self):
        """The letterhead cannot come (the header is a table, and the page style is begun anew), so a forbidden style stays in use."""
        anew = '<style:style style:name="Anew" style:family="paragraph" style:parent-style-name="Letter_20_Re" ' \
               'style:master-page-name="Standard"/>'
        table = '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table-column/><table:table-row><table:table-cell>' + line("x") + \
                "</table:table-cell></table:table-row></table:table>"
        letter = self.write(change=lambda s: s.replace("<style:header-first>", "<style:header-first>" + table, 1).replace(
            'style:name="Letter_20_Body" style:display-name="Letter Body"',
            'style:name="Text_20_body" style:display-name="Text body"', 1).replace('"Letter_20_Body"', '"Text_20_body"').replace(
            "</office:text>", line("Annex", "Anew") + "</office:text>", 1).replace(
            "<office:automatic-styles>", "<office:automatic-styles>" + anew, 1))
        copy = self.repaired(letter).read_text(encoding="utf-8")
        self.assertNotIn('"Letter_20_Body"', copy)
        self.assertIn('text:style-name="Text_20_body"', copy)


if __name__ == "__main__":
    unittest.main(verbosity=1)
