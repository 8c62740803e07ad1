"""The real command in forks of a process that has its imports behind it: it starts at once, and can be killed at any moment.

Run as a module, it reads a line per start from stdin: the arguments, the environment, the file for the output and the largest file that
the command may write (0: any). It answers with the process's id; an empty line waits for that process's end and answers with its code.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.running import ROOT, Finished, environment


class Zygote:
    """A context manager that starts commands, one at a time; `settings` are variables of their environment."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._settings = dict(settings)
        self._number = 0

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

    def run(self, *arguments: str, kill_after: float | None = None, largest_file: int = 0) -> Finished:
        """Run `quotewire ARGUMENTS`; it is killed after so many seconds where that is given (code -9), unless it ends before."""
        self._number += 1
        output = self._folder / f"output-{self._number}"
        start = {"arguments": arguments, "environment": self._settings, "output": str(output), "largest_file": largest_file}
        process_id = int(self._write(json.dumps(start)))
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(process_id, signal.SIGKILL)  # it stays in the table of processes until it is waited for
        code = int(self._write(""))
        return Finished(code, output.read_text(), output.with_suffix(".err").read_text())


def serve() -> None:
    """Import what is slow, then fork a command for each line."""
    import chromadb
    import chromadb.api.rust
    import sentence_transformers
    import torch

    import bot.assembly
    import bot.backend
    import bot.cards
    import bot.remote

    assert chromadb
    assert sentence_transformers
    assert bot.assembly and bot.backend and bot.cards and bot.remote  # noqa: PT018
    torch.set_num_threads(1)
    print("ready", flush=True)  # noqa: T201
    for line in iter(sys.stdin.readline, ""):
        start = json.loads(line)
        process_id = os.fork()
        if process_id == 0:
            _become(start["arguments"], start["environment"], Path(start["output"]), start["largest_file"])
        print(process_id, flush=True)  # noqa: T201
        sys.stdin.readline()
        _, status = os.waitpid(process_id, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _become(arguments: Sequence[str], settings: Mapping[str, str], output: Path, largest_file: int) -> None:
    """Be the command, and never return."""
    code = 70
    try:
        os.environ.update(settings)
        for stream, path in ((1, output), (2, output.with_suffix(".err"))):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if largest_file:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        sys.argv = ["quotewire", *arguments]
        from bot.cli import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
