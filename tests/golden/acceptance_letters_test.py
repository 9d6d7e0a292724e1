#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The sample letters from the command to the ODT, judged by readers that know nothing of Engross.

Needs $ENGROSS. The ODF 1.3 schema is looked for in $ENGROSS_SHARED/odf-schema; without it, or
without jing, the validation skips itself. UPDATE_GOLDEN=1 rewrites expected/*.txt.
"""

import calendar
import functools
import json
import os
import random
import re
import shutil
import unittest
import zipfile

import acceptance
from acceptance import DRAW, EXPECTED, FIRM, LETTERS, MANIFEST, OFFICE, TEXT, Letter, Work
from acceptance import assemble, engross, findings

# What validates a letterhead put on validates the letter too; the tests in there run elsewhere.
os.environ.setdefault("APPLY_LETTERHEAD", "")
import letterhead_validity_test as validity  # noqa: E402

WILMINGTON = ("--set", "letter.office=wilmington")
VARIANTS = {"plain": (), "wilmington": WILMINGTON, "I": ("--set", "voice=I"),
            "we": ("--set", "voice=we"), "line": ("--set", "signature.conformed=false"),
            "no-exhibit": ("--set", "letter.exhibit=")}
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"


def for_each_letter(test):
    """Runs a test of one letter for all of them."""
    @functools.wraps(test)
    def run(self):
        for (name, variant), letter in self.letters.items():
            with self.subTest(letter=name, variant=variant):
                test(self, name, variant, letter)
    return run


class Letters(Work):
    """Every letter in every variant, made once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = {}
        for name in LETTERS:
            for variant, more in VARIANTS.items():
                file = cls.work / f"{name}-{variant}.odt"
                run = assemble(name, file, more=more)
                if (run.status, run.error) != (0, ""):
                    raise AssertionError(f"{name}, {variant}: {run}")
                cls.files[name, variant] = file
        cls.letters = {key: Letter(file) for key, file in cls.files.items()}
        cls.everything = "\n".join(p.text for letter in cls.letters.values() for p in letter.paragraphs)

    # ---- the package ----

    @for_each_letter
    def test_package_is_sound(self, name, variant, letter):
        file = self.files[name, variant]
        with zipfile.ZipFile(file) as archive:
            self.assertIsNone(archive.testzip())
            first = archive.infolist()[0]
            self.assertEqual((first.filename, first.compress_type, first.extra),
                             ("mimetype", zipfile.ZIP_STORED, b""))
        self.assertEqual(letter.parts["mimetype"], b"application/vnd.oasis.opendocument.text")
        # ODF 1.3 part 2, 3.3: so that a reader finds the kind at byte 38.
        self.assertEqual(file.read_bytes()[30:38], b"mimetype")
        self.assertEqual(len(letter.names), len(set(letter.names)))

    @for_each_letter
    def test_manifest_names_what_is_there(self, _name, _variant, letter):
        entries = letter.xml["META-INF/manifest.xml"].findall(MANIFEST + "file-entry")
        kinds = {e.get(MANIFEST + "full-path"): e.get(MANIFEST + "media-type") for e in entries}
        self.assertEqual(len(kinds), len(entries))
        self.assertEqual(kinds.pop("/"), "application/vnd.oasis.opendocument.text")
        self.assertEqual(sorted(kinds), sorted(set(letter.names)
                                               - {"mimetype", "META-INF/manifest.xml"}))
        for path, kind in kinds.items():
            self.assertEqual(kind, "text/xml" if path.endswith(".xml") else "image/png", path)
            if path.startswith("Pictures/"):
                self.assertTrue(letter.parts[path].startswith(b"\x89PNG"), path)

    @for_each_letter
    def test_versions_agree(self, _name, _variant, letter):
        manifest = letter.xml["META-INF/manifest.xml"]
        versions = {manifest.get(MANIFEST + "version")}
        versions |= {e.get(MANIFEST + "version") for e in manifest
                     if e.get(MANIFEST + "full-path") == "/"}
        versions |= {root.get(OFFICE + "version") for part, root in letter.xml.items()
                     if not part.startswith("META-INF/")}
        self.assertEqual(versions, {"1.3"})

    @for_each_letter
    def test_nothing_of_the_template_is_left(self, _name, _variant, letter):
        self.assertEqual([n for n in letter.names if not n.startswith("Pictures/")],
                         ["mimetype", "META-INF/manifest.xml", "content.xml", "meta.xml",
                          "settings.xml", "styles.xml"])
        for part, root in letter.xml.items():
            data = letter.parts[part].decode()
            for mark in ("{{", "}}", "{%", "%}", "{#", "engross:", "officeooo:rsid"):
                self.assertNotIn(mark, data, part)
            self.assertEqual(re.findall(r"<[?](?!xml )", data), [], part)
            for tag in ("section", "tracked-changes", "change", "change-start", "change-end",
                        "placeholder"):
                self.assertIsNone(root.find(".//" + TEXT + tag), f"{part}: {tag}")
            self.assertIsNone(root.find(".//" + OFFICE + "annotation"), part)
        for tag in (DC + "creator", DC + "description", META + "initial-creator", META + "printed-by",
                    META + "editing-duration", META + "editing-cycles", META + "print-date"):
            self.assertIsNone(letter.xml["meta.xml"].find(".//" + tag), tag)
        settings = [e.get(CONFIG + "name") for e in letter.xml["settings.xml"].iter()]
        for name in ("PrinterName", "PrinterSetup", "Rsid", "RsidRoot"):
            self.assertNotIn(name, settings)

    # ---- the XML ----

    @for_each_letter
    def test_styles_and_names_resolve(self, _name, _variant, letter):
        self.assertEqual(acceptance.style_faults(letter), [])
        self.assertEqual(acceptance.name_faults(letter), [])
        self.assertEqual(len(letter.styles.findall(".//{*}master-page")), 1)
        for root in (letter.content, letter.styles):
            for image in root.iter(DRAW + "image"):
                self.assertIn(image.get("{http://www.w3.org/1999/xlink}href"), letter.names)

    @unittest.skipUnless(validity.SCHEMA.exists() and shutil.which("jing"),
                         "no ODF schema or no jing")
    def test_parts_are_valid(self):
        files = []
        for (name, variant), letter in self.letters.items():
            for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml"):
                file = self.work / f"{name}-{variant}-{part}"
                file.write_bytes(validity.strict(letter.parts[part]))
                files.append(file)
        self.assertEqual({k: v for k, v in validity.faults(files).items() if v}, {})

    # ---- the text ----

    def test_text_is_as_expected(self):
        for name in LETTERS:
            with self.subTest(name):
                file = EXPECTED / f"{name}.txt"
                lines = self.letters[name, "plain"].lines()
                if os.environ.get("UPDATE_GOLDEN"):
                    file.write_text(lines, encoding="utf-8")
                self.assertEqual(lines.splitlines(),
                                 file.read_text(encoding="utf-8").splitlines())

    @for_each_letter
    def test_no_line_ends_within_a_name(self, _name, _variant, letter):
        """Dates, sections, classes, files and amounts hold together with no-break spaces."""
        texts = [p.text for p in letter.paragraphs]
        start = next(i for i, each in enumerate(texts) if each.startswith("Ladies"))
        body = "\n".join(texts[start:])
        month = "|".join(calendar.month_name[1:])
        for pattern in (r"(?:Sections?|Form|File|No\.|Series|Class|paragraphs?)( )(?=[\d(A-Z])", rf"(?:{month})( )\d",
                        r"\d,( )(?:19|20)\d\d", r"(?:Act|Code) of( )\d", r"\$\d+( )[mb]illion"):
            self.assertIsNone(re.search(pattern, body), pattern)
            self.assertIsNotNone(re.search(pattern.replace("( )", "\u00a0"), self.everything), pattern)

    @for_each_letter
    def test_opinions_are_numbered_from_one(self, name, _variant, letter):
        self.assertEqual(acceptance.number_faults(letter), [])
        self.assertEqual(len(letter.opinions()), {"takedown": 11, "takedown-public": 9, "shelf": 3}[name])

    @for_each_letter
    def test_references_say_the_number_of_their_paragraph(self, name, _variant, letter):
        self.assertEqual(acceptance.reference_faults(letter), [])
        groups = acceptance.adjacent(letter.references(letter.content))
        self.assertEqual([("".join(r.text for r in group), group[-1].kind) for group in groups],
                         {"takedown": [("11(C)", "number-no-superior"), ("above", "direction")],
                          "takedown-public": [("9(C)", "number-no-superior"),
                                              ("above", "direction")],
                          "shelf": []}[name])
        self.assertEqual([(r.kind, r.text) for r in letter.references(letter.styles)],
                         [("text", line) for line in letter.header("header")[:2]])

    @for_each_letter
    def test_headers_say_what_the_address_block_says(self, name, _variant, letter):
        addressee, date, page = letter.header("header")
        texts = [p.text for p in letter.paragraphs]
        self.assertEqual(texts[:2], [date, addressee])
        self.assertTrue(page.startswith("Page "))

    def test_office_of_the_letterhead(self):
        firm = json.loads((FIRM / "firm.json").read_text(encoding="utf-8"))["data"]["firm"]
        for name in LETTERS:
            own = "\n".join(self.letters[name, "we"].header("header-first"))
            wilmington = "\n".join(self.letters[name, "wilmington"].header("header-first"))
            deal = json.loads(LETTERS[name][1].with_suffix(".json").read_text("utf-8"))
            offices = {"wilmington": wilmington, deal["letter"]["office"]: own}
            for office, head in offices.items():
                with self.subTest(letter=name, office=office):
                    for key, other in firm["offices"].items():
                        wanted = other["lines"] + other["partners"] + [other["phone"]]
                        self.assertEqual({each for each in wanted if each in head},
                                         set(wanted) if key == office else set())

    def test_voice(self):
        """“we” and “I” never mix, and the firm signs only where it speaks."""
        for name in LETTERS:
            for voice, other in (("I", r"\b(we|our|us|ours|ourselves)\b"),
                                 ("we", r"\b(I|my|me|mine|myself|am)\b")):
                with self.subTest(letter=name, voice=voice):
                    body = "\n".join(p.text for p in self.letters[name, voice].paragraphs)
                    self.assertIsNone(re.search(other, body, re.I if voice == "I" else 0))
                    self.assertEqual("Marlow & Pike LLP" in body, voice == "we")
                    self.assertIsNotNone(re.search(rf"\b{voice}\b", body))

    def test_signature_and_exhibit(self):
        for name in LETTERS:
            conformed = assemble(name, self.work / "s.odt", more=("--set",
                                                                  "signature.conformed=true"))
            self.made(conformed)
            signed = [p.text for p in Letter(self.work / "s.odt").paragraphs][-3:]
            line = [p.text for p in self.letters[name, "line"].paragraphs][-3:]
            self.assertEqual(signed[0], "/s/ " + signed[1])
            self.assertEqual(line, ["", *signed[1:]])
            label = json.loads(LETTERS[name][1].with_suffix(".json").read_text("utf-8"))["letter"]["exhibit"]
            plain = self.letters[name, "plain"].header("header-first")
            self.assertEqual(plain[0], label)
            self.assertEqual(self.letters[name, "no-exhibit"].header("header-first"), plain[1:])
            self.assertEqual([each for each in plain[1:] if "exhibit" in each.casefold()], [])

    # ---- same in, same out ----

    def test_same_bytes_again_and_from_xml(self):
        for name in LETTERS:
            first = self.files[name, "plain"].read_bytes()
            for deal in (".json", ".xml"):
                with self.subTest(letter=name, deal=deal):
                    again = self.work / "again.odt"
                    self.made(assemble(name, again, deal=deal))
                    self.assertEqual(again.read_bytes(), first)

    def test_source_date_epoch_sets_the_times_and_nothing_else(self):
        plain = self.files["takedown", "plain"]
        dated = self.work / "dated.odt"
        self.made(assemble("takedown", dated, SOURCE_DATE_EPOCH="1772150400"))
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(dated) as new:
            self.assertEqual(old.namelist(), new.namelist())
            for name in old.namelist():
                self.assertEqual(old.read(name), new.read(name), name)
                self.assertEqual(old.getinfo(name).date_time, (1980, 1, 1, 0, 0, 0))
                self.assertEqual(new.getinfo(name).date_time, (2026, 2, 27, 0, 0, 0))

    def test_packed_template_gives_the_same_text(self):
        """A template as Writer keeps it (.ott) instead of flat XML."""
        for name, (template, stem) in LETTERS.items():
            with self.subTest(name):
                packed, letter = self.work / f"{name}.ott", self.work / "packed.odt"
                self.made(engross("convert", template, "-o", packed))
                self.made(engross("assemble", packed, "--firm", FIRM, "--deal", f"{stem}.json",
                                  "-o", letter))
                self.assertEqual(Letter(letter).lines(), self.letters[name, "plain"].lines())


class Judges(Work):
    """What judges the letters here, on letters that are wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.right = cls.work / "right.odt"
        run = assemble("takedown", cls.right)
        if run.status:
            raise AssertionError(run)

    def broken(self, before="", after="", part="content.xml"):
        """The letter with text of one part replaced where it stands first."""
        wrong = self.work / "wrong.odt"
        with zipfile.ZipFile(self.right) as old, zipfile.ZipFile(wrong, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name == part:
                    self.assertIn(before.encode(), data)
                    data = data.replace(before.encode(), after.encode(), 1)
                new.writestr(name, data)
        return Letter(wrong)

    def complains(self, judge, *changes, part="content.xml"):
        for before, after in changes:
            with self.subTest(before=before, after=after):
                self.assertNotEqual(judge(self.broken(before, after, part)), [])

    def test_right_letter_has_no_faults(self):
        letter = self.broken()
        for judge in (acceptance.number_faults, acceptance.reference_faults,
                      acceptance.style_faults, acceptance.name_faults):
            self.assertEqual(judge(letter), [])

    def test_numbers(self):
        item = '<text:list-item><text:p text:style-name="Opinion_20_1">'
        texts = [text for _, text in self.broken().opinions()]
        self.complains(acceptance.number_faults,
                       (item, item.replace("-item>", '-item text:start-value="4">', 1)),
                       (texts[1], texts[2]), (' text:style-name="Opinions"', ""))

    def test_references(self):
        addressee = "Credit Suisse Securities (USA) LLC</text:bookmark-"
        self.complains(acceptance.reference_faults,
                       (">11</text:bookmark-ref>", ">12</text:bookmark-ref>"),
                       (">(C)</text:bookmark-ref>", ">(B)</text:bookmark-ref>"),
                       (">above</text:bookmark-ref>", ">below</text:bookmark-ref>"),
                       ('text:ref-name="_eng_descriptions"', 'text:ref-name="_eng_other"'),
                       ('text:ref-name="_eng_paragraph"', 'text:ref-name="_eng_descriptions"'))
        self.complains(acceptance.reference_faults, (addressee, "X" + addressee), part="styles.xml")

    def test_styles(self):
        self.complains(acceptance.style_faults, ('"Letter_20_Date"', '"No_20_Style"'),
                       ('text:style-name="Opinions"', 'text:style-name="Letter_20_Date"'))
        self.complains(acceptance.style_faults,
                       ('style:page-layout-name="Letter"', 'style:page-layout-name="A4"'),
                       ('style:parent-style-name="', 'style:parent-style-name="No'),
                       ('style:name="Opinion_20_2"', 'style:name="Opinion_20_1"'),
                       part="styles.xml")

    def test_names(self):
        start, end = "<text:bookmark-start text:name=", "<text:bookmark-end text:name="
        for name in ("_eng_paragraph", "_ENG_paragraph", "descriptions-2", "2nd", "a" * 41):
            mark = f'{start}"{name}"/>{end}"{name}"/>the descriptions'
            self.complains(acceptance.name_faults, ("the descriptions", mark))
        self.complains(acceptance.name_faults, (f'{end}"_eng_paragraph"/>', ""))

    @unittest.skipUnless(validity.SCHEMA.exists() and shutil.which("jing"),
                         "no ODF schema or no jing")
    def test_validity(self):
        for change in (("<text:p ", "<text:p text:colour=\"red\" "),
                       ("<text:p ", "<text:q/><text:p ")):
            file = self.work / "wrong.xml"
            file.write_bytes(validity.strict(self.broken(*change).parts["content.xml"]))
            self.assertNotEqual(validity.faults([file])[file], set())


class Choices(Work):
    """Opinion paragraphs of the takedown letter chosen at random, but always the same."""

    ROUNDS = 64

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        book = json.loads((FIRM / "opinions" / "book.json").read_text(encoding="utf-8"))
        cls.book = {o["id"]: o for o in book["opinions"] if o["group"] == "takedown"}

    def chosen(self, choice):
        template, stem = LETTERS["takedown"]
        run = engross("explain", template, "--deal", f"{stem}.json", f"--opinions={choice}")
        return re.findall(r"^in +takedown/([\w-]+):", run.out, re.M)

    def test_any_choice_gives_a_right_letter_or_says_why_not(self):
        dice = random.Random(1871)
        ids = list(self.book)
        letters = 0
        for number in range(self.ROUNDS):
            picked = dice.sample(ids, dice.randint(1, 6))
            signs = {each: dice.choice("+-") for each in picked}
            choice = ",".join(sign + each for each, sign in signs.items())
            out = self.work / f"{number}.odt"
            with self.subTest(choice):
                template, stem = LETTERS["takedown"]
                status, found = findings("assemble", template, "--deal", f"{stem}.json",
                                         f"--opinions={choice}", "-o", out)
                errors = [f for f in found if f["severity"] == "error"]
                self.assertEqual(status, 1 if errors else 0)
                self.assertEqual(out.exists(), not errors)
                for each in errors:
                    # Which paragraphs collide is the person's to see.
                    self.assertTrue(any(i in each["message"] + each["hint"] for i in ids), each)
                    self.assertIn(each["code"], ("EG-O007", "EG-O008", "EG-T108"), each)
                if errors:
                    continue
                letters += 1
                letter = Letter(out)
                self.assertEqual(acceptance.number_faults(letter), [])
                self.assertEqual(acceptance.reference_faults(letter), [])
                self.assertEqual(acceptance.style_faults(letter) + acceptance.name_faults(letter),
                                 [])
                inside = self.chosen(choice)
                self.assertEqual(len(letter.opinions()), len(inside))
                self.assertEqual(sorted(inside, key=ids.index),
                                 sorted(inside, key=lambda i: self.book[i]["order"]))
                for each, sign in signs.items():
                    self.assertEqual(each in inside, sign == "+", each)
                for each in inside:
                    self.assertLessEqual(set(self.book[each].get("requires", [])), set(inside))
                    self.assertFalse(set(self.book[each].get("excludes", [])) & set(inside))
        # Neither branch of this test may go unused.
        self.assertGreater(letters, self.ROUNDS // 8)
        self.assertLess(letters, self.ROUNDS)


if __name__ == "__main__":
    unittest.main()
