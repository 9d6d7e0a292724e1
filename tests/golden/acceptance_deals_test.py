#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The sample firm with other deals than its own: every letter that comes is whole, and where a value
is missing or empty no letter comes. Needs $ENGROSS.
"""

import copy
import itertools
import json
import re
import unittest

import acceptance
from acceptance import FIRM, LETTERS, Letter, Work, engross, etree, findings, squeezed

LLC = "limited liability company"
LLC_ACT = "the Delaware Limited Liability Company Act"
SCHEMA = json.loads((FIRM / "deal.schema.json").read_text(encoding="utf-8"))
BOOK = json.loads((FIRM / "opinions" / "book.json").read_text(encoding="utf-8"))
ENTRIES = {entry["id"]: entry for entry in BOOK["opinions"]}

# Empty, these say that there is none of the kind.
MAY_BE_EMPTY = {"letter.exhibit", "letter.re", "reliances", "opinions.include"}

# Without them a takedown letter comes, and is another.
OPTIONAL = ("voice", "letter.exhibit", "letter.re", "parties.parent", "parties.servicer",
            "parties.underwriter", "parties.paying_agent", "certificates.mortgage_related",
            "erisa_headings", "reliances", "bar.admitted", "consent.form", "opinions")

# Those that meet in a sentence or a list.
PARTIES_AND_CLAUSES = ("parties.parent", "parties.servicer", "parties.paying_agent", "erisa_headings",
                       "bar.admitted", "consent.form")

# Terms whose meaning comes from the agreement, which the letter says of such terms.
FROM_THE_AGREEMENT = {"Trustee"}


def deal_of(name):
    return json.loads(LETTERS[name][1].with_suffix(".json").read_text(encoding="utf-8"))


def at(deal, path):
    """(what holds the value, its key) of letter.re[0] and the like."""
    keys = [int(key) if key.isdigit() else key for key in re.findall(r"[^.\[\]]+", path)]
    for key in keys[:-1]:
        deal = deal[key]
    return deal, keys[-1]


def put(deal, path, value):
    holder, key = at(deal, path)
    holder[key] = value


def without(deal, *paths):
    for path in paths:
        holder, key = at(deal, path)
        del holder[key]
        if path == "parties.parent":  # it signs nothing then
            for agreement in deal["agreements"]:
                agreement["parties"].remove("Citigroup")
    return deal


def values(value, path=""):
    """(path, value) of each text and list of a deal."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from values(each, f"{path}.{key}" if path else key)
        return
    if isinstance(value, (str, list)):
        yield path, value
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from values(each, f"{path}[{index}]")


def defined_terms(letter):
    """What stands in bold between quotation marks."""
    return [acceptance.text(span) for span in letter.content.iter(acceptance.TEXT + "span")
            if span.get(acceptance.TEXT + "style-name") == "Defined_20_Term"]


def vocabulary():
    """Every term that a letter of the firm can define, and the names of the sample parties."""
    terms = set()
    for name in LETTERS:
        deal = deal_of(name)
        terms |= {each["short"] for each in deal.get("documents", [])}
        terms |= {each["title"] for each in deal.get("agreements", [])}
        terms |= {party["short"] for party in deal["parties"].values() if "short" in party}
        text = LETTERS[name][0].read_text(encoding="utf-8")
        terms |= {term for term in re.findall(r'"Defined_20_Term">([^<{]+)<', text)}
    return terms | {"Class A Certificates"}


VOCABULARY = vocabulary()


def term_faults(letter):
    """Sentences about terms defined twice, or used and not defined."""
    defined = [squeezed(term) for term in defined_terms(letter)]
    bad = [f"defined twice: {each}" for each in sorted(set(defined)) if defined.count(each) > 1]
    texts = [squeezed(p.text) for p in letter.paragraphs]
    start = next(i for i, each in enumerate(texts) if re.fullmatch("Ladies and gentlemen:", each, re.I))
    body = "\n".join(texts[start:])
    # Names that hold a word that is a term elsewhere.
    for name in (r"Citigroup Inc\.", r"Citi(?:corp Mortgage Securities|Mortgage), Inc\.",
                 r"(?:[A-Z]\w+ )+Act of \d{4}", "Delaware [A-Z ]\\w+ [\\w ]* Act", "Securities and Exchange Commission",
                 "REMIC Pass-Through Certificates"):
        body = re.sub(name, "…", body)
    longest_first = sorted(VOCABULARY | set(defined), key=len, reverse=True)
    used = set(re.findall(r"\b(?:%s)\b" % "|".join(map(re.escape, longest_first)), body))
    singular = {"Certificate": "Certificates"}
    used = {singular.get(each, each) for each in used}
    bad += [f"not defined: {each}" for each in sorted(used - set(defined) - FROM_THE_AGREEMENT)]
    return bad


