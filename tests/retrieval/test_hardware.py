import subprocess
import sys

import pytest

FAULTS = """
import platform, resource
import numpy as np
from retrieval.hardware import keep_freed_memory
if platform.libc_ver()[0] != "glibc":
    raise SystemExit(3)
keep_freed_memory()
np.ones(10**6)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    np.ones(10**6)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_freed_memory_is_used_again_without_asking_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == 3:
        pytest.skip("the C library is not glibc")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1000  # 8 MB are 2,000 pages: 40,000 faults where they are given back each time
