#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The two readers of paragraph numbers judge letters; here they are judged themselves."""

import io
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import read_docx_numbers  # noqa: E402
import read_odt_numbers  # noqa: E402

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


# ---- ODT -----------------------------------------------------------------------------------------

def odt_level(level, kind, prefix="", suffix="", more=""):
    return (f'<text:list-level-style-number text:level="{level}" style:num-format="{kind}" '
            f'style:num-prefix="{prefix}" style:num-suffix="{suffix}" {more}/>')


OPINIONS = ('<text:list-style style:name="Opinions">' + odt_level(1, "1", "", ".")
            + odt_level(2, "A", "(", ")", 'style:num-letter-sync="true"')
            + odt_level(3, "i", "(", ")") + '</text:list-style>')


def odt(body, styles=OPINIONS):
    text = (f'<office:document xmlns:office="{OASIS}office:1.0" xmlns:style="{OASIS}style:1.0" '
            f'xmlns:text="{OASIS}text:1.0" xmlns:table="{OASIS}table:1.0" '
            f'xmlns:draw="{OASIS}drawing:1.0" xmlns:loext="urn:org:documentfoundation:names:'
            f'experimental:office:xmlns:loext:1.0"><office:styles>{styles}</office:styles>'
            f'<office:body><office:text>{body}</office:text></office:body></office:document>')
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "text.fodt"
        file.write_text(text, encoding="utf-8")
        return read_odt_numbers.read(file)


def p(text="x"):
    return f"<text:p>{text}</text:p>"


def item(*content, attributes=""):
    return f"<text:list-item {attributes}>{''.join(content)}</text:list-item>"


def items(*content, attributes=""):
    return f"<text:list {attributes}>{''.join(content)}</text:list>"


def top(*content, style="Opinions", attributes=""):
    return items(*content, attributes=f'text:style-name="{style}" {attributes}')


def numbers(paragraphs):
    return [paragraph.number for paragraph in paragraphs]


