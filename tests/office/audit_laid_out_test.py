#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""engross audit --laid-out: what shows only on the pages, Word files, pictures in the report.

Environment: ENGROSS (the command, engross-office beside it).
"""

import base64
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unicodedata
import unittest
import zipfile

import lxml.html

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRM = SOURCE / "templates"
ENGROSS = os.environ["ENGROSS"]
LO_HOME = os.environ.get("LO_HOME") or "/usr/lib/libreoffice"


class LaidOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        work = tempfile.TemporaryDirectory(prefix="engross-laid-out-")
        cls.addClassCleanup(work.cleanup)
        cls.folder = pathlib.Path(work.name)
        cls.letter = cls.folder / "letter.odt"
        run = subprocess.run([ENGROSS, "assemble", FIRM / "templates/takedown-opinion.fodt", "--deal",
                              FIRM / "deals/takedown.json", "-o", cls.letter, cls.folder / "letter.docx"],
                             capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr

    def audit(self, *files, html=None, options=()):
        run = subprocess.run([ENGROSS, "audit", *map(str, files), "--firm", FIRM, "--laid-out", "--json", *options,
                              *(["--html", str(html)] if html else [])], capture_output=True, text=True, timeout=200)
        self.assertIn(run.returncode, (0, 1), run.stdout + run.stderr)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def edited(self, name, part, old, new, letter=None):
        path = self.folder / name
        with zipfile.ZipFile(letter or self.letter) as source, zipfile.ZipFile(path, "w") as target:
            for item in source.infolist():
                data = source.read(item)
                if item.filename == part:
                    self.assertIn(old, data)
                    data = data.replace(old, new, 1)
                target.writestr(item, data)
        return path

    def test_a_right_letter(self):
        self.assertEqual([finding["message"] for finding in self.audit(self.letter)], [])

    def test_what_shows_on_the_pages(self):
        """Each fault once for all formats, on the first page that shows it."""
        page = self.edited("page.odt", "styles.xml", b">Page <", b">Seite <")
        field = (b'<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Credit Suisse '
                 b"Securities (USA) LLC</text:bookmark-ref>")
        somebody = self.edited("somebody.odt", "styles.xml", field, b"Somebody Else LLC")
        found = [(pathlib.Path(finding["file"]).name, finding["code"], finding["message"])
                 for finding in self.audit(page, somebody) if finding["rule"] == "laid_out"]
        self.assertEqual([entry[:2] for entry in found],
                         [("page.odt", "EG-H051"), ("somebody.odt", "EG-H051")])
        for _, _, message in found:
            self.assertTrue(message.startswith("On page 2 of the ODT, PDF and DOCX the header reads"), message)
        self.assertIn("Seite 2", found[0][2])
        self.assertTrue(found[1][2].endswith("it should read “Credit Suisse Securities (USA) LLC”."), found[1][2])
        # Repaired, it shows what it should.
        subprocess.run([ENGROSS, "standardise", somebody, "--firm", FIRM, "--out", self.folder / "mended"],
                       capture_output=True, timeout=60)
        self.assertEqual([finding for finding in self.audit(self.folder / "mended/somebody.odt")
                          if finding["rule"] in ("laid_out", "header_agreement")], [])
        again = [finding["message"] for finding in self.audit(page, options=["--reload-docx"])
                 if finding["rule"] == "laid_out"]
        self.assertEqual(len(again), 1, again)
        self.assertTrue(again[0].startswith(
            "On page 2 of the ODT, PDF, DOCX and DOCX that LibreOffice reads again the header reads"), again)

    def test_fields_are_looked_at_refreshed(self):
        """What the file has as the text of a field says nothing: no format shows it."""
        stale = self.edited("stale-field.odt", "styles.xml", b">Credit Suisse Securities (USA) LLC</text:bookmark-ref>",
                            b">Somebody Else LLC</text:bookmark-ref>")
        self.assertEqual([finding for finding in self.audit(stale) if finding["rule"] == "laid_out"], [])

    def test_blank_pages_before_a_new_count(self):
        """Where the count begins anew LibreOffice may put in an empty page, which is nobody's page without a header."""
        for number in (1, 2): # one of them needs it: an odd page is a right one
            with self.subTest(number):
                style = f'<style:style style:name="Anew" style:family="paragraph" style:parent-style-name="Letter_20_Body" ' \
                        f'style:master-page-name="Letter_20_continued"><style:paragraph-properties style:page-number="{number}"/></style:style>'
                counted = self.edited("counted.odt", "content.xml", b"</office:automatic-styles>",
                                      style.encode() + b"</office:automatic-styles>")
                with zipfile.ZipFile(counted) as package:
                    parts = {name: package.read(name) for name in package.namelist()}
                parts["content.xml"] = parts["content.xml"].replace(
                    b"</office:text>", b'<text:p text:style-name="Anew">ANNEX A</text:p></office:text>')
                page = re.search(b'<style:master-page style:name="Standard".*?</style:master-page>', parts["styles.xml"], re.S)[0]
                later = re.sub(b"<style:(header|footer)-first>.*?</style:(header|footer)-first>", b"", page, flags=re.S)
                parts["styles.xml"] = parts["styles.xml"].replace(page, page + later.replace(
                    b'style:name="Standard"', b'style:name="Letter_20_continued"', 1))
                with zipfile.ZipFile(counted, "w") as target:
                    for name, data in parts.items():
                        target.writestr(name, data)
                self.assertEqual([finding for finding in self.audit(counted) if finding["rule"] == "laid_out"], [])

    def test_headers_that_a_pdf_tells_badly(self):
        """A text box in the header is tagged as if it were text: the office's layout decides."""
        frame = (b'<draw:frame draw:name="Seal" text:anchor-type="paragraph" svg:width="1in" svg:height="0.3in" svg:x="4in" '
                 b'svg:y="0in"><draw:text-box><text:p>SEAL</text:p></draw:text-box></draw:frame>')
        with zipfile.ZipFile(self.letter) as package:
            styles = package.read("styles.xml")
        at = styles.index(b"<text:bookmark-ref")
        old = styles[styles.rindex(b"<text:p", 0, at):at]
        boxed = self.edited("boxed.odt", "styles.xml", old, old + frame)
        self.assertEqual([finding for finding in self.audit(boxed) if finding["rule"] == "laid_out"], [])

    def test_headers_that_do_not_show(self):
        """What the letter says in its header, and LibreOffice's layout too, is not always printed: too low a header is cut off."""
        cut = self.edited("cut.odt", "styles.xml", b"fo:min-height=", b"svg:height=")
        number = self.edited("number.odt", "styles.xml", b"<text:page-number ", b'<text:page-number text:page-adjust="1" ')
        broken = self.edited("broken.odt", "content.xml", b'<text:bookmark-start text:name="_eng_header_2"/>', b"")
        missing = self.folder / "missing.odt"
        with zipfile.ZipFile(self.letter) as source, zipfile.ZipFile(missing, "w") as target:
            for item in source.infolist():
                if not item.filename.startswith("Pictures/"):
                    target.writestr(item, source.read(item))
        found = {letter: [] for letter in (cut, number, broken, missing)}
        for finding in self.audit(*found):
            if finding["rule"] == "laid_out":
                found[pathlib.Path(finding["file"])].append(finding["message"])
        self.assertEqual(found[cut], ["Page 1 shows no header in the ODT and PDF.", "Page 1 shows no logo in the ODT and PDF.",
                                      "Page 2 shows no header in the ODT and PDF."])
        self.assertEqual(len(found[number]), 1, found)
        self.assertRegex(found[number][0], "^On page 2 of the ODT and PDF the header reads “.* / Page 3”; .*Page 2”.$")
        self.assertEqual(found[missing], ["Page 1 shows no logo in the ODT, PDF and DOCX."])
        self.assertEqual(len(found[broken]), 1, found)
        self.assertIn("Error: Reference source not found", found[broken][0])

    def test_headers_in_a_text_box(self):
        """The lines of a box that floats in the header are part of it: right ones are right, others are quoted."""
        with zipfile.ZipFile(self.letter) as package:
            styles = package.read("styles.xml")
        begin = styles.rindex(b"<text:p", 0, styles.index(b"<text:bookmark-ref"))
        line = styles[begin:styles.index(b"</text:p>", begin) + len(b"</text:p>")]
        box = (b'<text:p><draw:frame draw:name="Ad" text:anchor-type="paragraph" svg:width="4in" svg:x="0in" svg:y="0in">'
               b'<draw:text-box fo:min-height="0.2in">%s</draw:text-box></draw:frame></text:p>')
        plain = b"<text:p>Credit Suisse Securities (USA) LLC</text:p>"  # LibreOffice makes a drawing of the box
        right = [self.edited(f"box-{n}.odt", "styles.xml", line, box % text) for n, text in enumerate((line, plain))]
        wrong = self.edited("box-other.odt", "styles.xml", line, box % b"<text:p>Somebody Else LLC</text:p>")
        found = [finding for finding in self.audit(*right, wrong) if finding["rule"] == "laid_out"]
        self.assertEqual({pathlib.Path(finding["file"]).name for finding in found}, {wrong.name}, found)
        self.assertTrue(all(finding["message"].startswith("On page 2 of the ODT, PDF and DOCX the header reads “Somebody Else LLC")
                            for finding in found), found)

    def test_headers_in_other_scripts(self):
        """Written from the right, or in letters that no font of the machine has: a right header is right in all
        formats, another name is found. That the page and the DOCX show the name, others say."""
        pairs = {"arabic": ("بنك دبي الإسلامي", "بنك القاهرة"), "hebrew": ("בנק הפועלים", "בנק לאומי"),
                 "japanese": ("株式会社三菱UFJ銀行", "株式会社みずほ銀行"), "chinese": ("中國銀行股份有限公司", "中國建設銀行"),
                 "korean": ("한국산업은행", "국민은행"), "hyphens": ("Bank-of-hyphens non‑breaking‑hyphen soft\u00adhyphen", "Another-bank")}
        right, wrong = [], []
        for script, (name, other) in pairs.items():
            letter = self.folder / f"{script}.odt"
            subprocess.run([ENGROSS, "assemble", FIRM / "templates/takedown-opinion.fodt", "--deal", FIRM / "deals/takedown.json",
                            "--set", f"letter.addressee.name={name}", "-o", letter], check=True, capture_output=True, timeout=120)
            right.append(letter)
            field = (f'<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">{name}</text:bookmark-ref>')
            wrong.append(self.edited(f"{script}-other.odt", "styles.xml", field.encode(), other.encode(), letter))
        self.assertEqual([f for f in self.audit(*right) if f.get("rule") in (None, "headers", "header_agreement", "laid_out")], [])
        found = {pathlib.Path(f["file"]).name: f["message"] for f in self.audit(*wrong) if f["code"] == "EG-H051"}
        self.assertEqual(sorted(found), sorted(letter.name for letter in wrong))
        for letter, (name, _) in zip(wrong, pairs.values()):
            self.assertTrue(found[letter.name].startswith("On page 2 of the ODT, PDF and DOCX the header reads"), found[letter.name])
            self.assertIn(name, found[letter.name])
        for script in ("arabic", "hebrew", "korean"):
            name = pairs[script][0]
            made = [self.folder / f"{script}.{ending}" for ending in ("pdf", "docx")]
            subprocess.run([ENGROSS, "convert", self.folder / f"{script}.odt", "-o", *made], check=True, capture_output=True, timeout=120)
            with zipfile.ZipFile(made[1]) as package:
                headers = ["".join(lxml.etree.fromstring(package.read(part)).itertext("{*}t"))
                           for part in package.namelist() if part.startswith("word/header")]
            self.assertTrue(any(name in header for header in headers), headers)
            if script == "korean":
                continue  # without a font of Korean there is nothing on the page to be read
            page = subprocess.run(["pdftotext", "-f", "2", "-l", "2", "-layout", made[0], "-"], check=True, capture_output=True,
                                  text=True, timeout=60).stdout
            first = unicodedata.normalize("NFKC", next(line for line in page.splitlines() if line.strip()))
            self.assertLessEqual(set(name) - {" "}, set(first))

    def test_word_file(self):
        found = self.audit(self.folder / "letter.docx")
        self.assertEqual([f for f in found if f["severity"] != "info"], [])
        self.assertFalse(any(finding["repairable"] for finding in found))
        self.assertNotIn("page_styles", {finding["rule"] for finding in found})
        refused = subprocess.run([ENGROSS, "audit", self.folder / "letter.docx", "--firm", FIRM, "--json"],
                                 capture_output=True, text=True)
        self.assertIn("EG-H006", refused.stdout)

    def test_dates_of_word(self):
        """Its DATE, TIME and SAVEDATE fields show another day each time; CREATEDATE and a picked date do not."""
        def field(code):
            run = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
            return (run % "begin" + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + run % "separate" +
                    "<w:r><w:t>May 5, 2006</w:t></w:r>" + run % "end").encode()

        simple = b'<w:fldSimple w:instr=" DATE \\@ &quot;d MMMM yyyy&quot; "><w:r><w:t>5 May 2006</w:t></w:r></w:fldSimple>'
        picked = b'<w:sdt><w:sdtPr><w:date w:fullDate="2006-05-05T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/></w:date>' \
                 b"</w:sdtPr><w:sdtContent><w:r><w:t>5 May 2006</w:t></w:r></w:sdtContent></w:sdt>"
        with zipfile.ZipFile(self.folder / "letter.docx") as source:
            parts = {name: source.read(name) for name in source.namelist()}
        text = parts["word/document.xml"]
        at = text.index(b"</w:p>", text.index(b"Ladies and Gentlemen"))
        parts["word/document.xml"] = text[:at] + simple + b"".join(
            field(code) for code in ("DATE", "TIME", "SAVEDATE", "CREATEDATE")) + picked + text[at:]
        letter = self.folder / "dates.docx"
        with zipfile.ZipFile(letter, "w") as target:
            for name, data in parts.items():
                target.writestr(name, data)
        said = [finding["message"] for finding in self.audit(letter) if finding["code"] == "EG-H061"]
        self.assertEqual(len(said), 4, said)
        for words in ("the day on which the letter is opened", "the time at which", "was last saved"):
            self.assertTrue(any(words in message for message in said), said)

    def test_more_time(self):
        """What is not laid out in the time given is said to be, with the option that gives more."""
        rows = b"".join(b"<table:table-row>" + b"<table:table-cell><text:p>Series A</text:p></table:table-cell>" * 6 +
                        b"</table:table-row>" for _ in range(12000))
        table = b'<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table-column ' \
                b'table:number-columns-repeated="6"/>' + rows + b"</table:table>"
        slow = self.edited("slow.odt", "content.xml", b"</office:text>", table + b"</office:text>")
        run = subprocess.run([ENGROSS, "audit", slow, "--firm", FIRM, "--laid-out", "--json", "--time-limit", "1"],
                             capture_output=True, text=True, timeout=200)
        self.assertEqual(run.returncode, 4, run.stdout[-1500:] + run.stderr)
        late = [json.loads(line) for line in run.stdout.splitlines() if "EG-X006" in line]
        self.assertEqual(len(late), 1, run.stdout[-2000:])
        self.assertIn("after 1 second", late[0]["message"])
        self.assertIn("--time-limit SECONDS", late[0]["hint"])

    def test_word_files_of_every_kind(self):
        """As LibreOffice writes them: the letter is read, its header is looked at, a stale one is found."""
        field = (b'<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Credit Suisse '
                 b"Securities (USA) LLC</text:bookmark-ref>")
        stale = self.edited("stale.odt", "styles.xml", field, b"Somebody Else LLC")
        for ending, name in (("docx", "MS Word 2007 XML"), ("dotx", "MS Word 2007 XML Template"), ("doc", "MS Word 97"),
                             ("dot", "MS Word 97 Vorlage")):
            with self.subTest(ending):
                made = {}
                for source in (self.letter, stale):
                    out = self.folder / ending / source.stem
                    subprocess.run([f"{LO_HOME}/program/soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                                    "--headless", "--convert-to", f"{ending}:{name}", "--outdir", out, source],
                                   capture_output=True, timeout=120, check=True)
                    made[source] = out / f"{source.stem}.{ending}"
                    self.assertTrue(made[source].exists())
                right, wrong = (self.audit(made[source]) for source in (self.letter, stale))
                self.assertFalse([f for f in right + wrong if "rule" not in f], right + wrong)
                codes = [{f["code"] for f in found if f["rule"] in ("header_agreement", "laid_out")} for found in (right, wrong)]
                self.assertNotIn("EG-H024", codes[0])
                self.assertNotIn("EG-H051", codes[0])
                self.assertIn("EG-H051", codes[1])
                # Lists of families, a name of our own copy: neither is the letter's.
                self.assertFalse([f for f in right if f["rule"] in ("fonts", "font_sizes") or "', '" in f["message"]], right)

    def test_pictures_of_the_pages(self):
        report = self.folder / "report.html"
        self.audit(self.letter, html=report)
        pictures = lxml.html.fromstring(report.read_text(encoding="utf-8")).xpath("//div[@class='pages']/img/@src")
        self.assertEqual(len(pictures), 2)
        self.assertTrue(all(picture.startswith("data:image/png;base64,iVBOR") for picture in pictures))
        for picture in pictures:  # a page of text, light enough for a report of thousands
            self.assertIn(len(base64.b64decode(picture.split(",")[1])) // 1024, range(8, 26))


if __name__ == "__main__":
    unittest.main(verbosity=1)
