"""Verbs as questions have them: which words may be one, and the form that stands after "did"."""

import re

from retrieval.lexicon import english

_PAST_OF = {
    "become": "became", "begin": "began", "bind": "bound", "blow": "blew", "break": "broke", "bring": "brought", "build": "built",
    "buy": "bought", "catch": "caught", "choose": "chose", "come": "came", "cut": "cut", "deal": "dealt", "do": "did", "draw": "drew",
    "drive": "drove", "fall": "fell", "feel": "felt", "fight": "fought", "find": "found", "fly": "flew", "forget": "forgot",
    "get": "got", "give": "gave", "go": "went", "grow": "grew", "hear": "heard", "hide": "hid", "hit": "hit", "hold": "held",
    "hurt": "hurt", "keep": "kept", "know": "knew", "lead": "led", "leave": "left", "lend": "lent", "lose": "lost", "make": "made",
    "mean": "meant", "meet": "met", "pay": "paid", "put": "put", "quit": "quit", "read": "read", "rise": "rose", "run": "ran",
    "say": "said", "see": "saw", "sell": "sold", "send": "sent", "set": "set", "shoot": "shot", "shut": "shut", "sink": "sank",
    "speak": "spoke", "spend": "spent", "stand": "stood", "steal": "stole", "strike": "struck", "swear": "swore", "take": "took",
    "teach": "taught", "tell": "told", "think": "thought", "throw": "threw", "understand": "understood", "win": "won",
    "withdraw": "withdrew", "write": "wrote",
    "die": "died", "flee": "fled", "owe": "owed", "sue": "sued", "use": "used",
}  # fmt: skip
_BASE_OF = {past: base for base, past in _PAST_OF.items()}
_PAST_OF_PARTICIPLE = {
    "been": "was", "begun": "began", "blown": "blew", "born": "bore", "broken": "broke", "chosen": "chose", "done": "did",
    "drawn": "drew", "driven": "drove", "fallen": "fell", "flown": "flew", "forgotten": "forgot", "given": "gave", "gone": "went",
    "grown": "grew", "hidden": "hid", "known": "knew", "risen": "rose", "seen": "saw", "shown": "showed", "spoken": "spoke",
    "stolen": "stole", "sunk": "sank", "sworn": "swore", "taken": "took", "thrown": "threw", "withdrawn": "withdrew",
    "written": "wrote",
}  # fmt: skip


def is_past(word: str) -> bool:
    """Return whether `word` looks like a past tense."""
    folded = word.casefold()
    return folded in _BASE_OF or (len(folded) > len("need") and folded.endswith("ed") and base_form(folded) != folded)


def is_participle(word: str) -> bool:
    """Return whether `word` can follow "was": "closed", "born", "meeting"."""
    folded = word.casefold()
    return folded in _PAST_OF_PARTICIPLE or is_past(folded) or (folded.endswith("ing") and len(folded) > len("being"))


def past_of(participle: str) -> str:
    """Return what somebody did of whom or what it was done to: "stole" for "stolen", "closed" for "closed"."""
    return _PAST_OF_PARTICIPLE.get(participle.casefold(), participle)


def base_form(verb: str) -> str:
    """Return the form of `verb` that stands after "did": "resign" for "resigned", "find" for "found", "lead" for "leads"."""
    folded = verb.casefold()
    if folded in _BASE_OF:
        return _BASE_OF[folded]
    candidates: list[str] = []
    if folded.endswith("ied"):
        candidates = [f"{folded[:-3]}y"]
    elif folded.endswith("ed"):
        doubled = [folded[:-3]] if re.search(r"([b-df-hj-np-tv-z])\1ed$", folded) else []
        candidates = [*doubled, *([folded[:-1]] if folded.endswith("eed") else _likelier(folded[:-2], folded[:-1]))]
    elif folded.endswith("ies"):
        candidates = [f"{folded[:-3]}y"]
    elif folded.endswith("s") and not folded.endswith("ss"):
        candidates = [folded[:-2], folded[:-1]] if re.search(r"(?:s|x|z|ch|sh|o)es$", folded) else [folded[:-1]]
    return next((candidate for candidate in candidates if candidate in english()), folded)


def _likelier(*candidates: str) -> list[str]:
    """Return the candidates, the most used word first: "close" before "clos", "resign" before "resigne"."""
    return sorted(candidates, key=lambda word: -english().share(word))


def gerund(verb: str) -> str:
    """Return the form of a base form that ends with "ing"."""
    if re.search(r"[^aeiou]ie$", verb):
        return f"{verb[:-2]}ying"
    if len(verb) > len("be") and verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if re.fullmatch(r"[^aeiou]*[aeiou][b-df-hj-np-tvz]", verb) else f"{verb}ing"
