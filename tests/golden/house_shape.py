# SPDX-License-Identifier: MPL-2.0
"""What a letter says, whatever its automatic styles, bookmarks and pictures are called: two letters of one shape are one
letter. Knows flat ODF and packages, and packs the one into the other."""

import base64
import copy
import re
import zipfile

from lxml import etree

import house_letter as sample

TEXT, OFFICE = sample.TEXT, sample.OFFICE
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
FLOW = (TEXT + "p", TEXT + "h", TEXT + "span", TEXT + "a")
FAMILY = {TEXT + "p": "paragraph", TEXT + "h": "paragraph", TEXT + "span": "text"}
# Part of a package -> what stands in it, in the order of flat ODF.
PARTS = {
    "meta.xml": ["meta"],
    "settings.xml": ["settings"],
    "styles.xml": [
        "font-face-decls",
        "styles",
        "automatic-styles",
        "master-styles"],
        "content.xml": [
            "scripts",
            "font-face-decls",
            "automatic-styles",
             "body"]}
COMPARED = ("styles", "master-styles", "body", "meta", "scripts")


def pack(flat, path, more=None):
    """The ODT of a letter in flat ODF. `more`: parts that it holds besides, or what to replace in one of these."""
    root = etree.fromstring(flat.encode())
    parts = {}
    for number, image in enumerate(root.iter(DRAW + "image")):
        for data in image.findall(OFFICE + "binary-data"):
            image.remove(data)
            image.set(HREF, f"Pictures/{number}.png")
            parts[f"Pictures/{number}.png"] = base64.b64decode(data.text)
    for part, names in PARTS.items():
        out = etree.Element(OFFICE + "document-" + part.removesuffix(".xml"), nsmap=root.nsmap)
        out.set(OFFICE + "version", "1.3")
        out.extend(copy.deepcopy(node) for name in names for node in root.findall(OFFICE + name))
        parts[part] = etree.tostring(out, xml_declaration=True, encoding="UTF-8")
    for part, content in (more or {}).items():
        parts[part] = parts[part].replace(content[0].encode(), content[1].encode() + content[0].encode(), 1) \
            if isinstance(content, tuple) else content
    entry = '<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s"/>'
    odt = "application/vnd.oasis.opendocument.text"
    parts["META-INF/manifest.xml"] = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">' +
    entry %
    ("/",
    odt) +
    "".join(
        entry %
        (part,
        "image/png" if part.endswith("png") else "text/xml") for part in parts) +
         "</manifest:manifest>").encode()
    with zipfile.ZipFile(path, "w") as package:
        for part, data in {"mimetype": odt.encode(), **parts}.items():
            package.writestr(part, data)


def bookmarked(root):
    """The words between each pair of bookmarks."""
    out = {}
    for start in root.iter(TEXT + "bookmark-start"):
        name, words = start.get(TEXT + "name"), start.tail or ""
        for node in start.itersiblings():
            if node.tag == TEXT + "bookmark-end" and node.get(TEXT + "name") == name:
                break
            words += "".join(node.itertext()) + (node.tail or "")
        out[name] = words
    return out


class Part:
    """A part of a package, or all of a flat file."""

    def __init__(self, root, bookmarks, package):
        self.root, self.bookmarks, self.package = root, bookmarks, package
        self.automatic = {(node.get(STYLE + "family") or node.tag, node.get(STYLE + "name")): node
                          for styles in root.iter(OFFICE + "automatic-styles") for node in styles}
        self.shapes = {}

    def style_named(self, tag, attribute, name):
        if attribute == STYLE + "page-layout-name":
            return self.automatic.get((STYLE + "page-layout", name))
        if tag in FAMILY:
            return self.automatic.get((FAMILY[tag], name))
        return next((node for (family, one), node in self.automatic.items()
                     if one == name and family not in ("paragraph", "text", STYLE + "page-layout")), None)

    def value(self, node, key, value):
        """A reference to an automatic style becomes the style; one that says nothing becomes its parent."""
        if key == TEXT + "ref-name" and value in self.bookmarks:
            return "→ " + self.bookmarks[value]
        if not key.endswith("}style-name") and key != STYLE + "page-layout-name":
            return value
        style = self.style_named(node.tag, key, value)
        if style is None:
            return value
        if style not in self.shapes:
            self.shapes[style] = self.shape(style)
        shape = self.shapes[style]
        attributes = dict(shape[1])
        is_empty = not shape[2] and set(attributes) <= {STYLE + "family", STYLE + "parent-style-name", STYLE + "master-page-name"}
        if is_empty and attributes.get(STYLE + "master-page-name", "Standard") in ("", "Standard"):
            return attributes.get(STYLE + "parent-style-name", "")
        return shape

    def shape(self, node):
        if node.tag == DRAW + "image":
            data = node.findtext(OFFICE + "binary-data") or base64.b64encode(self.package.read(node.get(HREF))).decode()
            return node.tag, (), (re.sub(r"\s", "", data),)
        is_automatic = node.getparent() is not None and node.getparent().tag == OFFICE + "automatic-styles"
        attributes = tuple((key, self.value(node, key, value)) for key, value in sorted(node.attrib.items())
                           if not (is_automatic and key == STYLE + "name") and (key, value) != (TEXT + "select-page", "current"))
        return node.tag, attributes, self.children(node)

    def children(self, node):
        kids = []

        def add(words):
            words = words if node.tag in FLOW else words.strip()
            if words and kids and isinstance(kids[-1], str):
                kids[-1] += words
            elif words:
                kids.append(words)
        add(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and child.tag not in (TEXT + "bookmark-start", TEXT + "bookmark-end"):
                tag, attributes, inside = self.shape(child)
                if tag == TEXT + "span" and dict(attributes).get(TEXT + "style-name", "") == "":
                    for kid in inside:
                        add(kid) if isinstance(kid, str) else kids.append(kid)
                elif attributes or inside or not tag.endswith("-properties"):
                    kids.append((tag, attributes, inside))
            add(child.tail or "")
        return tuple(kids)


def written(shape, indent=0):
    """Line by line."""
    if isinstance(shape, str):
        return [" " * indent + shape]
    tag, attributes, kids = shape
    words = [f"{key.split('}')[-1]}={value if isinstance(value, str) else ' '.join(written(value))}" for key, value in attributes]
    return [" " * indent + " ".join([tag.split("}")[1], *words]), *(line for kid in kids for line in written(kid, indent + 1))]


def read(path):
    """What of a file is compared -> the part that holds it."""
    if path.suffix == ".fodt":
        root = etree.parse(str(path)).getroot()
        return dict.fromkeys(COMPARED, Part(root, bookmarked(root), None))
    package = zipfile.ZipFile(path)
    roots = {part: etree.fromstring(package.read(part)) for part in ("content.xml", "styles.xml", "meta.xml")}
    bookmarks = bookmarked(roots["content.xml"])
    parts = {name: Part(root, bookmarks, package) for name, root in roots.items()}
    return {name: parts[part] for part, names in PARTS.items() if part in parts for name in names if name in COMPARED}


def lines(path):
    """The letter line by line; named styles in the order of their names."""
    out = []
    parts = read(path)
    for name in COMPARED:
        node = parts[name].root.find(OFFICE + name)
        if node is None or len(node) == 0:
            continue
        kids = parts[name].shape(node)[2]
        out += [name, *(line for kid in (kids if name == "body" else sorted(kids, key=repr)) for line in written(kid, 1))]
    return out
