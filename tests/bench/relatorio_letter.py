# SPDX-License-Identifier: MPL-2.0
"""The data of a deal and the functions that a relatorio template of ours calls."""

import datetime

import peer_setup


class Pass:
    """What a template knows of the pass of a loop."""

    __slots__ = ("index", "length")

    def __init__(self, index, length):
        self.index = index
        self.length = length

    @property
    def first(self):
        return self.index == 1

    @property
    def last(self):
        return self.index == self.length


def passes(items):
    length = len(items)
    for index, item in enumerate(items, 1):
        yield Pass(index, length), item


def punctuate(loop, between, before_last, at_end, two=None):
    if loop.index == loop.length:
        return at_end
    if loop.length == 2 and two is not None:
        return two
    return before_last if loop.index + 1 == loop.length else between


def and_list(items, serial=False):
    if len(items) < 3:
        return " and ".join(items)
    return ", ".join(items[:-1]) + (", and " if serial else " and ") + items[-1]


def date(text, pattern):
    if pattern != "MMMM d, yyyy":
        raise ValueError("no such date: " + pattern)
    day = datetime.date.fromisoformat(text)
    return f"{day:%B} {day.day}, {day.year}"


def upper_first(text):
    return text[:1].upper() + text[1:]


def a_an(text):
    return ("an " if text[0] in "AEIOaeio" else "a ") + text


def nbsp(text):
    return text.replace(" ", "\u00a0")


def plural(items, one, many):
    return one if len(items) == 1 else many


def replace(text, old, new):
    return text.replace(old, new)


def stop(text):
    return text if text.endswith(".") else text + "."


_VOICES = {
    "we": {"we": "we", "us": "us", "our": "our", "have": "have", "am": "are"},
    "I": {"we": "I", "us": "me", "our": "my", "have": "have", "am": "am"},
}


def data(firm, deal):
    """All that the template may name: the firm's data, the deal over it, the functions."""
    out = peer_setup.merged_data(firm, deal)
    out["voice"] = _VOICES[out["voice"]]
    for party in out["pooling"]["parties"]:  # a missing name stops relatorio also in a condition
        party.setdefault("description", None)
        party.setdefault("short", None)
    out.update(passes=passes, punctuate=punctuate, and_list=and_list, date=date,
               upper_first=upper_first, a_an=a_an, nbsp=nbsp, plural=plural, replace=replace,
               stop=stop)
    return out


def numbered(values, n):
    """The same letter with the file number of letter `n`."""
    return dict(values, registration=dict(values["registration"],
                                          file_number="333-%d" % (100000 + n)))
