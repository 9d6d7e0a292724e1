# SPDX-License-Identifier: MPL-2.0
"""Windows of an office on a screen, found as a screen reader finds them, clicked by the X server."""

from office import wait_for

# com.sun.star.accessibility.AccessibleRole, by its numbers
LABEL, LIST, LIST_ITEM, PUSH_BUTTON, TEXT = 30, 32, 33, 44, 60


class Window:
    def __init__(self, screen, accessible):
        self.screen = screen
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
        for role, _, context in self.elements():
            if role in (LABEL, TEXT):
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

        return wait_for(look, f"“{start}” in the window")

    def wait_for_text(self, part):
        return wait_for(lambda: next((text for text in self.texts() if part in text), None),
                        f"“{part}” in the window")

    def click(self, role, start):
        context = self.find(role, start)
        place, size = context.getLocationOnScreen(), context.getSize()
        self.screen.display.click(place.X + size.Width // 2, place.Y + size.Height // 2)


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
        return next((Window(self, window) for name, window in self._titles() if name == title), None)

    def window(self, title):
        return wait_for(lambda: self.find(title), f"a window “{title}”")

    def wait_until_gone(self, title):
        wait_for(lambda: not self.find(title), f"the window “{title}” to go")
