# SPDX-License-Identifier: MPL-2.0
"""Makes relatorio's template in a folder: one letter by Engross, then the translation."""

import pathlib
import re
import subprocess

import relatorio_template


def assemble(engross, template, deal, odt):
    subprocess.run([engross, "assemble", template, "--deal", deal, "-o", odt, "--quiet"],
                   check=True)


def make(engross, template, deal, folder):
    """The path of relatorio's template."""
    letter = pathlib.Path(folder, "letter.odt")
    assemble(engross, template, deal, letter)
    said = subprocess.run([engross, "explain", template, "--deal", deal], check=True,
                          capture_output=True, text=True).stdout
    chosen = set(re.findall(r"^in +[^/\s]+/([^:\s]+):", said, re.M))
    out = pathlib.Path(folder, "relatorio.odt")
    out.write_bytes(relatorio_template.make(template, chosen, letter))
    return out
