"""The arrows between packages, read from the code itself: who may import whom, who may print, how long a file is."""

import ast
from collections.abc import Iterator
import functools
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "site_builder"
FILES = sorted(PROGRAM.rglob("*.py"))
NAMES = [str(path.relative_to(PROGRAM.parent)) for path in FILES]

WORDS = {"vocabulary", "errors", "numerals"}
ALLOWED: dict[str, set[str]] = {
    "vocabulary": set(),
    "numerals": set(),
    "errors": set(),
    "progress": set(),
    "findings": set(),
    "processes": set(),
    "machine": set(),
    "records": WORDS,
    "public": WORDS,
    "sound": WORDS | {"public"},
    "kinds": set(),
    "kinds.record": WORDS | {"records"},
    "kinds.shown": WORDS | {"public"},
    "kinds.rules": WORDS | {"records", "public", "rules", "kinds.record", "kinds.shown"},
    "signing": WORDS,
    "config": WORDS | {"signing", "kinds.shown"},
    "attachments": WORDS,
    "content": WORDS | {"config", "public", "kinds.shown"},
    "export": WORDS | {"records", "signing", "kinds.record"},
    "pack": WORDS | {"config", "records", "export", "kinds.record"},
    "starter": WORDS | {"config", "records", "export", "rules", "pack", "render"},
    "rules": WORDS | {"records", "public", "kinds.record"},
    "law": WORDS
    | {"config", "content", "export", "records", "rules", "public", "kinds.record", "kinds.shown", "kinds.rules"},
    "pages": WORDS | {"public", "sound", "config", "content", "kinds.shown"},
    "render": WORDS | {"pages"},
    "outputs": WORDS | {"attempts", "public", "pages", "kinds.shown"},
    "search": WORDS | {"processes", "public", "sound", "pages", "outputs", "content", "kinds.shown"},
    "audit": WORDS
    | {"signing", "records", "rules", "public", "config", "content", "attachments", "pages", "outputs", "search"}
    | {"attempts", "program", "kinds.record", "kinds.shown"},
    "release": WORDS | {"processes", "attempts", "config"},
    "attempts": set(),
    "program": set(),
    "workers": WORDS | {"processes"},
    "cluster": WORDS | {"processes", "attempts", "program", "workers"},
    "decide": WORDS
    | {"progress", "findings", "workers", "config", "content", "export", "records", "rules", "release", "law"}
    | {"attempts", "attachments", "kinds.record", "kinds.rules"},
    "write": WORDS
    | {
        "sound",
        "progress",
        "workers",
        "config",
        "content",
        "export",
        "rules",
        "public",
        "pages",
        "render",
        "outputs",
        "search",
    }
    | {"attempts", "attachments", "release", "decide", "kinds.record", "kinds.shown"},
    "releasing": WORDS
    | {"progress", "findings", "workers", "processes", "program", "signing", "config", "content", "export", "records"}
    | {"rules", "pages", "render", "outputs", "search", "audit", "release", "decide", "write", "law", "public"},
    "reports": WORDS
    | {"progress", "findings", "config", "records", "rules", "pages", "outputs", "release", "decide", "releasing"}
    | {"law"},
    "hosting": WORDS | {"config", "pages", "outputs"},
    "mirror": WORDS | {"progress", "processes", "signing", "pages"},
    "match": WORDS | {"progress", "records", "export", "pack", "pages", "search", "mirror", "kinds.shown"},
    "serve": WORDS | {"config", "pages", "release", "hosting"},
    "cli": WORDS
    | {
        "progress",
        "signing",
        "processes",
        "findings",
        "machine",
        "config",
        "content",
        "export",
        "records",
        "rules",
        "public",
        "pages",
        "render",
        "outputs",
    }
    | {
        "search",
        "workers",
        "cluster",
        "audit",
        "release",
        "decide",
        "releasing",
        "reports",
        "hosting",
        "mirror",
        "match",
        "serve",
        "pack",
        "starter",
        "law",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
"""Package → the packages it may import, besides itself.

What is in ``kinds/`` belongs to the layer its module is named after, in the registries as in each kind's folder.
"""

NESTED = {"kinds": {"record", "shown", "rules"}}
"""Parts of a package that are layers of their own."""

RECORDING = {"records", "rules", "law", "export", "kinds.record", "kinds.rules"}
"""What knows records as the export says them."""

VISITORS = {"pages", "render", "outputs", "search"}
"""What makes what a visitor sees; it cannot name what may be withheld."""

KINDS = {path.parent.name for path in FILES if path.parent.parent == PROGRAM / "kinds"}
"""The folders of the kinds."""

LONGEST = 300
LONGER = {"site_builder/pages/contexts.py", "site_builder/content/laws.py"}
"""Files that are to be cut up yet."""

CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.perf_counter",
    "time.localtime",
    "time.gmtime",
}
LEAVING = {"sys.exit", "os._exit", "os.abort"}
SPEAKING = {"sys.stdout", "sys.stderr", "click.echo", "click.secho", "rich.print"}


def package_of(path: Path) -> str:
    """The package (or module of the root) a file belongs to."""
    return layer_of(".".join(("site_builder", *path.relative_to(PROGRAM).with_suffix("").parts)))


def layer_of(module: str) -> str:
    """The layer of a dotted name: ``site_builder.kinds.grades.rules`` is of ``kinds.rules``."""
    package, *parts = module.split(".")[1:]
    inner = next((part for part in parts if part in NESTED.get(package, set())), "")
    return f"{package}.{inner}" if inner else package


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file, walked once for all tests."""
    return tuple(ast.walk(tree_of(path)))


@functools.cache
def imported(path: Path) -> frozenset[str]:
    """Every module a file imports, wherever in it: at its head, for type checking alone, or inside a function."""
    found: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@functools.cache
def own(path: Path) -> frozenset[str]:
    """The packages of this program a file imports."""
    return frozenset(
        layer_of(module)
        for module in imported(path)
        if module.startswith("site_builder.") and len(module.split(".")) > 1
    ) - {"kinds"}  # the folder alone: its own file holds nothing


@functools.cache
def named(path: Path) -> frozenset[str]:
    """Every dotted name a file uses, with its imports spelt out: ``dt.date.today`` is ``datetime.date.today``."""
    known: dict[str, str] = {}
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    found: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, (ast.Attribute, ast.Name)):
            head, dot, rest = spelt(node).partition(".")
            found.add(known.get(head, head) + dot + rest)
    return frozenset(found)


def spelt(node: ast.expr) -> str:
    """A dotted name as it is written, short of what unparsing costs; anything else as Python writes it."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{spelt(node.value)}.{node.attr}"
        case _:
            return ast.unparse(node)


def test_every_package_has_its_allowed_imports_written_down() -> None:
    assert {package_of(path) for path in FILES} <= set(ALLOWED)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_imports_only_what_its_package_may(path: Path) -> None:
    package = package_of(path)
    assert own(path) <= ALLOWED[package] | {package}


def test_allowed_imports_run_one_way() -> None:
    left = {package: set(allowed) for package, allowed in ALLOWED.items()}
    while left:
        free = {package for package, allowed in left.items() if not allowed & set(left)}
        assert free, f"these import one another: {sorted(left)}"
        left = {package: allowed for package, allowed in left.items() if package not in free}


@pytest.mark.parametrize("package", sorted(VISITORS))
def test_what_visitors_see_is_made_without_records_rules_and_export(package: str) -> None:
    assert not ALLOWED[package] & RECORDING


@pytest.mark.parametrize("package", sorted(VISITORS))
def test_what_visitors_see_is_made_without_importing_what_imports_records(package: str) -> None:
    seen: set[str] = set()
    waiting = {package}
    while waiting:
        one = waiting.pop()
        seen.add(one)
        waiting |= ALLOWED[one] - seen
    assert not seen & RECORDING


def test_records_import_nothing_but_the_shared_words() -> None:
    assert ALLOWED["records"] == WORDS


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_rules_hold_a_record_and_its_view_in_one_file(path: Path) -> None:
    if package_of(path) not in {"rules", "kinds.rules"}:
        assert not (own(path) & {"records", "kinds.record"} and own(path) & {"public", "kinds.shown"})


def test_only_the_rules_of_a_kind_make_its_views() -> None:
    views = {
        node.name
        for path in FILES
        if package_of(path) in {"public", "kinds.shown"}
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef) and node.name.endswith("View")
    }
    assert {"SevereView", "MeasureView", "RoleModelView", "GradeView"} <= views
    makers = {
        str(path.relative_to(PROGRAM))
        for path in FILES
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and spelt(node.func).rpartition(".")[2] in views
    }
    assert makers == {f"kinds/{folder}/rules.py" for folder in KINDS}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_commands_are_imported_by_nothing(path: Path) -> None:
    if package_of(path) not in {"cli", "__main__"}:
        assert "cli" not in own(path)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_commands_print_exit_and_read_the_clock(path: Path) -> None:
    if package_of(path) == "cli":
        return
    used = named(path)
    assert not used & (CLOCK | LEAVING | SPEAKING)
    calls = {spelt(node.func) for node in nodes_of(path) if isinstance(node, ast.Call)}
    assert not calls & {"print", "input", "exit", "quit", "breakpoint"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_is_left_to_chance(path: Path) -> None:
    roots = {module.split(".")[0] for module in imported(path)}
    assert not roots & {"random", "secrets", "uuid"}


@pytest.mark.parametrize("package", ["records", "rules", "public", "pages", "outputs"])
def test_pure_packages_read_no_environment(package: str) -> None:
    for path in FILES:
        if package_of(path) == package:
            assert not named(path) & {"os.environ", "os.getenv", "os.getcwd", "pathlib.Path.cwd", "locale.getlocale"}


@pytest.mark.parametrize("package", ["records", "rules", "public", "pages"])
def test_pure_packages_open_no_file(package: str) -> None:
    for path in FILES:
        if package_of(path) == package:
            assert not {module.split(".")[0] for module in imported(path)} & {
                "io",
                "os",
                "pathlib",
                "shutil",
                "subprocess",
            }


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_are_absolute(path: Path) -> None:
    assert all(node.level == 0 for node in nodes_of(path) if isinstance(node, ast.ImportFrom))


def long_or_not() -> list[object]:
    mark = pytest.mark.xfail(strict=True, reason="longer than 300 lines: to be cut into files of one job each")
    return [
        pytest.param(path, id=name, marks=[mark] if name in LONGER else [])
        for path, name in zip(FILES, NAMES, strict=True)
    ]


@pytest.mark.parametrize("path", long_or_not())
def test_file_is_short_enough_to_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def undocumented(node: ast.Module | ast.ClassDef, where: str) -> Iterator[str]:
    for child in node.body:
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or child.name.startswith("_"):
            continue
        if ast.get_docstring(child) is None:
            yield f"{where}{child.name}"
        if isinstance(child, ast.ClassDef):
            yield from undocumented(child, f"{where}{child.name}.")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree)
    assert list(undocumented(tree, "")) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_name_says_its_job(path: Path) -> None:
    assert not {path.stem, path.parent.name} & {"utils", "util", "helpers", "common", "manager", "misc"}
