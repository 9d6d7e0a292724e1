#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""What the command says and leaves behind when something is wrong, and of a template alone.

Needs $ENGROSS. A test marked as an expected failure names a fault of Engross: the mark goes with
the fault.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest
import zipfile

import acceptance
from acceptance import ENGROSS, FIRM, LETTERS, Letter, Work, engross, findings

TAKEDOWN, STEM = LETTERS["takedown"]
DEAL = STEM.with_suffix(".json")
KEYS = {"code", "severity", "message", "hint", "file", "part", "area", "paragraph", "heading", "tag",
        "excerpt", "data_path", "line"}
SERIES = "{{ certificates.series }}.</text:p>"

# arguments: after the command's name; codes: all of the errors; place: what each must say, by code.
Case = collections.namedtuple("Case", "arguments status codes place")


def template_with(folder, name, *changes):
    """The takedown template with some of its text replaced, as folder/name."""
    text = TAKEDOWN.read_text(encoding="utf-8")
    for old, new in changes:
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} stands {text.count(old)} times in the template")
        text = text.replace(old, new)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def deal_with(folder, name, change):
    deal = json.loads(DEAL.read_text(encoding="utf-8"))
    change(deal)
    file = folder / name
    file.write_text(json.dumps(deal), encoding="utf-8")
    return file


def paragraph_of_series():
    """The number of the paragraph, from 1, that SERIES ends."""
    letter = acceptance.etree.parse(str(TAKEDOWN)).getroot()
    body = letter.find(acceptance.OFFICE + "body")
    for number, each in enumerate(body.iter(acceptance.TEXT + "p"), 1):
        if "{{ certificates.series }}" in acceptance.text(each):
            return number
    raise AssertionError("no such paragraph")


def package(file, parts):
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def encrypted(folder):
    """A package whose content is enciphered, as ODF 1.3 part 2, 3.4 marks it."""
    m = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (f'<manifest:manifest xmlns:manifest="{m}" manifest:version="1.3">'
                '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
                'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
                '<manifest:file-entry manifest:full-path="content.xml" manifest:size="900" '
                'manifest:media-type="text/xml"><manifest:encryption-data '
                f'manifest:checksum-type="{m}#sha256-1k" '
                'manifest:checksum="AAAA"/></manifest:file-entry></manifest:manifest>')
    return package(folder / "locked.odt",
                   {"mimetype": "application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": manifest, "content.xml": os.urandom(900)})


