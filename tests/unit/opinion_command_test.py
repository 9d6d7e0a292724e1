#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What the command says about opinion paragraphs: explain, book list, book show, review dates."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ENGROSS, FIRM = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
TEMPLATE = FIRM / "templates/takedown-opinion.fodt"
DEAL = FIRM / "deals/takedown.json"


def engross(*arguments, epoch=None):
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    if epoch is not None:
        environment["SOURCE_DATE_EPOCH"] = str(epoch)
    return subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True,
                          env=environment, check=False)


class Explain(unittest.TestCase):
    def test_json_has_one_object_a_line(self):
        run = engross("explain", TEMPLATE, "--deal", DEAL, "--json", "--opinions=+no-litigation")
        self.assertEqual(run.returncode, 0, run.stderr)
        rows = {row["id"]: row for row in map(json.loads, run.stdout.splitlines())}
        book = json.loads((FIRM / "opinions/book.json").read_text(encoding="utf-8"))
        self.assertCountEqual(rows, [o["id"] for o in book["opinions"]])
        for o in book["opinions"]:
            if o["group"] == "shelf":
                self.assertFalse(rows[o["id"]]["in"])
                self.assertIn("no place", rows[o["id"]]["reason"])
        self.assertEqual(rows["no-litigation"]["decider"], "person")
        self.assertEqual(rows["mortgage-related-security"]["decider"], "deal includes")
        by_rule = rows["existence-one-state"]
        self.assertEqual((by_rule["in"], by_rule["decider"]), (False, "rule"))
        self.assertEqual(by_rule["values"]["parties.servicer.state"], "“New York”")

    def test_text_names_the_values(self):
        run = engross("explain", TEMPLATE, "--deal", DEAL)
        self.assertIn("parties.servicer.state: “New York”", run.stdout)


class Book(unittest.TestCase):
    def test_list_is_the_same_from_firm_and_book(self):
        whole = engross("book", "list", FIRM)
        self.assertEqual(whole.returncode, 0, whole.stderr)
        self.assertEqual(whole.stdout, engross("book", "list", FIRM / "opinions/book.json").stdout)
        tax = engross("book", "list", FIRM, "--group", "tax").stdout.splitlines()
        self.assertEqual(len(tax), 3)
        self.assertIn("tax/remic-election: REMIC status", tax)

    def test_books_of_an_office_and_of_the_user(self):
        with tempfile.TemporaryDirectory() as folder:
            firm = pathlib.Path(folder) / "firm"
            shutil.copytree(FIRM, firm)
            settings = json.loads((firm / "firm.json").read_text(encoding="utf-8"))
            settings["office_books"] = {"wilmington": "wilmington/book.json"}
            (firm / "firm.json").write_text(json.dumps(settings), encoding="utf-8")
            for name, title in (("wilmington", "Of Wilmington"), ("own", "My own")):
                self.assertEqual(engross("book", "new", firm / name).returncode, 0)
                book = firm / name / "book.json"
                text = book.read_text(encoding="utf-8").replace("Agreements enforceable", title)
                book.write_text(text.replace('"enforceable"', f'"enforceable-{name}"').replace(
                    '"good-standing"', f'"good-standing-{name}"').replace(
                    '"title": "Existence', '"section": "good-standing", "title": "Existence').replace(
                    f'"title": "{title}', f'"section": "enforceable", "title": "{title}'),
                    encoding="utf-8")
            own = firm / "own/book.json"
            template, deal = firm / "templates" / TEMPLATE.name, firm / "deals" / DEAL.name
            for arguments, titles in (((), []), (("--office", "wilmington"), ["Of Wilmington"]),
                                      (("--book", own), ["My own"]),
                                      (("--office", "wilmington", "--book", own),
                                       ["Of Wilmington", "My own"])):
                with self.subTest(arguments):
                    run = engross("book", "list", firm, *arguments, "--group", "opinions")
                    self.assertEqual(run.returncode, 0, run.stderr)
                    found = [t for t in ("Of Wilmington", "My own") if t in run.stdout]
                    self.assertEqual(found, titles)
                    for command in (("explain", template, "--deal", deal), ("check", template),
                                    ("fields", template)):
                        run = engross(*command, *arguments, "--quiet")
                        self.assertEqual(run.returncode, 0, run.stderr)
            # The examples of a new book read a deal of their own.
            run = engross("check", firm, "--json")
            found = [json.loads(line) for line in run.stdout.splitlines()]
            self.assertEqual({one["code"] for one in found}, {"EG-T118"})
            self.assertTrue(all("wilmington" in one["file"] for one in found), found)
            schema = json.loads((firm / settings["schema"]).read_text(encoding="utf-8"))
            schema["properties"]["agreements"]["items"]["properties"]["name"] = {}
            (firm / settings["schema"]).write_text(json.dumps(schema), encoding="utf-8")
            self.assertEqual(engross("check", firm, "--quiet").returncode, 0)
            (firm / "wilmington/book.json").write_text("{", encoding="utf-8")
            self.assertEqual(engross("check", firm, "--quiet").returncode, 1)
            run = engross("check", template, "--office", "nowhere", "--json")
            self.assertEqual((run.returncode, json.loads(run.stdout.splitlines()[0])["code"]),
                             (1, "EG-O047"))

    def test_show_prints_facts_and_text(self):
        run = engross("book", "show", FIRM, "registration-effective")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("rule: certificates and registration.effective", run.stdout)
        self.assertIn("    of the Offered Certificates in the Prospectus", run.stdout)
        entry = json.loads(engross("book", "show", FIRM, "trust-statutes", "--json").stdout)
        self.assertEqual(entry["requires"], ["pooling-enforceable"])

    def test_show_suggests_what_was_meant(self):
        run = engross("book", "show", FIRM, "registration-efective")
        self.assertEqual(run.returncode, 1)
        self.assertIn("“registration-effective”", run.stderr)


