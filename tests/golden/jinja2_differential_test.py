# SPDX-License-Identifier: MPL-2.0
"""The template language against Jinja2 itself: equal text, or both fail.

JINJA_DRIVER names the program that renders with Engross. White space is compared as ODF has it:
runs of it are one blank. What differs on purpose stands in DIFFERENCES, each with its reason.
"""

import decimal
import json
import os
import random
import subprocess
import types
import unittest

import jinja2

SEED = 20060227
GENERATED = 1000

DATA_TEXT = """{
  "n": 7, "zero": 0, "neg": -4, "half": 0.5, "price": 12.25, "flag": true, "off": false,
  "nothing": null, "name": "Citicorp Mortgage Securities", "empty_text": "", "word": "respectively",
  "mixed": "  The quick-brown (fox) jumps  ", "digits": "42", "unicode": "Zürich Straße ÉCOLE",
  "nums": [3, 1, 2, 10, 5], "floats": [0.5, 1.5, 2.25], "empty": [], "words": ["pear", "Apple", "fig", "apple"],
  "nested": [[1, 2], [3, 4], [5, 6]], "triples": [[1, "a", true], [2, "b", false]],
  "parties": [
    {"name": "CMSI", "state": "Delaware", "rank": 2, "bank": false, "office": {"city": "Frederick"}},
    {"name": "CMI", "state": "New York", "rank": 1, "bank": false, "office": {"city": "O'Fallon"}},
    {"name": "Citibank", "state": "New York", "rank": 3, "bank": true, "office": {"city": "New York"}}
  ],
  "d": {"b": 2, "a": 1, "c": {"x": "deep", "y": [10, 20]}},
  "keys": ["a", "b"], "key": "a", "date": "2006-02-27"
}"""
DATA = json.loads(DATA_TEXT)


class Missing(jinja2.ChainableUndefined):
    """What a missing name does in Engross: false, but never text, a list or a number. What an
    inline if without else leaves is Jinja2's own Undefined, and prints as nothing in both."""

    def _refuse(self, *_args, **_kwargs):
        self._fail_with_undefined_error()

    __str__ = __iter__ = __len__ = _refuse

    def __contains__(self, _item):
        return False


def printable(value):
    """Python's notation of lists, groups and none is never meant in a letter."""
    if value is None or isinstance(value, (list, tuple, dict, set, types.GeneratorType)):
        raise TypeError("not printable")
    if isinstance(value, jinja2.Undefined):
        return value
    if hasattr(value, "__next__") or callable(value):
        raise TypeError("not printable")
    if type(value).__name__ in ("odict_items", "dict_items", "dict_keys", "dict_values"):
        raise TypeError("not printable")
    return value


# Without the optimiser: it would compute constants of branches that are never taken, and fail there.
ENVIRONMENT = jinja2.Environment(undefined=Missing, finalize=printable, optimized=False)


def normal(text):
    return " ".join(text.split())


def by_jinja(template):
    """Text, or None where Jinja2 refuses the template or fails."""
    try:
        return normal(ENVIRONMENT.from_string(template).render(DATA))
    except Exception:  # whatever Jinja2 or Python raise: it fails
        return None


