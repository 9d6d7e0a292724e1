# SPDX-License-Identifier: MPL-2.0
"""Cases of the rules for what is left of drafting and of the file's history: dates that change, highlighting, comments, tracked
changes, hidden text, links, macros, metadata."""

from house_cases import (AT_ALL, AT_OPEN, AT_W, FOOTER, TABLE, W, Case, automatic, before_behind, both, by_hand, frame, in_footer, in_header,
                         marked, note, p, same, span, styled, swap, text, word)

FOOT = "styles.xml 9 “Marlow & Pike LLP”"
OTHER_FOOTER = {"headers": {"off": "The footer is another."}}
META = "<office:meta>"


def comment(words):
    return (f"<office:annotation><dc:creator>A</dc:creator><dc:date>2006-02-01T00:00:00</dc:date><text:p>{words}</text:p>"
            "</office:annotation>")


def change(kind, mark, content="", where=None, track=""):
    """A tracked change at the first paragraph, or with its mark set by `where`."""
    region = (
    f'<text:tracked-changes{track}><text:changed-region xml:id="ct1" text:id="ct1"><text:{kind}><office:change-info><dc:creator>B'
    f"</dc:creator><dc:date>2006-02-01T00:00:00</dc:date></office:change-info>{content}</text:{kind}></text:changed-region>"
    "</text:tracked-changes>")
    return both(where or word(mark + W), swap("<office:text>", "<office:text>" + region))


def filled(family, color="#ffff00"):
    return f'<style:{family}-properties fo:background-color="{color}"/>'


SPECIAL = "content.xml 6 “We have acted as special counsel to the …”"
INSERTED = '<text:change-start text:change-id="ct1"/>special <text:change-end text:change-id="ct1"/>'


BASIC = ('<office:scripts><office:script xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
         'script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard"/></ooo:libraries></office:script>'
         "</office:scripts>")


def meta(xml):
    return swap(META, META + xml)


