#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""What `engross fields` says of a template holds: the schema is one, the sample that --sample prints
satisfies it, and the template assembles with it."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
from xml.sax.saxutils import escape

SOURCE = pathlib.Path(__file__).resolve().parents[2]
ENGROSS = os.environ["ENGROSS"]

HEAD = """<?xml version="1.0" encoding="UTF-8"?><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>"""
TAIL = "</office:text></office:body></office:document>"

LINES = [
    "{% for k, v in offices.items() %}{{ k }}: {{ v.phone }}{% endfor %}",
    "{{ n + 1 }} {{ m - 1 }} {{ a * 2 }} {{ b // 2 % 3 }} {{ -c }}",
    '{{ parties | and_list(attribute="name") }} {{ parties | map(attribute="office.city") | join(", ") }}',
    '{{ parties | selectattr("state", "eq", "NY") | map(attribute="x") | join }}',
    '{{ parties | sum(attribute="amount") }} {{ parties | sort(attribute="rank,name") | map(attribute="name") | first }}',
    '{% if amount > 1000 and kind == "corp" and day > "2006-01-01" and flag == true %}a{% endif %}',
    '{% if "x" in tags %}e{% endif %}{% if state in ["NY", "DE"] %}f{% endif %}{% if 3 in ranks %}g{% endif %}',
    "{% for row in matrix %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}",
    "{% for g in groups %}{% for p in g.people %}{{ p.name }}{% endfor %}{% endfor %}",
    "{% if x is defined %}{{ x }}{% endif %} {{ y | default(z) }}",
    "{% set p = deal.party %}{{ p.name }} {% set q = 5 %}{{ q + 1 }}",
    "{% for a, b in pairs %}{{ a }}{{ b + 1 }}{% endfor %}",
    "{% set a, b = pair %}{{ a }}{{ b.x }}",
    '{{ d | date }} {{ d }} {{ t | date("h:mm a") }} {{ u | date(pattern) }}',
    "{{ parties[0].name }} {{ parties[-1].name }} {{ offices[key].phone }}",
    "{% for p in parties %}{{ names[loop.index0] }}{{ p }}{% endfor %}",
    "{% for p in parties if p.bank %}{{ p.name }}{% else %}none{% endfor %}",
    "{{ parties | length }} {{ parties | first }} {{ (others | last).name }}",
    "{% for p in a + b %}{{ p.name }}{% endfor %}{% for p in parties[1:] %}{{ p.name }}{% endfor %}",
    "{% for p in (deal.parties or []) %}{{ p.name }}{% endfor %}",
    '{% if parties | length > 1 %}{{ parties | plural("a", "b") }}{% endif %}',
    "{{ amount | money(currency) }} {{ x | number(digits) }} {{ n | words }} {{ k | ordinal }} {{ l | roman }}",
    "{{ xs | respectively(ys) }} {{ zs | and_list }} {{ ns | sum }}",
    "{{ n is even }} {{ n is divisibleby(3) }} {{ m is gt 5 }} {{ (a or b).name }} {{ c or d }}",
    "{% if e %}{% set p = f %}{% else %}{% set p = g %}{% endif %}{{ p.name }}",
    '{{ d["a b"] }} {{ d["x-y"].z }} {{ name | upper | a_an }} {{ who | possessive }}',
    "{% for i in items %}{% for k, v in i.items() %}{{ k }}{{ v }}{% endfor %}{% endfor %}",
]
LINK = '<text:p><text:a xlink:href="{{ site }}">x</text:a><text:a xlink:href="mailto:{{ mail }}">y</text:a></text:p>'
PICTURE = (
    '<text:p><draw:frame draw:name="{{ logo }}" svg:width="2in" svg:height="1in"><draw:image>'
    "<office:binary-data>R0lGODlh</office:binary-data></draw:image></draw:frame></text:p>")


def engross(*arguments):
    return subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True, check=False)


class Fields(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def holds(self, template, firm):
        """The firm takes the schema that is inferred, and the sample as a deal."""
        schema = engross("fields", template)
        self.assertEqual(schema.returncode, 0, schema.stderr)
        json.loads(schema.stdout)
        (firm / "inferred.schema.json").write_text(schema.stdout, encoding="utf-8")
        sample = engross("fields", template, "--sample")
        self.assertEqual(sample.returncode, 0, sample.stderr)
        deal = firm / "sample.json"
        deal.write_text(sample.stdout, encoding="utf-8")
        told = engross("check", firm / "inferred.schema.json")
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr + schema.stdout)
        config = json.loads((firm / "firm.json").read_text(encoding="utf-8"))
        config["schema"] = "inferred.schema.json"
        (firm / "firm.json").write_text(json.dumps(config), encoding="utf-8")
        made = engross("assemble", template, "--deal", deal, "--firm", firm, "-o", self.folder / "letter.odt")
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr + schema.stdout + sample.stdout)

    def test_lines(self):
        (self.folder / "firm.json").write_text('{"name": "X"}', encoding="utf-8")
        template = self.folder / "t.fodt"
        bodies = ["<text:p>" + escape(line) + "</text:p>" for line in LINES]
        for body in bodies + [LINK, PICTURE]:
            with self.subTest(body):
                template.write_text(HEAD + body + TAIL, encoding="utf-8")
                self.holds(template, self.folder)

    def test_golden_templates(self):
        (self.folder / "firm.json").write_text('{"name": "X"}', encoding="utf-8")
        templates = sorted((SOURCE / "tests/golden/templates").glob("*.fodt"))
        self.assertTrue(templates)
        for template in templates:
            with self.subTest(template.name):
                copy = shutil.copy(template, self.folder)
                self.holds(copy, self.folder)

    def test_sample_templates(self):
        firm = self.folder / "firm"
        shutil.copytree(SOURCE / "templates", firm)
        templates = sorted((firm / "templates").glob("*.fodt"))
        self.assertTrue(templates)
        for template in templates:
            with self.subTest(template.name):
                self.holds(template, firm)


if __name__ == "__main__":
    unittest.main()
