"""What this machine computes fastest."""

import ctypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


# malloc.h; 32 MiB is the most that mallopt(3) takes for the second (DEFAULT_MMAP_THRESHOLD_MAX).
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3


def fastest_dtype() -> "torch.dtype":
    """Return bfloat16 where the CPU multiplies it in hardware (AMX or AVX512-BF16: about twice as fast), else float32.

    Where it is emulated, bfloat16 is slower than float32.
    """
    import torch

    has = torch.cpu.get_capabilities()
    return torch.bfloat16 if has.get("amx_bf16") or has.get("avx512_bf16") else torch.float32


def keep_freed_memory() -> None:
    """Let this process keep the memory that it frees, to use it again, where the C library is glibc; nothing happens elsewhere.

    A model frees and takes the same tens of megabytes at every pass. glibc gives them back to the system each time, and
    taking them anew (200,000 page faults for 42 passages) costs a third of the computing time.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        mallopt(_M_MMAP_THRESHOLD, 32 * 2**20)
