# SPDX-License-Identifier: MPL-2.0
"""A written package as another reader of zip sees it."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

PROGRAM = sys.argv.pop(1)
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


class Zipfile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        file = os.path.join(cls.folder.name, "sample.odt")
        subprocess.run([PROGRAM, "--gtest_filter=odf_sample.*"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "ENGROSS_ODF_SAMPLE": file})
        cls.zip = zipfile.ZipFile(file)

    @classmethod
    def tearDownClass(cls):
        cls.zip.close()
        cls.folder.cleanup()

    def test_every_part_is_sound(self):
        self.assertIsNone(self.zip.testzip())

    def test_mimetype_is_first_and_stored(self):
        first = self.zip.infolist()[0]
        self.assertEqual((first.filename, first.compress_type, first.extra, first.header_offset),
                         ("mimetype", zipfile.ZIP_STORED, b"", 0))
        self.assertEqual(self.zip.read(first), b"application/vnd.oasis.opendocument.text")

    def test_order_times_and_extra_fields(self):
        infos = self.zip.infolist()[1:]
        names = [info.filename for info in infos]
        self.assertEqual(names, sorted(names, key=lambda name: name.encode()))
        self.assertEqual(names, ["META-INF/manifest.xml", "Pictures/ä b.png", "content.xml", "meta.xml",
                                 "styles.xml"])
        self.assertEqual({info.date_time for info in infos}, {(2024, 2, 29, 12, 34, 56)})
        self.assertEqual({info.extra for info in infos}, {b""})
        self.assertEqual({info.flag_bits for info in infos}, {0x800})

    def test_manifest_names_what_is_inside(self):
        manifest = ElementTree.fromstring(self.zip.read("META-INF/manifest.xml"))
        listed = [entry.get(MANIFEST + "full-path") for entry in manifest]
        inside = [name for name in self.zip.namelist()
                  if name != "mimetype" and not name.startswith("META-INF/")]
        self.assertEqual(sorted(listed), sorted(inside + ["/"]))

    def test_text_is_whole(self):
        content = ElementTree.fromstring(self.zip.read("content.xml"))
        text = "".join(content.itertext())
        self.assertGreater(len(text), 50000)
        self.assertTrue(text.startswith("word 0 word 1 word 4 "))


if __name__ == "__main__":
    unittest.main()