def cases(work):
    """name -> Case. Every one fails; the letter goes to work/out.odt unless the case says where."""
    here = {"paragraph": paragraph_of_series(), "part": "content.xml"}

    def case(status, codes, template=TAKEDOWN, deal=DEAL, more=(), out=work / "out.odt",
             place=None):
        arguments = [template, "--firm", FIRM, "--deal", deal, *more, "-o", out]
        return Case(arguments, status, codes, place or {})

    def bad_template(name, codes, *changes, place=None):
        file = template_with(work, name + ".fodt", *changes)
        place = {code: {"file": str(file), **where} for code, where in (place or {}).items()}
        return case(1, codes, template=file, place=place)

    def series(tag):
        return SERIES, SERIES.replace("{{ certificates.series }}", tag)

    broken = work / "broken.json"
    broken.write_text('{\n  "letter": {\n    "date": "2006-02-27",\n  }\n}\n', encoding="utf-8")
    doctype = work / "doctype.xml"
    doctype.write_text('<!DOCTYPE deal [<!ENTITY a "b">]><deal><voice>&a;</voice></deal>', "utf-8")
    word = package(work / "word.docx", {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                               'content-types"/>', "word/document.xml": "<document/>"})
    empty = work / "empty.odt"
    empty.write_bytes(b"")
    (work / "folder.odt").mkdir()
    image = ('<draw:frame text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image '
             'xlink:href="https://example.com/a.png"/></draw:frame></text:p>')
    several = template_with(work, "several.fodt", series("{{ certificates.series | shout }}"),
                            ("{% for reliance in reliances %}", "{% wibble %}"))
    return {
        "template that is not there": Case(
            [work / "nothing.fodt", "--firm", FIRM, "--deal", DEAL, "-o", work / "out.odt"], 1,
            ["EG-A001"], {"EG-A001": {"file": str(work / "nothing.fodt")}}),
        "broken JSON": case(1, ["EG-D010"], deal=broken,
                            place={"EG-D010": {"file": str(broken), "line": 3}}),
        "DOCTYPE in a deal": case(1, ["EG-D020"], deal=doctype,
                                  place={"EG-D020": {"file": str(doctype), "line": 1}}),
        "missing value": case(
            1, ["EG-D041", "EG-T014", "EG-T014"],  # in the text and in the document's title
            deal=deal_with(work, "less.json", lambda deal: deal["certificates"].pop("series")),
            place={"EG-T014": {"file": str(TAKEDOWN), "tag": "{{ certificates.series }}",
                               "data_path": "certificates.series"}}),
        "value of the wrong kind": case(
            1, ["EG-D047", "EG-T020", "EG-T020"], more=("--set", "letter.date=soon")),
        "unknown tag": bad_template("tag", ["EG-T006"], series("{% wibble %}"),
                                    place={"EG-T006": {"tag": "{% wibble %}", **here}}),
        "unknown filter": bad_template("filter", ["EG-T007"],
                                       series("{{ certificates.series | shout }}"),
                                       place={"EG-T007": here}),
        "tag not closed": bad_template("half", ["EG-T001"], series("{{ certificates.series"),
                                       place={"EG-T001": here}),
        "block not closed": bad_template("block", ["EG-T103"],
                                         series("{% if certificates.series %}"), place={"EG-T103": here}),
        "block not opened": bad_template("end", ["EG-T104"], series("{% endif %}"),
                                         place={"EG-T104": here}),
        "unknown style": bad_template("style", ["EG-L004"],
                                      ('"Signature_20_Closing">Very', '"Fancy">Very'),
                                      place={"EG-L004": {}}),
        "unknown label": bad_template("label", ["EG-T108"], series('{{ ref("nothing") }}'),
                                      place={"EG-T108": here}),
        "unknown opinion": case(1, ["EG-O006"], more=("--opinions=+pooling-enforcable",)),
        "opinions that collide": case(1, ["EG-O008"], more=("--opinions=-pooling-enforceable,"
                                                            "+no-conflict,-trust-statutes,"
                                                            "-certificates-issued",)),
        "unknown letterhead": case(1, ["EG-A011"], more=("--letterhead", "marlow-pyke")),
        "encrypted template": case(1, ["EG-P004"], template=encrypted(work),
                                   place={"EG-P004": {"file": str(work / "locked.odt")}}),
        "DOCTYPE in a template": bad_template(
            "doctype", ["EG-P013"], ("<office:document ", "<!DOCTYPE x>\n<office:document "),
            place={"EG-P013": {}}),
        "external picture": bad_template("image", ["EG-P020"], (SERIES, SERIES[:-9] + image),
                                         place={"EG-P020": {}}),
        "Word document": case(1, ["EG-P001"], template=word,
                              place={"EG-P001": {"file": str(word)}}),
        "empty file": case(1, ["EG-P001"], template=empty),
        "several faults": Case([several, "--firm", FIRM, "--deal", DEAL, "--letterhead", "pyke",
                                "-o", work / "out.odt", work / "out.rtf"], 1,
                               ["EG-A004", "EG-A011", "EG-T006", "EG-T007", "EG-T104"], {}),
        "folder that is not there": case(3, ["EG-A003"], out=work / "no" / "out.odt",
                                         place={"EG-A003": {"file": str(work / "no" / "out.odt")}}),
        "file as folder": case(3, ["EG-A003"], out=broken / "out.odt"),
        "folder as file": case(3, ["EG-A003"], out=work / "folder.odt"),
        "unknown ending": case(1, ["EG-A004"], out=work / "out.rtf"),
        "no ending": case(1, ["EG-A004"], out=work / "out"),
    }