def text_faults(letter):
    """Sentences about what a value left out leaves behind."""
    bad = []
    for paragraph in letter.paragraphs:
        for mark in ("  ", " ,", " .", " ;", ",,", "..", "“”", "()", ": ;"):
            if mark in paragraph.text.replace("\t", ""):
                bad.append(f"{mark!r} in {paragraph.text[:80]!r}")
        if re.search(r"\b(?:and|of|the|under)[.;]", paragraph.text):
            bad.append(f"a sentence without end: {paragraph.text[-80:]!r}")
        if re.search(r"\ba [AEIO]\w", paragraph.text):
            bad.append(f"article in {paragraph.text[:80]!r}")
    return bad


def faults(letter):
    return (term_faults(letter) + text_faults(letter) + acceptance.number_faults(letter)
            + acceptance.reference_faults(letter) + acceptance.style_faults(letter)
            + acceptance.name_faults(letter))


class Deals(Work):
    def assemble(self, name, deal, *more):
        """(exit status, findings, the letter or None); nothing is ever half made."""
        file, out = self.work / "deal.json", self.work / "letter.odt"
        file.write_text(json.dumps(deal), encoding="utf-8")
        return self.assemble_file(name, file, out, *more)

    def assemble_file(self, name, file, out, *more):
        out.unlink(missing_ok=True)
        status, found = findings("assemble", LETTERS[name][0], "--deal", file, *more, "-o", out)
        errors = [each for each in found if each["severity"] == "error"]
        self.assertEqual(status, 1 if errors else 0, found)
        self.assertEqual(out.exists(), not errors)
        return status, found, Letter(out) if out.exists() else None

    def letter(self, name, deal, *more):
        status, found, letter = self.assemble(name, deal, *more)
        self.assertEqual(status, 0, found)
        self.assertEqual(faults(letter), [])
        return letter

    def body(self, name, deal, *more):
        return "\n".join(squeezed(p.text) for p in self.letter(name, deal, *more).paragraphs)


class Empty(Deals):
    """Each value of the sample deals, empty. (The public deal has no value of its own.)"""

    def test_json(self):
        for name in ("takedown", "shelf"):
            for path, value in values(deal_of(name)):
                with self.subTest(letter=name, path=path):
                    deal = deal_of(name)
                    put(deal, path, type(value)())
                    status, found, _ = self.assemble(name, deal)
                    if path in MAY_BE_EMPTY:
                        self.assertEqual(status, 0, found)
                        continue
                    paths = [each.get("data_path") for each in found if each["severity"] == "error"]
                    self.assertIn(path, paths, found)

    def test_xml(self):
        """An empty element: of a list, the only one."""
        file = self.work / "deal.xml"
        for name in ("takedown", "shelf"):
            deal = deal_of(name)
            source = LETTERS[name][1].with_suffix(".xml")
            for path, value in values(deal):
                if isinstance(value, str) and path.endswith("]"):
                    continue
                with self.subTest(letter=name, path=path):
                    root = etree.parse(str(source)).getroot()
                    steps = re.findall(r"([^.\[\]]+)(?:\[(\d+)\])?", path)
                    element = root
                    for key, index in steps[:-1]:
                        element = element.findall(key)[int(index or 0)]
                    all_of_it = element.findall(steps[-1][0])
                    for each in all_of_it[1:]:
                        element.remove(each)
                    all_of_it[0].clear()
                    file.write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
                    status, found, _ = self.assemble_file(name, file, self.work / "letter.odt")
                    if path in MAY_BE_EMPTY:
                        self.assertEqual(status, 0, found)
                        continue
                    paths = [each.get("data_path") for each in found if each["severity"] == "error"]
                    self.assertIn(path, paths, found)