SECTION = """<text:section text:name="Standing" text:protected="true"><text:list
text:style-name="Opinions" xml:id="l9"><text:list-item><text:p text:style-name="Opinion_20_1">As of
January 12, 2006, so far as we know, Acme Inc. owes $1,000,000.00 to our client, see <text:bookmark-ref
text:reference-format="number" text:ref-name="x">11(C)</text:bookmark-ref>,</text:p><text:list
><text:list-item><text:p text:style-name="Opinion_20_2">one<office:annotation><text:p>hm</text:p
></office:annotation>; and</text:p></text:list-item><text:list-item><text:p
text:style-name="Opinion_20_2">{{ parties.depositor.short }} with <text:span
text:style-name="Em">Citibank, N.A.</text:span></text:p></text:list-item></text:list></text:list-item
><text:list-item><text:p text:style-name="Opinion_20_1">Next is <text:span text:style-name="Em">this.
</text:span></text:p></text:list-item></text:list></text:section>"""
STYLES = """<style:style style:name="Em" style:family="text"><style:text-properties
fo:font-style="italic"/></style:style><style:style style:name="Unused" style:family="text"/>"""


class MakeBook(unittest.TestCase):
    """book new and book extract: nothing is overwritten, all files or none."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        text = TEMPLATE.read_text(encoding="utf-8")
        at = text.index('<text:p text:style-name="Opinion_20_1">{% opinions')
        text = text[:at] + SECTION + text[text.index("</text:p>", at) + 9:]
        if "<office:automatic-styles>" in text:
            text = text.replace("</office:automatic-styles>", STYLES + "</office:automatic-styles>", 1)
        else:
            text = text.replace("<office:master-styles>", "<office:automatic-styles>" + STYLES
                                + "</office:automatic-styles><office:master-styles>", 1)
        self.letter = self.work / "letter.fodt"
        self.letter.write_text(text, encoding="utf-8")

    def contents(self):
        return {file: file.read_bytes() for file in sorted(self.work.rglob("*")) if file.is_file()}

    def codes(self, run):
        return [json.loads(line)["code"] for line in run.stdout.splitlines()]

    def extract(self, *more, letter=None, id="acme", section="Standing"):
        return engross("book", "extract", letter or self.letter, "--section", section, "--id", id,
                       "--group", "takedown", "--into", self.work / "book", "--json", *more)

    def new(self, *more):
        run = engross("book", "new", self.work / "book", *more)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_new_book_passes_the_check(self):
        for more, name in (((), "opinions.odt"), (("--flat",), "opinions.fodt")):
            with self.subTest(name):
                self.new(*more)
                self.assertEqual(sorted(file.name for file in (self.work / "book").iterdir()),
                                 ["book.json", name])
                check = engross("check", self.work / "book/book.json", "--json")
                self.assertEqual((check.returncode, check.stdout), (0, ""))
                before = self.contents()
                again = engross("book", "new", self.work / "book", "--json")
                self.assertEqual(again.returncode, 1)
                self.assertEqual(self.codes(again), ["EG-O037", "EG-O037"])
                self.assertEqual(self.contents(), before)
                shutil.rmtree(self.work / "book")

    def test_new_book_leaves_no_folder_where_it_cannot_be(self):
        run = engross("book", "new", self.work / "none" / "book", "--json")
        self.assertEqual((run.returncode, self.codes(run)), (3, ["EG-A003"]))
        self.assertFalse((self.work / "none").exists())

    def test_extract_makes_an_entry_that_reads(self):
        packed = self.work / "letter.odt"
        self.assertEqual(engross("convert", self.letter, "-o", packed).returncode, 0)
        for letter in (self.letter, packed):
            with self.subTest(letter.suffix):
                self.new()
                before = (self.work / "book/book.json").read_text(encoding="utf-8")
                run = self.extract("--title", "Debts", letter=letter)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                self.assertEqual(sorted(self.codes(run)),
                                 ["EG-O041", "EG-O042", "EG-O043", "EG-O044"])
                said = [json.loads(line) for line in run.stdout.splitlines()]
                voice = next(line for line in said if line["code"] == "EG-O041")
                self.assertIn("“we”, “our”", voice["message"])
                self.assertIn("{{ voice.we }}, {{ voice.our }}", voice["hint"])
                fixed = next(line for line in said if line["code"] == "EG-O043")
                self.assertIn("“January 12, 2006”, “$1,000,000.00”", " ".join(fixed["message"].split()))
                after = (self.work / "book/book.json").read_text(encoding="utf-8")
                common = before[:before.rindex("    }\n  ]") + 5]
                self.assertTrue(after.replace(',\n    "acme.odt"', "").startswith(common))
                entry = json.loads(after)["opinions"][-1]
                self.assertEqual((entry["id"], entry["title"], entry["group"]),
                                 ("acme", "Debts", "takedown"))
                check = engross("check", self.work / "book/book.json", "--json")
                self.assertEqual((check.returncode, check.stdout), (0, ""))
                shown = engross("book", "show", self.work / "book/book.json", "acme").stdout
                lines = [" ".join(line.split()) for line in shown.split("\n\n", 1)[1].splitlines()]
                shown = " ".join(lines)
                self.assertIn("our client, see 11(C), one {{ parties", shown)
                self.assertIn("with Citibank, N.A. Next is this", shown)
                self.assertFalse(shown.endswith("."))
                self.nothing_else_of_the_letter()
                shutil.rmtree(self.work / "book")

    def nothing_else_of_the_letter(self):
        with zipfile.ZipFile(self.work / "book/acme.odt") as archive:
            for name in archive.namelist():
                data = archive.read(name).decode("utf-8")
                for words in ("addressee", "Very truly", "hm</text:p>", "Unused", "dc:creator"):
                    self.assertNotIn(words, data, name)
            self.assertIn("font-style", archive.read("content.xml").decode("utf-8"))

    def test_extract_keeps_the_full_stops_that_no_slot_sets(self):
        text = self.letter.read_text(encoding="utf-8")
        at, end = text.index("<text:section text:name=\"Standing\""), text.index("</text:section>") + 15
        inside = ('<text:section text:name="Standing"><text:p text:style-name="Body">It is plain.</text:p>'
                  '<text:list text:style-name="Opinions"><text:list-item>'
                  '<text:p text:style-name="Opinion_20_1">It is so.</text:p></text:list-item></text:list>'
                  '<text:p text:style-name="Body">It goes on.</text:p></text:section>')
        self.letter.write_text(text[:at] + inside + text[end:], encoding="utf-8")
        self.new()
        run = self.extract()
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        shown = engross("book", "show", self.work / "book/book.json", "acme").stdout
        self.assertTrue(" ".join(shown.split()).endswith("It is plain. It is so. It goes on"), shown)

    def test_extract_keeps_the_end_marks_of_a_list_of_another_style(self):
        text = self.letter.read_text(encoding="utf-8")
        at, end = text.index("<text:section text:name=\"Standing\""), text.index("</text:section>") + 15
        inside = ('<text:section text:name="Standing"><text:list text:style-name="Opinions"><text:list-item>'
                  '<text:p text:style-name="Opinion_20_1">Each holds:</text:p></text:list-item></text:list>'
                  '<text:list text:style-name="Other"><text:list-item><text:p text:style-name="Body">one; and'
                  '</text:p></text:list-item><text:list-item><text:p text:style-name="Body">two.</text:p>'
                  '</text:list-item></text:list></text:section>')
        self.letter.write_text(text[:at] + inside + text[end:], encoding="utf-8")
        self.new()
        run = self.extract()
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        written = next((self.work / "book").glob("acme*"))
        with zipfile.ZipFile(written) as archive:
            content = archive.read("content.xml").decode("utf-8")
        self.assertIn(">one; and<", content)
        self.assertIn(">two.<", content)

    def test_extract_names_dates_of_all_forms(self):
        text = self.letter.read_text(encoding="utf-8")
        at, end = text.index("<text:section text:name=\"Standing\""), text.index("</text:section>") + 15
        inside = ('<text:section text:name="Standing"><text:list text:style-name="Opinions"><text:list-item>'
                  '<text:p text:style-name="Opinion_20_1">It paid US$5,000 on 27 February 2006, 2/28/2006, March '
                  '12, 2007, 3 of them in April 2008 and 4 in May</text:p></text:list-item></text:list>'
                  '</text:section>')
        self.letter.write_text(text[:at] + inside + text[end:], encoding="utf-8")
        self.new()
        run = self.extract()
        self.assertEqual(self.codes(run), ["EG-O043"])
        said = json.loads(run.stdout)["message"]
        for value in ("27 February 2006", "March 12, 2007", "April 2008", "2/28/2006", "$5,000"):
            self.assertIn(f"“{value}”", said)
        self.assertEqual(said.count("“"), 6, said)

    def test_extracted_paragraph_stands_in_a_letter(self):
        firm = self.work / "firm"
        shutil.copytree(FIRM, firm)
        run = engross("book", "extract", self.letter, "--section", "Standing", "--id", "acme",
                      "--group", "takedown", "--into", firm / "opinions/book.json")
        self.assertEqual(run.returncode, 0, run.stderr)
        out = self.work / "made.odt"
        run = engross("assemble", firm / "templates" / TEMPLATE.name, "--deal", DEAL,
                      "--opinions=+acme", "-o", out)
        self.assertEqual(run.returncode, 0, run.stderr)
        with zipfile.ZipFile(out) as archive:
            content = archive.read("content.xml").decode("utf-8")
        self.assertIn("Citibank, N.A.</text:span>", content)

    def test_end_mark_before_a_note(self):
        note = ('<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                '<text:note-body><text:p>N.</text:p></text:note-body></text:note>')
        text = self.letter.read_text(encoding="utf-8")
        at = text.index('<text:section text:name="Standing"')
        end = text.index("</text:section>", at)
        section = ('<text:section text:name="Standing"><text:list text:style-name="Opinions">'
                   '<text:list-item><text:p text:style-name="Opinion_20_1">It stands.' + note
                   + '</text:p></text:list-item></text:list>')
        self.letter.write_text(text[:at] + section + text[end:], encoding="utf-8")
        self.new("--flat")
        self.assertEqual(self.extract().returncode, 0)
        with zipfile.ZipFile(self.work / "book/acme.odt") as archive:
            self.assertIn("It stands<text:note", archive.read("content.xml").decode("utf-8"))

    def test_what_cannot_be_done_changes_nothing(self):
        self.new()
        self.assertEqual(self.extract().returncode, 0)
        before = self.contents()
        for arguments, code in (({"section": "Standin", "id": "b"}, "EG-O038"), ({"id": "A_b"}, "EG-O040"),
                                ({"id": "enforceable"}, "EG-O039"),
                                ({"id": "b", "letter": self.work / "no.odt"}, "EG-A001")):
            with self.subTest(code):
                run = self.extract(**arguments)
                self.assertEqual(run.returncode, 1)
                self.assertIn(code, self.codes(run))
                self.assertEqual(self.contents(), before)

    def test_a_paragraph_that_would_break_the_book_is_refused(self):
        self.new()
        text = self.letter.read_text(encoding="utf-8")
        self.letter.write_text(text.replace("Next is", "{% if x %}Next is"), encoding="utf-8")
        before = self.contents()
        run = self.extract()
        self.assertEqual(run.returncode, 1)
        self.assertIn("EG-T", run.stdout)
        self.assertEqual(self.contents(), before)

    def test_a_book_without_lists_is_left_alone(self):
        self.new()
        book = self.work / "book/book.json"
        book.write_text('{"opinions": []}', encoding="utf-8")
        run = self.extract()
        self.assertEqual((run.returncode, "EG-O002" in self.codes(run)), (1, True))
        self.assertEqual(book.read_text(encoding="utf-8"), '{"opinions": []}')


class Review(unittest.TestCase):
    def test_source_date_epoch_is_the_day(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "letter.odt"
            for epoch, overdue in ((1775000000, False), (1950000000, True)):
                with self.subTest(epoch):
                    run = engross("assemble", TEMPLATE, "--deal", DEAL, "-o", out, epoch=epoch)
                    self.assertEqual(run.returncode, 0, run.stderr)
                    self.assertEqual("EG-O" in run.stderr, overdue, run.stderr)


if __name__ == "__main__":
    unittest.main()