class Odt(unittest.TestCase):
    def test_three_levels_and_a_flush_continuation(self):
        read = odt(p("Based on the foregoing:") + top(
            item(p("one")), item(p("two, "), items(
                item(p("A")),
                item(p("B"), items(item(p("i")), item(p("ii"))), p("are accurate.")),
                item(p("C")))),
            item(p("three"))))
        self.assertEqual(numbers(read), ["", "1.", "2.", "(A)", "(B)", "(i)", "(ii)", "", "(C)",
                                         "3."])
        self.assertEqual([r.level for r in read], [None, 0, 0, 1, 1, 2, 2, 1, 1, 0])
        self.assertEqual(read[1].text, "one")

    def test_deeper_levels_start_anew(self):
        read = odt(top(item(p(), items(item(p()), item(p()))), item(p(), items(item(p())))))
        self.assertEqual(numbers(read), ["1.", "(A)", "(B)", "2.", "(A)"])

    def test_a_second_list_counts_for_itself(self):
        read = odt(top(item(p()), item(p())) + p() + top(item(p())))
        self.assertEqual(numbers(read), ["1.", "2.", "", "1."])

    def test_continued_lists(self):
        other = '<text:list-style style:name="Dots">' + odt_level(1, "1") + "</text:list-style>"
        read = odt(top(item(p()), attributes='xml:id="a"') + top(item(p()), style="Dots")
                   + top(item(p()), attributes='text:continue-list="a"')
                   + top(item(p()), attributes='text:continue-numbering="true"')
                   + top(item(p()), style="Dots", attributes='text:continue-numbering="true"'),
                   OPINIONS + other)
        self.assertEqual(numbers(read), ["1.", "1", "2.", "3.", "1"])

    def test_start_values(self):
        first = ('<text:list-style style:name="Late">'
                 + odt_level(1, "1", "", "", 'text:start-value="4"') + "</text:list-style>")
        read = odt(top(item(p()), item(p(), attributes='text:start-value="9"'), item(p()),
                       style="Late"), first)
        self.assertEqual(numbers(read), ["4", "9", "10"])

    def test_headers_have_no_number(self):
        read = odt(top(item(p()), "<text:list-header>" + p() + "</text:list-header>", item(p())))
        self.assertEqual(numbers(read), ["1.", "", "2."])

    def test_a_list_goes_on_inside_the_second_level(self):
        read = odt(top(item(p(), items(item(p()), item(p()))), attributes='xml:id="a"') + p("flush")
                   + top(item(items(item(p()), item(p()))), attributes='text:continue-list="a"'))
        self.assertEqual(numbers(read), ["1.", "(A)", "(B)", "", "(C)", "(D)"])

    def test_a_second_list_of_one_item_starts_anew(self):
        body = top(item(p(), items(item(p()), item(p())), p("flush"), items(item(p()))))
        self.assertEqual(numbers(odt(body)), ["1.", "(A)", "(B)", "", "(A)"])
        head, tail = body.rsplit("<text:list >", 1)
        self.assertEqual(numbers(odt(head + '<text:list text:continue-numbering="true">' + tail)),
                         ["1.", "(A)", "(B)", "", "(C)"])

    def test_without_a_list_style_nothing_is_numbered(self):
        self.assertEqual(numbers(odt(items(item(p()), item(p())))), ["", ""])
        self.assertEqual(numbers(odt(top(item(p()), style="Nobody"))), [""])

    def test_levels_that_the_style_lacks(self):
        gap = ('<text:list-style style:name="Gap">' + odt_level(1, "I", "", ".")
               + '<text:list-level-style-number text:level="3"/></text:list-style>')
        read = odt(top(item(p(), items(item(p()), item(p(), items(item(p()))))), style="Gap"), gap)
        self.assertEqual(numbers(read), ["I.", "1.", "2.", "1"])

    def test_labels_that_libreoffice_keeps(self):
        kept = ('<text:list-style style:name="Kept">' + odt_level(1, "1", "", ".")
                + odt_level(2, "A", "", ")", 'loext:num-list-format="%1%(%2%)"')
                + "</text:list-style>")
        read = odt(top(item(p()), item(p(), items(item(p()), item(p()))), style="Kept"), kept)
        self.assertEqual(numbers(read), ["1.", "2.", "2(A)", "2(B)"])

    def test_display_levels(self):
        style = ('<text:list-style style:name="Legal">' + odt_level(1, "1", "", ".")
                 + odt_level(2, "1", "§", ".", 'text:display-levels="2"')
                 + odt_level(3, "a", "", ")", 'text:display-levels="3"') + "</text:list-style>")
        read = odt(top(item(p()), item(p(), items(item(p(), items(item(p()))))), style="Legal"),
                   style)
        self.assertEqual(numbers(read), ["1.", "2.", "§2.1.", "2.1.a)"])

    def test_letters_past_z(self):
        def last(more, count):
            style = ('<text:list-style style:name="L">' + odt_level(1, "a", "", "", more)
                     + "</text:list-style>")
            return numbers(odt(top(*[item(p())] * count, style="L"), style))[-1]
        self.assertEqual(last('style:num-letter-sync="true"', 28), "bb")
        self.assertEqual(last("", 28), "ab")
        self.assertEqual(last("", 27 * 26), "zz")

    def test_bullets_and_levels_without_a_number(self):
        style = ('<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" '
                 'text:bullet-char="•"/>' + odt_level(2, "", "x") + "</text:list-style>")
        self.assertEqual(numbers(odt(top(item(p(), items(item(p()))), style="L"), style)),
                         ["•", ""])

    def test_headings(self):
        outline = ("<text:outline-style>" + "".join(
            f'<text:outline-level-style text:level="{n}" style:num-format="1" '
            f'text:display-levels="{n}"/>' for n in (1, 2)) + "</text:outline-style>")

        def h(level, more=""):
            return f'<text:h text:outline-level="{level}" {more}>x</text:h>'
        read = odt(h(1) + h(2) + h(2) + h(1) + h(2) + h(3) + h(1, 'text:is-list-header="true"')
                   + h(1, 'text:restart-numbering="true" text:start-value="7"'), outline)
        self.assertEqual(numbers(read), ["1", "1.1", "1.2", "2", "2.1", "", "", "7"])

    def test_text_without_notes_comments_and_deletions(self):
        read = odt('<text:tracked-changes><text:changed-region><text:deletion>' + p("gone")
                   + "</text:deletion></text:changed-region></text:tracked-changes>"
                   + p('a<text:s text:c="2"/>b<text:note><text:note-body>' + p("n")
                       + '</text:note-body></text:note><text:span>c<text:tab/></text:span>d'))
        self.assertEqual([r.text for r in read], ["a  bc\td"])

    def test_tables_and_sections_are_read(self):
        read = odt("<table:table><table:table-row><table:table-cell>" + top(item(p("cell")))
                   + "</table:table-cell></table:table-row></table:table><text:section>"
                   + top(item(p("section"))) + "</text:section>")
        self.assertEqual([(r.number, r.text) for r in read], [("1.", "cell"), ("1.", "section")])

    def test_nought_is_a_digit_in_any_format(self):
        for kind in ("1", "a", "I"):
            read = odt(top(item(p(), attributes='text:start-value="0"'), style="R"),
                       '<text:list-style style:name="R">' + odt_level(1, kind) + "</text:list-style>")
            self.assertEqual(numbers(read), ["0"])

    def test_it_does_not_guess(self):
        for body in ("<text:numbered-paragraph/>",
                     top(item(p(), attributes='text:start-value="4000"'), style="R")):
            with self.assertRaises(read_odt_numbers.Undecided):
                odt(body, '<text:list-style style:name="R">' + odt_level(1, "i")
                    + "</text:list-style>")


