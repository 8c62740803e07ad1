"""What people say to a bot without asking anything in particular: hello, thanks, goodbye, help, are you sure, what's new."""

import re

from retrieval.answer import Silence
from retrieval.asking.wording import folded
from retrieval.dates.partial_date import WEEKDAYS

_ALL = r"(?: (?:(?:to )?(?:you|u)|there|bot|all|everyone|everybody|guys|folks|team|again|buddy|friend|mate))*"
_BUT = r"(?:(?:and|but|hm+|no|wait|so|ok|okay) )*"
_THAT = r"(?:that|this|it)"
_SMALL_TALK = {
    Silence.GREETING: [
        rf"(?:hi+|hello+|hey+|heya|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)){_ALL}"
        r"(?: how (?:are|r) (?:you|u)| what's up)?",
        r"how (?:are|r) (?:you|u)(?: doing)?(?: today)?|how(?:'s| is|s) it going|what's up|whats up|sup",
    ],
    Silence.THANKS: [
        r"(?:(?:ok|okay|great|perfect|cool|nice|wow|yes|no) )?(?:many )?(?:thanks?(?: you| u)?|thx|tnx|ty|cheers|much appreciated)"
        rf"{_ALL}(?: (?:so|very) much| a lot)?{_ALL}(?: for (?:(?:all )?(?:the|your) )?(?:help|answers?|info|information|time))?",
        r"ok|okay|great|perfect|cool|nice|awesome|sure|alright|well done|got it|wow|lol|(?:ha){2,}",
        r"(?:good|great|nice) (?:bot|job|answer|one)",
        r"(?:that's|that is|thats|very) (?:all|great|good|nice|helpful|interesting)(?: (?:thanks|thank you|thx))?|never ?mind",
        r"(?:thanks?(?: you| u)?|thx|ok|okay) (?:(?:that's|that is|thats) (?:all|great|good|nice|helpful|interesting)|that helps|got it)",
    ],
    Silence.GOODBYE: [
        rf"(?:good ?bye|bye+(?: bye)?|see (?:you|ya|u)(?: later| soon| tomorrow)?|good ?night|ciao|farewell|take care){_ALL}"
    ],
    Silence.HELP: [
        r"(?:please )?help(?: me)?(?: please)?|instructions|commands|menu",
        r"who (?:are|r) (?:you|u)|what (?:are|r) (?:you|u)|(?:what's|whats|what is) (?:your name|this|this bot)",
        r"what (?:can|do) (?:you|u) do(?: for me)?|what can i ask(?: (?:you|u))?|(?:are|r) (?:you|u) (?:an? )?(?:bot|robot|human|real|ai)",
        r"how (?:do|does|can) (?:you|this|it|i use (?:you|this|it))(?: bot)? ?(?:work)?",
    ],
    Silence.DOUBT: [
        rf"{_BUT}(?:are|r) (?:you|u) (?:(?:really|quite|absolutely|100) )?(?:sure|certain|serious)(?: (?:about|of) {_THAT})?|{_BUT}really",
        rf"{_BUT}(?:is|was) {_THAT} (?:(?:really|actually|even) )?(?:true|right|correct|so|real|accurate|a fact|fake(?: news)?)",
        rf"{_BUT}(?:{_THAT}(?: is|'s|s)|(?:you|u) (?:are|r)|you're|ur) (?:(?:just|simply|totally|so) )?"
        r"(?:not (?:true|right|correct)|wrong|incorrect|false|nonsense|a lie|fake(?: news)?|mistaken|lying)",
        rf"{_BUT}how (?:do|can) (?:you|u) know(?: {_THAT})?|(?:who says|says who)(?: so)?|prove it",
        rf"{_BUT}(?:i )?(?:do not|don't|dont) believe (?:you|{_THAT})",
    ],
}
_PATTERNS = {silence: re.compile("|".join(forms), re.IGNORECASE) for silence, forms in _SMALL_TALK.items()}

_DAYS = "today|yesterday|this (?:morning|week|month|year)"
_TIME = rf"{_DAYS}|(?:last|past) (?:\d{{1,3}} )?(?:hour|day|week|month|year)s?|{'|'.join(WEEKDAYS)}"
_SINCE = rf"(?: (?:since|from|of|in|on|over|within|during))?(?: the)? (?P<since>{_TIME})"
_NEWS_FORMS = (
    rf"(?:tell me )?what(?:'s| is|s) (?:the |(?:{_DAYS})'?s )?(?:new|(?:latest )?news|latest|happening|going on|in the news)|"
    "(?:(?:is|are) there )?any(?:thing new| news| updates?)|the latest|top stories|what (?:did i miss|have i missed)|catch me up|"
    rf"(?:show me |give me |tell me |summari[sz]e )?(?:the |a |(?:{_DAYS})'?s )?(?:latest )?(?:news|headlines|updates?|summary)"
)
_NEWS = [
    re.compile(rf"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|so|and|please|(?:can|could) you){_ALL} )*{form}{_ALL}(?: please)?")
    for form in (
        rf"(?:{_NEWS_FORMS})(?: now| lately| recently|{_SINCE})?",
        rf"what(?:'s| is| has|s)? (?:happen(?:ed|ing)|been happening|been going on|going on){_SINCE}",
    )
]


def news_since(text: str) -> str | None:
    """Return since when `text` wants the news, in its words, where it asks what is new and names no subject; None where it does not.

    It is "this week" in "what happened this week?", and an empty string in "what's new?"; but "what's new in Gaza?" has a subject.
    """
    words = " ".join(re.findall(r"[\w']+", folded(text))).casefold()
    match = next((match for form in _NEWS if (match := form.fullmatch(words))), None)
    if match is None:
        return None
    of_a_day = re.search(rf"\b({_DAYS})'?s\b", words)
    return match["since"] or (of_a_day[1] if of_a_day else "")


def small_talk(text: str) -> Silence | None:
    """Return what `text` (on one line) says without asking anything; None where there is more to it than that.

    Only the whole text counts: "thanks to whom was the deal reached?" and "hello, when is the meeting?" are questions.
    """
    words = " ".join(re.findall(r"[\w']+", folded(text)))
    return next((silence for silence, pattern in _PATTERNS.items() if pattern.fullmatch(words)), None)
