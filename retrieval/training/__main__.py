"""`python -m retrieval.training reader|confidence ARGUMENTS`: the same as `quotewire train`."""

import sys

from retrieval.training import confidence, reader

PARTS = {"reader": reader.main, "confidence": confidence.main}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        sys.exit(f"usage: python -m retrieval.training {{{','.join(PARTS)}}} ...")
    PARTS[sys.argv[1]](sys.argv[2:])
