# SPDX-License-Identifier: MPL-2.0
"""Makes the peers' templates in a folder: one letter by Engross, then the translation."""

import json
import pathlib
import re
import subprocess

import peer_template


def assemble(engross, template, deal, odt):
    subprocess.run([engross, "assemble", template, "--deal", deal, "-o", odt, "--quiet"],
                   check=True)


def _make(dialect, engross, template, deal, out):
    letter = out.with_name("letter.odt")
    assemble(engross, template, deal, letter)
    said = subprocess.run([engross, "explain", template, "--deal", deal], check=True,
                          capture_output=True, text=True).stdout
    chosen = set(re.findall(r"^in +[^/\s]+/([^:\s]+):", said, re.M))
    out.write_bytes(peer_template.make(dialect, template, chosen, letter))
    return out


def relatorio(engross, template, deal, folder):
    """The path of relatorio's template."""
    return _make(peer_template.Relatorio(), engross, template, deal,
                 pathlib.Path(folder, "relatorio.odt"))


def docxtemplater(engross, template, deal, folder):
    """The path of docxtemplater's template: saved as DOCX by LibreOffice, in a profile of its own."""
    folder = pathlib.Path(folder)
    odt = _make(peer_template.Docxtemplater(), engross, template, deal,
                folder / "docxtemplater.odt")
    subprocess.run(["soffice", "-env:UserInstallation=" + (folder / "profile").resolve().as_uri(),
                    "--headless", "--convert-to", "docx", "--outdir", folder, odt],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    return odt.with_suffix(".docx")


def merged_data(firm, deal):
    """The deal over the firm's own data, as JSON has them."""
    out = dict(json.loads((pathlib.Path(firm) / "firm.json").read_text())["data"])
    out.update(json.loads(pathlib.Path(deal).read_text()))
    return out
