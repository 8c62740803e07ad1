"""Questions as chats have them, said in full: "wats the new toll" becomes "what is the new toll"."""

import re
import unicodedata

from corpus.cleaning import one_line

_STRAIGHT = str.maketrans("’‘ʼ´`“”", "'''''\"\"")


def folded(text: str) -> str:
    """Return `text` on one line, with single blanks and straight quotes, each letter one character, nothing invisible in it."""
    return unicodedata.normalize("NFC", one_line(text).translate(_STRAIGHT))


_CONTRACTIONS = {
    r"y(?= (?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should)(?:n'?t)?\b)": "why",
    r"r(?= (?:u|you|they|we|there|the|these|those)\b)": "are",
    r"gimme": "give me",
    r"lemme": "let me",
    r"wh?at'?s|wut'?s": "what is",
    r"who's|whos": "who is",
    r"when'?s": "when is",
    r"where'?s": "where is",
    r"how's|hows": "how is",
    r"why's|whys": "why is",
    r"wat|wut|wht": "what",
    r"how come": "why",
    r"whn|wehn|whne|hwen": "when",
    r"wher|whre|wehre|wheer|hwere": "where",
    r"waht|whta|hwat": "what",
    r"wyh|hwy|whyy+": "why",
}
_SPELT_OUT = [(re.compile(rf"(?<![\w'])(?:{short})(?![\w'])", re.IGNORECASE), full) for short, full in _CONTRACTIONS.items()]

_WH = r"who|whom|whose|what|which|when|where|why|how"
_FILLER = re.compile(
    r"^(?:(?:(?:(?:hi|hello|hey) (?:there|all|everyone|everybody|guys|folks|team)|good (?:morning|afternoon|evening|day))"
    rf"(?=[,.!:-]|\s(?:{_WH})\b)"
    r"|hi|hello|hey|ok|okay|so|and|but|well|please|pls|plz|um|also|then|sorry|thanks|bot|now)\b(?! to\b)[\s,.!:-]+)+(?=\w)",
    re.IGNORECASE,
)
_PEOPLE = r"(?:you|u|we|anyone|anybody|someone|somebody)"
_TELL = r"(?:tell|remind|inform) (?:me|us)|explain|let (?:me|us) know"
_POLITE = re.compile(
    rf"^(?:can|could|would|will) (?:{_PEOPLE} (?:please |pls |plz )?(?=(?:{_TELL})\b)"
    r"|(?:you|u) (?:please |pls |plz )?(?=(?:(?:give|show|send) (?:me|us)|list|name|enumerate|describe|summari[sz]e)\b))",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    rf"^(?:(?:{_TELL})(?: to (?:me|us))?"
    rf"|(?:do(?:es)? )?{_PEOPLE} (?:happen to )?(?:know|remember)|(?:(?:do )?(?:you|u) )?(?:(?:have|got) )?any idea"
    r"|(?:(?:i|we) )?(?:want|need|wanna|(?:would|'d) like)(?: to)? know|i(?:'d| would) like to know"
    rf"|(?:i(?: was|'m)? )?(?:just )?wonder(?:ing)?|idk|i (?:don't|dont|do not) know)\s*,?\s+(?=(?:{_WH}|if|whether)\b)",
    re.IGNORECASE,
)
_COURTESY_LAST = re.compile(
    r"(?<=\w)(?P<mark>\?*)"
    r"(?:[\s,.!]+(?:please|pls|plz)|(?:(?<=\?)|\s*[,.!])\s*(?:thanks|thank you|thx|ty)(?: in advance| a lot| so much)?)+"
    r"[\s.!]*(?P<end>\?*)$",
    re.IGNORECASE,
)
_IF = re.compile(r"^(?:if|whether) ", re.IGNORECASE)
_ASKED_LAST = r"(?:(?:at )?what time|how (?:much|many|long)|when|where|who|why|how)"
_LAST = re.compile(
    rf"^(?P<about>(?!(?:{_WH})\b).+?)(?: ?[,:–—-])? (?P<asked>{_ASKED_LAST}(?: (?:and|or|&) {_ASKED_LAST})?)\s*(?P<mark>\?*)$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|will|did|does|do|has|have|had|can|could|would|should)\b", re.IGNORECASE)
_SECOND_LAST = re.compile(
    rf"^(?P<first>(?:at )?what time|when|where|why|how(?= {_VERB.pattern})) (?P<about>(?!(?:and|or|&)\b).+?)\??,? (?P<joined>and|or|&) "
    r"(?P<second>(?:at )?what time|when|where|why|how(?: long)?)(?P<mark>\?*)$",
    re.IGNORECASE,
)


def said_in_full(text: str) -> str:
    """Return `text` (on one line) without greetings, "please" and "do you know", short forms spelt out and the question word in front.

    "do you know when it opens?" becomes "when it opens?", "meeting when?" becomes "when is the meeting?". What is said in full
    stays as it is; so does a text that would become empty.
    """
    return _question_word_first(_IF.sub("", unwrapped(without_courtesy(spelt_out(text)))))


def spelt_out(text: str) -> str:
    """Return `text` with the short forms of chats, and question words with their letters mixed up, spelt out: "whos" as "who is"."""
    for pattern, full in _SPELT_OUT:
        text = pattern.sub(lambda match, full=full: full.capitalize() if match[0][0].isupper() else full, text)  # type: ignore[misc]
    return text


def without_courtesy(text: str) -> str:
    """Return `text` without a "please" or "thanks" at its end."""
    return _COURTESY_LAST.sub(r"\g<mark>\g<end>", text)


def asks_whether(text: str) -> bool:
    """Return whether `text` is like "do you know if it is open?"."""
    return _IF.match(unwrapped(text)) is not None


def unwrapped(text: str) -> str:
    """Return `text` without a greeting, "could you" or "do you know" in front of what it asks."""
    return _WRAPPED.sub("", _POLITE.sub("", _FILLER.sub("", text)))


_SHORTEST = re.compile(r"^(?P<asked>when|where) (?P<about>\w+)(?P<mark>\?*)$", re.IGNORECASE)


def _question_word_first(text: str) -> str:
    if both := _SECOND_LAST.match(text):
        return f"{both['first']} {both['joined']} {both['second']} {both['about']}{both['mark']}"
    if short := _SHORTEST.match(text):
        return f"{short['asked']} is {with_article(short['about'])}{short['mark']}"
    match = _LAST.match(text)
    if match is None or (match["asked"] == "WHO" and not text.isupper()):
        return text
    about, asked, mark = match["about"], match["asked"].lower(), match["mark"]
    if _VERB.search(about) or asked == "how many":
        return f"{asked} {about}{mark}"
    return f"{asked} is {with_article(about)}{mark}"


_DETERMINED = re.compile(r"^(?:(?:the|a|an|his|her|its|their|this|that|my|your|our)\b|[A-Z])|'s\b")


def with_article(phrase: str) -> str:
    """Return "the price" for "price"; a name, and what is determined already ("the mayor's name"), as it is."""
    return phrase if _DETERMINED.search(phrase) else f"the {phrase}"
