"""Questions as chats have them, said in full: "wats the new toll" becomes "what is the new toll"."""

import re

_CONTRACTIONS = {
    r"wh?at'?s|wut's": "what is",
    r"who's|whos": "who is",
    r"when'?s": "when is",
    r"where'?s": "where is",
    r"how's|hows": "how is",
    r"why's|whys": "why is",
    r"wat|wut|wht": "what",
    r"how come": "why",
}
_SPELT_OUT = [(re.compile(rf"(?<![\w'])(?:{short})(?![\w'])", re.IGNORECASE), full) for short, full in _CONTRACTIONS.items()]

_WH = r"who|whom|whose|what|which|when|where|why|how"
_FILLER = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|and|but|well|please|pls|plz|um|also|then|sorry|thanks|bot|now)\b(?! to\b)[\s,.!:-]+)+(?=\w)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|u|anyone|anybody|someone|somebody) (?:please |pls )?(?:tell|remind|inform) (?:me|us)"
    r"|(?:please |pls )?(?:tell|remind) (?:me|us)|explain(?: to (?:me|us))?|do(?:es)? (?:you|u|anyone|anybody|someone) (?:know|remember)"
    r"|(?:(?:i|we) )?(?:want|need|wanna|(?:would|'d) like)(?: to)? know|i(?:'d| would) like to know|i(?: was|'m)? wonder(?:ing)?|any idea"
    rf"|(?:have|got) any idea)\s*,?\s+(?=(?:{_WH}|if|whether)\b)",
    re.IGNORECASE,
)
_IF = re.compile(r"^(?:if|whether) ", re.IGNORECASE)
_LAST = re.compile(
    rf"^(?P<about>(?!(?:{_WH})\b).+?),? (?P<asked>(?:at )?what time|how (?:much|many|long)|when|where|who|why|how)\s*(?P<mark>\?*)$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|will|did|does|do|has|have|had|can|could|would|should)\b", re.IGNORECASE)


def said_in_full(text: str) -> str:
    """Return `text` (on one line) without greetings and "do you know", short forms spelt out and the question word in front.

    "do you know when it opens?" becomes "when it opens?", "meeting when?" becomes "when is the meeting?". What is said in full
    stays as it is; so does a text that would become empty.
    """
    for pattern, full in _SPELT_OUT:
        text = pattern.sub(lambda match, full=full: full.capitalize() if match[0][0].isupper() else full, text)  # type: ignore[misc]
    return _question_word_first(_IF.sub("", _unwrapped(text)))


def asks_whether(text: str) -> bool:
    """Return whether `text` is like "do you know if it is open?"."""
    return _IF.match(_unwrapped(text)) is not None


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub("", _FILLER.sub("", text))


_SHORTEST = re.compile(r"^(?P<asked>when|where) (?P<about>\w+)(?P<mark>\?*)$", re.IGNORECASE)


def _question_word_first(text: str) -> str:
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
