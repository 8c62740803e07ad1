"""What every file keeps to, whoever writes it next."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

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


def run_time(tree: ast.AST) -> ast.AST:
    """Return `tree` without what only a type checker reads; the tree is changed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tree


def packages(tree: ast.AST) -> set[str]:
    return {module.partition(".")[0] for module, _ in imported(tree)}


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_point_one_way(file: Path) -> None:
    """bot -> retrieval -> corpus, never back; and nothing ships that imports the tests."""
    package = file.relative_to(ROOT).parts[0]
    ours = packages(parsed(file)) & {*ALLOWED, "tests"}
    assert ours <= ALLOWED[package] | {package}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_name_their_package(file: Path) -> None:
    assert [module for module, _ in imported(parsed(file)) if module.startswith(".")] == []


@pytest.mark.parametrize(("library", "owner"), SOLE_IMPORTERS.items())
def test_a_library_with_one_importer_keeps_it(library: str, owner: str) -> None:
    assert {name_of(file) for file in FILES if library in packages(run_time(parsed(file)))} <= {owner}


@pytest.mark.parametrize("file", [file for file in FILES if "training" not in file.parts], ids=name_of)
def test_heavy_libraries_are_imported_where_they_are_used(file: Path) -> None:
    """`quotewire --help` must not wait for them, so no module imports them at its top."""
    at_top = {module.partition(".")[0] for statement in parsed(file).body for module, found in imported(statement) if found is statement}
    assert at_top & HEAVY == set()


def reads_the_environment(tree: ast.AST) -> bool:
    """Return whether code names os.environ or os.getenv, in any of the usual ways."""
    names = {"environ", "environb", "getenv", "getenvb"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names and isinstance(node.value, ast.Name) and node.value.id == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and names & {alias.name for alias in node.names})
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("file", [file for file in FILES if name_of(file) != "bot/settings.py"], ids=name_of)
def test_only_the_settings_read_the_environment(file: Path) -> None:
    assert not reads_the_environment(parsed(file))


def test_reading_the_environment_would_be_noticed() -> None:
    sources = ["import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ", "import os\nos.path"]
    assert [reads_the_environment(ast.parse(source)) for source in sources] == [True, True, True, False]


def test_there_are_settings_to_document() -> None:
    assert "telegram_bot_token" in Settings.model_fields
