# SPDX-License-Identifier: MPL-2.0
"""Cases of the rules for the text: numbering, breaks, spacing, signature block, non-breaking spaces, blanks and tags."""

from house_cases import (AT_OPEN, BEHIND, OPEN, TABLE, Case, at_end, automatic, before_behind, both, by_hand, frame, in_footer,
                         in_header, named, note, p, paragraph, swap, word)

NUMBERED = BEHIND + " to practice in New York.</text:p>"
ENTRY = swap(NUMBERED, '<text:list text:style-name="Opinions"><text:list-item>' + \
             p("We are admitted to practice in New York.", "Opinion_20_1") + "</text:list-item></text:list>")
FIRST_ENTRY = '<text:list text:style-name="Opinions">'
EMPTY = p("")
SIGNED = """\
<text:p text:style-name="Signature_20_Rule"/>
<text:p text:style-name="Signature_20_Name">Harriet Pike</text:p>
<text:p text:style-name="Signature_20_Title">Partner</text:p>"""
CLOSING = '<text:p text:style-name="Signature_20_Closing">Very truly yours,</text:p>\n'
LAST = p("Nobody else may rely on this letter.", "Letter_20_Last_20_Body")
LOOSE = swap(LAST, LAST.replace("Letter_20_Last_20_Body", "Letter_20_Body"))


def starts(typed):
    return swap(BEHIND, BEHIND.replace("We are", typed + "We are"))


def signatures(*rows, style=""):
    cells = "".join(
    "<table:table-row>" +
    "".join(
        f"<table:table-cell>{cell}</table:table-cell>" for cell in row) +
         "</table:table-row>" for row in rows)
    return (
    '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" table:name="Signatures"%s><table:table-column '
    'table:number-columns-repeated="2"/>%s</table:table>' %
     (style, cells))


TWO = [[p("By: ________"), p("By: ________")], [p("Harriet Pike"), p("Louise Marlow")]]
ALL = [[p("Very truly yours,"), p("____________")], [p("Very truly yours,"), p("____________")]]
WHOLE = automatic("Whole", '<style:table-properties style:may-break-between-rows="false"/>', "table")
IN_WHOLE = ' table:style-name="Whole"'


def plain_signature(closing):
    """A block in none of the house's styles."""
    return swap(CLOSING + SIGNED, p(closing) + p("Harriet Pike") + p("Partner"))


EXECUTED = both(
    named("Executed"), plain_signature("Executed in New York"), lambda source: swap(
        p("Harriet Pike"), p(
            "Harriet Pike", "Executed"))(
                swap(
                    p("Partner"), p(
                        "Partner", "Executed"))(
                            swap(
                                p("Executed in New York"), p(
                                    "Executed in New York", "Executed"))(source))))
KEPT = automatic("Kept", paragraph("fo:keep-with-next", "always"))


def kept_signature(closing):
    return both(
    KEPT, plain_signature(closing), swap(
        LAST, LAST.replace(
            "Letter_20_Last_20_Body", "Kept")), swap(
                p(closing), p(
                    closing, "Kept")), swap(
                        p("Harriet Pike"), p(
                            "Harriet Pike", "Kept")))