class Missing(Deals):
    """Parts left out."""

    def optional(self, value, schema, path=""):
        """Paths of a deal that its schema does not require."""
        for key, each in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            here = f"{path}.{key}" if path else key
            if key not in schema.get("required", ()):
                yield here
            if isinstance(each, dict):
                yield from self.optional(each, inner, here)

    def test_each_part_that_may_be_missing(self):
        """A letter without a gap, or a finding that names the part."""
        for name in LETTERS:
            for path in self.optional(deal_of(name), SCHEMA):
                with self.subTest(letter=name, path=path):
                    status, found, letter = self.assemble(name, without(deal_of(name), path))
                    if status and path != "certificates.private":  # tested below
                        paths = [each.get("data_path", "") for each in found]
                        self.assertTrue(any(each.startswith(path) for each in paths), found)
                        self.assertNotIn(path, OPTIONAL)
                    elif not status:
                        self.assertEqual(faults(letter), [])

    def test_optional_parts_one_two_and_all(self):
        for name in ("takedown", "takedown-public"):
            some = [(path,) for path in OPTIONAL] + [OPTIONAL]
            if name == "takedown-public":
                some += itertools.combinations(PARTIES_AND_CLAUSES, 2)
            for paths in some:
                with self.subTest(letter=name, without=paths):
                    self.letter(name, without(deal_of(name), *paths))

    def test_private_sale_is_whole_or_not_there(self):
        """Classes, agreement and memorandum come together."""
        for path, named in (("certificates.private", "agreements[1].offering"),
                            ("agreements[1]", "agreements"), ("documents[3]", "documents")):
            with self.subTest(path):
                status, found, _ = self.assemble("takedown", without(deal_of("takedown"), path))
                self.assertEqual(status, 1)
                self.assertIn(named, [each.get("data_path") for each in found])
        for path, named in (("documents[0]", "documents"), ("documents[2]", "documents"),
                            ("parties.trustee", "parties.trustee")):
            with self.subTest(path):
                status, found, _ = self.assemble("takedown", without(deal_of("takedown"), path))
                self.assertEqual(status, 1)
                self.assertIn(named, [each.get("data_path") for each in found])

    def test_every_opinion_left_out(self):
        for name in LETTERS:
            with self.subTest(name):
                choice = ",".join("-" + each for each in ENTRIES)
                status, found, _ = self.assemble(name, deal_of(name), f"--opinions={choice}")
                self.assertEqual(status, 1)
                self.assertEqual([f["code"] for f in found if f["severity"] == "error"], ["EG-O011"])


class PublicOnly(Deals):
    def test_no_word_of_a_private_sale(self):
        body = self.body("takedown-public", deal_of("takedown-public"))
        for word in ("Private", "private", "Memorandum", "Purchaser", "under the Purchase Agreement"):
            self.assertNotIn(word, body)

    def test_both_letters_define_each_term_once(self):
        for name in LETTERS:
            letter = self.letter(name, deal_of(name))
            self.assertIn("Certificates", defined_terms(letter), name)
        both = [set(map(squeezed, defined_terms(self.letter(name, deal_of(name)))))
                for name in ("takedown", "takedown-public")]
        self.assertEqual(both[0] - both[1],
                         {"Purchaser", "Private Certificates", "Purchase Agreement", "Memorandum"})
        self.assertEqual(both[1] - both[0], set())


