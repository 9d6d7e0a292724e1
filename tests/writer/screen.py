# SPDX-License-Identifier: MPL-2.0
"""Windows of an office on a screen, found as a screen reader finds them, clicked by the X server."""

from office import wait_for

# com.sun.star.accessibility.AccessibleRole, by its numbers
CHECK_BOX, LABEL, LIST_ITEM, PUSH_BUTTON, SCROLL_PANE, TEXT, STATIC = 4, 30, 33, 44, 51, 60, 86


class Window:
    def __init__(self, screen, title, accessible):
        self.screen = screen
        self.title = title
        self.accessible = accessible

    def elements(self):
        """(role, name, context) of everything inside; empty when the window has gone."""
        found = []

        def walk(accessible, depth):
            context = accessible.getAccessibleContext()
            found.append((context.getAccessibleRole(), context.getAccessibleName(), context))
            if depth:
                for index in range(context.getAccessibleChildCount()):
                    walk(context.getAccessibleChild(index), depth - 1)

        try:
            walk(self.accessible, 4)
        except Exception:  # it is going away while we look
            return []
        return found

    def texts(self):
        """What stands in labels and text fields."""
        texts = []
        for role, name, context in self.elements():
            if role in (SCROLL_PANE, STATIC):  # a text of several lines, a message
                texts.append(name)
            elif role in (LABEL, TEXT):
                try:
                    texts.append(context.getText())
                except Exception:  # gone, or a picture
                    pass
        return texts

    def find(self, role, start):
        def look():
            for kind, name, context in self.elements():
                if kind == role and name.startswith(start):
                    return context
            return None

        return self._wait_for(look, start)

    def wait_for_text(self, part):
        return self._wait_for(lambda: next((text for text in self.texts() if part in text), None), part)

    def _wait_for(self, condition, what):
        try:
            return wait_for(condition, f"“{what}”")
        except AssertionError as fault:
            seen = [(role, name) for role, name, _ in self.elements()] + self.texts()
            raise AssertionError(f"{fault}; the window shows {seen}") from None

    def click(self, role, start, until):
        """Clicks until the condition gives something true: without a window manager the first
        click after another window closed may only give this one the focus."""

        def attempt():
            context = self.find(role, start)
            place, size = context.getLocationOnScreen(), context.getSize()
            self.screen.display.click(place.X + size.Width // 2, place.Y + size.Height // 2)
            try:
                return wait_for(until, start, seconds=10)
            except AssertionError:
                return None

        return wait_for(attempt, f"an answer to a click on “{start}”", seconds=90)

    def close_by(self, start):
        """Clicks the button and waits until the window is gone."""
        self.click(PUSH_BUTTON, start, lambda: not self.screen.find(self.title))

    def shows(self, part):
        return any(part in text for text in self.texts())


class Screen:
    def __init__(self, display, office):
        self.display = display
        self.office = office
        self.toolkit = office.create("com.sun.star.awt.Toolkit")

    def _titles(self):
        for index in range(self.toolkit.getTopWindowCount()):
            try:
                window = self.toolkit.getTopWindow(index)
                if window is not None and window.isVisible():
                    yield window.getAccessibleContext().getAccessibleName(), window
            except Exception:  # it is going away while we look
                continue

    def find(self, title):
        return next((Window(self, title, window) for name, window in self._titles() if name == title), None)

    def picture(self, file):
        """Taken when everything is painted: looks in a row, with the office at work between them,
        see the same but for a blinking cursor."""
        seen = []

        def settled():
            self.office.wait_for_main_thread()
            now = self.display.rows()
            if seen and sum(old != new for old, new in zip(seen[-1], now)) > 40:
                seen.clear()
            seen.append(now)
            return len(seen) >= 6

        wait_for(settled, "the screen to come to rest")
        return self.display.picture(file)
