#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What the command says about opinion paragraphs: explain, book list, book show, review dates."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

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
        self.assertEqual(list(rows), [o["id"] for o in book["opinions"]
                                      if o["group"] == "takedown"])
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
