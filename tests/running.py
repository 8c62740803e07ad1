"""The real command, run as people run it: a process of its own, read through its pipes, always ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Condition, Thread
from types import TracebackType
from typing import IO, Protocol, Self, TypeVar

from pydantic import BaseModel

ROOT = Path(__file__).parents[1]
SAMPLE_ARTICLES = ROOT / "corpus" / "articles"
SHARED_ARTICLES = ROOT.parent / "shared" / "articles"

INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
"""What a command keeps of the test's environment; no setting of the developer's is among it."""


Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a process left."""

    code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Everything that it wrote."""
        return self.stdout + self.stderr

    def read(self, shape: type[Shape]) -> Shape:
        """Return the one JSON object on stdout. Raises pydantic's ValidationError where it is not of this shape, or not alone."""
        return shape.model_validate_json(self.stdout)

    @property
    def complaint(self) -> str:
        """The one sentence on stderr; AssertionError where something else stands there."""
        lines = self.stderr.splitlines()
        assert len(lines) == 1, self.stderr
        return lines[0]


@dataclass(slots=True)
class _Stream:
    """What came out of one pipe so far, gathered by a thread."""

    changed: Condition
    text: str = ""
    thread: Thread | None = field(default=None, repr=False)

    def gather(self, pipe: IO[str]) -> None:
        """Read `pipe` to its end in the background."""
        self.thread = Thread(target=self._read, args=(pipe,), daemon=True)
        self.thread.start()

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                with self.changed:
                    self.text += line
                    self.changed.notify_all()

    def rest(self) -> str:
        """Return all of it, once the pipe is closed."""
        if self.thread:
            self.thread.join(10)
        return self.text


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a command: the machine's essentials, no network, and `settings`."""
    essentials = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return essentials | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1", "COLUMNS": "200"} | dict(settings)


class Process(Protocol):
    """A started process with three pipes; `subprocess.Popen` is one."""

    @property
    def stdin(self) -> IO[str] | None:
        """What it reads."""

    @property
    def stdout(self) -> IO[str] | None:
        """What it writes."""

    @property
    def stderr(self) -> IO[str] | None:
        """What it complains of."""

    def poll(self) -> int | None:
        """Return its exit code; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code once it has ended. Raises subprocess.TimeoutExpired where that takes too long."""

    def send_signal(self, sig: int) -> None:
        """Send it a signal; nothing happens where it has ended."""


Launch = Callable[[Sequence[str], Path, Mapping[str, str]], Process]
"""Starts `quotewire` with these arguments in this folder, with this environment."""


def launch_anew(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Process:
    """Start it as people do."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


class Command:
    """`quotewire` as a running process; leaving the context ends it."""

    def __init__(self, process: Process) -> None:
        self._changed = Condition()
        self._out, self._err = _Stream(self._changed), _Stream(self._changed)
        self._process = process
        assert self._process.stdout
        assert self._process.stderr
        self._out.gather(self._process.stdout)
        self._err.gather(self._process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def write(self, text: str) -> None:
        """Type `text`."""
        assert self._process.stdin
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def wait_for(self, shown: Callable[[str], bool], *, seconds: float = 120) -> str:
        """Return all output as soon as it satisfies `shown`; AssertionError with the output where it does not in time."""
        end = time.monotonic() + seconds
        with self._changed:
            while not shown(self._out.text + self._err.text):
                left = end - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise AssertionError(f"not shown in {seconds} seconds: {self._out.text}{self._err.text}")
            return self._out.text + self._err.text

    def terminate(self) -> None:
        """Ask it to stop, as a service manager does."""
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._process.send_signal(signal.SIGKILL)

    def ends_within(self, seconds: float) -> bool:
        """Return whether it has ended, at the latest after so long."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def finish(self, *, seconds: float = 120) -> Finished:
        """Close its input, wait for its end and return what it left; AssertionError where it is still running then."""
        assert self._process.stdin
        if not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            self.end()
            raise AssertionError(f"still running after {seconds} seconds: {self._out.rest()}{self._err.rest()}") from error
        return Finished(code, self._out.rest(), self._err.rest())

    def end(self) -> None:
        """End the process, gently first; nothing happens where it has ended."""
        if self._process.stdin and not self._process.stdin.closed:
            self._close_input()
        if self._process.poll() is None:
            self.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process.wait(15)
        self._out.rest()
        self._err.rest()

    def _close_input(self) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            return  # it ended before it read everything


@dataclass(frozen=True, slots=True)
class Quotewire:
    """The command over one data folder, started by `launch` in `folder`."""

    data_dir: Path
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    launch: Launch = launch_anew

    @property
    def anew(self) -> Self:
        """The same, started as people start it."""
        return replace(self, launch=launch_anew)

    def start(self, *arguments: str, **settings: str) -> Command:
        """Start `quotewire ARGUMENTS`; `settings` are variables of its environment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        set_to = environment({**self.settings, **settings})
        return Command(self.launch(["--data-dir", str(self.data_dir), *arguments], self.folder, set_to))

    def run(self, *arguments: str, typed: str = "", seconds: float = 120, **settings: str) -> Finished:
        """Run `quotewire ARGUMENTS` to its end with `typed` on its input."""
        with self.start(*arguments, **settings) as command:
            if typed:
                command.write(typed)
            return command.finish(seconds=seconds)
