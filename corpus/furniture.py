"""Telling page furniture from the article, line by line, without any site's name: labels, appeals, credits, lists of links.

A line is judged by how furniture is phrased (a label, a lead-in with a colon, an order to the reader), never by a word that
it contains; a line that quotes or reports somebody is always the article's.
"""

import re

from corpus import phrases

LONGEST_FURNITURE = 250
"""Characters; what is longer is a paragraph of the article."""
LONGEST_NOTE = 800
"""Characters of a note with a label such as "Correction:"."""
LONGEST_HEADING = 80
"""Characters of the heading of a list of links."""
LONGEST_CREDIT = 120
"""Characters of a picture credit in brackets."""
LONG_SENTENCE = 8
"""Words; a shorter line may be a headline even if it ends with a question mark or in "U.S."."""
SHORT_SENTENCE = 3
"""Words; a shorter line is no sentence, even with a full stop."""


def is_furniture(line: str) -> bool:
    """Return whether `line` on its own is furniture: a label, a link to another article, an appeal, a credit, a notice."""
    if is_note(line):
        return True
    if not line or len(line) > LONGEST_FURNITURE or phrases.WHOLE_QUOTATION.search(line):
        return False
    if _is_labels(line) or phrases.LEAD_IN.search(line) or phrases.COPYRIGHT.search(line) or phrases.CREDIT_LINE.search(line):
        return True
    if phrases.OPEN_ENDED.search(line) and not phrases.SENTENCE_END.search(line):
        return True
    return not _reports(line) and bool(phrases.APPEAL.search(line) or phrases.STAFF.search(line))


def is_note(line: str) -> bool:
    """Return whether `line` tells when or how the article was changed: furniture that readers should know of."""
    if not line or len(line) > LONGEST_NOTE or phrases.WHOLE_QUOTATION.search(line):
        return False
    if len(line) > LONGEST_FURNITURE:
        return bool(phrases.NOTE.search(line))
    return is_stamp(line) or bool(phrases.NOTE.search(line) or phrases.CHANGE.search(line))


def is_stamp(line: str) -> bool:
    """Return whether `line` tells when the article was changed, and nothing else."""
    return not _reports(line) and bool(phrases.STAMP.search(line))


def _is_labels(line: str) -> bool:
    parts = [part.strip() for part in re.split(r"[|•·»>]| [/–-] ", line) if part.strip()]
    return bool(parts) and all(phrases.LABEL.fullmatch(part) for part in parts)


def _reports(line: str) -> bool:
    return bool(phrases.REPORTING.search(line) or phrases.QUOTATION.search(line))


def is_list_heading(line: str) -> bool:
    """Return whether `line` heads a list of other articles or a sign-up box, such as "Popular Articles"."""
    return len(line) <= LONGEST_HEADING and bool(phrases.LIST_HEADING.fullmatch(line))


def is_prose(line: str) -> bool:
    """Return whether `line` is a sentence and not a headline: it ends like one, and is long, has a full stop, or is a quotation."""
    if not phrases.SENTENCE_END.search(line):
        return False
    enough = SHORT_SENTENCE if phrases.FULL_STOP.search(line) else LONG_SENTENCE
    return len(line.split()) >= enough or bool(phrases.WHOLE_QUOTATION.search(line))


def without_credit(line: str) -> str:
    """Return `line` without the picture credits in brackets at its end: "next week(AP)" becomes "next week"."""
    start = len(line) - len(line.lstrip())
    end = len(line)
    while line.endswith(")", start, end):
        opening = line.rfind("(", max(start, end - LONGEST_CREDIT), end)
        if opening <= start or not _is_credit(line[opening + 1 : end - 1]):
            break
        end = opening
        while line[end - 1].isspace():
            end -= 1
    return line[:end]


def _is_credit(text: str) -> bool:
    words = [word for word in re.split(r"[\s/,:;|–-]+", text) if word]
    if not all(phrases.CREDIT_WORD.fullmatch(word) for word in words):
        return False
    return any(phrases.CREDIT_MARK.fullmatch(word) for word in words) or bool(phrases.PERSON_AND_HOUSE.fullmatch(text))
