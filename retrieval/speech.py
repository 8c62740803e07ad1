"""Who says what: sentences that quote or report a speaker."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.article import Article
from retrieval.aliases import UNIVERSAL
from retrieval.content_words import STOP_WORDS, content_words
from retrieval.mentions import same_word, words_of
from retrieval.readable import borders_near, readable, without_quotations

MOST_SENTENCES = 200
"""Of a stretch in which speeches are looked for; one with more is no prose, and each costs a millisecond."""

_PRESENT = "{}(?:{})".format(
    "".join(
        f"(?<!{before} )" for before in "to not n't n’t cannot can could will would may might must should did do does let help make".split()
    ),
    "say argue insist warn believe think deny accuse admit add suggest predict complain condemn oppose reject want tell".replace(" ", "|"),
)
"""What many say, as in "police say"; not what somebody "refused to say" or "did not say"."""
_VERBS = "(?:{}|{})".format(
    _PRESENT,
    "|".join(
        "said says told tells added adds wrote writes argued argues insisted insists warned warns announced announces claimed claims "
        "stated states replied replies responded responds answered answers asked asks explained explains noted notes tweeted posted "
        "promised promises vowed vows called calls described describes declared declares suggested suggests acknowledged admitted "
        "admits denied denies predicted predicts confirmed confirms commented urged urges joked demanded demands complained complains "
        "blamed blames disagreed disagrees accused accuses praised praises welcomed welcomes criticised criticized condemned condemns "
        "reported reports recalled recalls thought thinks believed believes wanted wants supported supports opposed "
        "opposes reacted reacts stressed stresses emphasised emphasises emphasized emphasizes pledged pledges conceded concedes remarked "
        "reiterated reiterates cautioned cautions hailed hails threatened threatens rejected rejects dismissed dismisses apologised "
        "apologized expressed hinted concluded testified tweets".split()
    ),
)
_INVERTED = r"(?:said|says|added|wrote|asked|replied|responded|answered|argued|insisted|warned|explained|noted|joked|declared|according to)"
_BETWEEN = r"(?:(?!(?:that|it|he|she|they|in|on|at|to|when|would|will|had|has|was|is|and|but|during|after|before)\b)[^\s;]+ ){0,6}?"
_ATTRIBUTED = re.compile(rf"\b{_VERBS}\b")
_PRONOUN_SAYS = re.compile(rf"\b(?:he|she|they|it) (?:\w+ )?{_VERBS}\b", re.IGNORECASE)
_ANOTHER_SPEAKER = re.compile(r"(?:^|\s)[^A-Z\s]\S* (?:[A-Z][\w’'.-]* )+$|^, (?:[A-Z][\w’'.-]* )+$")
"""What stands between a name and a verb that has a subject of its own: "At Bush's side, Mr Kennedy said"."""
_QUOTATION = re.compile(r"[“\"]")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_NAME = re.compile(r"\b(?:(?P<aside>to|with|of|by) )?(?P<name>[A-Z][\w’'-]*(?:\.? [A-Z][\w’'-]*)*)")


@dataclass(frozen=True, slots=True)
class Speech:
    """The whole sentences `start` to `end` of an article that tell what somebody says; `quoted`: in quotation marks."""

    start: int
    end: int
    quoted: bool


def speeches(article: Article, start: int, end: int, speaker: str) -> list[Speech]:
    """Return what `speaker` says in `start:end` of an article, in its order; with an empty speaker, what anybody says.

    A speaker is known by the last word of the name before any "of", as in "Mayor Farrow" or "the director of the museum";
    the other words must stand somewhere in the article. "He said" counts where the sentence before is about the speaker.
    "The US" is also known as "U.S." and "United States".
    """
    speaker = _shortened(speaker)
    if speaker and not _has_all(content_words(speaker), f"{article.title} {article.text}"):
        return []
    key = _key(speaker)
    borders = [border for border in borders_near(article.text, start, end) if border[0] < end and start < border[1]][:MOST_SENTENCES]
    found: list[Speech] = []
    is_speakers = False
    for place, (first, last) in enumerate(borders):
        told = _told(article, first, last)
        is_speakers = _says(told, key) or (_points_back(told) and (is_speakers or _is_about(_told_before(article, borders, place), key)))
        if is_speakers:
            speech = Speech(*readable(article.text, first, last), _QUOTATION.search(article.text[first:last]) is not None)
            before = found.pop() if found and found[-1].end > speech.start else speech
            found.append(Speech(min(before.start, speech.start), max(before.end, speech.end), before.quoted or speech.quoted))
    return found


def is_named(speaker: str, text: str) -> bool:
    """Return whether `text` names `speaker` by the word, in any inflection, or the short form that sentences do; false for no speaker."""
    key = _key(_shortened(speaker))
    return bool(key) and _has_all([key], text)


def _shortened(speaker: str) -> str:
    """Return the speaker in lower case and in short: "the us" for "the U.S." and "the United States"."""
    short = _undotted(speaker).lower()
    for form, long in UNIVERSAL.items():
        short = re.sub(rf"\b{long}\b", form, short)
    return short


def _undotted(text: str) -> str:
    """Return `text` with short forms as they are compared: "US" for "U.S."."""
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), text)


def _key(speaker: str) -> str:
    """Return the word that sentences name the speaker by."""
    head = re.split(r" (?:of|for|from|in|at) ", speaker)[0]
    words = content_words(head) if head else []
    return words[-1] if words else ""


def _naming(key: str) -> str:
    """Return the pattern of what sentences name the speaker by: "US", in capitals, is not "us"."""
    return rf"\b(?:(?-i:{key.upper()})|{UNIVERSAL[key]})\b" if key in UNIVERSAL else rf"\b{re.escape(key)}\b"


def _is_named_by(key: str, text: str) -> bool:
    return re.search(_naming(key), _undotted(text), re.IGNORECASE) is not None


def _has_all(words: Iterable[str], text: str) -> bool:
    """Whether all of these words stand in `text`, in any inflection or, where they are short forms, in full."""
    there = words_of(text)
    return all(_is_named_by(word, text) if word in UNIVERSAL else any(same_word(word, other) for other in there) for word in words)


def _says(told: str, key: str) -> bool:
    """Whether a sentence, its quotations left out, has `key` as the subject of a verb of saying; for no key, whether it has one."""
    if not key:
        return _ATTRIBUTED.search(told) is not None
    name = rf"(?<!\bto )(?<!\bwith )(?<!\bof )(?<!\bby )(?<!\btold )(?<!\bfor )(?<!\babout )(?<!\bthat ){_naming(key)}(?!['’]s?\b)"
    before = re.search(rf"{name}(?P<gap>[^.;]{{0,80}}?)\b{_VERBS}\b", told, re.IGNORECASE)
    if before and not re.search(r"\bthat\b", before["gap"]) and not _ANOTHER_SPEAKER.search(before["gap"]):
        return True
    return re.search(rf"\b{_INVERTED} {_BETWEEN}{_naming(key)}(?!['’]s?\b)", told, re.IGNORECASE) is not None


def _points_back(told: str) -> bool:
    """Whether a sentence is a quotation and nothing else, or all that is said in it is said by "he", "she", "they" or "it"."""
    rest, pronouns = _PRONOUN_SAYS.subn("", told)
    return not re.search(r"\w", told) or (pronouns > 0 and not _ATTRIBUTED.search(rest))


def _told_before(article: Article, borders: list[tuple[int, int]], place: int) -> str:
    """Return the sentence before that at `place`, its quotations left out; empty for none."""
    if place:
        first, last = borders[place - 1]
        return _told(article, first, last)
    before = [border for border in borders_near(article.text, *borders[0]) if border[1] <= borders[0][0]]
    return _told(article, *before[-1]) if before else ""


def _told(article: Article, start: int, end: int) -> str:
    """Return what a sentence says itself, without what it quotes and without the dots of short forms."""
    return _undotted(without_quotations(article.text[start:end]))


def _is_about(told: str, key: str) -> bool:
    """Whether the first name in a sentence, one after "to" or "with" aside, is or ends with `key`; for no key, always."""
    if not key:
        return True
    names = [match["name"] for match in _NAME.finditer(told) if not match["aside"] and match["name"].casefold() not in STOP_WORDS]
    return bool(names) and _is_named_by(key, names[0])
