"""`python -m retrieval.training reader|confidence ARGUMENTS`: the same as `quotewire train`."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Run the part that the first argument names with the others. Raises SystemExit."""
    match arguments:
        case ["reader", *others]:
            from retrieval.training import reader

            reader.main(others)
        case ["confidence", *others]:
            from retrieval.training import confidence

            confidence.main(others)
        case _:
            raise SystemExit("usage: python -m retrieval.training {reader,confidence} ...")


if __name__ == "__main__":
    main(sys.argv[1:])