class Parties(Deals):
    def deal(self, **changes):
        """The takedown deal with other values: depositor_kind="…" and the like; None takes out."""
        deal = deal_of("takedown")
        for name, value in changes.items():
            role, _, key = name.partition("_")
            if value is None:
                del deal["parties"][role]
            else:
                deal["parties"][role][key] = value
        deal["bar"]["laws"].append(LLC_ACT)
        return deal

    def test_article_before_a_state(self):
        for state, said in (("Ohio", "an Ohio"), ("Illinois", "an Illinois"), ("Iowa", "an Iowa"),
                            ("New York", "a New York"), ("Delaware", "a Delaware")):
            with self.subTest(state):
                deal = self.deal(depositor_state=state, parent_state=state)
                body = self.body("takedown", deal)
                self.assertIn(f"Citicorp Mortgage Securities, Inc., {said} corporation (“CMSI”)", body)
                self.assertIn(f"Citigroup Inc., {said} corporation (“Citigroup”)", body)
                alone = without(copy.deepcopy(deal), "parties.servicer")
                self.assertIn(f"CMSI is {said} corporation.", self.body("takedown", alone))
                shelf = deal_of("shelf")
                shelf["parties"]["depositor"]["state"] = state
                self.assertIn(f"Securities, Inc., {said} corporation (“CMSI”)", self.body("shelf", shelf))

    def first_opinion(self, **changes):
        return squeezed(self.letter("takedown", self.deal(**changes)).opinions()[0][1])

    def test_legal_form(self):
        tail = " to own its assets and to carry on its business as the Prospectus and the Memorandum describe it."
        delaware, new_york = "the laws of the State of Delaware", "those of the State of New York"
        company = "validly exists as a limited liability company, and is in good standing, under "
        self.assertEqual(
            self.first_opinion(depositor_kind=LLC),
            f"CMSI {company}{delaware}, and CMI validly exists as a corporation, and is in good standing, "
            f"under {new_york}. Each has, under the laws of its State, the corporate or limited liability "
            "company power and authority, as the case may be," + tail)
        self.assertEqual(
            self.first_opinion(depositor_kind=LLC, servicer_kind=LLC),
            f"CMSI {company}{delaware}, and CMI {company}{new_york}. Each has, under the laws of its "
            "State, the limited liability company power and authority" + tail)
        self.assertEqual(
            self.first_opinion(depositor_kind=LLC, servicer=None),
            f"CMSI {company}{delaware}. It has, under those laws, the limited liability company power and "
            "authority" + tail)

    def test_nothing_is_corporate_about_a_company(self):
        deal = without(self.deal(depositor_kind=LLC, parent_kind=LLC), "parties.servicer", "opinions")
        deal["pooling"]["parties"].pop(1)
        deal["documents"].pop()
        body = self.body("takedown", deal, "--opinions=+no-conflict").replace("General Corporation Law", "")
        self.assertIsNone(re.search(r"\bcorporat|by-laws|charter\b(?! that)", body, re.I))
        shelf = deal_of("shelf")
        shelf["parties"]["depositor"]["kind"] = LLC
        shelf["bar"]["laws"].append(LLC_ACT)
        body = self.body("shelf", shelf)
        self.assertIn("CMSI is duly formed in the State of Delaware and validly exists as a limited "
                      "liability company under the laws of that State", body)
        self.assertIsNone(re.search(r"\bcorporat", body.replace("General Corporation Law", ""), re.I))

    def test_other_legal_forms_are_refused(self):
        for role in ("depositor", "servicer"):
            status, found, _ = self.assemble("takedown", self.deal(**{f"{role}_kind": "partnership"}))
            self.assertEqual((status, found[0]["data_path"]), (1, f"parties.{role}.kind"))

    def test_law_of_companies_is_missed(self):
        deal = without(self.deal(depositor_kind=LLC), "bar.laws[3]")
        status, found, _ = self.assemble("takedown", deal)
        self.assertEqual([(f["code"], "Limited Liability Company Act" in f["message"]) for f in found],
                         [("EG-O024", True)])

    def test_pooling_agreement_binds_who_is_there(self):
        for gone, said in (((), "CMSI, CMI, and Citibank, N.A. have each duly"),
                           (("paying_agent",), "CMSI and CMI have each duly"),
                           (("servicer",), "CMSI and Citibank, N.A. have each duly"),
                           (("paying_agent", "servicer"), "CMSI has duly")):
            deal = without(self.deal(), *(f"parties.{role}" for role in gone))
            body = self.body("takedown", deal)
            self.assertIn(f"{said} authorized, executed, and delivered the Pooling Agreement.", body)


    def test_an_agreement_is_between_two_or_among_more(self):
        for name in ("takedown", "takedown-public"):
            deal = deal_of(name)
            self.assertIn("), among Credit Suisse Securities (USA) LLC, Citigroup, and CMSI, which",
                          self.body(name, deal))
            deal["agreements"][0]["parties"].pop(1)
            self.assertIn("), between Credit Suisse Securities (USA) LLC and CMSI, which", self.body(name, deal))
            deal["agreements"][0]["parties"].pop(1)
            status, found, _ = self.assemble(name, deal)
            self.assertEqual((status, found[0]["data_path"]), (1, "agreements[0].parties"))


class Headings(Deals):
    def test_one_two_three(self):
        quoted = "“One”", "“Two”", "“Three”"
        for count, said in ((1, "heading “One” to"), (2, "headings “One” and “Two” to"),
                            (3, "headings “One”, “Two”, and “Three” to")):
            deal = deal_of("takedown")
            deal["erisa_headings"] = [each.strip("“”") for each in quoted[:count]]
            self.assertIn(f"under the {said} the extent", self.body("takedown", deal))