CASES = [
    *(Case("numbering", f"typed “{typed}”", starts(typed + gap),
           [("EG-H028", f"The number “{typed.replace(chr(160), chr(32))}” is typed",
             f"content.xml 10 “{typed}{gap if gap == chr(160) else ' '}We are admitted to …”")], ENTRY,
           person="an entry of a list style")
      for typed, gap in (("1.", "<text:tab/>"), ("2.", " "), ("12)", " "), ("(a)", "<text:tab/>"), ("(iv)", "<text:tab/>"),
                         ("(aa)", " "),
                         ("A.", "<text:tab/>"), ("b)", "<text:tab/>"), ("iv.", "<text:tab/>"), ("1)", "\u00a0"), ("1.1",
                                                                                                                  "<text:tab/>"),
                         ("2.3.4", "<text:tab/>"), ("Section 1.", "<text:tab/>"), ("Article 2", "<text:tab/>"), ("§\u00a01.",
                                                                                                                 "<text:tab/>"),
                         ("•",
                                                                                                                 "<text:tab/>"),
                         ("–", "<text:tab/>"), ("-", "<text:tab/>"))),
    Case("numbering", "typed before an entry of a list", swap("The Certificates are", "1.<text:tab/>The Certificates are"),
         [("EG-H028", "The number “1. ” is typed", "content.xml 8 “1. The Certificates ar…”")],
         person="an entry of a list style"),
    Case("numbering", "typed in a table", before_behind(TABLE % ("", p("(a) The Certificates"))),
         [("EG-H028", "The number “(a)” is typed", "content.xml 10 “(a) The Certificates”")], before_behind(TABLE % ("",
                                                                                                        p("The Certificates"))),
         person="an entry of a list style"),
    Case("numbering", "typed before a heading", swap(NUMBERED,
                                                     '<text:h text:style-name="Letter_20_Body" text:outline-level="1">1.1'
                                                     "<text:tab/>We are admitted to practice in New York.</text:h>"),
         [("EG-H028", "The number “1.1” is typed", "content.xml 10 “1.1 We are admitted to …”")],
         swap(NUMBERED,
              '<text:h text:style-name="Letter_20_Body" text:outline-level="1">We are admitted to practice in New York.</text:h>'),
         person="an entry of a list style"),
    Case("numbering", "list without style", swap(FIRST_ENTRY, "<text:list>"),
         [("EG-H029", "This list has no list style of the letterhead and so no numbers",
           "content.xml 8 “The Certificates are valid.”")],
         person="one of the letterhead’s list styles"),
    Case("numbering", "list by hand", both(swap(FIRST_ENTRY, '<text:list text:style-name="L1">'), swap(
        "<office:automatic-styles>", '<office:automatic-styles><text:list-style style:name="L1"/>')),
         [("EG-H029", "no list style of the letterhead but one made by hand", "content.xml 8 “The Certificates are valid.”")],
         person="one of the letterhead’s list styles"),
    Case("numbering", "list style of one’s own", both(swap(FIRST_ENTRY, '<text:list text:style-name="Own">'), swap(
        "<office:styles>", '<office:styles><text:list-style style:name="Own" style:display-name="Own List"/>')),
         [("EG-H029", "no list style of the letterhead but “Own List”", "content.xml 8 “The Certificates are valid.”")],
         swap("<office:styles>", '<office:styles><text:list-style style:name="Own" style:display-name="Own List"/>'),
         person="one of the letterhead’s list styles"),

    *(Case("page_breaks", f"{kind} break {side}", by_hand(paragraph(f"fo:break-{side}", kind)),
           [("EG-H030", f"A page break by hand stands {side} this paragraph", AT_OPEN)],
           by_hand(paragraph("fo:keep-with-next", "always")), person="Remove it")
      for kind in ("page", "column") for side in ("before", "after")),
    Case("page_breaks", "in a list", both(automatic("P9", paragraph("fo:break-before", "page"), parent="Opinion_20_1"), swap(
        '"Opinion_20_1">The Cert', '"P9">The Cert')),
         [("EG-H030", "A page break by hand stands before this paragraph", "content.xml 8 “The Certificates are valid.”")],
         person="Remove it"),
    Case("page_breaks", "page begun anew", by_hand("", more=' style:master-page-name="Standard"'),
         [("EG-H030", "A page break by hand stands before this paragraph", AT_OPEN)], person="Remove it",
         house={"headers": {"off": "The letterhead is looked at by hand."}}),
    *(Case("page_breaks", f"break {side} a table", both(automatic("Tab1", f'<style:table-properties fo:break-{side}="page"/>',
                                                                  "table"),
                                                        before_behind(TABLE % (' table:style-name="Tab1"', p("Series A")))),
           [("EG-H030", f"A page break by hand stands {words} this paragraph", "content.xml 10 “Series A”")],
           before_behind(TABLE % ("", p("Series A"))), person="Remove it")
      for side, words in (("before", "before"), ("after", "after the table of"))),

    Case("empty_paragraphs", "one", before_behind(EMPTY),
         [("EG-H031", "One empty paragraph stands here as spacing",
           "content.xml 10 “after “The Agreement binds its parties.””")]),
    Case("empty_paragraphs", "three", before_behind(3 * EMPTY),
         [("EG-H031", "3 empty paragraphs stand here as spacing", "content.xml 10 “after “The Agreement binds its parties.””")]),
    Case("empty_paragraphs", "in two places", both(before_behind(EMPTY), swap(OPEN, EMPTY + OPEN)),
         [("EG-H031", "One empty paragraph", "content.xml 6 “after “Ladies and Gentlemen:””"),
          ("EG-H031", "One empty paragraph", "content.xml 11 “after “The Agreement binds its parties.””")]),
    Case("empty_paragraphs", "at the end", at_end(EMPTY),
         [("EG-H031", "One empty paragraph", "content.xml 16 “after “Partner””")]),
    *(Case("empty_paragraphs", name, before_behind(p(content)),
           [("EG-H031", "One empty paragraph", "content.xml 10 “after “The Agreement binds its parties.””")])
      for name, content in (("tab", "<text:tab/>"), ("blanks", '<text:s text:c="4"/>'), ("line break", "<text:line-break/>"),
                            ("non-breaking space", "\u00a0"), ("span",
                                                               '<text:span text:style-name="Defined_20_Term"> </text:span>'))),
    Case("empty_paragraphs", "in a section",
         before_behind('<text:section text:name="S">' + p("A.") + 2 * EMPTY + p("B.") + "</text:section>"),
         [("EG-H031", "2 empty paragraphs", "content.xml 11 “after “A.””")],
         before_behind('<text:section text:name="S">' + p("A.") + p("B.") + "</text:section>")),
    Case("empty_paragraphs", "at the beginning", swap('<text:p text:style-name="Letter_20_Date">',
                                                      EMPTY + '<text:p text:style-name="Letter_20_Date">'),
         [("EG-H031", "One empty paragraph", "content.xml 1")]),
    Case("empty_paragraphs", "heading", before_behind('<text:h text:outline-level="1" text:style-name="Letter_20_Body"/>'),
         [("EG-H031", "One empty paragraph", "content.xml 10 “after “The Agreement binds its parties.””")],
         person="Delete what is empty"),
    Case("empty_paragraphs", "beside a table", before_behind(TABLE % ("", p("Series A")) + EMPTY),
         [("EG-H031", "One empty paragraph", "content.xml 11 “after “The Agreement binds its parties.””")],
         before_behind(TABLE % ("", p("Series A"))), person="Delete what is empty"),
    Case("empty_paragraphs", "in the signature block", swap(CLOSING, CLOSING + p("", "Signature_20_Name")),
         [("EG-H031", "One empty paragraph", "content.xml 13 “after “Very truly yours,””")], person="Delete what is empty"),
    Case("empty_paragraphs", "one that the house does not allow", both(before_behind(p("", "Letter_20_Re")), at_end(EMPTY)),
         [("EG-H031", "One empty paragraph", "content.xml 10 “after “The Agreement binds its parties.””")], at_end(EMPTY),
         house={"empty_paragraphs": {"allow": ["Letter Body"]}}),

    Case("spaces", "blanks", swap("We are admitted", 'We <text:s text:c="6"/>are admitted'),
         [("EG-H032", "7 blanks in a row move the text here", "content.xml 10 “We       are admitted to prac…”")],
         person="Use an indent or a tab stop"),
    Case("spaces", "tabs", swap("We are admitted", "We <text:tab/><text:tab/>are admitted"),
         [("EG-H032", "2 tabs in a row move the text here", "content.xml 10 “We   are admitted to prac…”")],
         swap("We are admitted", "We <text:tab/>are admitted"), person="Use an indent or a tab stop"),
    Case("spaces", "line breaks", swap("We are admitted", "We<text:line-break/><text:line-break/><text:line-break/>are admitted"),
         [("EG-H032", "3 line breaks in a row move the text here", "content.xml 10 “We   are admitted to prac…”")],
         swap("We are admitted", "We<text:line-break/>are admitted"), person="Use an indent or a tab stop"),
    Case("spaces", "non-breaking spaces", swap("We are admitted", "We" + 4 * "\u00a0" + "are admitted"),
         [("EG-H032", "4 non-breaking or wide spaces in a row move the text here",
           "content.xml 10 “We\u00a0\u00a0\u00a0\u00a0are admitted to prac…”")],
         swap("We are admitted", "We\u00a0\u00a0are admitted"), person="Use an indent or a tab stop"),
    Case("spaces", "wide spaces", swap("We are admitted", "We" + 3 * "\u2003" + "are admitted"),
         [("EG-H032", "3 non-breaking or wide spaces in a row", "content.xml 10 “We\u2003\u2003\u2003are admitted to prac…”")],
         person="Use an indent or a tab stop"),
    Case("spaces", "in a list", swap("The Certificates", 'The<text:s text:c="5"/>Certificates'),
         [("EG-H032", "5 blanks in a row", "content.xml 8 “The     Certificates are val…”")],
         person="Use an indent or a tab stop"),
    Case("spaces", "in a table", before_behind(TABLE % ("", p('Series <text:s text:c="9"/>A'))),
         [("EG-H032", "10 blanks in a row", "content.xml 10 “Series          A”")], before_behind(TABLE % ("", p("Series A"))),
         person="Use an indent or a tab stop"),
    Case("spaces", "in a footnote", note("See<text:tab/><text:tab/>above."),
         [("EG-H032", "2 tabs in a row", "content.xml 7 “See  above.”")], note("See above."),
         person="Use an indent or a tab stop"),

    Case("signature", "last paragraph before it", LOOSE,
         [("EG-H041", "A page may end after “Nobody else may rely on this letter.”, inside the signature block",
           "content.xml 11 “Nobody else may rely on this letter.”")], both(KEPT, swap(LAST, LAST.replace("Letter_20_Last_20_Body",
                                                                                                         "Kept")))),
    Case("signature", "line of the block", both(automatic("Loose", paragraph("fo:keep-with-next", "auto"),
                                                          parent="Signature_20_Name"), swap(
        '"Signature_20_Name">Harriet', '"Loose">Harriet')),
         [("EG-H041", "A page may end after “Harriet Pike”", "content.xml 14 “Harriet Pike”")],
         both(automatic("Kept", paragraph("fo:keep-with-next", "always"), parent="Signature_20_Name"), swap(
             '"Signature_20_Name">Harriet', '"Kept">Harriet'))),
    Case("signature", "table", swap(SIGNED, signatures(*TWO)),
         [("EG-H041", "A page may end after “By: ________”", "content.xml 13 “By: ________”")],
         both(WHOLE, swap(SIGNED, signatures(*TWO, style=IN_WHOLE)))),
    Case("signature", "all of it in a table", both(swap(CLOSING, ""), swap(SIGNED, signatures(*ALL))),
         [("EG-H041", "A page may end after “Very truly yours,”", "content.xml 12 “Very truly yours,”")],
         both(WHOLE, swap(CLOSING, ""), swap(SIGNED, signatures(*ALL, style=IN_WHOLE)))),
    Case("signature", "block in no style of the house", plain_signature("Very truly yours,"),
         [("EG-H041", "after “Very truly yours,”", "content.xml 12 “Very truly yours,”"),
          ("EG-H041", "after “Harriet Pike”", "content.xml 13 “Harriet Pike”")],
         both(KEPT, plain_signature("Very truly yours,"), swap(p("Very truly yours,"), p("Very truly yours,", "Kept")),
              swap(p("Harriet Pike"), p("Harriet Pike", "Kept")))),
    *(Case("signature", f"closing “{closing}”", plain_signature(closing),
           [("EG-H041", f"after “{closing}”", f"content.xml 12 “{closing}”"),
            ("EG-H041", "after “Harriet Pike”", "content.xml 13 “Harriet Pike”")],
           both(KEPT, plain_signature(closing), swap(p(closing), p(closing, "Kept")), swap(p("Harriet Pike"), p("Harriet Pike",
                                                                                                                "Kept"))))
      for closing in ("Yours faithfully,", "Yours sincerely,", "Sincerely yours,", "Respectfully submitted,", "VERY TRULY YOURS,",
                      "Very Truly Yours")),
    Case("signature", "closing of the house", both(plain_signature("Hochachtungsvoll"), LOOSE),
         [("EG-H041", "after “Nobody else may rely on this letter.”", "content.xml 11 “Nobody else may rely on this letter.”"),
          ("EG-H041", "after “Hochachtungsvoll”", "content.xml 12 “Hochachtungsvoll”"),
          ("EG-H041", "after “Harriet Pike”", "content.xml 13 “Harriet Pike”")], kept_signature("Hochachtungsvoll"),
         house={"signature": {"closings": ["Hochachtungsvoll"]}}),
    Case("signature", "style of the house", EXECUTED,
         [("EG-H041", "A page may end after “Executed in New York”", "content.xml 12 “Executed in New York”"),
          ("EG-H041", "A page may end after “Harriet Pike”", "content.xml 13 “Harriet Pike”")],
         both(EXECUTED, automatic("Kept", paragraph("fo:keep-with-next", "always"), parent="Executed"),
              lambda source: source.replace(
             p("Executed in New York", "Executed") + p("Harriet Pike", "Executed"),
             p("Executed in New York", "Kept") + p("Harriet Pike", "Kept"))), house={"signature": {"styles": ["Executed"]}}),

    *(Case("non_breaking", f"“{words}”", word(f"{before} {words}{behind}"),
           [("EG-H040", f"A line may end inside “{words}”", f"content.xml 6 “{around}”")],
           word(f"{before} {words.replace(' ', chr(160))}{behind}"))
      for before, words, behind, around in (
          ("Section", "§ 5", " of", "…ve acted as Section § 5 of to the depositor…"),
          ("Sections", "§§ 5", " and 6 of", "…e acted as Sections §§ 5 and 6 of to the dep…"),
          ("Certificate", "No. 5", " of", "…cted as Certificate No. 5 of to the depositor…"),
          ("Certificates", "Nos. 5", " and 6 of", "…ted as Certificates Nos. 5 and 6 of to the dep…"),
          ("on", "May 5", ", 2006 to", "We have acted as on May 5, 2006 to to the dep…"),
          ("for", "Mr. Pike", " and", "…e have acted as for Mr. Pike and to the deposito…"),
          ("for", "Mrs. Pike", " and", "…e have acted as for Mrs. Pike and to the deposito…"),
          ("for", "Dr. Pike", " and", "…e have acted as for Dr. Pike and to the deposito…"))),
    Case("non_breaking", "in a table", before_behind(TABLE % ("", p("Certificate No. 5"))),
         [("EG-H040", "A line may end inside “No. 5”", "content.xml 10 “Certificate No. 5”")],
         before_behind(TABLE % ("", p("Certificate No.\u00a05")))),
    Case("non_breaking", "in a list", swap("The Certificates", "Under § 5 the Certificates"),
         [("EG-H040", "A line may end inside “§ 5”", "content.xml 8 “Under § 5 the Certificates ar…”")],
         swap("The Certificates", "Under §\u00a05 the Certificates")),
    Case("non_breaking", "in two spans", word('under §<text:span text:style-name="Defined_20_Term"> 5</text:span> of'),
         [("EG-H040", "A line may end inside “§ 5”", "content.xml 6 “…have acted as under § 5 of to the depositor…”")],
         word('under §<text:span text:style-name="Defined_20_Term">\u00a05</text:span> of')),
    Case("non_breaking", "in a text box", frame(p("See § 5.")), [("EG-H040", "A line may end inside “§ 5.”",
                                                                  "content.xml 7 “See § 5.”")],
         frame(p("See §\u00a05."))),
    Case("non_breaking", "in a footnote", note("See § 5."), [("EG-H040", "A line may end inside “§ 5.”",
                                                              "content.xml 7 “See § 5.”")], note("See §\u00a05.")),
    Case("non_breaking", "sign that the house names", word("Paragraph ¶ 5 of § 6 of"), [("EG-H040", "A line may end inside “¶ 5”",
           "content.xml 6 “… acted as Paragraph ¶ 5 of § 6 of to the de…”")],
         word("Paragraph ¶\u00a05 of § 6 of"), house={"non_breaking": {"before_number": ["¶"]}}),
    Case("non_breaking", "title that the house names", word("Prof. Pike and Mr. Marlow and"),
         [("EG-H040", "A line may end inside “Prof. Pike”", "content.xml 6 “We have acted as Prof. Pike and Mr. Marlow and …”")],
         word("Prof.\u00a0Pike and Mr. Marlow and"),
         house={"non_breaking": {"titles": ["Prof."]}}),
    Case("non_breaking", "no dates", word("on May 5, 2006, Mr. Pike to"), [("EG-H040", "A line may end inside “Mr. Pike”",
           "content.xml 6 “… as on May 5, 2006, Mr. Pike to to the depositor…”")],
         word("on May 5, 2006, Mr.\u00a0Pike to"), house={"non_breaking": {"dates": False}}),

    *(Case("brackets", name, word(blank + " as"), [("EG-H037", f"A blank is left open: “{said}”",
                                                    f"content.xml 6 “We have acted as {said} as to the depositor…”")],
           word("counsel of Acme Depositor LLC as"), person="Fill it in")
      for name, blank, said in (
          ("words", "[the depositor]", "[the depositor]"), ("number", "[1]", "[1]"), ("bullet", "[●]", "[●]"), ("bare bullet",
                                                                                                                "●", "●"),
          ("nested", "[[the] client]", "[[the] client]"), ("rule", "_________", "_________"), ("rule in brackets", "[_____]",
                                                                                               "[_____]"),
          ("angles", "&lt;&lt;client&gt;&gt;", "<<client>>"), ("braces", "{Company}", "{Company}"),
          ("sign of a mail merge", "«Name»", "«Name»"), ("to be done", "TBD", "TBD"), ("letters", "XXX", "XXX"),
          ("dots", "………", "………"), ("short rule", "__", "__"),
          ("placeholder", '<text:placeholder text:placeholder-type="text">&lt;Client&gt;</text:placeholder>', "<Client>"),
          ("input field", '<text:text-input text:description="Client">Click here</text:text-input>', "Click here"),
          ("input field that says its prompt", '<text:text-input text:description="Client">Client</text:text-input>', "Client"),
          ("list of which nothing is chosen", '<text:drop-down text:name="d"><text:label text:value="the buyer"/><text:label '
           'text:value="the seller"/>the buyer</text:drop-down>', "the buyer"))),
    Case("brackets", "year", word("counsel since 20__"), [("EG-H037", "A blank is left open: “__”",
                                                           "content.xml 6 “… as counsel since 20__ to the depositor na…”")],
         word("counsel since 2001"), person="Fill it in"),
    Case("brackets", "over two paragraphs", before_behind(p("[Where the issuer is a trust:") + p("Its trustee is bound.]")),
         [("EG-H037", "“[Where the issuer is a trust:”", "content.xml 10 “[Where the issuer is a trust:”")],
         before_behind(p("Its trustee is bound.")), person="Fill it in"),
    Case("brackets", "whole paragraph", before_behind(p("[" + 6 * "Each trustee of the issuer is bound. " + "So are we.]")),
         [("EG-H037", "“[Each trustee of the issuer is bound.", "content.xml 10 “" + (
             "[" + 6 * "Each trustee of the issuer is bound. ")[:100] + "…”")],
         before_behind(p("Its trustee is bound.")), person="Fill it in"),
    Case("brackets", "in a table", before_behind(TABLE % ("", p("[Series]"))), [("EG-H037", "“[Series]”",
                                                                                 "content.xml 10 “[Series]”")],
         before_behind(TABLE % ("", p("Series A"))), person="Fill it in"),
    Case("brackets", "in a footnote", note("See [where]."), [("EG-H037", "“[where]”", "content.xml 7 “See [where].”")],
         note("See above."), person="Fill it in"),
    Case("brackets", "in a text box", frame(p("[Series]")), [("EG-H037", "“[Series]”", "content.xml 7 “[Series]”")],
         frame(p("Series A")), person="Fill it in"),
    Case("brackets", "field of a form", word('<text:text-input text:description="who">Click here</text:text-input>'),
         [("EG-H037", "“Click here”", "content.xml 6 “We have acted as Click here to the depositor na…”")], word("agent"),
         person="Fill it in"),
    Case("brackets", "list to choose from",
         word('<text:drop-down text:name="x"><text:label text:value="agent"/>agent</text:drop-down>'),
         [("EG-H037", "“agent”", "content.xml 6 “We have acted as agent to the depositor na…”")], word("agent"),
         person="Fill it in"),
    Case("brackets", "in a list", swap("The Certificates", "The [●]"), [("EG-H037", "“[●]”",
                                                                         "content.xml 8 “The [●] are valid.”")],
         person="Fill it in"),
    Case("brackets", "in the footer", in_footer(" [draft]"), [("EG-H037", "“[draft]”",
                                                               "styles.xml 9 “Marlow & Pike LLP [draft]”")], person="Fill it in",
         house={"headers": {"off": "The footer is another."}}),
    Case("brackets", "one that the house does not allow", word("[counsel] of [Reserved] and [to come]"), [("EG-H037",
                                                                                                           "“[counsel]”",
                                                            "content.xml 6 “We have acted as [counsel] of [Reserved] and […”")],
         word("counsel of [Reserved] and [to come]"), house={"brackets": {"allow": ["[Reserved]", "[to *]"]}},
         person="list it under “allow”"),

    Case("tags", "value", word("{{ depositor.name }}"), [("EG-H038", "The tag {{ depositor.name }} is left",
                                                 "content.xml 6 “We have acted as {{ depositor.name }} to the depositor na…”")],
         word("counsel of Acme Depositor LLC"), person="Assemble the letter again"),
    Case("tags", "statement", word("counsel {% if x %}as agent {% endif %}"),
         [("EG-H038", "The tag {% if x %} is left", "content.xml 6 “…ve acted as counsel {% if x %}as agent {% endif %}…”"),
          ("EG-H038", "The tag {% endif %} is left", "content.xml 6 “… {% if x %}as agent {% endif %} to the depositor na…”")],
         word("counsel"),
         person="Assemble the letter again"),
    Case("tags", "remark", word("counsel{# who? #}"), [("EG-H038", "The tag {# who? #} is left",
                                                        "content.xml 6 “…ave acted as counsel{# who? #} to the depositor na…”")],
         word("counsel"),
         person="Assemble the letter again"),
    Case("tags", "in two spans", word('{{ depositor<text:span text:style-name="Defined_20_Term">.name }}</text:span>'),
         [("EG-H038", "The tag {{ depositor.name }} is left",
           "content.xml 6 “We have acted as {{ depositor.name }} to the depositor na…”")], word("counsel"),
         person="Assemble the letter again"),
    Case("tags", "in a table", before_behind(TABLE % ("", p("{{ series }}"))), [("EG-H038", "{{ series }}",
                                                                                 "content.xml 10 “{{ series }}”")],
         before_behind(TABLE % ("", p("Series A"))), person="Assemble the letter again"),
    Case("tags", "in a footnote", note("See {{ where }}."), [("EG-H038", "{{ where }}", "content.xml 7 “See {{ where }}.”")],
         note("See above."),
         person="Assemble the letter again"),
    Case("tags", "in a text box", frame(p("{{ series }}")), [("EG-H038", "{{ series }}", "content.xml 7 “{{ series }}”")],
         frame(p("Series A")),
         person="Assemble the letter again"),
    Case("tags", "in the title", swap("<dc:title>", "<dc:title>{{ deal.title }} "),
         [("EG-H038", "The tag {{ deal.title }} is left", "meta.xml “{{ deal.title }} Letterhead of Marlow & Pike LLP”")],
         person="Assemble the letter again"),
    Case("tags", "that is not closed", word("{{ depositor.name"), [("EG-H038",
                                                                    "The tag {{ depositor.name to the depositor named below. is left",
         "content.xml 6 “We have acted as {{ depositor.name to the depositor named below.”")], word("counsel"),
         person="Assemble the letter again"),
    Case("tags", "in the header of page 1", swap("EXHIBIT 5.1", "{{ letter.exhibit }}"),
         [("EG-H038", "{{ letter.exhibit }}", "styles.xml 4 “{{ letter.exhibit }}”")], person="Assemble the letter again"),
    Case("tags", "in the header", in_header("{{ draft }}"), [("EG-H038", "{{ draft }}", "styles.xml 3 “Page 2{{ draft }}”")],
         person="Assemble the letter again",
         house={"headers": {"off": "The header is another."}}),
    Case("tags", "in the footer", in_footer(" {{ draft }}"), [("EG-H038", "{{ draft }}",
                                                               "styles.xml 9 “Marlow & Pike LLP {{ draft }}”")],
         person="Assemble the letter again",
         house={"headers": {"off": "The footer is another."}}),
]
