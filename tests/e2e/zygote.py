"""The real command in forks of a process that has its imports behind it: it starts at once, and can be killed at any moment.

Run as a module, it reads a start per line and answers with the process's id; an empty line waits for the end and is answered with the code.
"""

import io
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pydantic import TypeAdapter

from tests.running import ROOT, Finished, environment

Revisions = dict[str, tuple[str, bool]]
"""By the id of each article: its revision, and whether it has all its passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a fork is to do: run the command with these arguments, or, without any, look at the data folder as the next start finds it.

    `largest_file` is how many bytes it may write into one file (0: any number): where the disk is full.
    """

    settings: Mapping[str, str]
    output: str
    arguments: tuple[str, ...] = ()
    largest_file: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a restart found: the articles, and in which ways the stores disagree."""

    articles: Revisions
    complaints: list[str]


start_json = TypeAdapter(Start)
found_json = TypeAdapter(Found)


class Zygote:
    """A context manager that starts commands over the data folder that `settings` name, one at a time."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._output = folder / "output"
        self._settings = dict(settings)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.zygote"],
            cwd=ROOT,
            env=environment({"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._read() == "ready"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pipe.close()
        self._process.wait(30)
        if self._process.stdout:
            self._process.stdout.close()

    @property
    def _pipe(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def _write(self, line: str) -> str:
        self._pipe.write(f"{line}\n")
        self._pipe.flush()
        return self._read()

    def run(self, data_dir: Path, *arguments: str, kill_after: float | None = None, largest_file: int = 0) -> Finished:
        """Run `quotewire ARGUMENTS`; it is killed after so many seconds where that is given (code -9), unless it ends before."""
        settings = self._settings | {"DATA_DIR": str(data_dir)}
        start = Start(settings=settings, output=str(self._output), arguments=arguments, largest_file=largest_file)
        process_id = int(self._write(start_json.dump_json(start).decode()))
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(process_id, signal.SIGKILL)  # it has the id until it is waited for
        code = int(self._write(""))
        return Finished(code, self._output.read_text(), self._output.with_suffix(".err").read_text())

    def restart(self, data_dir: Path) -> Found:
        """Return what the next start finds in the data folder."""
        looked = self.run(data_dir)
        assert looked.code == 0, looked.output
        return found_json.validate_json(looked.stdout)


def _tell(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve() -> None:
    """Import what is slow, then fork for each line."""
    import chromadb
    import sentence_transformers
    import torch

    import bot.assembly
    import bot.cards
    import bot.cli
    import bot.jobs.remote

    assert [chromadb, sentence_transformers, bot.assembly, bot.cards, bot.cli, bot.jobs.remote]
    torch.set_num_threads(1)
    _tell("ready")
    for line in iter(sys.stdin.readline, ""):
        process_id = os.fork()
        if process_id == 0:
            _become(start_json.validate_json(line))
        _tell(process_id)
        sys.stdin.readline()
        _tell(os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1]))


def _become(start: Start) -> None:
    """Be what was asked for, and never return."""
    code = 70
    try:
        _prepare(start)
        if start.arguments:
            from bot.cli import main

            sys.argv = ["quotewire", *start.arguments]
            main()
        _look()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _prepare(start: Start) -> None:
    os.environ.update(start.settings)
    output = Path(start.output)
    for stream, path in ((1, output), (2, output.with_suffix(".err"))):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.stdin = io.StringIO()
    if start.largest_file:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (start.largest_file, start.largest_file))


def _look() -> None:
    from bot.assembly import open_library
    from bot.settings import read_settings
    from retrieval.chunking import Chunker

    with open_library(read_settings(), writing=True, sample=False, progress=lambda *_: None) as library:
        articles = {
            entry.article.id: (entry.article.revision, entry.passages == len(Chunker().cut(entry.article)))
            for entry in library.catalog.entries()
        }
        _tell(found_json.dump_json(Found(articles, library.verify())).decode())


if __name__ == "__main__":
    serve()
