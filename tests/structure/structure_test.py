# SPDX-License-Identifier: MPL-2.0
"""Which part may know which, and what no part below the pipeline may do."""

import re
import subprocess
import unittest

import source_tree as tree

BELOW = {"finding", "deal", "odf", "templating", "opinion", "letterhead"}
# Who may include whom. Arrows point one way: nothing here may be widened to close a circle.
MAY_INCLUDE = {
    "finding": set(),
    "deal": {"finding"},
    "odf": {"finding"},
    "templating": {"deal", "odf", "finding"},
    "opinion": {"templating", "deal", "odf", "finding"},
    "letterhead": {"templating", "deal", "odf", "finding"},
    "letter": BELOW,
    "office": {"finding"},
    "cli": BELOW | {"letter", "office"},
    "writer": BELOW | {"letter"},
}
ENGINE = sorted(BELOW | {"letter"})
UNO = re.compile(r"^(com/sun/star|org/engross|cppu|cppuhelper|osl|rtl|sal|salhelper|typelib|uno|"
                 r"o3tl|comphelper|unotools|LibreOfficeKit)/")


class Direction(unittest.TestCase):
    def test_only_known_folders(self):
        folders = {path.name for path in (tree.ROOT / "src").iterdir() if path.is_dir()}
        self.assertEqual(folders, set(MAY_INCLUDE))

    def test_the_table_has_no_circle(self):
        for folder, allowed in MAY_INCLUDE.items():
            for other in allowed:
                self.assertNotIn(folder, MAY_INCLUDE[other])
        self.assertNotIn("office", MAY_INCLUDE["letter"])
        self.assertNotIn("letter", MAY_INCLUDE["office"])

    def test_includes_follow_the_arrows(self):
        wrong, seen = [], 0
        for folder, allowed in MAY_INCLUDE.items():
            for path in tree.cpp_files(f"src/{folder}"):
                for line, bracket, name in tree.includes(path):
                    top = name.split("/")[0]
                    if bracket == "<" and top not in MAY_INCLUDE:
                        continue
                    seen += 1
                    if ".." in name.split("/"):
                        wrong.append(f"{tree.name(path)}:{line}: {name} climbs out of its folder")
                    elif "/" in name and top != folder and top not in allowed:
                        wrong.append(f"{tree.name(path)}:{line}: src/{folder} may not include {name}")
        self.assertGreater(seen, 20, "the test has read no includes")
        self.assertEqual(wrong, [])

    def test_uno_only_in_office_and_writer(self):
        wrong = []
        for path in tree.cpp_files("src", "tests"):
            folder = tree.name(path).split("/")[1]
            if folder in ("office", "writer"):
                continue
            wrong += [f"{tree.name(path)}:{line}: {name}" for line, _, name in tree.includes(path)
                      if UNO.match(name)]
        self.assertEqual(wrong, [])

    def test_office_client_has_no_uno(self):
        """The half of src/office that is part of the command, with all that it includes."""
        listed = re.search(r"engross_module\(office\s+SOURCES([^)]*?)PUBLIC",
                           (tree.ROOT / "src/office/CMakeLists.txt").read_text(encoding="utf-8"))[1].split()
        self.assertIn("converter.cpp", listed)
        start = [tree.ROOT / "src/office" / name for name in listed]
        # What src/cli includes of it is part of the command as well.
        start += [tree.ROOT / "src" / name for path in tree.cpp_files("src/cli")
                  for _, _, name in tree.includes(path) if name.startswith("office/")]
        reached = tree.reached(start)
        self.assertIn(tree.ROOT / "src/finding/finding.hpp", reached)
        wrong = [f"{tree.name(path)}:{line}: {name}" for path in sorted(reached)
                 for line, _, name in tree.includes(path) if UNO.match(name)]
        self.assertEqual(wrong, [])

    def test_includes_are_followed(self):
        worker = tree.reached([tree.ROOT / "src/office/worker_main.cpp"])
        self.assertIn(tree.ROOT / "src/office/private_office.hpp", worker)
        self.assertIn(tree.ROOT / "src/finding/codes.def", tree.reached([tree.ROOT / "src/office/converter.cpp"]))


