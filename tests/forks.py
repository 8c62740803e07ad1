"""The zygote's side: imports what is slow, then forks for each start that comes; each fork becomes the command."""

import gc
import os
import socket
import struct
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

from pydantic import TypeAdapter

COMMAND = "bot.cli:main"
NUMBER = "!i"
"""How a process id and an exit code are written."""

SLOW = (
    "chromadb.api.rust",
    "sentence_transformers",
    "transformers.models.bert.modeling_bert",
    "telegram.ext",
    "trafilatura",
    "dateparser",
    "bot.assembly",
    "bot.cards",
    "bot.serving",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a fork is to be: `program` is the function that it calls, `module:function`."""

    program: str
    arguments: tuple[str, ...]
    folder: str
    environment: Mapping[str, str]


start_json = TypeAdapter(Start)


def serve(control: socket.socket) -> Start | None:
    """Fork for each start that comes over `control`. Return in the forks, with what to be; here with None, once nobody can ask any more."""
    while True:
        _reap()
        told, handed, _, _ = socket.recv_fds(control, 1, 4)
        if not told:
            return None
        if os.fork() == 0:
            control.close()
            return _keep(socket.socket(fileno=handed[0]), handed[1:])
        _close(handed)


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _close(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _keep(line: socket.socket, streams: Sequence[int]) -> Start:
    """Return in a fork, with what it is to be. This process tells its id and its exit code, and never returns."""
    with line.makefile() as lines:
        start = start_json.validate_json(lines.readline())
    process_id = os.fork()
    if process_id == 0:
        line.close()
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
        _close(streams)
        return start
    _close(streams)
    line.sendall(struct.pack(NUMBER, process_id))
    code = os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1])
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody wants to know
        line.sendall(struct.pack(NUMBER, code))
    os._exit(0)


def become(start: Start) -> None:
    """Be what was asked for."""
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    sys.argv = ["quotewire", *start.arguments]
    _take_streams()
    module, _, function = start.program.partition(":")
    getattr(import_module(module), function)()


def _take_streams() -> None:
    """Open the standard streams anew: the zygote's own are made for what it got itself."""
    sys.stdin = os.fdopen(0, "r", errors="surrogateescape", closefd=False)
    sys.stdout = os.fdopen(1, "w", errors="surrogateescape", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)


def main() -> None:
    """Import what is slow, and serve."""
    from bot.cli import let_idle_threads_sleep

    let_idle_threads_sleep()
    for module in SLOW:
        import_module(module)
    gc.freeze()  # no fork's collector goes through all that, and so copies it
    start = serve(socket.socket(fileno=int(sys.argv[1])))
    if start:
        become(start)


if __name__ == "__main__":
    main()
