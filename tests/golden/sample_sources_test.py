#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The sample firm's sources: valid ODF, one house style in all files, a book and deals that agree.

The ODF 1.3 schema is looked for in $ENGROSS_SHARED/odf-schema; without it, or without jing,
the validation skips itself and everything else runs.
"""

import base64
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRM = SOURCE / "templates"
SHARED = pathlib.Path(os.environ.get("ENGROSS_SHARED") or SOURCE.parent / "shared")
SCHEMA = SHARED / "odf-schema" / "OpenDocument-v1.3-schema.rng"

NAMESPACES = {
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
DATE = '{{ letter.date | date("MMMM d, yyyy") }}'
ADDRESSEE = "{{ letter.addressee.name }}"


def name(prefixed):
    prefix, local = prefixed.split(":")
    return "{%s}%s" % (NAMESPACES[prefix], local)


def read_json(path):
    def unique(pairs):
        keys = [key for key, _ in pairs]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError("%s: twice in one object: %s" % (path.name, sorted(twice)))
        return dict(pairs)

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


def read_xml_deal(path):
    """Root dropped, repeated siblings a list, attributes "@name", text a string."""

    def value(element):
        members = {"@" + key: text for key, text in element.attrib.items()}
        for child in element:
            read = value(child)
            if child.tag not in members:
                members[child.tag] = read
            elif isinstance(members[child.tag], list):
                members[child.tag].append(read)
            else:
                members[child.tag] = [members[child.tag], read]
        return members if members else (element.text or "")

    return value(ElementTree.parse(path).getroot())


def member_schema(schema, key):
    extra = schema.get("additionalProperties")
    return schema.get("properties", {}).get(key, extra if isinstance(extra, dict) else {})


def coerce(value, schema):
    """What the deal schema makes of text and lone elements."""
    kind = schema.get("type")
    if kind == "array":
        values = value if isinstance(value, list) else [] if value == "" else [value]
        return [coerce(each, schema.get("items", {})) for each in values]
    if kind == "object" and isinstance(value, dict):
        return {key: coerce(each, member_schema(schema, key)) for key, each in value.items()}
    if kind == "boolean":
        return {"true": True, "false": False}.get(value, value)
    if kind == "number" and re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    return value


def violations(value, schema, path=""):
    """The part of JSON Schema draft 7 that deal.schema.json uses."""
    types = {"object": dict, "array": list, "string": str, "boolean": bool,
             "number": (int, float)}
    kind = schema.get("type")
    if kind and not isinstance(value, types[kind]):
        return ["%s: not of type %s" % (path, kind)]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append("%s: %r is none of %s" % (path, value, schema["enum"]))
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        found.append("%s: %r is too small" % (path, value))
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append("%s: %r has another form than %s" % (path, value, schema["pattern"]))
    if kind == "object":
        found += ["%s: no %s" % (path, key) for key in schema.get("required", []) if key not in value]
        for key, each in value.items():
            found += violations(each, member_schema(schema, key), path + "." + key)
    if kind == "array":
        for index, each in enumerate(value):
            found += violations(each, schema.get("items", {}), "%s[%d]" % (path, index))
    return found


def canonical(element):
    text = ElementTree.tostring(element, encoding="unicode")
    return ElementTree.canonicalize(text, strip_text=True)


class Flat:
    """One flat ODF file."""

    def __init__(self, path):
        self.path = path
        self.root = ElementTree.parse(path).getroot()
        self.body = self.root.find("office:body/office:text", NAMESPACES)
        self.common = self.root.find("office:styles", NAMESPACES)

    def styles(self):
        """(family, name) -> element, of the named styles."""
        found = {}
        for element in self.common:
            if element.tag == name("text:list-style"):
                found["list", element.get(name("style:name"))] = element
            elif element.tag == name("style:style"):
                key = element.get(name("style:family")), element.get(name("style:name"))
                found[key] = element
        return found

    def property(self, style, attribute):
        """Of a paragraph style, inherited."""
        styles = self.styles()
        while style:
            element = styles["paragraph", style]
            for properties in element.findall("style:paragraph-properties", NAMESPACES):
                if properties.get(name(attribute)) is not None:
                    return properties.get(name(attribute))
            style = element.get(name("style:parent-style-name"))
        return None

    def paragraphs(self, within=None):
        for element in (self.body if within is None else within).iter(name("text:p")):
            yield element.get(name("text:style-name")), "".join(element.itertext())


FILES = {path.relative_to(FIRM).as_posix(): Flat(path) for path in sorted(FIRM.rglob("*.fodt"))
         if "drifted" not in path.parts}
LETTERHEAD = FILES["letterheads/marlow-pike.fodt"]
TEMPLATES = [flat for key, flat in FILES.items() if key.startswith("templates/")]
DEALS = ("takedown", "takedown-public", "shelf")
BOOKS = {flat.path.name: flat for key, flat in FILES.items() if key.startswith("opinions/")}


class FlatOdf(unittest.TestCase):
    def test_valid_as_odf_1_3_with_nothing_removed(self):
        if not SCHEMA.is_file():
            self.skipTest("no ODF schema at hand; set ENGROSS_SHARED")
        if not shutil.which("jing"):
            self.skipTest("jing is not installed")
        paths = [str(flat.path) for flat in FILES.values()]
        result = subprocess.run(["jing", "-i", str(SCHEMA), *paths], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_the_expected_files_are_there(self):
        self.assertEqual(
            {flat.path.name for flat in TEMPLATES}, {"takedown-opinion.fodt", "shelf-opinion.fodt"}
        )
        self.assertEqual(set(BOOKS), set(read_json(FIRM / "opinions" / "book.json")["files"]))

    def test_used_styles_are_defined(self):
        for key, flat in FILES.items():
            defined = {style for _, style in flat.styles()}
            automatic = flat.root.find("office:automatic-styles", NAMESPACES)
            defined |= {each.get(name("style:name")) for each in automatic}
            used = set()
            for part in (flat.body, flat.root.find("office:master-styles", NAMESPACES)):
                for element in part.iter():
                    used.add(element.get(name("text:style-name")))
                    used.add(element.get(name("draw:style-name")))
            for element in flat.common:
                used.add(element.get(name("style:parent-style-name")))
                used.add(element.get(name("style:next-style-name")))
                used.add(element.get(name("style:list-style-name")))
            self.assertEqual(used - defined - {None}, set(), key)

    def test_a_style_reads_the_same_in_every_file(self):
        seen = {}
        for key, flat in FILES.items():
            for style, element in flat.styles().items():
                first = seen.setdefault(style, (key, canonical(element)))
                self.assertEqual(first[1], canonical(element), "%s in %s and %s" % (style, first[0], key))

    def test_widows_and_orphans(self):
        for key, flat in FILES.items():
            for family, style in flat.styles():
                if family == "paragraph":
                    self.assertEqual(flat.property(style, "fo:widows"), "2", (key, style))
                    self.assertEqual(flat.property(style, "fo:orphans"), "2", (key, style))

    def test_opinion_styles_know_their_level(self):
        for key, flat in FILES.items():
            for named in ("1", "2", "3", "1_20_Lead-in", "2_20_Lead-in", "3_20_Last"):
                style = flat.styles()["paragraph", "Opinion_20_" + named]
                self.assertEqual(style.get(name("style:list-level")), named[0], key)
                self.assertEqual(style.get(name("style:list-style-name")), "Opinions", key)

    def test_list_of_opinions_reads_1_A_i(self):
        levels = LETTERHEAD.styles()["list", "Opinions"]
        read = [
            tuple(each.get(name("style:num-" + part), "") for part in ("prefix", "format", "suffix"))
            for each in levels
        ]
        self.assertEqual(read[:3], [("", "1", "."), ("(", "A", ")"), ("(", "i", ")")])

    def test_letter_levels_count_past_z_as_word_does(self):
        for key, flat in FILES.items():
            for level in flat.root.iter(name("text:list-level-style-number")):
                if level.get(name("style:num-format")) in ("a", "A"):
                    self.assertEqual(level.get(name("style:num-letter-sync")), "true", key)

    def test_settings_are_writers_without_a_printer(self):
        for key, flat in FILES.items():
            items = {
                item.get(name("config:name")): item.text
                for item in flat.root.iter(name("config:config-item"))
            }
            self.assertEqual(items.get("UseFormerLineSpacing"), "false", key)
            self.assertEqual(items.get("AddParaSpacingToTableCells"), "true", key)
            unwanted = {"PrinterName", "PrinterSetup", "PrintFaxName", "Rsid", "RsidRoot"}
            self.assertEqual(unwanted & set(items), set(), key)

    def test_a_tag_ends_in_its_own_paragraph(self):
        for key, flat in FILES.items():
            for _, text in flat.paragraphs(flat.root):
                self.assertEqual(text.count("{{"), text.count("}}"), (key, text))
                self.assertEqual(text.count("{%"), text.count("%}"), (key, text))
            whole = "".join(text for _, text in flat.paragraphs(flat.root))
            for statement in ("if", "for"):
                opened = len(re.findall(r"\{%% %s " % statement, whole))
                closed = len(re.findall(r"\{%% end%s %%\}" % statement, whole))
                self.assertEqual(opened, closed, (key, statement))


class Letterhead(unittest.TestCase):
    def setUp(self):
        self.page = LETTERHEAD.root.find("office:master-styles/style:master-page", NAMESPACES)

    def test_one_master_page_with_both_headers(self):
        master = LETTERHEAD.root.find("office:master-styles", NAMESPACES)
        self.assertEqual([each.get(name("style:name")) for each in master], ["Standard"])
        for part in ("header", "header-first", "footer", "footer-first"):
            self.assertIsNotNone(self.page.find("style:" + part, NAMESPACES), part)

    def test_headers_grow_and_keep_their_distance_in_odt_and_docx(self):
        properties = LETTERHEAD.root.find(".//style:header-style/style:header-footer-properties", NAMESPACES)
        self.assertEqual(properties.get(name("fo:min-height")), "0.1in")
        self.assertIsNone(properties.get(name("svg:height")))
        self.assertEqual(properties.get(name("style:dynamic-spacing")), "false")
        gap = properties.get(name("fo:margin-bottom"))
        last = {
            part: self.page.find("style:" + part, NAMESPACES)[-1].get(name("text:style-name"))
            for part in ("header", "header-first")
        }
        self.assertEqual(LETTERHEAD.property(last["header-first"], "fo:margin-bottom"), gap)
        self.assertEqual(LETTERHEAD.property(last["header"], "fo:margin-bottom"), "0pt")

    def test_continuation_header_repeats_the_address_block(self):
        header = self.page.find("style:header", NAMESPACES)
        lines = [text for _, text in LETTERHEAD.paragraphs(header)]
        self.assertEqual(lines[:2], [ADDRESSEE, DATE])
        self.assertTrue(lines[2].startswith("Page "))
        self.assertEqual(len(list(header.iter(name("text:page-number")))), 1)
        for flat in TEMPLATES:
            body = [text for _, text in flat.paragraphs()]
            self.assertEqual(body.count(ADDRESSEE), 1, flat.path.name)
            self.assertEqual(body.count(DATE), 1, flat.path.name)

    def test_logo_is_sharp_in_print_and_stands_as_a_character(self):
        frame = next(self.page.iter(name("draw:frame")))
        self.assertEqual(frame.get(name("text:anchor-type")), "as-char")
        data = base64.b64decode(next(frame.iter(name("office:binary-data"))).text)
        self.assertEqual(data, (FIRM / "letterheads" / "logo.png").read_bytes())
        pixels = struct.unpack(">II", data[16:24])
        for side, count in zip(("svg:width", "svg:height"), pixels):
            self.assertGreaterEqual(count / float(frame.get(name(side)).removesuffix("in")), 300)


class Templates(unittest.TestCase):
    def test_closing_paragraph_and_signature_stay_together(self):
        for flat in TEMPLATES:
            styles = [style for style, _ in flat.paragraphs()]
            chain = styles[styles.index("Letter_20_Last_20_Body") :]
            self.assertEqual(chain[-1], "Signature_20_Title")
            for style in chain[:-1]:
                self.assertEqual(flat.property(style, "fo:keep-with-next"), "always", style)
            self.assertNotEqual(flat.property(chain[-1], "fo:keep-with-next"), "always")

    def test_everything_speaks_in_the_deals_voice(self):
        pattern = re.compile(r"\b(I|we|us|our|ours|ourselves|me|my|mine|myself)\b", re.IGNORECASE)
        for flat in [*TEMPLATES, *BOOKS.values()]:
            for _, text in flat.paragraphs():
                spoken = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|Form 8-K", "", text)
                self.assertIsNone(pattern.search(spoken), (flat.path.name, text))

    def test_slots_ask_for_groups_of_the_book(self):
        groups = {each["group"] for each in read_json(FIRM / "opinions" / "book.json")["opinions"]}
        everywhere = set()
        for flat in TEMPLATES:
            slots = [re.match(r'\{% opinions "([^"]+)"', text) for _, text in flat.paragraphs()]
            asked = [slot.group(1) for slot in slots if slot]
            self.assertTrue(asked, flat.path.name)
            self.assertEqual(len(asked), len(set(asked)), flat.path.name)
            everywhere |= set(asked)
        self.assertEqual(everywhere, groups)


class Book(unittest.TestCase):
    def setUp(self):
        self.book = read_json(FIRM / "opinions" / "book.json")
        self.opinions = {each["id"]: each for each in self.book["opinions"]}

    def sections(self):
        for flat in BOOKS.values():
            yield from flat.body.findall("text:section", NAMESPACES)

    def test_ids_are_unique_and_many(self):
        self.assertEqual(len(self.opinions), len(self.book["opinions"]))
        self.assertGreaterEqual(len(self.opinions), 25)

    def test_each_opinion_is_one_section_and_the_other_way(self):
        expected = sorted(each.get("section", each["id"]) for each in self.book["opinions"])
        self.assertEqual(sorted(each.get(name("text:name")) for each in self.sections()), expected)

    def test_relations_name_opinions_of_the_book(self):
        for id_, each in self.opinions.items():
            for relation in ("requires", "excludes", "alternatives"):
                for other in each.get(relation, []):
                    self.assertIn(other, self.opinions, (id_, relation))
                    self.assertNotEqual(other, id_, relation)
            both = set(each.get("requires", [])) & set(each.get("excludes", []))
            self.assertEqual(both, set(), id_)
            for other in each.get("alternatives", []):
                self.assertIn(id_, self.opinions[other].get("alternatives", []), other)

    def test_order_is_clear_within_a_group(self):
        places = [(each["group"], each["order"]) for each in self.book["opinions"]]
        self.assertEqual(len(places), len(set(places)))

    def test_each_opinion_is_owned_and_approved(self):
        for id_, each in self.opinions.items():
            for key in ("title", "group", "version", "owner", "review_by"):
                self.assertTrue(each.get(key), (id_, key))
            self.assertTrue(each["approved"]["by"], id_)
            self.assertLess(each["approved"]["on"], each["review_by"], id_)

    def test_sections_hold_one_list_and_no_end_marks(self):
        for section in self.sections():
            id_ = section.get(name("text:name"))
            self.assertEqual([each.tag for each in section], [name("text:list")], id_)
            for item in section.iter(name("text:list-item")):
                kinds = [each.tag for each in item]
                leads = name("text:list") in kinds
                for index, paragraph in enumerate(item.findall("text:p", NAMESPACES)):
                    text = "".join(paragraph.itertext()).rstrip()
                    if text.startswith("{%") and text.endswith("%}") and text.count("{%") == 1:
                        continue
                    marks = ".;" if leads and index == 0 else ".;,:"
                    self.assertNotIn(text[-1], marks, (id_, text))

    def test_paragraph_styles_follow_the_nesting(self):
        def walk(element, depth, id_):
            for item in element:
                leads = item.find("text:list", NAMESPACES) is not None
                for index, each in enumerate(item):
                    if each.tag == name("text:list"):
                        walk(each, depth + 1, id_)
                    else:
                        style = "Opinion_20_%d" % depth + ("_20_Lead-in" if leads and index == 0 else "")
                        last = "Opinion_20_3_20_Last" if depth == 3 else style
                        self.assertIn(each.get(name("text:style-name")), (style, last), id_)

        for section in self.sections():
            walk(section[0], 1, section.get(name("text:name")))

    def test_references_have_a_label(self):
        labels = []
        for flat in BOOKS.values():
            for _, text in flat.paragraphs():
                labels += re.findall(r'\{% label "([^"]+)" %\}', text)
        self.assertEqual(len(labels), len(set(labels)))
        for flat in TEMPLATES:
            for _, text in flat.paragraphs():
                for asked in re.findall(r'ref\("([^"]+)"', text):
                    self.assertIn(asked, labels)

    def test_flush_continuation_follows_the_third_level(self):
        section = next(
            each for each in self.sections() if each.get(name("text:name")) == "registration-effective"
        )
        second = section.findall("text:list/text:list-item/text:list/text:list-item", NAMESPACES)[2]
        self.assertEqual(
            [each.tag for each in second], [name("text:p"), name("text:list"), name("text:p")]
        )
        self.assertIn('{% label "descriptions" %}', "".join(second[0].itertext()))


class Deals(unittest.TestCase):
    def setUp(self):
        self.firm = read_json(FIRM / "firm.json")
        self.schema = read_json(FIRM / self.firm["schema"])

    def test_firm(self):
        self.assertIn("&", self.firm["name"])
        self.assertEqual(self.firm["name"], self.firm["data"]["firm"]["name"])
        self.assertEqual(len(self.firm["data"]["firm"]["offices"]), 2)
        self.assertTrue((FIRM / self.firm["book"]).is_file())
        self.assertTrue((FIRM / "letterheads" / (self.firm["letterhead"] + ".fodt")).is_file())

    def test_deals_keep_the_schema(self):
        for deal in DEALS:
            data = {**self.firm["data"], **read_json(FIRM / "deals" / (deal + ".json"))}
            self.assertEqual(violations(data, self.schema, deal), [])
            self.assertIn(data["letter"]["office"], data["firm"]["offices"])

    def test_schema_refuses_what_is_wrong(self):
        data = read_json(FIRM / "deals" / "shelf.json")
        data["letter"]["date"] = "October 23, 2001"
        data["letter"]["office"] = "paris"
        data["signature"]["conformed"] = "no"
        data["program"]["amount"] = 0
        del data["bar"]
        self.assertEqual(len(violations(data, self.schema, "deal")), 5)

    def test_xml_says_what_json_says(self):
        for deal in DEALS:
            read = coerce(read_xml_deal(FIRM / "deals" / (deal + ".xml")), self.schema)
            self.assertEqual(read, read_json(FIRM / "deals" / (deal + ".json")), deal)

    def test_every_declared_name_is_explained(self):
        def walk(schema, path):
            for key, each in schema.get("properties", {}).items():
                self.assertTrue(each.get("title") and each.get("description"), path + "." + key)
                walk(each, path + "." + key)
            for inner in (schema.get("items"), schema.get("additionalProperties")):
                if isinstance(inner, dict):
                    walk(inner, path + "[]")

        walk(self.schema, "deal")

    def test_a_deal_chooses_only_opinions_of_the_book(self):
        ids = {each["id"] for each in read_json(FIRM / "opinions" / "book.json")["opinions"]}
        for deal in DEALS:
            chosen = read_json(FIRM / "deals" / (deal + ".json")).get("opinions", {})
            for key in ("include", "exclude"):
                self.assertLessEqual(set(chosen.get(key, [])), ids)


if __name__ == "__main__":
    unittest.main()