def by_engross(templates):
    """For each template its text, or the error as ("!code|…",)."""
    jobs = "".join(json.dumps({"template": t, "data": DATA_TEXT}) + "\n" for t in templates)
    run = subprocess.run([os.environ["JINJA_DRIVER"]], input=jobs, capture_output=True, text=True,
                         check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(templates), run.stderr
    return [normal(a["text"]) if "text" in a else (a["error"],) for a in answers]


class Generator:
    """Random expressions and templates of the shared language; mostly of fitting kinds, sometimes
    not, so that failing is compared too."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.locals = []

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    def number(self, depth):
        r = self.random
        if depth <= 0:
            return self.pick("n", "zero", "neg", "nums[0]", "nums[-1]", "d.b", 'd["a"]', "d[key]",
                             "parties[1].rank", "1", "2", "3", "10", "17", "1_000", "nums|length",
                             "words|count", "half", "price", "0.5", "1.25", "true")
        a, b = (lambda: self.number(depth - 1)), (lambda: self.number(depth - 2))
        return self.pick(
            lambda: f"{a()} + {b()}", lambda: f"{a()} - {b()}", lambda: f"{a()} * {b()}",
            lambda: f"({a()} + {b()})", lambda: f"-{b()}", lambda: f"({a()}) * {b()}",
            lambda: f"{a()} // {self.pick('2', '3', '7', '-2', 'zero')}",
            lambda: f"{a()} % {self.pick('2', '3', '7', '-5')}",
            lambda: f"{a()} / {self.pick('2', '4', '8')}",
            lambda: f"({a()})|abs", lambda: f"{a()} if {self.condition(depth - 1)} else {b()}",
            lambda: f"({a()})|int", lambda: f"({a()})|round",
            lambda: f"nums|{self.pick('sum', 'first', 'last', 'length')}",
            lambda: f"parties|sum(attribute='rank')", lambda: f"nums[{r.randint(-6, 6)}]",
            lambda: f"{self.list(depth - 1)}|length", lambda: f"digits|int + {b()}",
            lambda: f"floats|sum",
        )()

    def text(self, depth):
        if depth <= 0:
            return self.pick("name", "word", "digits", "empty_text", "mixed", "unicode",
                             "parties[0].name", "parties[-1].office.city", "d.c.x", "'it\\'s'",
                             '"a \\"b\\""', "'x'", "words[0]", "words[1]", "''", '"é\\n\\t"',
                             "'a' 'b'", "parties.1.state")
        a, b = (lambda: self.text(depth - 1)), (lambda: self.text(depth - 2))
        small = self.random.randint
        return self.pick(
            lambda: f"{a()} ~ {b()}", lambda: f"{a()} ~ {self.number(depth - 1)}",
            lambda: f"({a()})|upper", lambda: f"({a()})|lower", lambda: f"({a()})|title",
            lambda: f"({a()})|capitalize", lambda: f"({a()})|trim",
            lambda: f"({a()})|replace('a', 'XY')", lambda: f"({a()})|replace('e', '', 1)",
            lambda: f"({a()})[{small(-4, 4)}:{small(-4, 9)}]", lambda: f"({a()})[::-1]",
            lambda: f"({a()})[{small(-3, 3)}]", lambda: f"{a()} + {b()}",
            lambda: f"{self.list(depth - 1)}|join({self.pick(repr(', '), repr(''), '')})",
            lambda: f"{a()} if {self.condition(depth - 1)} else {b()}",
            lambda: f"{a()} if {self.condition(depth - 1)}",
            lambda: f"{self.missing()}|default({b()})", lambda: f"({a()})|default('z', true)",
            lambda: f"({self.number(depth - 1)})|string", lambda: f"({a()})|first",
            lambda: f"parties|map(attribute='name')|join('; ')",
            lambda: f"parties|selectattr('state', 'eq', 'New York')|map(attribute='name')|join(',')",
            lambda: f"({a()}) * {small(-1, 3)}",
        )()

    def list(self, depth):
        if depth <= 0:
            return self.pick("nums", "words", "empty", "floats", "keys", "[1, 2, 3]", "['b', 'a']",
                             "[]", "d.c.y", "(3, 2)")
        a = lambda: self.list(depth - 1)
        small = self.random.randint
        return self.pick(
            lambda: f"({a()})[{small(-3, 3)}:]", lambda: f"({a()})[:{small(-3, 3)}]",
            lambda: f"({a()})[::{self.pick(-2, -1, 1, 2, 3)}]", lambda: f"({a()})|sort",
            lambda: f"({a()})|sort(reverse=true)", lambda: f"({a()})|unique|list",
            lambda: f"[{self.number(depth - 1)}, {self.number(0)}]", lambda: f"({a()})|list",
            lambda: f"(words|sort(case_sensitive=true))",
            lambda: f"(parties|map(attribute='rank')|list)",
            lambda: f"(parties|sort(attribute='{self.pick('name', 'rank', 'state', 'state,name')}')"
                    "|map(attribute='name')|list)",
            lambda: f"({self.text(depth - 1)})|list", lambda: f"d|list",
        )()

    def missing(self):
        return self.pick("nosuch", "d.nosuch", "nosuch.deep.er", "d.c.nosuch", "parties[9].name",
                         "nums[99]", "nosuch[0]", "d[word]")

    def condition(self, depth):
        if depth <= 0:
            return self.pick("flag", "off", "n", "zero", "name", "empty_text", "empty", "nums",
                             "nothing", "true", "false", self.missing())
        a, b = (lambda: self.condition(depth - 1)), (lambda: self.condition(depth - 2))
        x, y = (lambda: self.number(depth - 1)), (lambda: self.number(depth - 2))
        s, t = (lambda: self.text(depth - 1)), (lambda: self.text(depth - 2))
        op = lambda: self.pick("==", "!=", "<", "<=", ">", ">=")
        return self.pick(
            lambda: f"{a()} and {b()}", lambda: f"{a()} or {b()}", lambda: f"not {a()}",
            lambda: f"not ({a()} and {b()})", lambda: f"({x()}) {op()} ({y()})",
            lambda: f"{x()} {op()} {y()}", lambda: f"({s()}) {op()} ({t()})",
            lambda: f"({x()}) {op()} ({y()}) {op()} ({y()})",
            lambda: f"({x()}) in ({self.list(depth - 1)})",
            lambda: f"({x()}) not in ({self.list(depth - 1)})", lambda: f"({t()}) in ({s()})",
            lambda: f"key in d", lambda: f"({x()}) is {self.pick('even', 'odd', 'number')}",
            lambda: f"{self.missing()} is {self.pick('', 'not ')}defined",
            lambda: f"({s()}) is {self.pick('string', 'number', 'mapping', 'sequence', 'none')}",
            lambda: f"({x()}) is {self.pick('eq', 'ne', 'lt', 'le', 'gt', 'ge')} {self.pick(2, 7)}",
            lambda: f"({x()}) is in(nums)", lambda: f"({self.list(depth - 1)}) == nums",
            lambda: f"{self.missing()} == {self.pick('1', repr('x'), 'none', self.missing())}",
            lambda: f"nothing is none", lambda: f"d is mapping", lambda: f"parties is sequence",
            lambda: f"{self.list(depth - 1)}|length > 1",
        )()

    def anything(self, depth):
        return self.pick(self.number, self.text, self.list, self.condition,
                         lambda _: self.missing(), lambda _: "nothing", lambda _: "d")(depth)

    def wrong(self, depth):
        """Kinds at random: mostly a fault in both."""
        op = self.pick("+", "-", "*", "/", "//", "<", ">=", "in", "and", "or", "==")
        return f"({self.anything(depth)}) {op} ({self.anything(depth)})"

    def expression(self):
        depth = self.random.randint(1, 3)
        kind = self.random.random()
        if kind < 0.30:
            return self.number(depth)
        if kind < 0.60:
            return self.text(depth)
        if kind < 0.85:
            return self.condition(depth)
        if kind < 0.92:
            return self.list(depth)
        return self.wrong(depth - 1)

    # Statements

    def body(self, depth, names):
        parts = []
        for _ in range(self.random.randint(1, 3)):
            parts.append(self.statement(depth, names))
        return " ".join(parts)

    def variable(self, names):
        return self.pick(*(names or ["n"]))

    def dash(self):
        return self.pick("", "", "", "-")

    def statement(self, depth, names):
        kind = self.random.random()
        left, right = self.dash(), self.dash()
        if depth <= 0 or kind < 0.3:
            if names and self.chance(0.6):
                return f"a {{{{{left} {self.variable(names)} {right}}}}} b"
            return f"a {{{{{left} {self.expression()} {right}}}}} b"
        if kind < 0.45:
            name = self.pick("x", "y", "z")
            text = f"{{%{left} set {name} = {self.pick(self.number, self.text)(1)} {right}%}}"
            if name not in names:
                names.append(name)
            return text
        if kind < 0.7:
            text = f"{{%{left} if {self.condition(1)} {right}%}} {self.body(depth - 1, list(names))} "
            if self.chance(0.4):
                text += f"{{% elif {self.condition(1)} %}} {self.body(depth - 1, list(names))} "
            if self.chance(0.5):
                text += f"{{%{self.dash()} else {self.dash()}%}} {self.body(depth - 1, list(names))} "
            return text + "{% endif %}"
        return self.loop(depth, names)

    def loop(self, depth, names):
        facts = ["loop.index", "loop.index0", "loop.revindex", "loop.revindex0", "loop.length",
                 "loop.first", "loop.last", "loop.cycle('a', 'b', 'c')", "loop.changed(n)",
                 "loop.previtem is defined", "loop.nextitem is defined"]
        choice = self.random.random()
        if choice < 0.45:
            target, source, inner = "i", self.list(1), ["i"] + facts
        elif choice < 0.6:
            target, source, inner = "k, v", "d.items()", ["k", "loop.index"]
        elif choice < 0.75:
            target, source, inner = "p, q", self.pick("nested", "nested[1:]", "triples"), ["p", "q"]
        elif choice < 0.85:
            target, source, inner = "i", "d", ["i", "loop.last"]
        else:
            target, source, inner = "o", "parties", ["o.name", "o.office.city", "o.rank",
                                                      "loop.changed(o.state)", "loop.index"]
        condition = ""
        if self.chance(0.3):
            condition = " if " + self.pick("flag", inner[0], f"{inner[0]} != 2",
                                           f"{inner[0]} is defined", "off")
        text = f"{{% for {target} in {source}{condition} %}}"
        text += self.body(depth - 1, names[:2] + inner)
        if self.chance(0.3):
            text += f"{{% else %}} none {self.body(0, [])}"
        return text + "{% endfor %}"

    def template(self):
        if self.chance(0.6):
            return "{{ " + self.expression() + " }}"
        return self.body(2, [])


# Written by hand: precedence, literals, white-space control, scopes, each filter and test, faults.
TABLE = r"""
{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 * 2 + 7 % 2 }} {{ 2 - 3 - 4 }} {{ 2 * 3 % 4 }}
{{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7 // -2 }} {{ -2|abs }} {{ 3 - -2|abs }}
{{ 1 ~ 2 + 3 }}
{{ 1 + 2 ~ 3 }}
{{ "a" ~ 1 ~ true }}
{{ 1 ~ 2 * 3 }}
{{ not 1 == 2 }} {{ not true or true }} {{ not (true or true) }} {{ true and not false }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 3 > 2 >= 2 == 2 }} {{ 1 < 2 in [2] }}
{{ 1 or 2 }} {{ 0 or 2 }} {{ 0 and 2 }} {{ 1 and 2 }} {{ "" or "x" }}
{{ 1 in nums }} {{ 4 not in nums }} {{ not 4 in nums }} {{ "ity" in "city" }} {{ "a" in d }}
{{ 1 if true else 2 if true else 3 }} {{ 1 if false else 2 if false else 3 }}
{{ "x" if false }}|{{ ("x" if false) is defined }}
{{ 1 if 2 if 3 else 4 else 5 }}
{{ n if flag and not off else name }}
{{ "abc"|upper ~ "d" }} {{ ("abc" ~ "d")|upper }} {{ 1 + "2"|int }} {{ "%d"|length }}
{{ name|upper|lower|title }}
{{ nums|sort|join(",")|upper }}
{{ nums|sort(reverse=true)|first }} {{ nums|sort(true)|first }}
{{ n is even }} {{ n is not even }} {{ n is odd and flag }} {{ n is divisibleby 7 }} {{ n is divisibleby(2) }}
{{ 1 is eq 1 }} {{ 1 is equalto(1) }} {{ 2 is gt 1 }} {{ 2 is lt(1) }} {{ 2 is in [1, 2] }} {{ 2 is in nums }}
{{ nothing is none }} {{ nosuch is none }} {{ nosuch is undefined }} {{ n is undefined }} {{ name is string }}
{{ n is integer }} {{ half is float }} {{ flag is integer }} {{ flag is boolean }} {{ flag is true }} {{ off is false }}
{{ n is number }} {{ flag is number }} {{ digits is number }} {{ d is mapping }} {{ nums is sequence }} {{ d is sequence }} {{ nums is iterable }}
{{ n is defined }} {{ nosuch.a.b is defined }} {{ nosuch is not defined }}
{{ n is even is odd }}
{{ n is }}
{{ n is nosuchtest }}
{{ n | nosuchfilter }}
{{ nosuch }}
{{ nosuch.a.b }}
{{ d.nosuch }}
{{ nums[99] }}
{{ name.nosuch }}
{{ n.nosuch }}
{{ nosuch + 1 }}
{{ nosuch ~ "x" }}
{{ nosuch|upper }}
{{ nosuch|default("x") }} {{ nosuch.a|default("x") }} {{ d.nosuch.x|default("y") }} {{ nosuch|d }}|
{{ ""|default("x") }}|{{ ""|default("x", true) }}|{{ 0|default(5, boolean=true) }}|{{ n|default(default_value=1) }}
{% if nosuch %}a{% else %}b{% endif %}
{% if not nosuch.a.b %}a{% else %}b{% endif %}
{% if nosuch.a == 1 or nosuch.b != 1 %}a{% else %}b{% endif %}
{% if nosuch in nums %}a{% else %}b{% endif %}
{% if nosuch == nosuch2 %}a{% endif %}
{% for x in nosuch %}a{% endfor %}
{% for x in nothing %}a{% endfor %}
{% for x in n %}a{% endfor %}
{{ nums[0] }} {{ nums[-1] }} {{ nums[1:3]|join }} {{ nums[:-2]|join }} {{ nums[::2]|join }} {{ nums[::-1]|join }} {{ nums[4:1:-2]|join }}
{{ name[0] }}{{ name[-1] }}{{ name[1:4] }}{{ name[:3] }}{{ name[-3:] }}{{ name[10:5] }}|{{ unicode[1] }}{{ unicode[::-1] }}
{{ nums[::0]|join }}
{{ nums[10:]|join }}|{{ nums[-100:100]|join }}
{{ d.a }} {{ d["a"] }} {{ d['c'].x }} {{ d.c.y[1] }} {{ d[key] }} {{ d[keys[1]] }} {{ parties.0.name }}
{{ d.c["y"][-1] }} {{ parties[0]["office"].city }} {{ nested.0.1 }}
{{ [1, 2, 3][1] }} {{ {"x": 5}.x }} {{ {"x": {"y": 6}}["x"]["y"] }} {{ (1, 2, 3)[2] }} {{ [[1], [2]][1][0] }} {{ {1: "a"}[1] }}
{{ [1, 2,]|length }} {{ {"a": 1,}|length }} {{ (1,)|length }} {{ ()|length }} {{ []|length }} {{ {}|length }}
{{ 'single' }} {{ "double" }} {{ 'it\'s' }} {{ "say \"x\"" }} {{ "tab\tx" }} {{ "\x41\u00e9\U0001F600" }} {{ 'a' "b" 'c' }} {{ "back\\slash" }} {{ "\101" }} {{ "\d" }}
{{ 1_000_000 }} {{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 00 }} {{ 1.5 }} {{ 1.0 }} {{ 1e3 }} {{ 1.5e2 }} {{ 2.5E-1 }}
{{ 007 }}
{{ true }} {{ True }} {{ false }} {{ False }}
{{ none }}
{{ None }}
{{ nums }}
{{ d }}
{{ d.items() }}
{{ 1 + 1.5 }} {{ 3 / 2 }} {{ 4 / 2 }} {{ 7.5 // 2 }} {{ 7.5 % 2 }} {{ -7.5 // 2 }} {{ 2.5 * 2 }} {{ 0.5 + 0.25 }} {{ 1.5 - 1 }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1 % 0 }}
{{ 99999999999999999999 + 1 }} {{ 123456789 * 987654321 * 1000003 }} {{ 12345678901234567890 // 7 }} {{ -12345678901234567890 % 1000 }}
{{ true + true }} {{ true * 3 }} {{ -true }} {{ 1 == true }} {{ 0 == false }} {{ 1 == 1.0 }} {{ "1" == 1 }} {{ none == false }}
{{ "a" + "b" }} {{ "a" * 3 }} {{ 3 * "ab" }} {{ "a" * 0 }}|{{ "a" * -1 }}|{{ ([1] * 3)|join }} {{ ([1] + [2])|join }}
{{ "a" + 1 }}
{{ 1 + "a" }}
{{ [1] + 1 }}
{{ "a" - "b" }}
{{ "a" * "b" }}
{{ "a" < 1 }}
{{ none < 1 }}
{{ d < d }}
{{ 1 in 5 }}
{{ 1 in "abc" }}
{{ -"a" }}
{{ "a" < "b" }} {{ "B" < "a" }} {{ [1, 2] < [1, 3] }} {{ [1] < [1, 0] }} {{ "é" > "z" }} {{ "" < "a" }}
{{ [1, 2] == [1, 2] }} {{ {"a": 1} == {"a": 1} }} {{ {"a": 1} == {"a": 2} }} {{ [1] != [2] }} {{ "a" == "a" }} {{ nosuch == none }}
{{ name|upper }} {{ name|lower }} {{ "hELLO wORLD"|capitalize }} {{ "hello big-bad (world) [x] <y> {z"|title }} {{ unicode|upper }} {{ unicode|lower }} {{ "ÉCOLE d'été"|title }} {{ "straße"|upper }} {{ "ΟΔΟΣ"|lower }} {{ "ß"|capitalize }} {{ "they're"|title }}
{{ 12|upper }} {{ true|lower }} {{ 1.5|title }}
{{ mixed|trim }}| {{ "xxaxx"|trim("x") }} {{ "abcba"|trim("ab") }} {{ " a "|trim(chars=" ") }}|{{ ""|trim }}|
{{ "aaa"|replace("a", "b") }} {{ "aaa"|replace("a", "b", 2) }} {{ "abc"|replace("", "-") }} {{ "abc"|replace("", "-", 2) }} {{ "a1"|replace(1, 2) }} {{ "aaa"|replace("a", "b", count=0) }} {{ "aaa"|replace(old="aa", new="b") }}
{{ "abc"|length }} {{ nums|count }} {{ d|length }} {{ "éé"|length }}
{{ 5|length }}
{{ nothing|length }}
{{ nums|first }} {{ nums|last }} {{ "abc"|first }} {{ "abc"|last }} {{ d|first }} {{ d|last }}
{{ []|first }}
{{ []|last|default("x") }} {{ ""|first|default("y") }}
{{ 5|first }}
{{ nums|join }} {{ nums|join(", ") }} {{ nums|join("-")|length }} {{ "abc"|join(".") }} {{ parties|join(",", attribute="name") }} {{ parties|join(d=",", attribute="office.city") }} {{ d|join("+") }} {{ [1, "a", 2.5, true]|join }} {{ nested|join("/", attribute=1) }} {{ nested|join("/", attribute="0") }}
{{ parties|join(",", attribute="nosuch") }}
{{ words|sort|join(",") }} {{ words|sort(case_sensitive=true)|join(",") }} {{ words|sort(reverse=true)|join(",") }} {{ "hello"|sort|join }} {{ d|sort|join }} {{ parties|sort(attribute="rank")|map(attribute="name")|join(",") }} {{ parties|sort(attribute="state,rank")|map(attribute="name")|join(",") }} {{ parties|sort(attribute="office.city")|map(attribute="name")|join(",") }} {{ nested|sort(attribute=1, reverse=true)|map(attribute=0)|join }} {{ floats|sort(reverse=true)|join(" ") }}
{{ parties|sort(attribute="state", reverse=true)|map(attribute="name")|join(",") }}
{{ [3, "a"]|sort|join }}
{{ [none, 1]|sort|join }}
{{ words|unique|join(",") }} {{ words|unique(case_sensitive=true)|join(",") }} {{ [1, 1.0, true, 2]|unique|join(",") }} {{ parties|unique(attribute="state")|map(attribute="name")|join(",") }} {{ "mississippi"|unique|join }}
{{ "abc"|list|join("-") }} {{ d|list|join("-") }} {{ nums|list|join("-") }} {{ 5|string ~ "x" }} {{ 5|string|length }} {{ true|string }}
{{ 5|list }}
{{ nums|sum }} {{ floats|sum }} {{ []|sum }} {{ nums|sum(start=100) }} {{ parties|sum(attribute="rank") }} {{ parties|sum("rank", 10) }} {{ nested|sum(attribute=1) }} {{ [true, true]|sum }}
{{ words|sum }}
{{ parties|sum(attribute="nosuch") }}
{{ 2.5|round }} {{ 3.5|round }} {{ -2.5|round }} {{ 2.25|round(1) }} {{ 2.75|round(1) }} {{ 7|round }} {{ 15|round(-1) }} {{ 25|round(-1) }} {{ 2.1|round(method="ceil") }} {{ 2.9|round(method="floor") }} {{ 42.5|round(0, "floor") }} {{ 7|round(method="ceil") }} {{ 1234.5|round(-2) }} {{ -2.1|round(0, "ceil") }} {{ 2.125|round(precision=2) }}
{{ 2.5|round(method="up") }}
{{ "2.5"|round }}
{{ 5|abs }} {{ -5|abs }} {{ (-2.5)|abs }} {{ true|abs }} {{ neg|abs }}
{{ "a"|abs }}
{{ "42"|int }} {{ "42.9"|int }} {{ "x"|int }} {{ "x"|int(7) }} {{ 3.9|int }} {{ (-3.9)|int }} {{ true|int }} {{ nothing|int }} {{ ""|int }} {{ " 12 "|int }} {{ "1_000"|int }} {{ "1e3"|int }} {{ "0x1A"|int(0, 16) }} {{ "ff"|int(base=16) }} {{ "101"|int(0, 2) }} {{ "-7"|int }} {{ "+7"|int }} {{ nums|int(default=5) }}
{{ "4.5"|float }} {{ 3|float }} {{ "x"|float }} {{ "x"|float(1.5) }} {{ "1e2"|float }} {{ ".5"|float }} {{ "5."|float }} {{ true|float }} {{ nothing|float }}
{{ parties|map(attribute="name")|join(",") }} {{ parties|map(attribute="office.city")|join(",") }} {{ parties|map(attribute="nosuch", default="-")|join(",") }} {{ nested|map(attribute=0)|join }} {{ parties|map(attribute="name")|list|length }}
{{ parties|selectattr("bank")|map(attribute="name")|join(",") }} {{ parties|rejectattr("bank")|map(attribute="name")|join(",") }} {{ parties|selectattr("rank", "gt", 1)|map(attribute="name")|join(",") }} {{ parties|selectattr("rank", ">", 1)|map(attribute="name")|join(",") }} {{ parties|selectattr("state", "==", "Delaware")|map(attribute="name")|join(",") }} {{ parties|selectattr("name", "in", ["CMI", "X"])|map(attribute="name")|join(",") }} {{ parties|rejectattr("rank", "odd")|map(attribute="name")|join(",") }} {{ parties|selectattr("nosuch")|list|length }} {{ parties|selectattr("nosuch", "defined")|list|length }} {{ parties|selectattr("office.city", "eq", "New York")|list|length }}
{{ parties|selectattr("rank", "nosuch")|list }}
{{ parties|selectattr }}
{{ name|upper(1) }}
{{ name|replace("a") }}
{{ name|replace("a", "b", 1, 2) }}
{{ name|trim(nosuch="x") }}
{{ nums|join(attribute="x", attribute="y") }}
{{ nums|join(d=",", ";") }}
{% for i in nums %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}
{% for i in nums %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}
{% for i in nums %}{{ loop.cycle("odd", "even") }} {% endfor %}
{% for i in [1, 1, 2, 2, 1] %}{{ loop.changed(i) }} {% endfor %}
{% for p in parties %}{{ loop.changed(p.state, p.bank) }} {% endfor %}
{% for i in nums %}{{ loop.previtem|default("-") }}<{{ i }}>{{ loop.nextitem|default("-") }} {% endfor %}
{% for i in nums %}{% if loop.previtem is defined and i > loop.previtem %}up{% else %}down{% endif %} {% endfor %}
{% for p in parties %}{{ loop.nextitem.name|default("end") }} {% endfor %}
{% for i in nums %}{{ loop.previtem }}{% endfor %}
{% for i in nums if i > 2 %}{{ i }}/{{ loop.length }} {% endfor %}
{% for i in nums if i > 99 %}{{ i }}{% else %}none{% endfor %}
{% for i in empty %}{{ i }}{% else %}none{% endfor %}
{% for i in nums %}{{ i }}{% else %}none{% endfor %}
{% for a, b in nested %}{{ a }}-{{ b }} {% endfor %}
{% for (a, b) in nested %}{{ a }}-{{ b }} {% endfor %}
{% for a, b in nested if a > 1 %}{{ a }}-{{ b }} {% endfor %}
{% for a, b in triples %}{{ a }}{% endfor %}
{% for a, b in nums %}{{ a }}{% endfor %}
{% for k, v in d.items() %}{{ k }}{% if v is number %}={{ v }}{% endif %} {% endfor %}
{% for k in d %}{{ k }} {% endfor %}
{% for i in 1, 2, 3 %}{{ i }}{% endfor %}
{% for i in (1, 2) %}{% for j in [3, 4] %}{{ i }}{{ j }}{{ loop.index }} {% endfor %}{{ loop.index }}|{% endfor %}
{% for i in [1, 2] %}{% set outer = loop %}{% for j in [3, 4] %}{{ outer.index }}{{ loop.index }}{{ outer.last }} {% endfor %}{% endfor %}
{% for n in [1, 2] %}{{ n }}{% endfor %}{{ n }}
{% for nums in nums %}{{ nums }}{% endfor %}
{{ loop }}
{{ loop.index }}
{% for i in [1] %}{{ loop.nosuch }}{% endfor %}
{% set x = 5 %}{{ x }} {% set x = x + 1 %}{{ x }}
{% set a, b = 1, 2 %}{{ a }}{{ b }}
{% set a, b = [1, 2, 3] %}{{ a }}
{% set x = 1, 2 %}{{ x|join(",") }}
{% if true %}{% set x = 1 %}{% endif %}{{ x }}
{% if false %}{% set n = 1 %}{% endif %}{{ n }}
{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = i * 10 %}{{ x }}{% endfor %}{{ x }}
{% for i in [1] %}{% set inner = 2 %}{% endfor %}{{ inner }}
{% for i in [1, 2] %}{% if loop.first %}{% set z = 9 %}{% endif %}{{ z|default("no") }}{% endfor %}
{% for i in empty %}{% else %}{% set z = 9 %}{{ z }}{% endfor %}{{ z|default("no") }}
{% set n = none %}{{ n is none }}
{% set x = parties %}{{ x[0].name }}
{% if n > 5 and n < 10 %}in{% elif n > 10 %}big{% else %}small{% endif %}
{% if zero %}a{% elif empty_text %}b{% elif empty %}c{% elif nothing %}d{% elif off %}e{% else %}f{% endif %}
{% if half %}a{% endif %}{% if 0.0 %}b{% endif %}{% if "0" %}c{% endif %}{% if [0] %}d{% endif %}{% if {} %}e{% endif %}{% if " " %}f{% endif %}
{% if n == 7 %}{% if flag %}x{% else %}y{% endif %}{% endif %}
{% if true, false %}x{% endif %}
{% if n: %}x{% endif %}
a {%- if true -%} b {%- endif -%} c
a {{- 1 -}} b {{ -1 }} {{- -1 -}} c
a {{- 1 -}} b {%- if true -%}  c {% endif %}
a {#- comment -#} b {# {{ nosuch }} #} c
a {%+ if true +%} b {% endif %}
{{ "}}" }} {{ "%}" }} {{ "{{" }} {{ {"a": {"b": 1}}.a.b }} {% if "%}" %}x{% endif %}
{{ 1, 2 }}
{{ }}
{{ 1 + }}
{{ (1 }}
{{ 1) }}
{{ [1, 2 }}
{{ "abc }}
{{ a b }}
{{ 1 2 }}
{{ .a }}
{{ a..b }}
{{ a[ }}
{{ a[] }}
{{ | upper }}
{{ name | }}
{{ not }}
{{ 1 == }}
{{ 1 = 2 }}
{{ d.1a }}
{{ $x }}
{{ x ? y : z }}
{{ x && y }}
{{ !x }}
{% if %}x{% endif %}
{% if n %}x
{% endif %}
{% else %}
{% if n %}{% else %}{% else %}{% endif %}
{% if n %}{% endfor %}
{% for %}{% endfor %}
{% for i nums %}{% endfor %}
{% for i in %}{% endfor %}
{% for i in nums %}
{% for 1 in nums %}{% endfor %}
{% for i.a in nums %}{% endfor %}
{% for true in nums %}{% endfor %}
{% set 1 = 2 %}
{% set x %}
{% set x = %}
{% set none = 1 %}
{% nosuch %}
{% endif x %}
{% if n %}a{% endif x %}
{% %}
{{ n
{% if n
{# open
{{ loop.index if loop is defined else "none" }}
{{ (nums|sort)[0] }} {{ nums|sort|first }} {{ (name|upper)[0:3] }} {{ name|upper[0] }}
{{ "a".b|default("z") }}
{{ {"a": [1, {"b": "deep"}]}["a"][1]["b"] }}
{{ nums[n - 6] }} {{ nums[-n + 6] }} {{ nums[true] }} {{ d["a" ~ ""] }}
{{ nums["a"]|default("x") }} {{ d[0]|default("y") }} {{ d[none]|default("z") }} {{ nums[1.5]|default("w") }}
{{ if }}
{{ d.items }}
{{ name[none:3] }} {{ name["a":] }}
{{ 3 in [1, 2, 3] and "x" or "y" }} {{ 1 if n in nums else 0 }} {{ [1, 2] in [[1, 2]] }} {{ none in [none] }}
{{ "A" "B"|lower }} {{ ("A" "B")|lower }}
{{ 10 - 2 - 3 }} {{ 100 // 7 // 2 }} {{ 2 * 3 + 4 * 5 - 6 / 2 }} {{ 8 / 4 / 2 }}
{{ +5 }} {{ - 5 }} {{ --5 }} {{ -+-5 }} {{ not not true }} {{ -n * -2 }}
{{ n * 2 if n > 5 else n / 2 }} {{ (n if off) or "fallback" }} {{ (nosuch or d.nosuch or "third") }} {{ nosuch and 1 or 2 }}
{{ nosuch or nosuch2 }}
{{ (nosuch, 1)|length }}
"""

# What Engross does otherwise on purpose: template, text or "!code", reason.
DIFFERENCES = [
    ("{{ 0.1 + 0.2 }}", "0.3", "arithmetic is decimal"),
    ("{{ 1.10 }}", "1.10", "numbers keep their text"),
    ("{{ 1.10 * 3 }}", "3.3", "arithmetic is decimal"),
    ("{{ 1 / 3 }}", "0.3333333333333333333333333333", "quotients have 28 digits"),
    ("{{ 12345678901234567890.12 }}", "12345678901234567890.12", "numbers keep their text"),
    ("{{ 1e16 }}", "10000000000000000.0", "no exponent is ever printed"),
    ("{{ 2.675|round(2) }}", "2.68", "arithmetic is decimal"),
    ("{% for c in name %}x{% endfor %}", "!not_a_list",
     "text in place of a list is a lone element of XML data, or a slip"),
    ("{% if nosuch > 3 %}a{% else %}b{% endif %}", "b", "a missing name is false in a condition"),
    ("{% if nosuch|length > 1 %}a{% else %}b{% endif %}", "b",
     "a missing name is false in a condition"),
    ("{% if nosuch is even %}a{% else %}b{% endif %}", "b",
     "a missing name is false in a condition"),
    ("{{ 'a' if nosuch < 1 else 'b' }}", "b", "a missing name is false in a condition"),
    ("{{ nothing ~ 'x' }}", "!wrong_kind", "Python's None is never meant in a letter"),
    ("{{ nothing|upper }}", "!wrong_kind", "Python's None is never meant in a letter"),
    ("{{ [none, 1]|join(',') }}", "!wrong_kind", "Python's None is never meant in a letter"),
    ("{{ nums|string }}", "!wrong_kind", "Python's notation of lists is never meant in a letter"),
    ("{{ nums ~ 'x' }}", "!wrong_kind", "Python's notation of lists is never meant in a letter"),
    ("{{ nested|join(',') }}", "!wrong_kind",
     "Python's notation of lists is never meant in a letter"),
    ("{{ 2 ** 3 }}", "!unexpected_in_tag", "not in the language"),
    ("{{ '%s' % n }}", "!wrong_kind", "not in the language"),
    ("{{ range(3)|join }}", "!unknown_function", "nothing can be called"),
    ("{{ name.upper() }}", "!unknown_function", "nothing can be called; there is the filter"),
    ("{{ d.keys()|join }}", "!unknown_function", "nothing can be called but items()"),
    ("{{ (1, 2) == [1, 2] }}", "True", "there is one kind of list"),
    ("{{ {1: 'a'}['1'] }}", "a", "the names of a group are text"),
    ("{{ nums|map('string')|join }}", "!wrong_arguments", "only map(attribute=) is in the language"),
    ("{{ parties|sort(attribute='nosuch')|length }}", "!missing_value",
     "computing with what is missing is a finding"),
    ("{{ nosuch|upper|default('x', true) }}", "x", "default never fails"),
    ("{{ nums[1, 2]|default('x') }}", "!unexpected_in_tag", "not in the language"),
    ("{% if false %}{{ name|nosuchfilter }}{% endif %}", "!unknown_filter",
     "every tag is checked before any letter is made"),
    ("{{ name|reverse }}", "!unknown_filter", "not in the language"),
    ("{% raw %}x{% endraw %}", "!unknown_statement", "not in the language"),
    ("{% with x = 1 %}{% endwith %}", "!unknown_statement", "not in the language"),
    ("{% set x %}a{% endset %}", "!unexpected_in_tag", "not in the language"),
    ("{% for i in nums recursive %}{% endfor %}", "!unexpected_in_tag", "not in the language"),
    ("a }} b", "!tag_not_opened", "a delimiter alone is a slip"),
    ("{{ “x” ~ ‘y’ }}", "xy", "curly quotation marks are quotation marks"),
    ("{{ n – 2 }}", "5", "Writer makes a dash of a hyphen"),
    ("{{ n\u00a0+\u200b1 }}", "8", "characters that nobody sees do not count"),
    ("{{ nums|first|default }}{% if nums[99]|first %}a{% endif %}", "3",
     "a missing name is false in a condition"),
]


def same(theirs, ours):
    """Equal text; quotients that never end are binary there and decimal here."""
    if theirs == ours:
        return True
    if not isinstance(theirs, str) or not isinstance(ours, str):
        return False
    theirs, ours = theirs.split(), ours.split()

    def same_word(a, b):
        if a == b:
            return True
        try:
            x, y = decimal.Decimal(a), decimal.Decimal(b)
        except decimal.InvalidOperation:
            return False
        return min(len(a), len(b)) > 12 and abs(x - y) <= abs(y) * decimal.Decimal("1e-14")

    return len(theirs) == len(ours) and all(map(same_word, theirs, ours))


class Differential(unittest.TestCase):
    maxDiff = None

    def compare(self, templates):
        faults = []
        both_failed = 0
        for template, ours in zip(templates, by_engross(templates)):
            theirs = by_jinja(template)
            if theirs is None and isinstance(ours, tuple):
                both_failed += 1
            elif not same(theirs, ours):
                faults.append(f"{template}\n    Jinja2:  {theirs!r}\n    Engross: {ours!r}")
        self.assertFalse(faults, f"{len(faults)} of {len(templates)} differ:\n" + "\n".join(faults[:60]))
        return both_failed

    def test_hand_written(self):
        templates = [line for line in TABLE.splitlines() if line]
        # Each expression of a line also alone, so that one that fails hides no other.
        alone = []
        for line in templates:
            for part in line.split("}} ") if line.startswith("{{") else []:
                part = part.strip()
                alone.append(part if part.endswith("}}") else part + " }}")
        self.compare(templates)
        self.compare([t for t in alone if t.count("{{") == t.count("}}") == 1 and "{%" not in t])

    def test_generated(self):
        generator = Generator(SEED)
        templates = [generator.template() for _ in range(GENERATED)]
        failed = self.compare(templates)
        # The generator is worth something only while most of what it makes means something.
        self.assertLess(failed, GENERATED * 0.4)
        self.assertGreater(failed, GENERATED * 0.02)

    def test_deliberate_differences(self):
        answers = by_engross([template for template, _, _ in DIFFERENCES])
        for (template, expected, reason), ours in zip(DIFFERENCES, answers):
            with self.subTest(template=template, reason=reason):
                text = ours[0].split("|")[0] if isinstance(ours, tuple) else ours
                self.assertEqual(text, expected)
                theirs = by_jinja(template)
                self.assertFalse(theirs is None and isinstance(ours, tuple) or theirs == ours,
                                 "no longer a difference")


if __name__ == "__main__":
    unittest.main()
