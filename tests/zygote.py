"""The real command in forks of a process that has its imports behind it, so that it starts in a moment."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Self

from tests.forks import COMMAND, NUMBER, Start, start_json
from tests.running import ROOT, Launch, environment


class Fork:
    """A process that a zygote started. `line` tells its id, and its exit code when it has ended."""

    def __init__(self, line: socket.socket, stdin: IO[str], stdout: IO[str], stderr: IO[str]) -> None:
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self._line = line
        self._id = self._told()
        self._code: int | None = None

    def _told(self) -> int:
        (number,) = struct.unpack(NUMBER, self._line.recv(struct.calcsize(NUMBER)))
        assert isinstance(number, int)
        return number

    def poll(self) -> int | None:
        """Return its exit code; None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code once it has ended. Raises subprocess.TimeoutExpired where that takes too long."""
        if self._code is None:
            self._line.settimeout(timeout)
            try:
                self._code = self._told()
            except (BlockingIOError, TimeoutError) as error:
                raise subprocess.TimeoutExpired("quotewire", timeout or 0) from error
            self._line.close()
        return self._code

    def send_signal(self, sig: int) -> None:
        """Send it a signal; nothing happens where it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self._id, sig)


class Zygote:
    """A context manager whose `launch` starts the command."""

    def __enter__(self) -> Self:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forks", str(theirs.fileno())],
                cwd=ROOT,
                env=environment({}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._turn = Lock()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._control.close()
        self._process.wait(60)

    def launch(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Fork:
        """Start `quotewire` with these arguments in this folder, with this environment."""
        return self._launch(COMMAND, arguments, folder, environment)

    def launches(self, program: str) -> Launch:
        """Return what starts another program than the command: `module:function`."""
        return partial(self._launch, program)

    def _launch(self, program: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Fork:
        line, theirs = socket.socketpair()
        read, stdin = os.pipe()
        stdout, written = os.pipe()
        stderr, complained = os.pipe()
        handed = [theirs.detach(), read, written, complained]
        with self._turn:
            socket.send_fds(self._control, [b"+"], handed)
        for descriptor in handed:
            os.close(descriptor)
        start = Start(program=program, arguments=tuple(arguments), folder=str(folder), environment=environment)
        line.sendall(start_json.dump_json(start) + b"\n")
        opened = partial(open, encoding="utf-8", errors="replace")
        return Fork(line, opened(stdin, "w"), opened(stdout), opened(stderr))
