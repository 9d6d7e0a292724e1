#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What a letter says on paper stays as it is: standardise leaves to a person what it cannot know."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
TRUST, DAY = "Harbor Trust Company", "February 27, 2006"
STYLES = "<office:styles>"
BODY = '<text:p text:style-name="Letter_20_Body">We have acted'
DRIFT = ('fo:margin-left="1.25in"', 'fo:margin-left="1in"')  # something to repair


def swap(source, old, new, count=1):
    assert old in source, old
    return source.replace(old, new, count)


def typed(lines, source=None):
    """A letter whose continuation header is typed."""
    source = source or sample.letter()
    return swap(source, sample.HEADER, "".join(f'<text:p text:style-name="Continuation_20_Line">{line}</text:p>\n'
                                               for line in lines))


def plain_block(*paragraphs):
    """The same letter with an address block in none of the house's styles."""
    source = sample.letter()
    start = source.index('<text:p text:style-name="Letter_20_Date">')
    end = source.index('<text:p text:style-name="Letter_20_Re">')
    lines = "".join(f'<text:p text:style-name="Letter_20_Body">{line}</text:p>' for line in paragraphs)
    return source[:start] + lines + source[end:]


class Care(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-care-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_engross(self, *arguments):
        return subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True, timeout=60)

    def standardised(self, source, *arguments):
        """Codes of the audit, the source after standardise, and the codes of what is left."""
        letter = self.folder / "letter.fodt"
        letter.write_text(source, encoding="utf-8")
        firm = () if "--firm" in arguments else ("--firm", sample.FIRM)
        audit = self.run_engross("audit", letter, *firm, "--json", *arguments)
        found = [json.loads(line)["code"] for line in audit.stdout.splitlines()]
        out = self.folder / "out"
        done = self.run_engross("standardise", letter, "--out", out, *firm, "--json", *arguments)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        said = [json.loads(line) for line in done.stdout.splitlines()]
        left = [finding["code"] for finding in said if not finding["repaired"]]
        return found, (out / "letter.fodt").read_text(encoding="utf-8"), left

    def header(self, source):
        """Lines of the continuation header."""
        part = re.search(r"<style:header>(.*?)</style:header>", source, re.S).group(1)
        part = part.replace("\u00a0", " ")
        return [re.sub(r"<[^>]*>", "", line) for line in re.findall(r"<text:p[^>]*>(.*?)</text:p>", part, re.S)]

    def test_lines_within_one_paragraph_are_compared(self):
        for gap in ("<text:tab/>", "<text:line-break/>"):
            with self.subTest(gap):
                stale = typed([f"Other Bank plc{gap}March 3, 2004{gap}Page <text:page-number>2</text:page-number>"])
                found, _, _ = self.standardised(stale)
                self.assertLessEqual({"EG-H024", "EG-H025"}, set(found))
                right = typed([f"{TRUST}{gap}{DAY}{gap}Page <text:page-number>2</text:page-number>"])
                found, _, _ = self.standardised(right)
                self.assertEqual({"EG-H024", "EG-H025"} & set(found), set())

    def test_a_guess_repairs_nothing(self):
        for block in ([DAY, "VIA ELECTRONIC MAIL", TRUST], [DAY, "Our ref: 1234/5", TRUST],
                      [DAY, "PRIVATE AND CONFIDENTIAL", TRUST], [TRUST, "11 Quay Street", DAY]):
            with self.subTest(block):
                found, after, _ = self.standardised(typed([TRUST, DAY], plain_block(*block)))
                self.assertEqual({"EG-H024", "EG-H025"} & set(found), set())
                self.assertEqual(self.header(after)[:2], [TRUST, DAY])
        found, after, _ = self.standardised(typed(["Other Bank plc", DAY], plain_block(DAY, TRUST)))
        self.assertIn("EG-H024", found)
        self.assertEqual(self.header(after)[:2], ["Other Bank plc", DAY])

    def test_a_date_of_the_text_is_not_that_of_the_letter(self):
        source = swap(typed([TRUST, "February 27, 2006"], plain_block("As of February 27, 2006", TRUST)),
                      BODY, '<text:p text:style-name="Letter_20_Body">January 12, 2001</text:p>' + BODY)
        found, after, _ = self.standardised(source)
        self.assertEqual({"EG-H024", "EG-H025", "EG-H027"} & set(found), set())
        self.assertEqual(self.header(after)[:2], [TRUST, "February 27, 2006"])

    def test_the_same_day_in_another_form(self):
        """It is not another date; standardise writes it as the letter does, where the line is nothing but the date."""
        for day in ("27 February 2006", "27th February 2006", "2/27/2006", "Feb. 27, 2006", "FEBRUARY 27, 2006",
                    "2006-02-27", "27th day of February, 2006"):
            with self.subTest(day):
                found, after, left = self.standardised(typed([TRUST, day]))
                self.assertEqual({"EG-H024", "EG-H025", "EG-H027"} & set(found), set())
                self.assertIn("EG-H026", found)
                self.assertEqual(self.header(after)[:2], [TRUST, DAY])
                self.assertNotIn("EG-H026", left)
        for day in ("28th February 2006", "2/28/2006", "27 February 2007"):
            with self.subTest(day):
                self.assertIn("EG-H025", self.standardised(typed([TRUST, day]))[0])

    def test_letters_in_other_languages(self):
        """Without the house's styles: another addressee and another day are found, the letter's own are not."""
        for day, name, salute, other, right in (
                ("27. Februar 2006", "Deutsche Bank AG", "Sehr geehrte Damen und Herren,", "3. März 2004", "27. FEBRUAR 2006"),
                ("Paris, le 27 février 2006", "Banque Acme SA", "Messieurs,", "1er mars 2004", "27 FÉVRIER 2006"),
                ("27th February 2006", "Acme plc", "Dear Sirs,", "28th February 2006", "27 February 2006"),
                ("Milano, 27 febbraio 2006", "Banca Acme S.p.A.", "Egregi Signori,", "3 marzo 2004", "27/02/2006"),
                ("27 de febrero de 2006", "Banco Acme SA", "Muy señores nuestros:", "3 de marzo de 2004", "2006-02-27")):
            block = swap(plain_block(day, name), "Ladies and Gentlemen:", salute)
            with self.subTest(day):
                found, _, _ = self.standardised(typed(["Commerzbank AG", other], block))
                self.assertLessEqual({"EG-H024", "EG-H025"}, set(found))
                found, _, _ = self.standardised(typed([name, right], block))
                self.assertEqual({"EG-H024", "EG-H025", "EG-H027"} & set(found), set())
                self.assertNotIn("EG-H028", found, "the day of a date is no typed number")
        found, _, _ = self.standardised(typed([TRUST, "March 3, 2004"], plain_block("2006. február 27.", TRUST)))
        self.assertNotIn("EG-H027", found)

    def test_a_header_of_one_sentence(self):
        page = "Page <text:page-number>2</text:page-number>"
        stale = typed([f"Letter to Other Bank dated March 3, 2004 – {page}"])
        found, after, left = self.standardised(stale)
        self.assertLessEqual({"EG-H024", "EG-H025"}, set(found))
        self.assertLessEqual({"EG-H024", "EG-H025"}, set(left))
        self.assertIn("Other Bank", self.header(after)[0])
        # What such a line does not say at all is missing; the day of an agreement is not that of the letter.
        for line, missing in ((f"Letter to {TRUST} dated {DAY} – {page}", set()),
                              (f"{TRUST}, Agreement dated May 1, 2001 – {page}", {"EG-H025"}),
                              (f"Our letter of 27 February 2006 – {page}", {"EG-H024"})):
            with self.subTest(line):
                found, _, _ = self.standardised(typed([line]))
                self.assertEqual({"EG-H024", "EG-H025"} & set(found), missing)

    def test_fields_of_headers_say_what_is_printed(self):
        """Writer prints the value that stands elsewhere in the file, not the words that the field said last."""
        declared = ('<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="%s" '
                    'text:name="who"/></text:user-field-decls>')
        for field, meta, body in (
                ('<text:user-field-get text:name="who">%s</text:user-field-get>', "", declared),
                ("<text:title>%s</text:title>", "<dc:title>%s</dc:title>", ""),
                ("<text:description>%s</text:description>", "<dc:description>%s</dc:description>", ""),
                ('<text:user-defined text:name="Who">%s</text:user-defined>',
                 '<meta:user-defined meta:name="Who">%s</meta:user-defined>', "")):
            for said, printed, disagrees in ((TRUST, "Other Bank plc", True), ("Other Bank plc", TRUST, False)):
                with self.subTest(field + printed):
                    source = typed([field % said, DAY])
                    if meta:
                        source = swap(source, "<office:meta>", "<office:meta>" + meta % printed)
                    if body:
                        source = swap(source, "<office:text>", "<office:text>" + body % printed)
                    found, _, _ = self.standardised(source)
                    self.assertEqual("EG-H024" in found, disagrees)

    def test_what_a_file_says_of_its_matter(self):
        """Subject, keywords and properties are metadata of a letter, and stay where a field prints them."""
        meta = ("<dc:title>Opinion</dc:title><dc:subject>Secret client</dc:subject><meta:keyword>merger</meta:keyword>"
                '<meta:user-defined meta:name="Client">Old</meta:user-defined>')
        source = swap(sample.letter(), "<office:meta>", "<office:meta>" + meta)
        found, after, left = self.standardised(source)
        self.assertEqual(found, ["EG-H045"] * 3)
        self.assertEqual(left, [])
        for word in ("Secret client", "merger", "user-defined"):
            self.assertNotIn(word, after)
        self.assertIn("<dc:title>Opinion", after)
        shown = swap(source, BODY, BODY + '<text:user-defined text:name="Client">Old</text:user-defined>')
        _, after, left = self.standardised(shown)
        self.assertEqual(left, ["EG-H045"])
        self.assertIn('meta:name="Client">Old', after)

    def test_fields_that_show_who_opens_the_letter(self):
        for field in ("<text:author-name>Ann</text:author-name>", "<text:sender-lastname>Ann</text:sender-lastname>",
                      "<text:file-name>H:/clients/secret.odt</text:file-name>"):
            for attribute, codes in (("", ["EG-H061"]), (' text:fixed="true"', [])):
                with self.subTest(field + attribute):
                    source = swap(sample.letter(), BODY, BODY + " " + field.replace(">", attribute + ">", 1))
                    self.assertEqual(self.standardised(source)[0], codes)

    def test_a_date_alone_on_its_line_does_not_break(self):
        """So a letter that has just been assembled has nothing to be repaired there."""
        letter = self.folder / "made.odt"
        made = self.run_engross("assemble", sample.FIRM / "templates/takedown-opinion.fodt", "--firm", sample.FIRM, "--deal",
                                sample.FIRM / "deals/takedown.json", "-o", letter)
        self.assertEqual(made.returncode, 0, made.stderr)
        audit = self.run_engross("audit", letter, "--firm", sample.FIRM, "--json")
        self.assertNotIn("EG-H040", audit.stdout)

    def test_a_legend_stays(self):
        legend = "PRIVILEGED AND CONFIDENTIAL"
        found, after, _ = self.standardised(typed([legend, TRUST, DAY]))
        self.assertNotIn("EG-H024", found)
        self.assertEqual(self.header(after)[:3], [legend, TRUST, DAY])

    def first_lines(self, source):
        """Style and words of each line of the header of page 1."""
        part = re.search(r"<style:header-first>(.*?)</style:header-first>", source, re.S).group(1)
        return [(style, "logo" if "<draw:image" in words else re.sub(r"<[^>]*>", "", words).strip())
                for style, words in re.findall(r'<text:p text:style-name="([^"]*)"[^>]*>(.*?)</text:p>', part, re.S)]

    def test_lines_of_page_1_keep_their_own_look(self):
        """One more line, or one less, does not give every line the look of its neighbour."""
        right = self.first_lines(sample.letter())
        self.assertEqual(len(right), 5)
        exhibit = re.search(r'<text:p text:style-name="Letterhead_20_Exhibit".*?</text:p>', sample.letter()).group(0)
        partners = re.search(r'<text:p text:style-name="Letterhead_20_Partners".*?</text:p>', sample.letter()).group(0)
        legend = exhibit.replace("EXHIBIT 5.1", "BY HAND")
        direct = partners.replace(re.sub("<[^>]*>", "", partners), "Direct dial (212) 555-0199")
        for old, new, lines in ((exhibit, legend + exhibit, [(right[0][0], "BY HAND"), *right]),
                                (exhibit, legend.replace("Letterhead_20_Exhibit", "Letter_20_Body") + exhibit,
                                 [("Letter_20_Body", "BY HAND"), *right]),
                                (partners, partners + direct, [*right, (right[4][0], "Direct dial (212) 555-0199")]),
                                (partners, "", right[:4])):
            with self.subTest(new):
                source = swap(sample.letter(), old, new)
                _, after, left = self.standardised(swap(source, *DRIFT))
                self.assertNotIn("EG-H013", left)
                self.assertEqual(self.first_lines(after), lines)

    def test_a_header_for_all_pages_stays_on_page_1(self):
        """Its legend would not be seen any more on a letter of one page. What names addressee and date is for later pages."""
        source = re.sub(r"<style:(header|footer)-first>.*?</style:\1-first>", "", sample.letter(), flags=re.S)
        line = '<text:p text:style-name="Continuation_20_Line">%s</text:p>'
        firm = self.folder / "firm"
        (firm / "letterheads").mkdir(parents=True)
        for name in ("firm.json", "deal.schema.json"):
            (firm / name).write_text((sample.FIRM / name).read_text(encoding="utf-8"), encoding="utf-8")
        (firm / "letterheads/logo.png").write_bytes((sample.FIRM / "letterheads/logo.png").read_bytes())
        (firm / "letterheads/known.fodt").write_text(sample.letter(), encoding="utf-8")
        (firm / "house.json").write_text('{"letterhead": "known"}', encoding="utf-8")
        known = ("--house", firm / "house.json", "--firm", firm)
        right = self.first_lines(sample.letter())
        for words, arguments, expected in (
                (["PRIVILEGED AND CONFIDENTIAL"], (), ["PRIVILEGED AND CONFIDENTIAL"]),
                (["PRIVILEGED AND CONFIDENTIAL"], known, ["PRIVILEGED AND CONFIDENTIAL", *(words for _, words in right)]),
                (["Old Firm LLP", "1 Elm Street"], known, ["Old Firm LLP", "1 Elm Street"]),
                ([], known, [words for _, words in right])):
            with self.subTest(f"{words} {arguments}"):
                letter = swap(source, sample.HEADER, "".join(line % word for word in words) + sample.HEADER)
                _, after, left = self.standardised(swap(letter, *DRIFT), *arguments)
                self.assertNotIn("EG-H013", left)
                self.assertEqual([said for _, said in self.first_lines(after)], expected)
                (self.folder / "letter.fodt").write_text(after, encoding="utf-8")
                _, again, _ = self.standardised(after, *arguments)
                self.assertEqual(again, after)

    def test_an_empty_line_between_addressees_stays(self):
        """The styles of an address keep no distance between its lines: without it three addressees read as one."""
        line = '<text:p text:style-name="%s">%s</text:p>'
        gap = line % ("Letter_20_Address", "")
        more = gap + "".join(line % ("Letter_20_Address", words) for words in ("Goldman Sachs &amp; Co.", "85 Broad Street"))
        source = swap(sample.letter(), '<text:p text:style-name="Letter_20_Re">', more + gap + '<text:p text:style-name="Letter_20_Re">')
        _, after, left = self.standardised(source)
        self.assertEqual(left.count("EG-H031"), 1)
        after = after.replace('"/>', '"></text:p>')
        self.assertTrue(more in after, "the line between the addressees")
        self.assertEqual(after.count(gap), 1)
        # Nor where each line of the letter keeps a distance.
        source = plain_block(DAY, "", TRUST, "11 Quay Street", "", "Goldman Sachs", "85 Broad Street", "")
        found, after, left = self.standardised(source)
        self.assertEqual((found.count("EG-H031"), left.count("EG-H031")), (3, 1))
        self.assertTrue("11 Quay Street</text:p>" + line % ("Letter_20_Body", "") in after.replace('"/>', '"></text:p>'))

    def test_a_drawing_in_a_header_leaves_the_pages_alone(self):
        """And only those: styles become the letterhead's, and the report says why the rest does not."""
        box = ('<draw:custom-shape draw:name="DRAFT" text:anchor-type="paragraph" svg:width="5in" svg:height="2in" svg:x="0in" '
               'svg:y="2in"><text:p>DRAFT</text:p></draw:custom-shape>')
        source = swap(sample.letter(), '<text:p text:style-name="Letterhead_20_Exhibit">',
                      '<text:p text:style-name="Letterhead_20_Exhibit">' + box)
        source = swap(swap(source, *DRIFT), 'fo:margin-bottom="11pt"', 'fo:margin-bottom="8pt"')
        found, after, left = self.standardised(source)
        self.assertIn("EG-H016", found)
        self.assertNotIn("EG-H016", left)
        self.assertLessEqual({"EG-H013", "EG-H060"}, set(left))
        self.assertIn(box, after)
        self.assertEqual(self.first_lines(after), self.first_lines(source))
        said = self.run_engross("standardise", self.folder / "letter.fodt", "--out", self.folder / "out", "--firm", sample.FIRM)
        self.assertIn("“the header of page 1, which holds a drawing, a text box or a table”", said.stdout)
        _, again, _ = self.standardised(after)
        self.assertEqual(again, after)

    def test_several_addressees(self):
        line = "The Addressees Listed on Schedule A"
        found, after, _ = self.standardised(typed([line, DAY]))
        self.assertNotIn("EG-H024", found)
        self.assertEqual(self.header(after)[:2], [line, DAY])

    def test_an_address_in_one_paragraph(self):
        source = sample.letter()
        start = source.index('<text:p text:style-name="Letter_20_Address">')
        end = source.index('<text:p text:style-name="Letter_20_Re">')
        source = source[:start] + (f'<text:p text:style-name="Letter_20_Address">{TRUST}<text:line-break/>11 Quay '
                                   "Street</text:p>") + source[end:]
        found, after, left = self.standardised(typed([TRUST, DAY], source))
        self.assertNotIn("EG-H024", found)
        self.assertEqual(self.header(after)[:2], [TRUST, DAY])
        self.assertEqual(left, [])
        found, after, left = self.standardised(typed(["Other Bank plc", DAY], source))
        self.assertIn("EG-H024", found)
        self.assertEqual((self.header(after)[:2], left), ([TRUST, DAY], []))

    def test_pages_behind_an_annex(self):
        layout = re.search(r'style:page-layout-name="([^"]+)"', sample.letter()).group(1)
        source = swap(sample.letter(), "</office:master-styles>",
                      f'<style:master-page style:name="Annex" style:page-layout-name="{layout}"><style:header>'
                      "<text:p>Other Bank plc</text:p><text:p>March 3, 2004</text:p></style:header></style:master-page>"
                      "</office:master-styles>")
        source = sample.automatic(source, '<style:style style:name="PA" style:family="paragraph" '
                                  'style:parent-style-name="Letter_20_Body" style:master-page-name="Annex"/>')
        source = swap(source, "</office:text>", '<text:p text:style-name="PA">ANNEX A</text:p></office:text>')
        found, _, _ = self.standardised(source)
        self.assertLessEqual({"EG-H024", "EG-H025"}, set(found))

    def test_what_a_header_holds_besides_stays(self):
        frame = ('<text:p text:style-name="Letterhead_20_Firm"><draw:frame draw:name="Exhibit" text:anchor-type="paragraph" '
                 'svg:width="2in" svg:height="0.4in"><draw:text-box><text:p>EXHIBIT 9.9</text:p></draw:text-box></draw:frame>')
        for change, code in (
                ((lambda s: swap(s, '<text:p text:style-name="Letterhead_20_Firm">', frame)), "EG-H074"),
                ((lambda s: swap(s, '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>',
                                 '<text:p text:style-name="Footer">EXHIBIT 9.9</text:p>')), "EG-H021")):
            _, after, left = self.standardised(swap(change(sample.letter()), *DRIFT))
            self.assertIn("EXHIBIT 9.9", after)
            self.assertIn(code, left)

    def other_letterhead(self, more=""):
        source = sample.letter()
        start = source.index("<style:header-first>")
        end = source.index("</style:header-first>")
        source = source[:start] + '<style:header-first><text:p text:style-name="Header">OLD FIRM &amp; CO.</text:p>' \
            f'<text:p text:style-name="Header">9 Former Road{more}</text:p>' + source[end:]
        start = source.index("<style:footer-first>")
        return swap(source[:start] + source[source.index("</style:footer-first>") + len("</style:footer-first>"):], *DRIFT)

    def test_the_letterhead_of_another_firm(self):
        """It gets neither our form nor our footer; with a picture, the letter is not put on ours at all."""
        _, after, left = self.standardised(self.other_letterhead())
        first = re.search(r"<style:header-first>(.*?)</style:header-first>", after, re.S).group(1)
        self.assertEqual(re.findall(r'text:style-name="([^"]+)">([^<]+)<', first),
                         [("Header", "OLD FIRM &amp; CO."), ("Header", "9 Former Road")])
        footer = re.search(r"<style:footer-first>(.*?)</style:footer-first>", after, re.S).group(1)
        self.assertEqual(re.sub("<[^>]*>", "", footer).strip(), "")
        self.assertEqual(set(left), {"EG-H020", "EG-H021"})
        logo = re.search("<draw:frame.*?</draw:frame>", sample.letter(), re.S)[0]
        _, _, left = self.standardised(self.other_letterhead(logo))
        self.assertIn("EG-H013", left)

    def test_a_part_that_the_letterhead_does_not_have(self):
        """Left pages with words of their own: they are not thrown away with the header that held them."""
        for words, stay in (("DRAFT 3 - privileged", True), (f"{DAY}<text:tab/>{TRUST}", False)):
            _, after, left = self.standardised(swap(swap(sample.letter(), *DRIFT), "<style:footer>", "<style:header-left>"
                                                    f"<text:p>{words}</text:p></style:header-left><style:footer>"))
            self.assertEqual("header-left" in after, stay)
            self.assertEqual("EG-H013" in left, stay)

    def test_the_deal_of_another_letter(self):
        """Also where it is not certain to whom a letter is addressed, a wrong addressee is not printed without a word."""
        letter = self.folder / "plain.fodt"
        address = "Acme Trust Company<text:line-break/>1 Main Street"
        for block, data, codes in (
                (["PRIVATE AND CONFIDENTIAL", address], ("Other Bank plc", "2006-02-27"), ["EG-H024", "EG-H027"]),
                (["BY HAND", address, DAY], ("Other Bank plc", "2006-02-27"), ["EG-H024"]),
                (["BY HAND", address, DAY], ("Acme Trust Company", "2006-02-28"), ["EG-H025"]),
                (["BY HAND", address, DAY], ("Acme Trust Company", "2006-02-27"), [])):
            letter.write_text(plain_block(*block), encoding="utf-8")
            run = self.run_engross("letterhead", letter, "--with", "marlow-pike", "--firm", sample.FIRM, "--json", "--set",
                                   f"letter.addressee.name={data[0]}", "--set", f"letter.date={data[1]}", "--set",
                                   "letter.office=new_york", "--set", "letter.exhibit=EXHIBIT 5.1", "-o",
                                   self.folder / "new.odt")
            found = [json.loads(said) for said in run.stdout.splitlines()]
            # The header of the sample names a third one.
            self.assertEqual([f["message"].split("”")[0] for f in found if f["code"] == "EG-L014"], [f"“{TRUST}"])
            self.assertEqual(([f["code"] for f in found if f["code"] != "EG-L014"], run.returncode), (codes, 0), found)
            self.assertTrue(all(f["severity"] == "warning" for f in found))
            if "EG-H024" in codes:
                self.assertIn("“Other Bank plc”; the letter is addressed to “Acme Trust Company", found[0]["message"])

    def test_lines_of_the_letter_that_a_new_letterhead_drops(self):
        """An exhibit number, a legend, the number of the document: named, for the letterhead cannot know them."""
        footer = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
        letter = self.folder / "lines.fodt"
        for words, lost in (("NY:1234567.2", True), ("PRIVILEGED AND CONFIDENTIAL", True), ("(212) 555-0142", False),
                            ("New York, New York 10004", False)):
            letter.write_text(swap(sample.letter(), footer, f'<text:p text:style-name="Footer">{words}</text:p>' + footer),
                              encoding="utf-8")
            run = self.run_engross("letterhead", letter, "--with", "marlow-pike", "--firm", sample.FIRM, "--json", "--set",
                                   f"letter.addressee.name={TRUST}", "--set", "letter.date=2006-02-27", "--set",
                                   "letter.office=new_york", "--set", "letter.exhibit=EXHIBIT 5.1", "-o", self.folder / "new.odt")
            found = [json.loads(said) for said in run.stdout.splitlines()]
            self.assertEqual([f["code"] for f in found], ["EG-L014"] if lost else [], words)
            if lost:
                self.assertIn(f"“{words}” stood in the footer of every later page", found[0]["message"])

    def test_titles_of_annexes_are_no_addressees(self):
        """“Schedule A” does not stand for a list of addressees; “and others” does."""
        for line, codes in (("Schedule A", ["EG-H024"]), (TRUST + " and others", []), ("The Addressees (see Schedule A)", [])):
            found, _, _ = self.standardised(typed([line, DAY, "Page <text:page-number/>"]))
            self.assertEqual([code for code in found if code == "EG-H024"], codes, line)
            self.assertLessEqual(found.count("EG-H026"), 1, line)  # the date

    def test_where_a_signature_block_ends(self):
        """At a schedule or a list of copies, and with the section that it stands in."""
        signed = "".join(f'<text:p text:style-name="Letter_20_Body">{line}</text:p>'
                         for line in ("Very truly yours,", "Harriet Pike"))
        start = '<text:p text:style-name="Signature_20_Closing">'
        source = sample.letter()
        source = source[:source.index(start)] + signed + "%s</office:text>" + source[source.index("</office:text>") + 14:]
        for after in ("<text:p>Schedule 1</text:p><text:p>Bonds</text:p>", "<text:p>cc: Jane Doe</text:p><text:p>John</text:p>",
                      '<text:section text:name="S"><text:p>Bonds</text:p><text:p>Notes</text:p></text:section>'):
            after = after.replace("<text:p>", '<text:p text:style-name="Letter_20_Body">')
            _, after, _ = self.standardised(source.replace("%s", after))
            kept = [re.search(rf'text:style-name="{name}"[^>]*>([^<]*)', after).group(1) for name in
                    re.findall(r'style:name="(Keep\d+)"', after)]
            self.assertEqual(kept, ["Very truly yours,"])

    def test_numbers_stay(self):
        for old, new in (('style:num-format="1"', 'style:num-format="A"'),
                         ('style:num-format="1"', 'style:num-format="1" text:start-value="5"')):
            with self.subTest(new):
                source = swap(sample.letter(), "<text:list-style style:name=\"Opinions\"", "<<HERE")
                head, tail = source.split("<<HERE", 1)
                source = head + '<text:list-style style:name="Opinions"' + swap(tail, old, new)
                _, after, left = self.standardised(source)
                self.assertIn(new, after)
                self.assertIn("EG-H016", left)

    def test_hidden_text_stays_hidden(self):
        source = swap(sample.letter(), STYLES, STYLES)
        start = source.index('style:name="Letter_20_Re"')
        end = source.index(">", start)
        if source[end - 1] == "/":
            source = source[:end - 1] + '><style:text-properties text:display="none"/></style:style>' + source[end + 1:]
        else:
            close = source.index("</style:style>", end)
            source = (source[:end + 1] + re.sub(r"<style:text-properties[^>]*/>", "", source[end + 1:close])
                      + '<style:text-properties text:display="none"/>' + source[close:])
        _, after, left = self.standardised(source)
        self.assertIn('text:display="none"', after)
        self.assertIn("EG-H060", left)

    def test_a_numbered_empty_heading_and_a_page_break_stay(self):
        heading = '<text:h text:style-name="Letter_20_Body" text:outline-level="1"/>'
        _, after, _ = self.standardised(swap(sample.letter(), BODY, heading + BODY))
        self.assertIn("<text:h", after)
        source = swap(sample.letter(), STYLES, STYLES + '<style:style style:name="Break" style:family="paragraph">'
                      '<style:paragraph-properties fo:break-before="page"/></style:style>')
        _, after, _ = self.standardised(swap(source, BODY, '<text:p text:style-name="Break"/>' + BODY))
        self.assertIn('text:style-name="Break"', after)

    def test_signs_of_a_symbol_font_stay(self):
        source = sample.automatic(sample.letter(), '<style:style style:name="W" style:family="text">'
                                  '<style:text-properties fo:font-family="Wingdings"/></style:style>')
        source = swap(source, "We have acted", '<text:span text:style-name="W">o</text:span> We have acted')
        _, after, _ = self.standardised(source)
        self.assertIn('fo:font-family="Wingdings"', after)

    def test_what_stands_in_a_tag_is_code(self):
        """No repair changes a character of it, no rule of words looks into it; the same words beside it are found."""
        tag = ('{% if letter.series == "No. 5, [x] &lt;&lt;y&gt;&gt; ___" and day == "May 5, 2006" or x == '
               '"a <text:s text:c="3"/> b" %}')
        split = '{{ when | default("Mr. <text:span>Smith, § 5</text:span>") }}'
        source = swap(sample.letter(), BODY, BODY.replace("We have", f"{tag}{split}{{% endif %}}See No. 6. We have"))
        found, after, left = self.standardised(swap(source, *DRIFT))
        self.assertEqual(sorted(set(found)), ["EG-H013", "EG-H038", "EG-H040"])
        self.assertEqual(found.count("EG-H040"), 1)
        self.assertEqual(set(left), {"EG-H038"})
        self.assertIn(tag + split + "{% endif %}See No.\u00a06. We have", after)

    def test_metadata_that_the_letter_prints_stays(self):
        """A date of the letter that is a field: without its value Writer prints nothing there, nor a name without its day."""
        author, begun = "<meta:initial-creator>Ann Smith</meta:initial-creator>", "<meta:creation-date>2006-02-27T10:00:00</meta:creation-date>"
        creator, changed = "<dc:creator>Ben</dc:creator>", "<dc:date>2006-02-28T10:00:00</dc:date>"
        printer, day = "<meta:printed-by>Cleo</meta:printed-by>", "<meta:print-date>2006-03-01T10:00:00</meta:print-date>"
        cycles, template = "<meta:editing-cycles>7</meta:editing-cycles>", '<meta:template xlink:href="a.ott" xlink:title="TPL"/>'
        meta = [author, begun, creator, changed, printer, day, cycles, template]
        for fields, kept in (("<text:creation-date>02/27/2006</text:creation-date>", [begun]),
                             ("<text:initial-creator>Ann Smith</text:initial-creator>", [author, begun]),
                             ("<text:editing-cycles>7</text:editing-cycles><text:creator>Ben</text:creator>",
                              [cycles, creator, changed]),
                             ("<text:printed-by>Cleo</text:printed-by>", [printer, day]),
                             ('<text:template-name text:fixed="true">TPL</text:template-name>', [template]),
                             ('<text:creation-date text:fixed="true">May\u00a01, 2006</text:creation-date>', [])):
            with self.subTest(fields):
                source = swap(sample.letter(), "<office:meta>", "<office:meta>" + "".join(meta))
                found, after, left = self.standardised(swap(source, BODY, BODY + fields))
                self.assertEqual(found.count("EG-H045"), len(meta))
                self.assertEqual(left.count("EG-H045"), len(kept))
                self.assertEqual([one for one in meta if one.split("xlink")[0] in after], [one for one in meta if one in kept])
                new = self.folder / "new.fodt"
                new.unlink(missing_ok=True)
                result = self.run_engross("letterhead", self.folder / "letter.fodt", "--with", "marlow-pike", "--firm",
                                          sample.FIRM, "--deal", sample.FIRM / "deals/takedown.json", "-o", new)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertLessEqual({one for one in kept if "xlink" not in one},
                                     {one for one in meta if one in new.read_text(encoding="utf-8")})
                self.assertEqual("Ann Smith</meta" in new.read_text(encoding="utf-8"), "initial" in fields)

    def test_signs_by_a_style_stay(self):
        """Raised, lowered, struck or in capitals by a character style that the letterhead has otherwise: 10³ is not 103."""
        for property in ('style:text-position="super 58%"', 'style:text-position="-33% 100%"', 'fo:text-transform="uppercase"',
                         'style:text-line-through-style="solid" style:text-line-through-type="single"'):
            with self.subTest(property):
                source = re.sub(r'(<style:style style:name="Defined_20_Term"[^>]*?)(/>|>.*?</style:style>)',
                                rf'\1><style:text-properties {property}/></style:style>', sample.letter(), count=1, flags=re.S)
                source = swap(source, BODY, BODY + '10<text:span text:style-name="Defined_20_Term">3</text:span> ')
                self.assertIn(property, source)
                _, after, left = self.standardised(source)
                self.assertIn("EG-H060", left)
                self.assertIn(property, after)

    def test_notes_in_one_point_stay_small(self):
        """Document numbers are hidden so: found as hidden text, and not printed in 11pt by a repair."""
        source = sample.automatic(sample.letter(), '<style:style style:name="Tiny" style:family="text"><style:text-properties '
                                  'fo:font-size="1pt" fo:letter-spacing="0.02in"/></style:style>')
        source = swap(source, "We have acted", 'We <text:span text:style-name="Tiny">4815-1623 DRAFT NOTE</text:span> have acted')
        found, after, left = self.standardised(source)
        self.assertIn("EG-H042", found)
        self.assertLessEqual({"EG-H042", "EG-H011", "EG-H018"}, set(left))
        self.assertIn('fo:font-size="1pt"', after)
        self.assertEqual(self.run_engross("audit", self.folder / "out/letter.fodt", "--firm", sample.FIRM).stdout.count("can be repaired"), 0)

    def test_symbols_are_not_called_repairable(self):
        source = sample.automatic(sample.letter(), '<style:style style:name="Box" style:family="text"><style:text-properties '
                                  'fo:font-family="\'Wingdings 2\'"/></style:style>')
        source = swap(source, "We have acted", 'We <text:span text:style-name="Box">\uf0fe</text:span> have acted')
        letter = self.folder / "letter.fodt"
        letter.write_text(source, encoding="utf-8")
        said = self.run_engross("audit", letter, "--firm", sample.FIRM, "--json").stdout.splitlines()
        self.assertEqual([(one["code"], one["repairable"]) for one in map(json.loads, said) if one["code"] == "EG-H010"],
                         [("EG-H010", False)])

    def test_two_letters_in_one_file(self):
        layout = re.search(r'style:page-layout-name="([^"]+)"', sample.letter()).group(1)
        first = ('<style:master-page style:name="First_20_Page" style:display-name="First Page" '
                 f'style:page-layout-name="{layout}" style:next-style-name="Standard"><style:header><text:p>Marlow &amp; '
                 "Pike LLP</text:p></style:header></style:master-page></office:master-styles>")
        source = swap(sample.letter(), "</office:master-styles>", first)
        source = sample.automatic(source, '<style:style style:name="PF" style:family="paragraph" style:parent-style-name='
                                  '"Letter_20_Date" style:master-page-name="First_20_Page"/>')
        source = swap(source, '<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="PF">')
        source = swap(source, "</office:text>", '<text:p text:style-name="PF">May 1, 2006</text:p></office:text>')
        letter = self.folder / "two.fodt"
        letter.write_text(source, encoding="utf-8")
        result = self.run_engross("letterhead", letter, "--with", "marlow-pike", "--firm", sample.FIRM, "--deal",
                                  sample.FIRM / "deals/takedown.json", "-o", self.folder / "new.odt")
        self.assertEqual(result.returncode, 1)
        self.assertIn("EG-L012", result.stderr)
        self.assertFalse((self.folder / "new.odt").exists())

    def test_an_outline_without_numbers_takes_none_away(self):
        head = sample.FIRM / "letterheads/marlow-pike.fodt"
        levels = "".join(f'<text:outline-level-style text:level="{n}" style:num-format=""/>' for n in range(1, 11))
        firm = self.folder / "firm"
        (firm / "letterheads").mkdir(parents=True)
        for name in ("firm.json", "deal.schema.json"):
            (firm / name).write_text((sample.FIRM / name).read_text(encoding="utf-8"), encoding="utf-8")
        (firm / "letterheads/logo.png").write_bytes((sample.FIRM / "letterheads/logo.png").read_bytes())
        saved = re.sub(r"<text:outline-style.*?</text:outline-style>", "", head.read_text(encoding="utf-8"), flags=re.S)
        (firm / "letterheads/saved.fodt").write_text(
            swap(saved, "</office:styles>", f'<text:outline-style style:name="Outline">{levels}</text:outline-style></office:styles>'),
            encoding="utf-8")
        letter = self.folder / "letter.fodt"
        source = re.sub(r"<text:outline-style.*?</text:outline-style>", "", sample.letter(), flags=re.S)
        letter.write_text(swap(source, "</office:styles>", '<text:outline-style style:name="Outline"><text:outline-level-style '
                               'text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style></office:styles>'),
                          encoding="utf-8")
        result = self.run_engross("letterhead", letter, "--with", "saved", "--firm", firm, "--deal",
                                  sample.FIRM / "deals/takedown.json", "-o", self.folder / "new.odt")
        self.assertEqual(result.returncode, 0, result.stderr)
        outline = sample.part(self.folder / "new.odt", "styles.xml").find(".//" + sample.TEXT + "outline-style")
        self.assertEqual([level.get("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}num-format") for level in outline][:2], ["1", ""])


if __name__ == "__main__":
    unittest.main()