class Reach(Deals):
    """Every paragraph of the book comes into a letter: by its rule if it has one, else by name."""

    # id -> (letter, what to change, other paragraphs to choose)
    OTHER = {
        "existence-one-state": ("takedown", {"parties.servicer.state": "Delaware"}, ()),
        "existence-depositor": ("takedown", {"parties.servicer": None}, ()),
        "existence-llc": ("takedown", {"parties.depositor.kind": LLC, "bar.laws": LLC_ACT}, ()),
        "underwriting-agreement": ("takedown-public", {}, ()),
        "shelf-notes": ("shelf", {"bar.laws": "the Delaware Statutory Trust Act"}, ("-shelf-certificates",)),
        "shelf-trust": ("shelf", {"bar.laws": "the Delaware Statutory Trust Act"}, ()),
    }

    def test_each_paragraph(self):
        for id_, entry in ENTRIES.items():
            name, changes, choice = self.OTHER.get(
                id_, ("shelf" if entry["group"] == "shelf" else "takedown", {}, ()))
            with self.subTest(id_):
                deal = deal_of(name)
                for path, value in changes.items():
                    if value is None:
                        without(deal, path)
                    elif isinstance(at(deal, path)[0][at(deal, path)[1]], list):
                        at(deal, path)[0][at(deal, path)[1]].append(value)
                    else:
                        put(deal, path, value)
                if "when" not in entry:
                    choice = (*choice, f"+{id_}")
                more = [f"--opinions={','.join(choice)}"] if choice else []
                status, found, letter = self.assemble(name, deal, *more)
                self.assertEqual((status, found), (0, []))  # nor a warning
                self.assertEqual(faults(letter), [])
                said = engross("explain", LETTERS[name][0], "--deal", self.work / "deal.json", *more).out
                inside = re.findall(r"^in +[\w-]+/([\w-]+):", said, re.M)
                self.assertIn(id_, inside)
                self.assertEqual(len(letter.opinions()), len(inside))

    def test_more_groups_go_on_with_the_numbers(self):
        """Their lead-ins come with them and go with them."""
        leads = {"tax": "On federal income tax", "ucc": "On security interests",
                 "regulatory": "On the regulation"}
        plain = self.body("takedown", deal_of("takedown"))
        for group, lead in leads.items():
            ids = ["+" + id_ for id_, entry in ENTRIES.items() if entry["group"] == group]
            letter = self.letter("takedown", deal_of("takedown"), f"--opinions={','.join(ids)}")
            texts = [p.text for p in letter.paragraphs]
            self.assertNotIn(lead, plain)
            self.assertEqual([each for each in texts if each.startswith(tuple(leads.values()))],
                             [each for each in texts if each.startswith(lead)])
            self.assertEqual(len([each for each in texts if each.startswith(lead)]), 1)
        body = self.body("takedown", deal_of("takedown"), "--opinions=+tax-discussion")
        self.assertIn("11(C) above and from those on federal income tax covered by our opinion, we have not", body)
        body = self.body("takedown", deal_of("takedown"), "--opinions=+tax-discussion,-registration-effective")
        self.assertIn("Apart from the statements on federal income tax covered by our opinion, we have", body)


class Judges(Deals):
    """What judges the letters here, on letters that are wrong."""

    def test_terms(self):
        right = self.letter("takedown", deal_of("takedown"))
        for change in (lambda spans: spans[3].set(acceptance.TEXT + "style-name", "Other"),
                       lambda spans: setattr(spans[3], "text", acceptance.text(spans[5]))):
            letter = copy.copy(right)
            letter.content = copy.deepcopy(right.content)
            change([s for s in letter.content.iter(acceptance.TEXT + "span")
                    if s.get(acceptance.TEXT + "style-name") == "Defined_20_Term"])
            self.assertNotEqual(term_faults(letter), [])

    def test_text(self):
        right = self.letter("takedown", deal_of("takedown"))
        for wrong in ("of , and", "a Ohio corporation", "the headings “”", "filed  on", "laws, and."):
            letter = copy.copy(right)
            letter.paragraphs = [right.paragraphs[0]._replace(text=wrong)]
            self.assertNotEqual(text_faults(letter), [], wrong)


if __name__ == "__main__":
    unittest.main()
