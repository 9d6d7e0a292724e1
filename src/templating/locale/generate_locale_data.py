# SPDX-License-Identifier: MPL-2.0
"""Writes locale_data.cpp from CLDR's XML: generate_locale_data.py CLDR_COMMON_DIR OUTPUT."""

import pathlib
import sys
import xml.etree.ElementTree as ET

LOCALES = ["en", "en-GB", "de", "de-AT", "de-CH", "es", "fr", "fr-CH", "it", "it-CH", "pt", "pt-PT"]
PARENTS = {"en_GB": "en_001", "en_001": "en"}
CURRENCIES = ["AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "INR", "JPY",
              "KRW", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR"]
RULE_LOCALES = ["de-CH", "de", "en", "es", "fr-CH", "fr", "it", "pt-PT", "pt", "root"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


def quoted(text):
    """A C++ string literal; all but plain ASCII as escapes of its UTF-8 bytes."""
    out = ""
    after_escape = False
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if byte < 0x20 or byte >= 0x7F:
            out += f"\\x{byte:02x}"
            after_escape = True
            continue
        if after_escape and char in "0123456789abcdefABCDEF":
            out += '""'
        after_escape = False
        out += "\\" + char if char in '"\\' else char
    return f'"{out}"'


class Cldr:
    """Looks values up along a locale's line of parents."""

    def __init__(self, folder):
        self.folder = folder
        self.trees = {}

    def tree(self, name):
        if name not in self.trees:
            path = self.folder / "main" / f"{name}.xml"
            self.trees[name] = ET.parse(path).getroot() if path.exists() else None
        return self.trees[name]

    def line(self, locale):
        name = locale.replace("-", "_")
        while name:
            yield name
            if name in PARENTS:
                name = PARENTS[name]
            else:
                name = name.rpartition("_")[0] or ("root" if name != "root" else "")

    def find(self, locale, *paths):
        """The first path that has a value; each along the whole line of parents."""
        for path in paths:
            for name in self.line(locale):
                root = self.tree(name)
                if root is None:
                    continue
                for element in root.findall(path):
                    text = element.text
                    if element.get("alt") is None and text and text != "↑↑↑":
                        return text
        return None

    def need(self, locale, *paths):
        value = self.find(locale, *paths)
        if value is None:
            raise SystemExit(f"CLDR has no {paths[0]} for {locale}")
        return value


GREGORIAN = "dates/calendars/calendar[@type='gregorian']"


def named(cldr, locale, kind, keys, context, width):
    """Names of months or days; what a width or context lacks comes from the next wider one."""
    tries = [(context, width)]
    if context == "stand-alone":
        tries.append(("format", width))
    tries.append((context, "wide"))
    tries.append(("format", "wide"))
    plural = kind + "s"

    def path(key, ctx, wid):
        return (f"{GREGORIAN}/{plural}/{kind}Context[@type='{ctx}']/"
                f"{kind}Width[@type='{wid}']/{kind}[@type='{key}']")

    return [cldr.need(locale, *[path(key, *t) for t in tries]) for key in keys]


def array(values):
    return "{{" + ", ".join(quoted(v) for v in values) + "}}"


def locale_row(cldr, locale):
    months = [str(n) for n in range(1, 13)]
    fields = [
        quoted(locale),
        array(named(cldr, locale, "month", months, "format", "wide")),
        array(named(cldr, locale, "month", months, "format", "abbreviated")),
        array(named(cldr, locale, "month", months, "stand-alone", "wide")),
        array(named(cldr, locale, "month", months, "stand-alone", "abbreviated")),
        array(named(cldr, locale, "day", DAYS, "format", "wide")),
        array(named(cldr, locale, "day", DAYS, "format", "abbreviated")),
        array([cldr.find(locale, f"{GREGORIAN}/dayPeriods/dayPeriodContext[@type='format']/"
                                 f"dayPeriodWidth[@type='{width}']/dayPeriod[@type='{half}']")
               or half.upper() for half, width in (("am", "abbreviated"), ("pm", "abbreviated"))]),
        array([cldr.need(locale, f"{GREGORIAN}/dateFormats/dateFormatLength[@type='{length}']/"
                                 "dateFormat/pattern")
               for length in ("full", "long", "medium", "short")]),
        quoted(cldr.need(locale, f"numbers/symbols{LATIN}/decimal")),
        quoted(cldr.need(locale, f"numbers/symbols{LATIN}/group")),
        quoted(cldr.find(locale, f"numbers/symbols{LATIN}/currencyGroup") or ""),
        cldr.find(locale, "numbers/minimumGroupingDigits") or "1",
        quoted(cldr.need(locale, f"numbers/currencyFormats{LATIN}/currencyFormatLength/"
                                 "currencyFormat[@type='standard']/pattern").split(";")[0]),
        compact_rows(cldr, locale),
        f"k_currencies_{identifier(locale)}",
    ]
    return "  {" + ",\n   ".join(fields) + "},\n"


LATIN = "[@numberSystem='latn']"


def compact_rows(cldr, locale):
    """Patterns of 10^6 to 10^14 in full words, for one and for more."""
    rows = []
    for exponent in range(6, 15):
        path = (f"numbers/decimalFormats{LATIN}/decimalFormatLength[@type='long']/decimalFormat/"
                f"pattern[@type='1{'0' * exponent}'][@count='%s']")
        one, other = (cldr.need(locale, path % count) for count in ("one", "other"))
        zeros = other.count("0")
        rows.append(f"{{{exponent - zeros + 1}, {quoted(one.lstrip('0').strip())}, "
                    f"{quoted(other.lstrip('0').strip())}}}")
    return "{{" + ", ".join(rows) + "}}"


def identifier(locale):
    return locale.replace("-", "_").lower()


def currency_table(cldr, locale):
    text = f"constexpr CurrencyData k_currencies_{identifier(locale)}[] = {{\n"
    for code in CURRENCIES:
        path = f"numbers/currencies/currency[@type='{code}']/"
        symbol = cldr.find(locale, path + "symbol") or code
        other = cldr.need(locale, path + "displayName[@count='other']", path + "displayName")
        one = cldr.find(locale, path + "displayName[@count='one']") or other
        if locale.startswith("pt"):
            # Brazilian data writes them as headings.
            one, other = (name[0].lower() + name[1:] for name in (one, other))
        text += f"    {{{quoted(code)}, {quoted(symbol)}, {quoted(one)}, {quoted(other)}}},\n"
    return text + "};\n"


def rule_tables(cldr):
    """The spell-out rules, as they are written, one table a rule set."""
    tables, locales = "", ""
    for locale in RULE_LOCALES:
        root = ET.parse(cldr.folder / "rbnf" / f"{locale.replace('-', '_')}.xml").getroot()
        sets = ""
        for ruleset in root.iter("ruleset"):
            name = ruleset.get("type")
            if name == "lenient-parse":
                continue
            rules = []
            for rule in ruleset.findall("rbnfrule"):
                value, radix = rule.get("value"), rule.get("radix", "10")
                body = (rule.text or "").rstrip(";").replace("\u00ad", "")
                if value == "-x":
                    base = "k_negative_rule"
                elif value in ("x.x", "x,x"):
                    base = "k_fraction_rule"
                elif value.isdigit():
                    base = value
                else:
                    continue
                rules.append(f"    {{{base}, {radix}, {quoted(body)}}},\n")
            table = f"k_rules_{identifier(locale)}_{name.replace('-', '_')}"
            tables += f"constexpr SpelloutRule {table}[] = {{\n{''.join(rules)}}};\n"
            sets += f"    {{{quoted(name)}, {table}}},\n"
        tables += f"constexpr SpelloutRuleSet k_sets_{identifier(locale)}[] = {{\n{sets}}};\n"
        locales += f"    {{{quoted(locale)}, k_sets_{identifier(locale)}}},\n"
    return tables + f"constexpr SpelloutLocale k_spellout[] = {{\n{locales}}};\n\n"


def case_table(name, convert):
    rows = []
    for code in range(0x80, 0x20000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        mapped = convert(chr(code))
        if mapped != chr(code) and len(mapped) <= 3:
            rows.append(f"{{0x{code:X}, {{{{{', '.join(f'0x{ord(c):X}' for c in mapped)}}}}}}}")
    text = f"constexpr CaseMapping {name}[] = {{\n"
    for i in range(0, len(rows), 4):
        text += "    " + ", ".join(rows[i:i + 4]) + ",\n"
    return text + "};\n\n"


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    cldr = Cldr(folder)
    text = "// Generated by generate_locale_data.py from CLDR and Unicode data.\n"
    text += '#include "templating/locale/locale.hpp"\n\n'
    text += "namespace engross::templating {\n\nnamespace {\n\n"
    text += "".join(currency_table(cldr, locale) for locale in LOCALES)
    text += "constexpr LocaleData k_locales[] = {\n"
    text += "".join(locale_row(cldr, locale) for locale in LOCALES)
    text += "};\n\n"
    text += rule_tables(cldr)
    text += case_table("k_upper", str.upper)
    text += case_table("k_lower", str.lower)
    text += "} // namespace\n\n"
    text += "std::span<const LocaleData> all_locales() { return k_locales; }\n"
    text += "std::span<const SpelloutLocale> spellout_locales() { return k_spellout; }\n"
    text += "std::span<const CaseMapping> upper_mappings() { return k_upper; }\n"
    text += "std::span<const CaseMapping> lower_mappings() { return k_lower; }\n"
    text += "\n} // namespace engross::templating\n"
    output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
