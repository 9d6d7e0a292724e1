#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What audit and standardise say: of what was repaired, of headers that changed, of odd names of files."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
MARGIN = ('fo:margin-left="1.25in"', 'fo:margin-left="1in"')
BODY = '<text:p text:style-name="Letter_20_Body">We are admitted to practice in New York.</text:p>'


class Reports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-reports-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, *swaps, name="letter.fodt"):
        source = sample.letter()
        for old, new in swaps:
            assert old in source, old
            source = source.replace(old, new, 1)
        path = self.folder / name
        path.write_text(source, encoding="utf-8")
        return path

    def run_engross(self, *arguments, firm=sample.FIRM):
        run = subprocess.run([ENGROSS, *map(str, arguments), "--firm", firm], capture_output=True, timeout=60)
        return run.returncode, run.stdout.decode("utf-8", "strict" if "--json" in arguments else "replace")

    def standardise(self, letter, *more):
        return self.run_engross("standardise", letter, "--out", self.folder / "out", *more)[1]

    def audit(self, path, *more):
        return [json.loads(said) for said in self.run_engross("audit", path, "--json", *more)[1].splitlines()]

    def test_only_what_was_repaired_is_said_to_be(self):
        """A link whose text gets a non-breaking space is still there."""
        link = '<text:p text:style-name="Letter_20_Body"><text:a xlink:type="simple" xlink:href="https://x.example/">See § 5' \
               '</text:a></text:p>'
        said = [json.loads(line) for line in self.standardise(self.write((BODY, BODY + link)), "--json").splitlines()]
        self.assertEqual(sorted((f["code"], f["repaired"]) for f in said), [("EG-H040", True), ("EG-H044", False)])

    def test_headers_before_and_after(self):
        footer = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
        said = self.standardise(self.write((footer, '<text:p text:style-name="Footer">Marlow and Pike</text:p>')))
        self.assertIn("  the footer of every later page was “Marlow and Pike”, is “Marlow & Pike LLP”\n", said)
        self.assertEqual(said.count(" was “"), 1)
        said = self.standardise(self.write((">Harbor Trust Company</text:bookmark-ref>", ">Pier Trust</text:bookmark-ref>")))
        self.assertIn("the header of every later page was “Pier Trust / February 27, 2006 / Page #”, is “Harbor Trust Company / "
                      "February 27, 2006 / Page #”", said.replace("\u00a0", " "))
        self.assertNotIn(" was “", self.standardise(self.write(MARGIN)))

    def test_a_reference_to_nothing(self):
        letter = self.write(('<text:bookmark-start text:name="_eng_header_1"/>', ""),
                            ('<text:bookmark-end text:name="_eng_header_1"/>', ""))
        found = self.audit(letter)
        self.assertEqual([f["code"] for f in found], ["EG-H024"])
        self.assertIn("“Harbor Trust Company (a broken reference, printed as “Error: Reference source not found”)”",
                      found[0]["message"])
        self.standardise(letter)
        self.assertEqual(self.audit(self.folder / "out/letter.fodt"), [])

    def test_empty_paragraphs_that_are_something(self):
        """A bar, a line at the side, a paragraph with an id are no spacing."""
        for name, properties, attribute in (
                ("bar", 'fo:background-color="#000000"', ""), ("side", 'fo:border-left="1pt solid #000000"', ""),
                ("id", 'fo:background-color="transparent"', ' xml:id="here"')):
            with self.subTest(name):
                empty = f'<text:p text:style-name="E"{attribute}/>'
                letter = self.write((BODY, BODY + empty), (
                    "<office:automatic-styles>", '<office:automatic-styles><style:style style:name="E" style:family="paragraph" '
                    f'style:parent-style-name="Letter_20_Body"><style:paragraph-properties {properties}/></style:style>'))
                self.assertNotIn("EG-H031", [f["code"] for f in self.audit(letter)])
                self.standardise(letter)
                self.assertIn(empty[:25], (self.folder / "out/letter.fodt").read_text(encoding="utf-8"))

    def test_styles_replaced_in_a_circle(self):
        house = self.folder / "house.json"
        for replace, codes in (({"A": "Letter Body", "Letter Body": "A"}, ["EG-H003", "EG-H003"]),
                               ({"A": "B", "B": "Letter Body"}, ["EG-H003"]), ({"A": "Letter Body"}, [])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"styles": {"replace": replace}}}), "utf-8")
            self.assertEqual([f["code"] for f in self.audit(self.write(), "--house", house)], codes)

    def test_a_folder_named_twice(self):
        letters = self.folder / "letters"
        letters.mkdir()
        (letters / "one.fodt").write_text(sample.letter(), encoding="utf-8")
        (letters / "two.fodt").symlink_to("one.fodt")  # a file of its own, which --out copies
        run = subprocess.run([ENGROSS, "audit", letters / "one.fodt", letters, letters / ".." / "letters", "--firm", sample.FIRM],
                             capture_output=True, text=True, timeout=60)
        self.assertEqual((run.stdout, run.returncode), ("2 files: nothing; 2 without a finding.\n", 0), run.stderr)

    def test_names_that_are_no_utf8(self):
        folder = self.folder / "names"
        folder.mkdir()
        name = os.path.join(os.fsencode(folder), b"caf\xe9.fodt")
        with open(name, "wb") as file:
            file.write(self.write(MARGIN).read_bytes())
        found = self.audit(folder)
        self.assertEqual([f["code"] for f in found], ["EG-H013"])
        self.assertTrue(found[0]["file"].endswith("caf\ufffd.fodt"), found)
        self.run_engross("audit", folder, "--html", self.folder / "r.html")
        self.assertIn("caf\ufffd.fodt", (self.folder / "r.html").read_bytes().decode("utf-8"))

    def test_a_document_that_is_open(self):
        """Whoever has it open would write over the repair: it is left alone, the rest is repaired."""
        folder = self.folder / "open"
        folder.mkdir()
        for name, lock, content, program in (
                ("letter.fodt", ".~lock.letter.fodt#", ",Jane Doe,desk,22.11.2026 17:00,file:///x;", "LibreOffice (Jane Doe)"),
                ("a.fodt", "~$a.fodt", "", "Word"), ("opinion.fodt", "~$pinion.fodt", "\x03Ann\0\0", "Word (Ann)"),
                ("memorandum.fodt", "~$morandum.fodt", "\x02Al", "Word (Al)")):
            with self.subTest(name):
                letter, lock = self.write(MARGIN, name="open/" + name), folder / lock
                before = letter.read_bytes()
                lock.write_text(content, encoding="utf-8")
                status, said = self.run_engross("standardise", letter, "--in-place", "--json")
                said = [json.loads(line) for line in said.splitlines()]
                self.assertEqual((status, [(f["code"], f.get("repaired")) for f in said]),
                                 (1, [("EG-H062", None), ("EG-H013", False)]))
                self.assertIn(f"{name} is open in {program}; it was left alone.", said[0]["message"])
                self.assertEqual(letter.read_bytes(), before)
                lock.unlink()
                self.run_engross("standardise", letter, "--in-place")
                self.assertNotEqual(letter.read_bytes(), before)
        self.assertFalse([path for path in folder.iterdir() if path.suffix == ".bak" and path.stem not in (
            "letter.fodt", "a.fodt", "opinion.fodt", "memorandum.fodt")])
        # The sign of another document, and one that needs no repair.
        for name in ("xxother.fodt", "other.fodt"):
            self.write(MARGIN, name="open/" + name)
        (folder / "~$other.fodt").touch()
        self.assertEqual(self.run_engross("standardise", folder / "xxother.fodt", "--in-place", "--json")[0], 0)
        (folder / ".~lock.clean.fodt#").touch()
        self.assertEqual(self.run_engross("standardise", self.write(name="open/clean.fodt"), "--in-place", "--json"), (0, ""))

    def test_a_document_that_is_final(self):
        """What is signed, or protected against writing, is not written over."""
        letter = self.write(MARGIN)
        letter.chmod(0o444)
        before = letter.read_bytes()
        status, said = self.run_engross("standardise", letter, "--in-place", "--json")
        self.assertEqual(status, 3)
        self.assertIn("protected against writing", said)
        self.assertEqual((letter.read_bytes(), letter.stat().st_mode & 0o777), (before, 0o444))
        self.assertFalse(list(self.folder.glob("*.bak")))
        packed, signed = self.folder / "packed.odt", self.folder / "signed.odt"
        subprocess.run([ENGROSS, "convert", letter, "-o", packed], check=True, capture_output=True, timeout=60)
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(signed, "w") as target:
            for item in source.infolist():
                target.writestr(item, source.read(item))
            target.writestr("META-INF/documentsignatures.xml", "<document-signatures/>")
        before = signed.read_bytes()
        status, said = self.run_engross("standardise", signed, "--in-place", "--json")
        said = [json.loads(line) for line in said.splitlines()]
        self.assertEqual([(f["code"], f["repaired"]) for f in said], [("EG-H013", False), ("EG-H065", False)])
        self.assertEqual(signed.read_bytes(), before)

    def test_a_copy_that_is_open(self):
        letter = self.write(MARGIN)
        (self.folder / "out").mkdir()
        (self.folder / "out/.~lock.letter.fodt#").touch()
        self.assertIn("EG-H062", self.standardise(letter, "--json"))
        self.assertFalse((self.folder / "out/letter.fodt").exists())

    def test_what_is_named_and_not_there(self):
        """Is not said to be unnamed."""
        house = self.folder / "house.json"
        house.write_text(json.dumps({"letterhead": "nobody"}), encoding="utf-8")
        self.assertEqual([f["code"] for f in self.audit(self.write(), "--house", house)], ["EG-A011"])
        codes = [json.loads(line)["code"] for line in
                 self.run_engross("audit", self.write(), "--json", firm=self.folder / "nowhere")[1].splitlines()]
        self.assertNotIn("EG-H001", codes)
        self.assertTrue(codes)

    def test_what_is_no_file(self):
        """A pipe with the name of a letter is not waited for."""
        pipe = self.folder / "pipe.odt"
        os.mkfifo(pipe)
        self.assertEqual([f["code"] for f in self.audit(pipe)], ["EG-H006"])
        self.assertIn("EG-H006", self.standardise(pipe, "--json"))

    def check(self, path):
        status, said = self.run_engross("check", path, "--json")
        return status, [json.loads(line) for line in said.splitlines()]

    def test_a_house_style_of_any_name(self):
        """It is known by its schema, or by the rules in it."""
        for content in ({"$schema": "../docs/schemas/house.schema.json", "rules": {"widow": {}}},
                        {"rules": {"tags": {"severity": "bad"}}}):
            house = self.folder / "london.json"
            house.write_text(json.dumps({"letterhead": "marlow-pike", **content}), encoding="utf-8")
            status, found = self.check(house)
            self.assertEqual(status, 1)
            self.assertTrue(all(f["data_path"].startswith("rules") for f in found), found)
        house.write_text(json.dumps({"rules": {"tags": {}}, "letterhead": "marlow-pike"}), encoding="utf-8")
        self.assertEqual(self.check(house), (0, []))

    def test_styles_that_nobody_has(self):
        """A house style by which every letter would be wrong, or every repair in vain."""
        house = self.folder / "house.json"
        styles = {"required": ["Leter Body", "Letter Body"], "replace": {"Text body": "Body of Letters"}}
        house.write_text(json.dumps({"letterhead": "marlow-pike", "address_block": {"addressee": "Adress", "date": "Letter Date"},
                                     "rules": {"styles": styles, "signature": {"styles": ["Sign"]},
                                               "empty_paragraphs": {"allow": ["Signature Rule", "Gap"]}}}), encoding="utf-8")
        status, found = self.check(house)
        self.assertEqual((status, {f["code"] for f in found}), (0, {"EG-H063"}))
        self.assertEqual([(f["data_path"], f["severity"]) for f in found], [(where, "warning") for where in (
            "address_block.addressee", "rules.styles.required", "rules.styles.replace.Text body", "rules.signature.styles",
            "rules.empty_paragraphs.allow")])
        self.assertIn("“rules.styles.required” names the style “Leter Body”, which neither the letterhead nor a template",
                      found[1]["message"])
        house.write_text(json.dumps({"letterhead": "nobody"}), encoding="utf-8")
        self.assertEqual([f["code"] for f in self.check(house)[1]], ["EG-A011"])

    def test_a_folder_that_nobody_may_look_into(self):
        """Is a finding, in the page for a partner too; the rest is audited and repaired."""
        folder = self.folder / "letters"
        (folder / "closed").mkdir(parents=True)
        self.write(MARGIN, name="letters/open.fodt")
        shutil.copytree(sample.FIRM, self.folder / "firm")
        command = self.folder / "engross"
        shutil.copy(ENGROSS, command)
        os.chmod(self.folder, 0o755)
        os.chmod(folder / "closed", 0)
        out = self.folder / "results"
        out.mkdir()
        os.chmod(out, 0o777)
        as_whom = {"user": 65534} if os.geteuid() == 0 else {}

        def run(*arguments):
            made = subprocess.run([command, *map(str, arguments), "--firm", self.folder / "firm", "--json"], capture_output=True,
                                  text=True, timeout=60, **as_whom)
            return made.returncode, [json.loads(line) for line in made.stdout.splitlines()]

        try:
            status, found = run("audit", folder, "--html", out / "r.html")
            self.assertEqual((status, [f["code"] for f in found]), (3, ["EG-A002", "EG-H013"]))
            self.assertTrue(found[0]["file"].endswith("closed"))
            self.assertIn("closed", (out / "r.html").read_text(encoding="utf-8"))
            status, found = run("standardise", folder, "--out", out)
            self.assertEqual((status, [f["code"] for f in found]), (3, ["EG-A002", "EG-H013"]))
            self.assertTrue((out / "open.fodt").exists())
            self.assertEqual(run("audit", folder / "closed")[1][0]["code"], "EG-A002")
        finally:
            os.chmod(folder / "closed", 0o700)


if __name__ == "__main__":
    unittest.main(verbosity=1)
