"""What every file keeps to, whoever writes it next."""

import ast
import subprocess
import sys
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {"corpus": set[str](), "retrieval": {"corpus"}, "bot": {"retrieval", "corpus"}}
"""Which of our packages a package may import beside itself."""

SOLE_IMPORTERS = {"chromadb": "retrieval/store.py", "sentence_transformers": "retrieval/embedding.py"}
HEAVY = {"chromadb", "dateparser", "matplotlib", "sentence_transformers", "torch", "trafilatura", "transformers"}
FILES = [file for package in ALLOWED for file in sorted((ROOT / package).rglob("*.py"))]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the name of each imported module and the statement that does it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("." * node.level + (node.module or ""), node)


def unread(tree: ast.AST) -> set[ast.AST]:
    """Return what only a type checker reads."""
    guards = (node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    return {node for guard in guards for statement in guard.body for node in ast.walk(statement)}


def packages(tree: ast.AST, *, without: Collection[ast.AST] = ()) -> set[str]:
    return {module.partition(".")[0] for module, statement in imported(tree) if statement not in without}


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def wrong_ways(file: Path) -> set[str]:
    """Return the packages that the file imports against the direction."""
    package = file.relative_to(ROOT).parts[0]
    return packages(parsed(file)) & {*ALLOWED, "tests"} - ALLOWED[package] - {package}


def test_imports_point_one_way() -> None:
    """bot -> retrieval -> corpus, never back; and nothing ships that imports the tests."""
    assert {name_of(file): wrong for file in FILES if (wrong := wrong_ways(file))} == {}


def test_imports_name_their_package() -> None:
    assert [name_of(file) for file in FILES for module, _ in imported(parsed(file)) if module.startswith(".")] == []


@pytest.mark.parametrize(("library", "owner"), SOLE_IMPORTERS.items())
def test_a_library_with_one_importer_keeps_it(library: str, owner: str) -> None:
    assert {name_of(file) for file in FILES if library in packages(parsed(file), without=unread(parsed(file)))} == {owner}


def at_top(file: Path) -> set[str]:
    """Return what is imported as soon as the module is."""
    return {module.partition(".")[0] for statement in parsed(file).body for module, found in imported(statement) if found is statement}


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """`quotewire --help` must not wait for them, so no module imports them at its top."""
    assert {name_of(file): heavy for file in FILES if "training" not in file.parts and (heavy := at_top(file) & HEAVY)} == {}


def reads_the_environment(tree: ast.AST) -> bool:
    """Return whether code names os.environ or os.getenv, in any of the usual ways."""
    names = {"environ", "environb", "getenv", "getenvb"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names and isinstance(node.value, ast.Name) and node.value.id == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and names & {alias.name for alias in node.names})
        for node in ast.walk(tree)
    )


def test_only_the_settings_read_the_environment() -> None:
    """Pydantic does it for them; the command line sets what PyTorch reads there."""
    assert [name_of(file) for file in FILES if reads_the_environment(parsed(file))] == ["bot/cli.py"]


def test_reading_the_environment_would_be_noticed() -> None:
    sources = ["import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ", "import os\nos.path"]
    assert [reads_the_environment(ast.parse(source)) for source in sources] == [True, True, True, False]


def test_the_command_line_needs_no_library_before_it_knows_what_was_typed() -> None:
    """What `quotewire --help` imports, and every command before its own parts."""
    listed = subprocess.run([sys.executable, "-c", "import sys, bot.cli; print(*sys.modules)"], cwd=ROOT, capture_output=True, check=True)
    loaded = {module.partition(".")[0] for module in listed.stdout.decode().split()}
    assert loaded & {*HEAVY, "alembic", "httpx", "numpy", "pydantic", "sqlalchemy", "telegram"} == set()
