# SPDX-License-Identifier: MPL-2.0
"""The menu Engross in a running Writer: real keys, real clicks, pictures of what is seen."""

import json
import pathlib
import shutil
import tempfile
import unittest
import zipfile

import office
import screen
from office import FIRM
from screen import CHECK_BOX, LIST_ITEM, PUSH_BUTTON


class Menu(unittest.TestCase):
    def start(self, *arguments, oxt=office.OXT, firm=FIRM, deal="takedown.json"):
        display = office.Display()
        self.addCleanup(display.close)
        self.office = office.Office(display, oxt=oxt)
        self.addCleanup(self.office.close)
        self.office.start(*arguments)
        self.display = display
        self.screen = screen.Screen(display, self.office)
        settings = self.office.configuration("/org.engross.Settings/NewLetter", update=True)
        settings.setPropertyValue("FirmFolder", firm.as_uri())
        settings.setPropertyValue("Template", (firm / "templates/takedown-opinion.fodt").as_uri())
        settings.setPropertyValue("DealFile", (firm / "deals" / deal).as_uri())
        settings.commitChanges()
        # No window manager: the first click says which window the keys go to.
        frame = office.wait_for(lambda: self.office.desktop.getCurrentFrame(), "a window")
        office.wait_for(frame.ContainerWindow.isVisible, "the window to be seen")

    def picture(self, name):
        return self.screen.picture(f"{name}-{self.office.version()}.png")

    def documents(self):
        found = []
        components = self.office.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if component.supportsService("com.sun.star.text.TextDocument"):
                found.append(component)
        return found

    def letter(self):
        def look():
            return next((document for document in self.documents()
                         if "Ladies and Gentlemen" in document.Text.String), None)

        return office.wait_for(look, "the letter")

    def choose(self, *keys, title):
        """Opens the menu until the window is there: keys that come too early are lost."""

        def press():
            self.display.key("Escape")
            self.display.key("alt+g")
            self.display.key(*keys)
            try:
                return office.wait_for(lambda: self.screen.find(title), title, seconds=5)
            except AssertionError:
                return None

        return office.wait_for(press, f"the menu to open “{title}”")

    def end(self):
        for document in self.documents():
            document.setModified(False)
        self.assertEqual(self.office.end(), 0)

    def test_a_new_letter(self):
        self.start("--writer")
        dialog = self.choose("Return", title="New Letter")
        dialog.wait_for_text("Marlow & Pike LLP")
        count = dialog.wait_for_text(" chosen")
        chosen, total = (int(number) for number in count.replace("of", "").replace("chosen", "").split())
        self.assertGreater(chosen, 5)
        self.assertGreater(total, chosen)
        self.assertIn("Everything the letter needs is there.", dialog.texts())
        self.picture("dialog")

        # One opinion out and in again, by the mouse.
        dialog.click(LIST_ITEM, "Charter of a national bank",
                     lambda: dialog.shows(f"{chosen - 1} of {total} chosen"))
        dialog.find(LIST_ITEM, "Charter of a national bank   (You left it out")
        dialog.click(LIST_ITEM, "Charter of a national bank",
                     lambda: dialog.shows(f"{chosen} of {total} chosen"))

        help_text = dialog.click(PUSH_BUTTON, "Help", lambda: self.screen.find("New Letter: Help"))
        help_text.wait_for_text("firm.json")
        help_text.close_by("Close")

        dialog.close_by("Assemble")
        letter = self.letter()
        self.assertEqual(letter.URL, "")
        office.wait_for(letter.isModified, "the mark that makes closing it ask")
        text = letter.Text.String
        self.assertNotIn("{{", text)
        numbered = [paragraph for paragraph in letter.Text
                    if paragraph.supportsService("com.sun.star.text.Paragraph")
                    and paragraph.ParaStyleName.startswith("Opinion 1") and paragraph.ListLabelString]
        self.assertEqual(len(numbered), chosen)
        office.wait_for(letter.CurrentController.Frame.ContainerWindow.isVisible, "the letter to be seen")
        office.wait_for(lambda: letter.CurrentController.PageCount > 3, "its pages")
        self.assertFalse(letter.CurrentController.hasInfobar("macro"), "no word of macros")
        picture = self.picture("letter")
        self.assertGreater(picture.stat().st_size, 20000)
        self.end()

    def test_from_the_start_centre(self):
        self.start()
        dialog = self.choose("Return", title="New Letter")
        dialog.wait_for_text("Marlow & Pike LLP")
        self.picture("start-centre")
        dialog.close_by("Assemble")
        letter = self.letter()
        self.assertEqual(len(self.documents()), 1)
        frames = self.office.desktop.Frames
        self.assertEqual(frames.Count, 1, "the letter stands in the start centre's window")
        self.assertIsNotNone(letter.CurrentController)
        self.end()

    def test_findings_are_shown_and_the_choices_stay(self):
        firm = pathlib.Path(tempfile.mkdtemp(dir=office.WORK)) / "firm"
        shutil.copytree(FIRM, firm)
        deal = json.loads((firm / "deals/takedown.json").read_text(encoding="utf-8"))
        del deal["letter"]["date"]
        (firm / "deals/incomplete.json").write_text(json.dumps(deal), encoding="utf-8")
        self.start("--writer", firm=firm, deal="incomplete.json")
        dialog = self.choose("Return", title="New Letter")
        status = dialog.wait_for_text(" error")
        message = dialog.click(PUSH_BUTTON, "Assemble", lambda: self.screen.find("No Letter Yet"))
        text = message.wait_for_text("What to do:")
        self.assertIn("letter.date", text)
        self.assertIn("Where:", text)
        self.picture("findings")
        message.close_by("Close")
        self.assertIn(status, dialog.texts())
        dialog.close_by("Cancel")
        self.assertEqual(len(self.documents()), 1, "no letter, only the empty document")
        self.assertTrue(self.office.alive())
        self.end()

    def test_warnings_follow_the_letter(self):
        firm = pathlib.Path(tempfile.mkdtemp(dir=office.WORK)) / "firm"
        shutil.copytree(FIRM, firm)
        book = firm / "opinions/book.json"
        rows = json.loads(book.read_text(encoding="utf-8"))
        for row in rows["opinions"]:
            row["review_by"] = "2001-02-03"
        book.write_text(json.dumps(rows), encoding="utf-8")
        deal = json.loads((firm / "deals/takedown.json").read_text(encoding="utf-8"))
        del deal["letter"]["date"]
        (firm / "deals/incomplete.json").write_text(json.dumps(deal), encoding="utf-8")
        self.start("--writer", firm=firm, deal="incomplete.json")
        dialog = self.choose("Return", title="New Letter")
        dialog.wait_for_text(" error")
        dialog.click(CHECK_BOX, "Draft", lambda: dialog.shows(" warning") and not dialog.shows(" error"))
        dialog.close_by("Assemble")
        message = office.wait_for(lambda: self.screen.find("The Letter Is Made"), "the warnings")
        message.wait_for_text("2001-02-03")
        self.picture("warnings")
        message.close_by("Close")
        self.assertIn("[letter.date]", self.letter().Text.String)
        self.end()

    def test_change_letterhead(self):
        firm = pathlib.Path(tempfile.mkdtemp(dir=office.WORK)) / "firm"
        shutil.copytree(FIRM, firm)
        data = json.loads((firm / "firm.json").read_text(encoding="utf-8"))
        data["letterheads"] = {"a4": {"from": "marlow-pike", "paper": "A4"}}  # the first in the list
        (firm / "firm.json").write_text(json.dumps(data), encoding="utf-8")
        self.start("--writer", firm=firm)
        assembler = self.office.create("org.engross.Assembler")
        wanted = office.uno.createUnoStruct("org.engross.Request")
        wanted.FirmFolder = FIRM.as_uri()
        wanted.Template = (FIRM / "templates/takedown-opinion.fodt").as_uri()
        wanted.DealFiles = ((FIRM / "deals/takedown.json").as_uri(),)
        letter = assembler.assembleDocument(wanted, False)
        office.wait_for(letter.CurrentController.Frame.ContainerWindow.isVisible, "the letter to be seen")
        letter.CurrentController.Frame.ContainerWindow.setFocus()
        dialog = self.choose("Down", "Return", title="Change Letterhead")
        dialog.wait_for_text("Marlow & Pike LLP")
        self.picture("change-letterhead")
        dialog.close_by("Change")

        def width(document):
            return document.StyleFamilies.getByName("PageStyles").getByName("Standard").Width

        def changed():
            return next((document for document in self.documents()
                         if document.Text.String and width(document) != width(letter)), None)

        made = office.wait_for(changed, "the letter on A4")
        self.assertEqual(made.Text.String, letter.Text.String)
        self.assertEqual(made.URL, "")
        office.wait_for(made.isModified, "the mark that makes closing it ask")
        office.wait_for(made.CurrentController.Frame.ContainerWindow.isVisible, "it to be seen")
        self.picture("letter-a4")
        self.end()

    def test_about(self):
        self.start("--writer")
        about = self.choose("Up", "Return", title="About Engross")
        version = self.office.create("org.engross.Assembler").Version
        about.wait_for_text(f"Version {version}")
        self.picture("about")
        about.close_by("Close")
        self.end()

    def test_a_command_that_fails_shows_a_message(self):
        # An installation that lost its dialogs: nothing of a command works.
        crippled = pathlib.Path(tempfile.mkdtemp(dir=office.WORK)) / "engross.oxt"
        with zipfile.ZipFile(office.OXT) as whole, zipfile.ZipFile(crippled, "w") as part:
            for entry in whole.infolist():
                if not entry.filename.startswith("dialogs/"):
                    part.writestr(entry, whole.read(entry))
        self.start("--writer", oxt=crippled)
        for keys in (("Return",), ("Up", "Return")):
            message = self.choose(*keys, title="Engross")
            message.wait_for_text("Engross itself failed: no dialog")
            self.picture("message")
            message.close_by("OK")
            self.assertTrue(self.office.alive())
        self.end()


if __name__ == "__main__":
    unittest.main(verbosity=1)