def contents(folder):
    """path -> bytes of each file, None for a folder."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


class Refusals(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cases(cls.work)

    def test_each_fault_has_its_finding_and_leaves_nothing(self):
        before = contents(self.work)
        for name, case in self.cases.items():
            with self.subTest(name):
                run = engross("assemble", *case.arguments, "--json")
                found = [json.loads(line) for line in run.out.splitlines()]
                self.assertEqual(run.error, "")
                self.assertEqual(run.status, case.status, found)
                errors = [f for f in found if f["severity"] == "error"]
                self.assertEqual(sorted(f["code"] for f in errors), case.codes, errors)
                for each in errors:
                    self.assertLessEqual(set(each), KEYS)
                    self.assertTrue(each["message"] and each.get("hint"), each)
                    for key, value in case.place.get(each["code"], {}).items():
                        self.assertEqual(each.get(key), value, each)
                    if each["code"].startswith("EG-T") and each["part"] == "content.xml":
                        self.assertIn(each["tag"], each["excerpt"])
                self.assertEqual(contents(self.work), before)

    def test_in_words_it_says_the_same(self):
        for name, case in self.cases.items():
            with self.subTest(name):
                run = engross("assemble", *case.arguments)
                self.assertEqual((run.status, run.out), (case.status, ""))
                self.assertEqual(set(re.findall(r"^(?:\S.*: )?error (EG-\w\d+): ", run.error,
                                             re.M)), set(case.codes))

    def test_existing_outputs_are_untouched(self):
        out, other = self.work / "kept.odt", self.work / "kept-too.odt"
        for file in (out, other):
            file.write_text("kept")
        before = contents(self.work)
        for arguments in ((TAKEDOWN, "--deal", DEAL, "--opinions=+x", "-o", out),
                          # all or none
                          (TAKEDOWN, "--deal", DEAL, "-o", out, self.work / "no" / "x.odt", other),
                          (TAKEDOWN, "--deal", DEAL, "-o", out, self.work / "x.rtf")):
            with self.subTest(arguments[-1]):
                self.assertIn(engross("assemble", *arguments).status, (1, 3))
                self.assertEqual(contents(self.work), before)
        out.unlink()
        other.unlink()

    def test_wrong_use(self):
        out = self.work / "out.odt"
        for arguments in ((), ("frobnicate",), ("assemble",), ("assemble", TAKEDOWN),
                          ("assemble", TAKEDOWN, "--deal", DEAL, "--mode", "wild", "-o", out),
                          ("assemble", TAKEDOWN, "--deal", DEAL, "--set", "voice", "-o", out),
                          ("assemble", TAKEDOWN, "--deal", DEAL, "--wibble", "-o", out)):
            with self.subTest(arguments[-1:]):
                run = engross(*arguments)
                self.assertEqual((run.status, run.out), (2, ""))
                self.assertTrue(run.error)
        self.assertFalse(out.exists())

    def test_help_has_an_example(self):
        for command in ("assemble", "explain", "check", "fields", "convert"):
            run = engross(command, "--help")
            self.assertEqual((run.status, run.error), (0, ""))
            self.assertIn(f"Example:\n  engross {command} ", run.out)

    def test_deal_that_is_not_there(self):
        status, found = findings("assemble", TAKEDOWN, "--deal", self.work / "no.json", "-o",
                                 self.work / "out.odt")
        self.assertEqual((status, found[0]["code"], found[0]["file"]),
                         (1, "EG-A001", str(self.work / "no.json")))
        self.assertFalse((self.work / "out.odt").exists())

    def test_output_named_twice(self):
        out = self.work / "twice.odt"
        self.addCleanup(out.unlink, missing_ok=True)
        status, found = findings("assemble", TAKEDOWN, "--deal", DEAL, "-o", out, out)
        self.assertIn(status, (1, 2))
        self.assertFalse(out.exists())

    def test_output_over_the_template(self):
        own = self.work / "own.odt"
        self.addCleanup(own.unlink, missing_ok=True)
        self.made(engross("convert", TAKEDOWN, "-o", own))
        before = own.read_bytes()
        run = engross("assemble", own, "--firm", FIRM, "--deal", DEAL, "-o", own)
        self.assertEqual(own.read_bytes(), before)
        self.assertIn(run.status, (1, 2))

    def test_deal_that_is_not_there_has_no_consequences(self):
        """One wrong path is one finding, not one for every value that the deal would have had."""
        _, found = findings("assemble", TAKEDOWN, "--deal", self.work / "no.json", "-o",
                            self.work / "out.odt")
        self.assertEqual([f["code"] for f in found], ["EG-A001"])

    def test_faults_of_deal_and_template_come_together(self):
        _, found = findings("assemble", self.work / "several.fodt", "--firm", FIRM, "--deal",
                            self.work / "broken.json", "-o", self.work / "out.odt")
        self.assertEqual(sorted(f["code"] for f in found),
                         ["EG-D010", "EG-T006", "EG-T007", "EG-T104"])

    def test_missing_values_come_with_the_faults_of_the_template(self):
        deal = deal_with(self.work, "no-title.json",
                         lambda deal: (deal["certificates"].pop("title"),
                                       deal["letter"].pop("salutation")))
        _, found = findings("assemble", self.work / "several.fodt", "--firm", FIRM, "--deal", deal,
                            "--opinions=+nobody", "-o", self.work / "out.odt")
        self.assertLessEqual({"EG-T006", "EG-T007", "EG-T104", "EG-D041", "EG-O006"},
                             {f["code"] for f in found})
        self.assertEqual({f["data_path"] for f in found if f["code"] == "EG-T014"},
                         {"certificates.title", "letter.salutation"})

    def test_tag_of_the_letterhead_is_found_in_the_letterhead(self):
        deal = deal_with(self.work, "nobody.json",
                         lambda deal: deal["letter"]["addressee"].pop("name"))
        _, found = findings("assemble", TAKEDOWN, "--deal", deal, "-o", self.work / "out.odt")
        files = {pathlib.Path(f["file"]).name for f in found if f.get("part") == "styles.xml"}
        self.assertEqual(files, {"marlow-pike.fodt"})

    def test_unknown_opinion_far_from_all_others_has_a_remedy(self):
        _, found = findings("assemble", TAKEDOWN, "--deal", DEAL, "--opinions=+zzz", "-o",
                            self.work / "out.odt")
        self.assertTrue(found[0].get("hint"))

    def test_explain_knows_unknown_opinions_too(self):
        status, lines = findings("explain", TAKEDOWN, "--deal", DEAL, "--opinions=+zzz")
        found = [line["code"] for line in lines if "code" in line]
        self.assertEqual((status, found), (1, ["EG-O006"]))

    def test_findings_of_fields_as_json(self):
        run = engross("fields", self.work / "no.fodt", "--json")
        self.assertEqual([json.loads(line)["code"] for line in run.out.splitlines()], ["EG-A001"])


class Places(Work):
    def test_a_place_is_named_as_a_person_sees_it(self):
        spaces = " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in
                          (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
                           ("meta", "meta"))) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        cell = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
        (self.work / "areas.fodt").write_text(
            f'<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            "<office:meta><dc:title>{{ 1 | title_fault }}</dc:title></office:meta><office:master-styles>"
            '<style:master-page style:name="S" style:display-name="Letter"><style:header><text:p>a</text:p><text:p>{{ 1 | '
            "header_fault }}</text:p></style:header><style:header-first><text:p>{{ 1 | first_fault }}</text:p>"
            "</style:header-first></style:master-page></office:master-styles><office:body><office:text>"
            '<text:p>{{ 1 | text_fault }}<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>{{ 1 | note_fault }}</text:p></text:note-body></text:note></text:p>"
            f'<table:table table:name="Fees">{cell.format("b")}{cell.format("{{ 1 | cell_fault }}")}</table:table>'
            '<text:p><draw:frame draw:name="Seal"><draw:text-box><text:p>{{ 1 | box_fault }}</text:p></draw:text-box>'
            "</draw:frame></text:p></office:text></office:body></office:document>", encoding="utf-8")
        run = engross("check", self.work / "areas.fodt", "--json")
        areas = {re.search(r"\| (\w+)_fault", found["tag"]).group(1): (found.get("area"), found["paragraph"])
                 for found in map(json.loads, run.out.splitlines()) if found.get("tag")}
        self.assertEqual(areas["title"][0], "title of the document")
        self.assertEqual(areas["header"], ("header, page style “Letter”", 2))
        self.assertEqual(areas["first"], ("header of the first page, page style “Letter”", 1))
        self.assertEqual(areas["text"][0], None)
        self.assertEqual(areas["note"][0], "footnote")
        self.assertEqual(areas["cell"][0], "table “Fees”, row 2")
        self.assertEqual(areas["box"][0], "text box “Seal”")
        said = engross("check", self.work / "areas.fodt").error
        self.assertIn("areas.fodt, header of the first page, page style “Letter”, paragraph 1: error EG-T0", said)
        self.assertNotIn(".xml", said)


class Modes(Work):
    """Letters with gaps: marked, or with the tag kept."""

    def gaps(self, deal):
        for mode, shown in (("draft", "[engagement.capacity]"),
                            ("partial", "{{ engagement.capacity }}")):
            with self.subTest(mode):
                out = self.work / f"{mode}.odt"
                status, found = findings("assemble", TAKEDOWN, "--deal", deal, "--mode", mode, "-o",
                                         out)
                self.assertEqual([f for f in found if f["severity"] == "error"], [])
                self.assertEqual(status, 0)
                letter = Letter(out)
                whole = "\n".join(p.text for p in letter.paragraphs)
                self.assertIn(f" acted as {shown} to ", whole)
                if mode == "partial":  # a later pass numbers what is chosen
                    self.assertIn("{% opinions", whole)
                    continue
                self.assertEqual(len(letter.opinions()), 11)
                self.assertEqual(acceptance.reference_faults(letter), [])

    def test_gap_that_the_schema_allows(self):
        self.gaps(deal_with(self.work, "gap.json", lambda deal: deal.pop("engagement")))

    def test_gap_that_the_schema_forbids(self):
        self.gaps(deal_with(self.work, "less.json",
                            lambda deal: deal["engagement"].pop("capacity")))


class Templates(Work):
    """check and fields: what a template says without data."""

    def test_sample_firm_is_clean(self):
        run = engross("check", FIRM)
        self.assertEqual((run.status, run.error, run.out),
                         (0, "", "4 files checked, 0 findings.\n"))
        for path in (FIRM, *(template for template, _ in LETTERS.values()),
                     FIRM / "opinions" / "book.json"):
            with self.subTest(path.name):
                self.assertEqual(findings("check", path), (0, []))

    def test_name_that_the_schema_does_not_know(self):
        file = template_with(self.work, "name.fodt",
                             (SERIES, SERIES.replace("series }}", "serie }}")))
        status, found = findings("check", file, "--firm", FIRM)
        self.assertEqual(status, 1)
        self.assertEqual([(f["code"], f["paragraph"], f["tag"]) for f in found],
                         [("EG-T118", paragraph_of_series(), "{{ certificates.serie }}")])
        self.assertIn("certificates.series", found[0]["hint"])

    def test_check_finds_what_is_wrong_without_data(self):
        file = template_with(self.work, "wrong.fodt",
                             (SERIES, SERIES.replace("series }}", "series | shout }}")),
                             ("{% for reliance in reliances %}", "{% wibble %}"))
        status, found = findings("check", file, "--firm", FIRM)
        self.assertEqual((status, sorted(f["code"] for f in found)),
                         (1, ["EG-T006", "EG-T007", "EG-T104"]))
        self.assertEqual(contents(self.work), {file: file.read_bytes()})

    def names(self, schema, path=""):
        """Paths of all names that a JSON Schema has properties for; entries of a list as []."""
        out = set()
        for key, each in schema.get("properties", {}).items():
            out |= {f"{path}.{key}"} | self.names(each, f"{path}.{key}")
        if "items" in schema:
            out |= self.names(schema["items"], path + "[]")
        if isinstance(schema.get("additionalProperties"), dict):  # any name; the sample says KEY
            out |= {path + ".KEY"} | self.names(schema["additionalProperties"], path + ".KEY")
        return out

    def sample_names(self, value, path=""):
        out = set()
        if isinstance(value, dict):
            for key, each in value.items():
                out |= {f"{path}.{key}"} | self.sample_names(each, f"{path}.{key}")
        elif isinstance(value, list):
            for each in value:
                out |= self.sample_names(each, path + "[]")
        return out

    def test_fields(self):
        for name, (template, stem) in LETTERS.items():
            with self.subTest(name):
                run = engross("fields", template)
                self.made(run)
                schema = json.loads(run.out)
                self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")
                self.assertEqual(schema["properties"]["letter"]["properties"]["date"],
                                 {"type": "string", "format": "date"})
                sample = engross("fields", template, "--sample")
                self.made(sample)
                names = self.names(schema)
                self.assertEqual(self.sample_names(json.loads(sample.out)), names)
                # The sample deal has what its template asks for, save what the firm gives.
                deal = self.sample_names(json.loads(stem.with_suffix(".json").read_text("utf-8")))
                missing = {n for n in names if n not in deal and not n.startswith(".firm")}
                self.assertLessEqual(missing, {".letter.exhibit", ".letter.re", ".voice",
                                               ".signature.conformed", ".certificates.private"})
                # Nothing of the language itself is asked of the deal.
                self.assertFalse(names & {".loop", ".line", ".party", ".document", ".agreement"})

    def test_what_a_template_asks_for_first_is_not_required(self):
        schema = json.loads(engross("fields", TAKEDOWN).out)
        self.assertNotIn("exhibit", schema["properties"]["letter"]["required"])


class SmallRoot(Work):
    """In a root folder without LibreOffice: DOCX and PDF need it, ODT never does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can change to a root folder without LibreOffice")
        cls.root = cls.work / "root"
        libraries = subprocess.run(["ldd", ENGROSS], capture_output=True, text=True, check=True)
        for path in [ENGROSS, *re.findall(r"(/\S+) \(0x", libraries.stdout)]:
            target = cls.root / path.lstrip("/")
            if path == ENGROSS:
                target = cls.root / "bin" / "engross"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        shutil.copytree(FIRM, cls.root / "firm")
        (cls.root / "tmp").mkdir()

    def run_there(self, *outputs, as_nobody=False):
        def enter():
            os.chroot(self.root)
            os.chdir("/")
            if as_nobody:
                os.setuid(65534)
        run = subprocess.run(
            ["/bin/engross", "assemble", "/firm/templates/takedown-opinion.fodt", "--deal",
             "/firm/deals/takedown.json", "--json", "-o", *outputs],
            # A build with sanitizers looks for leaks in /proc, which is not there.
            env={"ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True,
            text=True, timeout=60, preexec_fn=enter)
        self.assertEqual(run.stderr, "")
        return run.returncode, [json.loads(line) for line in run.stdout.splitlines()]

    def test_odt_is_made(self):
        self.assertEqual(self.run_there("/tmp/alone.odt"), (0, []))
        here = self.work / "here.odt"
        self.made(acceptance.assemble("takedown", here))
        self.assertEqual((self.root / "tmp" / "alone.odt").read_bytes(), here.read_bytes())

    def test_the_rest_is_refused_by_name_of_the_package(self):
        for outputs in (["/tmp/a.docx"], ["/tmp/a.pdf"],
                        ["/tmp/a.odt", "/tmp/a.docx", "/tmp/a.pdf"]):
            with self.subTest(outputs):
                before = contents(self.root / "tmp")
                status, found = self.run_there(*outputs)
                self.assertEqual((status, [f["code"] for f in found]), (4, ["EG-X001"]))
                self.assertIn("libreoffice-writer", found[0]["hint"])
                self.assertEqual(contents(self.root / "tmp"), before)

    def test_folder_in_which_one_may_not_write(self):
        before = contents(self.root / "firm")
        status, found = self.run_there("/firm/a.odt", as_nobody=True)
        self.assertEqual((status, [(f["code"], f["file"]) for f in found]),
                         (3, [("EG-A003", "/firm/a.odt")]))
        self.assertEqual(contents(self.root / "firm"), before)


if __name__ == "__main__":
    unittest.main()