CASES = [
    *(Case("live_dates", name, word(f"{W} {field}"), [("EG-H061", f"“{said}” is a field that shows {shows}",
                                                       f"content.xml 6 “We have acted as counsel {around}”")], mended,
           person=hint)
      for name, field, said, around, shows, mended, hint in (
          ("date", "<text:date>February\u00a027, 2006</text:date>", "February 27, 2006", "February 27, 20…",
           "the day on which the letter is opened",
           word(W + ' <text:date text:fixed="true">February\u00a027, 2006</text:date>'), "fix the field"),
          ("time", '<text:time text:fixed="false">10:00</text:time>', "10:00", "10:00 to the de…",
           "the time at which the letter is opened", word(W + " 10:00"),
           "Type the date"),
          ("day of saving", "<text:modification-date>2006</text:modification-date>", "2006", "2006 to the dep…",
           "the day on which the letter was last saved",
           word(W + " 2006"), "Type the date"),
          ("day of printing", "<text:print-date>2006</text:print-date>", "2006", "2006 to the dep…",
           "the day on which the letter was last printed", word(W + " 2006"),
           "Type the date"),
          ("who opens it", "<text:author-name>Ann</text:author-name>", "Ann", "Ann to the depo…",
           "what LibreOffice knows of whoever opens the letter",
           word(W + " Ann"), "Type what it should say"),
          ("name of the file", "<text:file-name>H:/clients/secret.odt</text:file-name>", "H:/clients/secret.odt",
           "H:/clients/secr…", "where the file lies",
           word(W + " File 12"), "Type what it should say"))),
    Case("live_dates", "in a table", before_behind(TABLE % ("", p("<text:date>May\u00a05, 2006</text:date>"))),
         [("EG-H061", "“May 5, 2006”", "content.xml 10 “May\u00a05, 2006”")], before_behind(TABLE % ("", p("May\u00a05, 2006"))),
         person="fix the field"),
    Case("live_dates", "in a list", swap("The Certificates", "On <text:date>May\u00a05, 2006</text:date> the Certificates"),
         [("EG-H061", "“May 5, 2006”", "content.xml 8 “On May\u00a05, 2006 the Certificates are vali…”")],
         swap("The Certificates",
                                                                                             "On May\u00a05, 2006 the Certificates"),
         person="fix the field"),
    Case("live_dates", "in the footer", in_footer('<text:span><text:date text:fixed="false"/></text:span>'),
         [("EG-H061", "“…” is a field that shows the day on which the letter is opened", FOOT)],
         person="Type the date of the letter in its place"),
    Case("live_dates", "in the header", in_header("<text:time>10:00</text:time>"),
         [("EG-H061", "“10:00” is a field that shows the time", "styles.xml 3 “Page 210:00”")], house=OTHER_FOOTER,
         person="Type the date of the letter"),
    Case("live_dates", "in a footnote", note("<text:date>May\u00a05, 2006</text:date>."), [("EG-H061", "“May 5, 2006”",
                                                                                            "content.xml 7 “May 5, 2006.”")],
         note("May\u00a05, 2006."), person="fix the field"),

    Case("highlight", "word", span(text("fo:background-color", "#ffff00")), [("EG-H033", "Text is highlighted in #ffff00", AT_W)],
         span(text("fo:background-color", "transparent")), person="No Fill"),
    Case("highlight", "in a list", span(text("fo:background-color", "#ffff00"), "The Certificates are valid."),
         [("EG-H033", "Text is highlighted in #ffff00", "content.xml 8 “The Certificates are valid.”")], person="No Fill"),
    Case("highlight", "in a table", both(before_behind(TABLE % ("", p("Class A"))), span(text("fo:background-color", "#ffff00"),
                                                                                         "Class A")),
         [("EG-H033", "Text is highlighted in #ffff00", "content.xml 10 “Class A”")], before_behind(TABLE % ("", p("Class A"))),
         person="No Fill"),
    Case("highlight", "paragraph", by_hand(filled("paragraph")), [("EG-H033", "Text is highlighted in #ffff00", AT_OPEN)],
         by_hand(filled("paragraph", "transparent")), person="No Fill"),
    Case("highlight", "character style", marked("Mark", text("fo:background-color", "#00ff00")),
         [("EG-H033", "Text is highlighted in #00ff00", AT_W)], marked("Mark"), house={}, person="No Fill"),
    Case("highlight", "paragraph style", styled("Mark", text("fo:background-color", "#00ff00")),
         [("EG-H033", "Text is highlighted in #00ff00", AT_ALL)], styled("Mark"), house={}, person="No Fill"),
    Case("highlight", "cell of a table", both(automatic("C1", filled("table-cell"), "table-cell"), before_behind(
        (TABLE % ("", p("Series A"))).replace("<table:table-cell>", '<table:table-cell table:style-name="C1">'))),
         [("EG-H033", "Text is highlighted in #ffff00", "content.xml 10 “Series A”")], before_behind(TABLE % ("", p("Series A"))),
         person="No Fill"),
    Case("highlight", "in a footnote", both(note("See above."), span(text("fo:background-color", "#ffff00"), "See above.")),
         [("EG-H033", "Text is highlighted in #ffff00", "content.xml 7 “See above.”")], note("See above."), person="No Fill"),
    Case("highlight", "in the footer", both(in_footer(" draft"), span(text("fo:background-color", "#ffff00"), " draft")),
         [("EG-H033", "Text is highlighted in #ffff00", "styles.xml 9 “Marlow & Pike LLP draft”")], in_footer(" draft"),
         house=OTHER_FOOTER, person="No Fill"),

    Case("comments", "comment", word(comment("Ask Jonah") + W), [("EG-H034", "A comment is left: “Ask Jonah”", AT_OPEN)],
         person="Settle it and delete it"),
    Case("comments", "over words", word(comment("Ask Jonah").replace("<office:annotation>",
                                                                     '<office:annotation office:name="c1">') + W +
                                        '<office:annotation-end office:name="c1"/>'),
         [("EG-H034", "A comment is left: “Ask Jonah”", AT_OPEN)], person="Settle it and delete it"),
    Case("comments", "and its answer", word(comment("Ask Jonah") + comment("Done") + W),
         [("EG-H034", "“Ask Jonah”", AT_OPEN), ("EG-H034", "“Done”", AT_OPEN)], person="Settle it and delete it"),
    Case("comments", "without words", word(comment("") + W), [("EG-H034", "A comment is left: “…”", AT_OPEN)],
         person="Settle it and delete it"),
    Case("comments", "in a text box", frame(p(comment("Ask Jonah") + "Class A")), [("EG-H034", "“Ask Jonah”",
                                                                                    "content.xml 7 “Class A”")],
         frame(p("Class A")), person="Settle it"),
    Case("comments", "in the header", in_header(comment("Ask Jonah")), [("EG-H034", "“Ask Jonah”", "styles.xml 3 “Page 2”")],
         person="Settle it"),
    Case("comments", "in a table", before_behind(TABLE % ("", p(comment("Ask Jonah") + "Series A"))),
         [("EG-H034", "“Ask Jonah”", "content.xml 10 “Series A”")], before_behind(TABLE % ("", p("Series A"))),
         person="Settle it"),
    Case("comments", "in a footnote", note(comment("Ask Jonah") + "See above."), [("EG-H034", "“Ask Jonah”",
                                                                                   "content.xml 7 “See above.”")],
         note("See above."),
         person="Settle it"),
    Case("comments", "in the footer", in_footer(comment("Ask Jonah")), [("EG-H034", "“Ask Jonah”", FOOT)], person="Settle it"),

    Case("tracked_changes", "deletion", change("deletion", '<text:change text:change-id="ct1"/>', "<text:p>special </text:p>"),
         [("EG-H035", "A tracked change is left: the deletion of “special” by B", AT_OPEN)], person="Accept or reject it"),
    Case("tracked_changes", "end of a paragraph", change("deletion", '<text:change text:change-id="ct1"/>', "<text:p/><text:p/>"),
         [("EG-H035", "A tracked change is left: a deletion by B", AT_OPEN)], person="Accept or reject it"),
    Case("tracked_changes", "insertion", change("insertion", INSERTED), [("EG-H035",
                                                                          "A tracked change is left: an insertion by B",
                                                                          SPECIAL)],
         word("special " + W), person="Accept or reject it"),
    Case("tracked_changes", "formatting", change("format-change", INSERTED),
         [("EG-H035", "A tracked change is left: a change of formatting by B", SPECIAL)], word("special " + W),
         person="Accept or reject it"),
    Case("tracked_changes", "in a table", change("insertion", "", where=before_behind(TABLE % ("", p(INSERTED + "Series A")))),
         [("EG-H035", "an insertion by B", "content.xml 10 “special Series A”")], before_behind(TABLE % ("",
                                                                                                         p("special Series A"))),
         person="Accept or reject it"),
    Case("tracked_changes", "in a footnote", change("insertion", "", where=note(INSERTED + "See above.")),
         [("EG-H035", "an insertion by B", "content.xml 7 “special See above.”")], note("special See above."),
         person="Accept or reject it"),
    Case("tracked_changes", "in the header", both(in_header(INSERTED), swap("<style:header>", (
        '<style:header><text:tracked-changes><text:changed-region xml:id="ct1" text:id="ct1"><text:insertion><office:change-info><dc:creator>B'
        "</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"))),
         [("EG-H035", "an insertion by B", "styles.xml 3 “Page 2special ”")], in_header("special "), house=OTHER_FOOTER,
         person="Accept or reject it"),
    Case("tracked_changes", "recording", swap("<office:text>", '<office:text><text:tracked-changes text:track-changes="true"/>'),
         [("EG-H036", "The recording of changes is switched on", "content.xml")], person="Switch it off"),

    Case("hidden_text", "word", span(text("text:display", "none")), [("EG-H042", "Hidden text is left: “counsel”", AT_W)],
         span(text("text:display", "true")), person="Delete it or show it"),
    Case("hidden_text", "in a table", both(before_behind(TABLE % ("", p("Class A"))), span(text("text:display", "none"),
                                                                                           "Class A")),
         [("EG-H042", "Hidden text is left: “Class A”", "content.xml 10 “Class A”")], before_behind(TABLE % ("", p("Class A"))),
         person="Delete it or show it"),
    Case("hidden_text", "in a footnote", both(note("See above."), span(text("text:display", "none"), "above")),
         [("EG-H042", "Hidden text is left: “above”", "content.xml 7 “See above.”")], note("See above."),
         person="Delete it or show it"),
    Case("hidden_text", "character style", marked("Own", text("text:display", "none")), [("EG-H042", "“counsel”", AT_W)],
         marked("Own"), house={},
         person="Delete it or show it"),
    Case("hidden_text", "section with a condition", before_behind(
        '<text:section text:name="S" text:display="condition" text:condition="ooow:0">' + p("weak") + "</text:section>"),
         [("EG-H042", "Hidden text is left: “weak”", "content.xml 10 “weak”")], before_behind(p("weak")),
         person="Delete it or show it"),
    Case("hidden_text", "white style", styled("Own", text("fo:color", "#ffffff")), [("EG-H042", "“We have acted as counsel",
                                                                                     AT_ALL)], styled("Own"),
         house={}, person="Delete it or show it"),
    Case("hidden_text", "white", span(text("fo:color", "#ffffff")), [("EG-H042", "Hidden text is left: “counsel”", AT_W)],
         house={"direct_formatting": {"allow": ["color"]}}, person="Delete it or show it"),
    Case("hidden_text", "too small", span(text("fo:font-size", "1pt")), [("EG-H042", "Hidden text is left: “counsel”", AT_W)],
         house={"direct_formatting": {"allow": ["font-size"]}, "font_sizes": {"allow": ["1pt", "8pt", "9pt", "11pt", "12pt",
                                                                                        "23pt"]}},
         person="Delete it or show it"),
    Case("hidden_text", "style", styled("Own", text("text:display", "none")), [("EG-H042", "“We have acted as counsel", AT_ALL)],
         styled("Own"),
         house={}, person="Delete it or show it"),
    *(Case("hidden_text", name, word(xml + W), [("EG-H042", "Hidden text is left: “weak”", place)], mended,
           person="Delete it or show it")
      for name, xml, place, mended in (
          ("field", '<text:hidden-text text:condition="ooow:1" text:string-value="weak" text:is-hidden="true"/>', AT_OPEN, same),
          ("variable",
           '<text:variable-set text:name="v" text:display="none" office:value-type="string" office:string-value="weak"/>',
           AT_OPEN, same),
          ("user field", '<text:user-field-get text:name="v" text:display="none">weak</text:user-field-get>',
           "content.xml 6 “We have acted as weakcounsel to the depo…”",
           same),
          ("other words of a condition", '<text:conditional-text text:condition="ooow:1" text:string-value-if-true="old" '
           'text:string-value-if-false="weak">old</text:conditional-text> ',
           "content.xml 6 “We have acted as old counsel to the depo…”", word("old " + W)))),
    Case("hidden_text", "paragraph", word('<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>' + W),
         [("EG-H042", "Hidden text is left: “We have acted as counsel", AT_OPEN)], person="Delete it or show it"),
    Case("hidden_text", "section",
         before_behind('<text:section text:name="S" text:display="none">' + p("weak") + "</text:section>"),
         [("EG-H042", "Hidden text is left: “weak”", "content.xml 10 “weak”")], before_behind(p("weak")),
         person="Delete it or show it"),
    Case("hidden_text", "in the footer", both(in_footer(" draft"), span(text("text:display", "none"), " draft")),
         [("EG-H042", "Hidden text is left: “draft”", "styles.xml 9 “Marlow & Pike LLP draft”")], in_footer(" draft"),
         house=OTHER_FOOTER, person="Delete it or show it"),

    *(Case("links", name, word(f'<text:a xlink:type="simple" xlink:href="{href}">{W}</text:a>'), [(code, said, AT_OPEN)],
           person=hint)
      for name, href, code, said, hint in (
          ("address", "https://example.com/", "EG-H044", "“counsel” is a link to https://example.com/", "Remove the link"),
          ("mail", "mailto:ann@example.com", "EG-H044", "“counsel” is a link to mailto:ann@example.com", "Remove the link"),
          ("file", "file:///C:/x.doc", "EG-H064", "“counsel” is a link to the file file:///C:/x.doc", "the text can stay"),
          ("file on a server", "..\\\\srv\\x.doc", "EG-H064", "x.doc", "the text can stay"))),
    Case("links", "to a bookmark that is not there", word(f'<text:a xlink:type="simple" xlink:href="#nowhere">{W}</text:a>'),
         [("EG-H069", "“counsel” leads to “nowhere”, which the document does not have", AT_OPEN)], person="Set the link again"),
    Case("links", "field of another program", word(f'{W} <text:dde-connection text:connection-name="soffice C:/rates.ods A1">5'
                                                   "</text:dde-connection>"),
         [("EG-H043", "A DDE link is loaded from outside the file: soffice C:/rates.ods A1",
           "content.xml 6 “We have acted as counsel 5 to the deposi…”")], word(W + " 5"), person="Embed it"),
    Case("links", "in a footnote", note('See <text:a xlink:type="simple" xlink:href="https://example.com/">here</text:a>.'),
         [("EG-H044", "“here” is a link to https://example.com/", "content.xml 7 “See here.”")], note("See here."),
         person="Remove the link"),
    Case("links", "document that takes its place",
         meta('<meta:auto-reload xlink:type="simple" xlink:href="https://example.com/x" meta:delay="PT1S"/>'),
         [("EG-H043", "Another document is loaded from outside the file: https://example.com/x", "meta.xml")],
         person="delete it"),
    Case("links", "linked object",
         word('<draw:frame text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:object xlink:type="simple" '
                                        f'xlink:href="file:///c/x.ods"/></draw:frame>{W}'),
         [("EG-H043", "A linked object is loaded from outside the file: file:///c/x.ods", AT_OPEN)], person="Embed it"),
    Case("links", "linked picture", word('<draw:frame text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image '
                                         f'xlink:type="simple" xlink:href="file:///c/logo.png"/></draw:frame>{W}'),
         [("EG-H043", "A linked picture is loaded from outside the file: file:///c/logo.png", AT_OPEN)], person="Embed it"),
    Case("links", "linked section", before_behind('<text:section text:name="S"><text:section-source xlink:type="simple" '
                                                  'xlink:href="file:///c/x.odt"/>' + p("Old.") + "</text:section>"),
         [("EG-H043", "A linked section is loaded from outside the file: file:///c/x.odt", "content.xml 10 “Old.”")],
         before_behind(p("Old.")), person="Embed it"),
    Case("links", "data source",
         word('<text:database-display text:database-name="Clients" text:table-name="T" text:table-type="table" '
                                      f'text:column-name="c">{W}</text:database-display>'),
         [("EG-H043", "A data source is loaded from outside the file: Clients, T.", AT_OPEN)], person="or delete it"),
    Case("links", "broken reference in a footer", swap(
        FOOTER, FOOTER.replace("Marlow", '<text:bookmark-ref text:reference-format="text" text:ref-name="_Ref7">Marlow'
                                         "</text:bookmark-ref>")),
         [("EG-H069", "“Marlow” leads to “_Ref7”", "styles.xml 9 “Marlow & Pike LLP”")], person="Set it again"),
    *(Case("links", f"broken reference to a {name}", word(f"{W} as in {xml}"), [("EG-H069", f"“7” leads to “{target}”",
                                                          "content.xml 6 “We have acted as counsel as in 7 to the …”")], mended,
           person="Set it again")
      for name, target, xml, mended in (
          ("bookmark", "_Ref7", '<text:bookmark-ref text:reference-format="number" text:ref-name="_Ref7">7</text:bookmark-ref>',
           word(f'<text:bookmark text:name="_Ref7"/>{W} as in <text:bookmark-ref text:reference-format="number" text:ref-name="_Ref7">7'
                "</text:bookmark-ref>")),
          ("mark", "m", '<text:reference-ref text:reference-format="text" text:ref-name="m">7</text:reference-ref>',
           word(W + " as in 7")),
          ("caption", "s", '<text:sequence-ref text:reference-format="value" text:ref-name="s">7</text:sequence-ref>',
           word(W + " as in 7")),
          ("note", "ftn9",
           '<text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="ftn9">7</text:note-ref>',
           word(W + " as in 7")))),

    Case("macros", "form that is sent", swap("<office:text>", '<office:text><office:forms xmlns:form="urn:oasis:names:tc:opendocument'
                                             ':xmlns:form:1.0"><form:form form:name="F" xlink:type="simple" '
                                             'xlink:href="https://example.com/send"/></office:forms>'),
         [("EG-H047", "the form “F”, which sends what is filled in to https://example.com/send", "content.xml")],
         person="Remove the form"),
    Case("macros", "link to a macro", word('<text:a xlink:type="simple" xlink:href="vnd.sun.star.script:M?language=Basic">'
                                           f"{W}</text:a>"),
         [("EG-H047", "The file carries macros: the link “counsel” to vnd.sun.star.script:M", AT_OPEN)], person="Remove them"),
    Case("macros", "event", word(f'<text:a xlink:type="simple" xlink:href="#x|outline"><office:event-listeners><script:event-listener '
                                 'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" script:language="ooo:script" '
                                 'script:event-name="dom:click" xlink:href="vnd.sun.star.script:M?language=Basic" xlink:type="simple"/>'
                                 f"</office:event-listeners>{W}</text:a>"),
         [("EG-H047", "The file carries macros: event-listener dom:click vnd.sun.star.script:M", AT_OPEN)], person="Remove them"),
    Case("macros", "Basic of flat ODF", swap("<office:settings>", BASIC + "<office:settings>"),
         [("EG-H047", "The file carries macros: Basic.", "Basic/flat.xml")], in_package=False),
    Case("macros", "script in the text of a package", same, [("EG-H047", "The file carries macros: script", "content.xml")],
         parts={"content.xml": ("<office:font-face-decls", BASIC)}, person="Remove them"),
    *(Case("macros", f"folder {name}", same, [("EG-H047", f"The file carries macros: the folder {name}",
                                               f"{name}/Standard/Module1.xml")],
           parts={f"{name}/Standard/Module1.xml": b"<x/>"}) for name in ("Basic", "Scripts", "Dialogs")),

    *(Case("metadata", name, meta(xml), [("EG-H045", f"The file says of its history: {said}", "meta.xml")], in_package=False)
      for name, xml, said in (
          ("first author", "<meta:initial-creator>J. Pike</meta:initial-creator>", "written first by “J. Pike”"),
          ("last author", "<dc:creator>J. Pike</dc:creator>", "last changed by “J. Pike”"),
          ("printed by", "<meta:printed-by>J. Pike</meta:printed-by>", "printed by “J. Pike”"),
          ("contributor", "<dc:contributor>J. Pike</dc:contributor>", "with work of “J. Pike”"),
          ("begun on", "<meta:creation-date>2006-02-01T10:00:00</meta:creation-date>", "begun on “2006-02-01T10:00:00”"),
          ("changed on", "<dc:date>2006-02-01T10:00:00</dc:date>", "last changed on “2006-02-01T10:00:00”"),
          ("printed on", "<meta:print-date>2006-02-01T10:00:00</meta:print-date>", "printed on “2006-02-01T10:00:00”"),
          ("time of work", "<meta:editing-duration>PT3H</meta:editing-duration>", "worked on for “PT3H”"),
          ("how often saved", "<meta:editing-cycles>7</meta:editing-cycles>", "saved so often: “7”"),
          ("template", '<meta:template xlink:type="simple" xlink:href="H:/x.ott"/>', "made from the template “H:/x.ott”"),
          ("subject", "<dc:subject>Secret client</dc:subject>", "its subject is “Secret client”"),
          ("remarks", "<dc:description>Draft for Acme</dc:description>", "the remarks are “Draft for Acme”"),
          ("keyword", "<meta:keyword>merger</meta:keyword>", "a keyword is “merger”"),
          ("property", '<meta:user-defined meta:name="Client">Old</meta:user-defined>', "a property is “Client: Old”"))),
    Case("metadata", "what the letter prints", both(meta("<dc:subject>Certificates</dc:subject>"), word(
        W + " <text:subject>Certificates</text:subject>")),
         [("EG-H045", "its subject is (a field of the letter needs it) “Certificates”", "meta.xml")], word(W + " Certificates"),
         person="Remove it", in_package=False),
    Case("metadata", "thumbnail", same, [("EG-H046", "The file carries a picture of an earlier first page",
                                          "Thumbnails/thumbnail.png")],
         parts={"Thumbnails/thumbnail.png": b"\x89PNG"}),
    Case("metadata", "printer", same, [("EG-H046", "The file carries the name of a printer, “Reception”", "settings.xml")],
         parts={"settings.xml": ("<config:config-item ",
                                 '<config:config-item config:name="PrinterName" config:type="string">Reception'
                                 "</config:config-item>")}),
]
