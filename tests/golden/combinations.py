# SPDX-License-Identifier: MPL-2.0
"""Letters with seeded combinations of opinion paragraphs: the sample firm, a label in each number of
its book, templates with a slot for each group and a reference to each number.

Environment: ENGROSS (the command).
"""

import json
import re
import shutil

import acceptance
from acceptance import engross

DEAL = acceptance.LETTERS["takedown"][1].with_suffix(".json")
MARKS = ('end="."', 'end=[";", "; and", "."] end2=[",", " and", "."]',
         'end=";" end2=[";", "; and"] end3=[",", ", and", ","]')
P = '<text:p text:style-name="Letter_20_Body">%s</text:p>'

# What sections may hold besides paragraphs: a table with a loop, a note, a picture, own formatting.
RICH_STYLES = '''
    <style:style style:name="RichTable" style:family="table"><style:table-properties
      style:width="4in" table:align="left"/></style:style>
    <style:style style:name="RichText" style:family="text"><style:text-properties
      fo:font-weight="bold" fo:font-variant="small-caps"/></style:style>
    <style:style style:name="RichFrame" style:family="graphic"><style:graphic-properties
      style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'''
RICH_SECTION = '''<text:section text:name="rich" text:style-name="Paragraph">
  <text:list text:style-name="Opinions"><text:list-item>
    <text:p text:style-name="Opinion_20_1">The <text:span text:style-name="RichText">parties</text:span
    ><text:note xml:id="n1" text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation
    ><text:note-body><text:p text:style-name="Standard">A note.</text:p></text:note-body></text:note> are<draw:frame
      draw:name="Seal" draw:style-name="RichFrame" text:anchor-type="as-char" svg:width="0.2in"
      svg:height="0.2in"><draw:image><office:binary-data>iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==</office:binary-data></draw:image></draw:frame>:</text:p>
  </text:list-item></text:list>
  <table:table table:name="Parties" table:style-name="RichTable" xml:id="t1"><table:table-column/>
    <table:table-row><table:table-cell office:value-type="string"><text:p
      text:style-name="Standard">{% for name, party in parties.items() %}</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><text:p
      text:style-name="Standard">{{ party.name }}</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><text:p
      text:style-name="Standard">{% endfor %}</text:p></table:table-cell></table:table-row>
  </table:table>
</text:section>'''
RICH_ENTRY = {"id": "rich", "group": "rich", "approved": {"by": "C"}}


class Book:
    """The sample book: which paragraphs may stand together, and a label in each of their numbers."""

    def __init__(self, folder):
        entries = json.loads((folder / "book.json").read_text(encoding="utf-8"))["opinions"]
        self.entries = {entry["id"]: entry for entry in entries}
        self.groups = list(dict.fromkeys(entry["group"] for entry in entries))
        self.labels = {id: [] for id in self.entries}
        for file in folder.glob("*.fodt"):
            text = file.read_text(encoding="utf-8")
            # "rich" stands twice in a letter: a label in it would too.
            text = re.sub(r'<text:section text:name="(?!rich)([^"]*)".*?</text:section>',
                          lambda match: self.labelled(match[1], match[0]), text, flags=re.S)
            file.write_text(text, encoding="utf-8")

    def labelled(self, id, section):
        inside = 0  # of conditions, which may leave the paragraph out

        def label(match):
            nonlocal inside
            rest = section[match.end():]
            inside += rest.startswith("{% if") - rest.startswith("{% endif")
            if inside or rest.startswith(("{% endif", "{% label")):
                return match[0]
            name = f"{id} {len(self.labels[id]) + 1}"
            self.labels[id].append(name)
            return f'{match[0]}{{% label "{name}" %}}'

        return re.sub(r"<text:list-item>\s*<text:p [^>]*>", label, section)

    def may_stand(self, chosen):
        for id in chosen:
            entry = self.entries[id]
            apart = entry.get("excludes", []) + entry.get("alternatives", [])
            if not chosen.issuperset(entry.get("requires", [])) or not chosen.isdisjoint(apart):
                return False
        return True

    def some(self, dice):
        """Ids in any number, fitting together."""
        chosen = set()
        for id in dice.sample(sorted(self.entries), dice.randint(1, len(self.entries))):
            wanted, open_ids = set(chosen), [id]
            while open_ids:
                wanted.add(open_ids[-1])
                open_ids.extend(self.entries[open_ids.pop()].get("requires", []))
            if self.may_stand(wanted):
                chosen = wanted
        return chosen


