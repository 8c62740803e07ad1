"""What a fork calls instead of the command: to see a data folder as the next start finds it, and to run where the disk is full."""

import os
import resource
import sys
from dataclasses import dataclass

from pydantic import TypeAdapter

Revisions = dict[str, tuple[str, bool]]
"""By the id of each article: its revision, and whether it has all its passages."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a restart found: the articles, and in which ways the stores disagree."""

    articles: Revisions
    complaints: list[str]


found_json = TypeAdapter(Found)


def look() -> None:
    """Print what is found in the data folder."""
    from bot.assembly import open_library
    from bot.settings import read_settings
    from retrieval.chunking import Chunker

    with open_library(read_settings(), writing=True, sample=False, progress=lambda *_: None) as library:
        articles = {
            entry.article.id: (entry.article.revision, entry.passages == len(Chunker().cut(entry.article)))
            for entry in library.catalog.entries()
        }
        sys.stdout.write(found_json.dump_json(Found(articles, library.verify())).decode())


def run_on_a_small_disk() -> None:
    """Run the command where no file may grow beyond LARGEST_FILE bytes."""
    from bot.cli import main

    largest = int(os.environ["LARGEST_FILE"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    main()
