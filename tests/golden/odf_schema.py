# SPDX-License-Identifier: MPL-2.0
"""The ODF 1.3 schema, where it is, and what of a part it speaks of."""

import os
import pathlib
import shutil

from lxml import etree

SHARED = pathlib.Path(os.environ.get("ENGROSS_SHARED") or pathlib.Path(__file__).resolve().parents[2].parent / "shared")
SCHEMA = SHARED / "odf-schema" / "OpenDocument-v1.3-schema.rng"
USABLE = SCHEMA.exists() and shutil.which("jing")
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
KNOWN = (OASIS, "http://www.w3.org/1999/xlink", "http://purl.org/dc/elements/1.1/",
         "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2003/g/data-view#",
         "http://www.w3.org/1999/xhtml", "http://www.w3.org/2002/xforms",
         "http://www.w3.org/XML/1998/namespace")


def is_known(tag):
    return tag.startswith("{") and tag[1:].startswith(KNOWN)


def strict(part):
    """What ODF itself knows of a part (ODF 1.3 part 3, 2.2.1: extended documents)."""
    root = etree.fromstring(part)
    for element in list(root.iter(etree.Element)):
        for key in list(element.attrib):
            if key.startswith("{") and not is_known(key):
                del element.attrib[key]
        if not is_known(element.tag) and element.getparent() is not None:
            element.getparent().remove(element)
    root.set("{%soffice:1.0}version" % OASIS, "1.3")
    return etree.tostring(root)