class Firm:
    """The sample firm with labels in its book, and templates with a slot for each group."""

    def __init__(self, work, rich=False):
        self.folder = work / "firm"
        shutil.copytree(acceptance.FIRM, self.folder)
        self.rich = rich
        if rich:
            self.enrich(self.folder / "opinions")
        self.book = Book(self.folder / "opinions")
        text = (self.folder / "templates/takedown-opinion.fodt").read_text(encoding="utf-8")
        self.head, self.tail = re.split(
            r'<text:p [^>]*>{% opinions "takedown".*{% opinions .*?</text:p>', text, flags=re.S)

    @staticmethod
    def enrich(book):
        file = book / "general.fodt"
        text = file.read_text(encoding="utf-8")
        text = text.replace("<office:document ", '<office:document xmlns:table="urn:oasis:names:'
                            'tc:opendocument:xmlns:table:1.0" ', 1)
        text = text.replace("</office:automatic-styles>", RICH_STYLES + "</office:automatic-styles>")
        text = text.replace("</office:text>", RICH_SECTION + "</office:text>")
        file.write_text(text, encoding="utf-8")
        entries = json.loads((book / "book.json").read_text(encoding="utf-8"))
        entries["opinions"].append(RICH_ENTRY)
        (book / "book.json").write_text(json.dumps(entries), encoding="utf-8")

    def references(self, ids):
        """A paragraph an opinion that names each of its numbers in all forms."""
        out = ""
        for id in ids:
            if not self.book.labels[id]:
                continue
            forms = "; ".join(
                f'{{{{ ref("{label}") }}}} or {{{{ ref("{label}", form="number") }}}} '
                f'{{{{ ref("{label}", form="above") }}}}' for label in self.book.labels[id])
            out += P % f'{{% if "{id}" is chosen %}}See {forms}.{{% endif %}}'
        return out

    def letter(self, dice, stem):
        """Writes a template and gives (template, chosen ids)."""
        chosen = self.book.some(dice)
        ids = sorted(self.book.entries)
        before = set(dice.sample(ids, len(ids) // 3))
        groups = dice.sample(self.book.groups, len(self.book.groups))
        body = self.references(sorted(before))
        begun = False
        for group in groups:
            more = dice.choice(('', 'numbering="continue"', 'numbering="restart"',
                                f'start={dice.randint(2, 40)}', 'level=2 numbering="continue"'))
            if not begun and "continue" in more:  # nothing to continue
                more = ""
            begun = begun or any(self.book.entries[id]["group"] == group for id in chosen)
            body += P % f'{{% opinions "{group}" {dice.choice(MARKS)} {more} empty="None." %}}'
            if dice.random() < 0.7:
                body += P % "Between the slots."
        body += self.references(sorted(set(ids) - before))
        if self.rich and "rich" in chosen:
            body += P % '{% opinion "rich" %}'  # once more
        template = self.folder / "templates" / f"{stem}.fodt"
        template.write_text(self.head + body + self.tail, encoding="utf-8")
        return template, chosen

    def assemble(self, dice, stem):
        """Writes STEM.odt and gives the chosen ids."""
        template, chosen = self.letter(dice, stem.name)
        said = ",".join(("+" if id in chosen else "-") + id for id in self.book.entries)
        run = engross("assemble", template, "--deal", DEAL, f"--opinions={said}", "--quiet", "-o",
                      f"{stem}.odt")
        if run.status != 0:
            raise AssertionError(f"{stem.name}, {said}: {run}")
        return chosen