# ---- DOCX ----------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def lvl(ilvl, kind, text, more="", start=1):
    return (f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


THREE = (lvl(0, "decimal", "%1.") + lvl(1, "upperLetter", "(%2)") + lvl(2, "lowerRoman", "(%3)"))


def abstract(levels, key=1, more=""):
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{levels}</w:abstractNum>'


def num(key, of=1, more=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def override(ilvl, start):
    return f'<w:lvlOverride w:ilvl="{ilvl}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def wp(num_id=None, ilvl=None, text="x", style=None, more=""):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num_id is not None or ilvl is not None:
        properties += "<w:numPr>"
        if ilvl is not None:
            properties += f'<w:ilvl w:val="{ilvl}"/>'
        if num_id is not None:
            properties += f'<w:numId w:val="{num_id}"/>'
        properties += "</w:numPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def style(name, num_id=None, ilvl=None, based_on=None, kind="paragraph", more=""):
    inside = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    inside += "<w:pPr><w:numPr>"
    if ilvl is not None:
        inside += f'<w:ilvl w:val="{ilvl}"/>'
    if num_id is not None:
        inside += f'<w:numId w:val="{num_id}"/>'
    return (f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{inside}</w:numPr></w:pPr>'
            "</w:style>")


def docx(body, numbering=None, styles=""):
    def part(root, content):
        return f'<w:{root} xmlns:w="{W}">{content}</w:{root}>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/numbering.xml",
                         part("numbering", numbering or abstract(THREE) + num(1)))
        archive.writestr("word/styles.xml", part("styles", styles))
    return read_docx_numbers.read(file)


class Docx(unittest.TestCase):
    def test_three_levels_and_a_paragraph_without_number(self):
        read = docx(wp(1, 0, "one") + wp(1, 0) + wp(1, 1) + wp(1, 1) + wp(1, 2) + wp(1, 2)
                    + wp(0, 0, "flush") + wp(1, 1) + wp(1, 0) + wp(1, 1))
        self.assertEqual(numbers(read), ["1.", "2.", "(A)", "(B)", "(i)", "(ii)", "", "(C)", "3.",
                                         "(A)"])
        self.assertEqual([r.level for r in read], [0, 0, 1, 1, 2, 2, None, 1, 0, 1])
        self.assertEqual(read[0].text, "one")

    def test_lists_of_one_definition_count_together(self):
        read = docx(wp(1, 0) + wp(2, 0) + wp(1, 0), abstract(THREE) + num(1) + num(2))
        self.assertEqual(numbers(read), ["1.", "2.", "3."])

    def test_lists_of_two_definitions_do_not(self):
        read = docx(wp(1, 0) + wp(2, 0) + wp(1, 0),
                    abstract(THREE, 1) + abstract(THREE, 2) + num(1, 1) + num(2, 2))
        self.assertEqual(numbers(read), ["1.", "1.", "2."])

    def test_a_start_override_starts_anew_once(self):
        read = docx(wp(1, 0) + wp(1, 0) + wp(2, 0) + wp(2, 0) + wp(1, 0),
                    abstract(THREE) + num(1) + num(2, 1, override(0, 5)))
        self.assertEqual(numbers(read), ["1.", "2.", "5.", "6.", "7."])

    def test_a_start_override_of_a_deeper_level(self):
        read = docx(wp(1, 0) + wp(1, 1) + wp(1, 1) + wp(2, 1) + wp(2, 1) + wp(2, 0) + wp(2, 1),
                    abstract(THREE) + num(1) + num(2, 1, override(1, 1)))
        self.assertEqual(numbers(read), ["1.", "(A)", "(B)", "(A)", "(B)", "2.", "(A)"])

    def test_a_level_of_the_list_s_own(self):
        own = '<w:lvlOverride w:ilvl="0">' + lvl(0, "upperRoman", "%1") + "</w:lvlOverride>"
        read = docx(wp(2, 0) + wp(2, 0), abstract(THREE) + num(2, 1, own))
        self.assertEqual(numbers(read), ["I", "II"])

    def test_number_by_style(self):
        styles = (style("Opinion1", 1) + style("Opinion2", ilvl=1, based_on="Opinion1")
                  + style("Plain", 0, based_on="Opinion1"))
        read = docx(wp(style="Opinion1") + wp(style="Opinion2") + wp(style="Plain")
                    + wp(style="Opinion2") + wp(0, style="Opinion1") + wp(ilvl=1, style="Opinion1"),
                    styles=styles)
        self.assertEqual(numbers(read), ["1.", "(A)", "", "(B)", "", "(C)"])

    def test_level_by_the_style_that_it_names(self):
        levels = (lvl(0, "decimal", "%1.", '<w:pStyle w:val="H1"/>')
                  + lvl(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'))
        read = docx(wp(style="H1") + wp(style="H2") + wp(style="H2"), abstract(levels) + num(1),
                    style("H1", 1) + style("H2", 1))
        self.assertEqual(numbers(read), ["1.", "1.1", "1.2"])

    def test_default_style_and_circles_of_styles(self):
        styles = (style("Normal", 1, based_on="B", more='w:default="1"')
                  + style("B", 0, based_on="Normal"))
        self.assertEqual(numbers(docx(wp() + wp(), styles=styles)), ["1.", "2."])

    def test_definition_behind_a_numbering_style(self):
        numbering = (abstract("", 1, '<w:numStyleLink w:val="Legal"/>')
                     + abstract(THREE, 2, '<w:styleLink w:val="Legal"/>') + num(1, 1) + num(2, 2))
        read = docx(wp(1, 0) + wp(2, 0), numbering, style("Legal", 2, kind="numbering"))
        self.assertEqual(numbers(read), ["1.", "2."])

    def test_restart_of_levels(self):
        def third(more):
            levels = (lvl(0, "decimal", "%1") + lvl(1, "decimal", "%2")
                      + lvl(2, "decimal", "%3", more))
            body = "".join(wp(1, i) for i in (0, 1, 2, 1, 2, 0, 1, 2))
            return numbers(docx(body, abstract(levels) + num(1)))
        self.assertEqual(third(""), ["1", "1", "1", "2", "1", "2", "1", "1"])
        self.assertEqual(third('<w:lvlRestart w:val="0"/>'),
                         ["1", "1", "1", "2", "2", "2", "1", "3"])
        self.assertEqual(third('<w:lvlRestart w:val="1"/>'),
                         ["1", "1", "1", "2", "2", "2", "1", "1"])

    def test_formats(self):
        def nth(kind, count, more=""):
            levels = lvl(0, kind, "%1", more)
            return numbers(docx(wp(1, 0) * count, abstract(levels) + num(1)))[-1]
        self.assertEqual(nth("lowerLetter", 28), "bb")
        self.assertEqual(nth("upperRoman", 49), "XLIX")
        self.assertEqual(nth("decimalZero", 3), "03")
        self.assertEqual(nth("none", 3), "")
        legal = (lvl(0, "upperRoman", "%1.") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>"))
        self.assertEqual(numbers(docx(wp(1, 0) + wp(1, 1), abstract(legal) + num(1))),
                         ["I.", "1.1"])
        bullet = abstract(lvl(0, "bullet", "•")) + num(1)
        self.assertEqual(numbers(docx(wp(1, 0), bullet)), ["•"])

    def test_text_of_fields_tabs_and_text_boxes(self):
        box = ('<w:r><w:txbxContent>' + wp(text="box") + '</w:txbxContent></w:r>')
        field = ('<w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t>11</w:t></w:r>'
                 '<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:tab/></w:r>')
        read = docx(wp(text="a", more=field + box))
        self.assertEqual([r.text for r in read], ["a11\t", "box"])

    def test_what_a_file_lacks_is_no_number(self):
        self.assertEqual(numbers(docx(wp(7, 0) + wp(1, 8))), ["", ""])

    def test_it_does_not_guess(self):
        legal = abstract(lvl(0, "decimal", "%1") + lvl(1, "decimal", "%1.%2")) + num(1)
        for body, numbering in ((wp(1, 1), legal), (wp(1, 1) + wp(1, 0), None),
                                (wp(1, 0), abstract(lvl(0, "chicago", "%1")) + num(1))):
            with self.assertRaises(read_docx_numbers.Undecided):
                docx(body, numbering)


if __name__ == "__main__":
    unittest.main()