FORBIDDEN = [
    ("reads the environment", r"\b(?:secure_)?getenv\b|\b(?:un)?setenv\b|\bputenv\b|\benviron\b"),
    ("prints", r"\bstd\s*::\s*w?(?:cout|cerr|clog|cin)\b|(?<![\w.>])(?:std\s*::\s*)?v?f?printf\s*\(|"
               r"(?<![\w.>])(?:std\s*::\s*)?f?puts\s*\(|\bputchar\b|\bperror\b|"
               r"(?<![\w.>:])(?:stdout|stderr)\b"),
    ("reads the clock or chance", r"\bsystem_clock\s*::\s*now\b|\brandom_device\b|\bsrand\b|"
                                  r"(?<![\w.>])(?:std\s*::\s*)?time\s*\(\s*(?:nullptr|NULL|0)\s*\)"),
    ("changes what the whole process sees", r"\bsetlocale\b|\blocale\s*::\s*global\b|"
                                            r"\bcurrent_path\s*\(\s*[^)\s]|\bchdir\b|\bstd\s*::\s*exit\b"),
    ("keeps a state of a thread", r"\bthread_local\b"),
    ("keeps a state", r"\bstatic\s+(?!(?:inline\s+)?(?:const|constexpr|constinit\s+const)\b)"
                      r"(?![^;={}()]*\()[^;={}()]+[;={]"),
]
FORBIDDEN_HEADERS = {"iostream", "unistd.h", "sys/types.h", "sys/stat.h", "fcntl.h", "dlfcn.h", "windows.h",
                     "sys/wait.h", "sys/mman.h", "pthread.h"}


def faults(source):
    code = tree.code(source)
    return [(tree.line_of(code, match.start()), what, match.group(0).strip())
            for what, pattern in FORBIDDEN for match in re.finditer(pattern, code)]


class EngineKeepsToItself(unittest.TestCase):
    def test_the_rules_themselves(self):
        for source in ('auto x = std::getenv("HOME");', "std::cout << x;", 'printf("a");', "static int n = 0;",
                       "static std::map<int, int> cache;", "thread_local int n;", "std::time(nullptr);",
                       "std::fprintf(stderr, x);", "static std::vector<int> v{};", "std::locale::global(l);",
                       "static inline int n;"):
            self.assertNotEqual(faults(source), [], source)
        for source in ("// std::cout", "/* getenv */", 'auto s = "static int n = 0; printf(";', "static const int n = 0;",
                       "static constexpr std::string_view s = x;", "static int f(int a);", "static_assert(n == 1);",
                       "auto n = static_cast<int>(x);", "std::snprintf(b, n, f);", "static Result<Deal> read(Path p);",
                       "static std::string f(int n) { return {}; }", 'auto s = R"(std::cout "x")";',
                       "const int n = 1'000'000; std::string t = s;", "out.puts(x);"):
            self.assertEqual(faults(source), [], source)

    def test_nothing_prints_or_remembers(self):
        wrong = []
        for path in tree.cpp_files(*(f"src/{folder}" for folder in ENGINE)):
            for line, what, found in faults(path.read_text(encoding="utf-8")):
                wrong.append(f"{tree.name(path)}:{line}: {what}: {found}")
            for line, _, name in tree.includes(path):
                if name in FORBIDDEN_HEADERS:
                    wrong.append(f"{tree.name(path)}:{line}: may not include <{name}>")
        self.assertEqual(wrong, [])

    def test_no_global_variable_in_the_archives(self):
        """What the compiler put into writable memory, beyond the function-local constants that the
        source test reads and constants by name (k_…)."""
        if tree.BUILD is None:
            self.skipTest("ENGROSS_BINARY_DIR is not set")
        archives = [tree.BUILD / f"src/{folder}/libengross_{folder}.a" for folder in ENGINE]
        wrong, seen = [], 0
        for archive in archives:
            self.assertTrue(archive.exists(), archive)
            table = subprocess.run(["objdump", "-tC", str(archive)], capture_output=True, text=True, check=True).stdout
            for line in table.splitlines():
                match = re.match(r"^[0-9a-f]+ .{7} (\S+)\t[0-9a-f]+ +(?:\.hidden )?(.*)$", line)
                if not match:
                    continue
                section, symbol = match.groups()
                seen += 1
                if not re.match(r"\.(data|bss|tdata|tbss)\b", section) or section.startswith(".data.rel.ro"):
                    continue
                if "engross::" in symbol and not symbol.startswith("guard variable") \
                        and not re.search(r"\)(?: const)?(?:::\{.*\})?::\w+(?:\[abi:\w+\])?$", symbol) \
                        and not re.search(r"(?:^|::)k_\w+$", symbol):
                    wrong.append(f"{archive.name}: {symbol} in {section}")
        self.assertGreater(seen, 100, "objdump's table was not understood")
        self.assertEqual(wrong, [])


class Command(unittest.TestCase):
    def test_links_no_uno(self):
        if tree.BUILD is None:
            self.skipTest("ENGROSS_BINARY_DIR is not set")
        program = tree.BUILD / "bin/engross"
        table = subprocess.run(["readelf", "-dW", str(program)], capture_output=True, text=True, check=True).stdout
        needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", table))
        self.assertIn("libc.so.6", needed)
        expected = {"libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6", "libz.so.1"}
        sanitizers = {name for name in needed if re.match(r"lib(a|ub)san\.", name)}
        loader = {name for name in needed if name.startswith("ld-linux")}
        self.assertEqual(needed - expected - sanitizers - loader, set())


if __name__ == "__main__":
    unittest.main(verbosity=1)
