"""Several questions in one message: "When is the meeting? And who will attend?"."""

import re

from retrieval.asking.clause import ASKING, AUXILIARIES
from retrieval.asking.reasking import is_question_word
from retrieval.asking.wording import without_courtesy
from retrieval.question import Question

MAX_QUESTIONS = 4
"""A message with more is taken as one question."""

_AUXILIARY = rf"(?:{'|'.join(sorted(AUXILIARIES))})"
_OF_WHAT = r"(?:(?:at|in|on|by|from|for|to|with|of|about) )?"
_ASKS = re.compile(rf"(?:(?:and|but|also|so|or)\b,? )*{_OF_WHAT}(?:{ASKING}|{_AUXILIARY})\b", re.IGNORECASE)
_AND = re.compile(rf",? and (?={_OF_WHAT}(?:{ASKING}|(?:what|which|whose|how many|how much) \w+) {_AUXILIARY}\b)", re.IGNORECASE)
_QUESTION_WORD = re.compile(rf"\b{ASKING}\b", re.IGNORECASE)


def questions_in(text: str) -> list[str]:
    """Return the questions that follow one another in `text`, each on one line; a single one comes back as it is.

    "When and where is the meeting?" is one, and so is what asks within ("between who is in and who is out"). Raises QuestionTooLong.
    """
    whole = without_courtesy(Question.parse(text).text)
    found = [asked for sentence in re.split(r"(?<=\?)[?!]* (?=\w)", whole) for asked in _taken_apart(sentence)]
    is_one = len(found) > MAX_QUESTIONS or is_question_word(found[0].strip(" ?")) or not all(_ASKS.match(asked) for asked in found)
    return [text] if is_one or len(found) == 1 else found


def _taken_apart(sentence: str) -> list[str]:
    """Return the two questions that "and" joins in a sentence; it alone where it is one."""
    first, *second = _AND.split(sentence, maxsplit=1)
    is_one = len(_QUESTION_WORD.findall(first)) > 1 or is_question_word(first) or len(Question.parse(sentence).parts()) > 1
    return [sentence] if is_one else [first, *second]
