"""How page furniture is phrased, as patterns for one line; `corpus.furniture` says how they are used.

Each alternative is one habit of English-language news pages. None can match across more than a line, and every unbounded
repetition stands alone in its alternative, so that no line takes long.
"""

import re

_BULLET = r"[^\w\"“‘'«„\[(]{0,3}"
"""What may stand before a phrase: an arrow, a dash, an emoji, but no quotation mark."""


def _any_of(*alternatives: str, before: str = "", after: str = "") -> re.Pattern[str]:
    joined = "|".join(f"(?:{alternative})" for alternative in alternatives)
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)


REPORTING = _any_of(
    r"said|says|saying|told|tells|according to|announced|reported|reports|warned|warns|asked|urged|urges|wrote|argued|claimed",
    r"insisted|explained|stated|promised|replied|testified|pleaded|shouted|recommended|advised|called on",
    before=r"\b",
    after=r"\b",
)
QUOTATION = re.compile(r"[“\"«„][^“”\"«»„]{2,}[”\"»]|^[“\"«„‘']")
WHOLE_QUOTATION = re.compile(r"^[“\"«„‘'].*[”\"»’'][.!?]?$")
FULL_STOP = re.compile(r"(?<![A-Z])\.[”\"’'»)\]]{0,5}$")
SENTENCE_END = re.compile(r"[.!?…][”\"’'»)\]]{0,5}$")

LEAD_IN = _any_of(
    r"(?:also|must) (?:read|see|watch)",
    r"(?:read|see|watch) (?:also|more|next|now|live|this)",
    r"related(?: (?:articles?|stor(?:y|ies)|coverage|news|links?|videos?|content|topics?|reading))?",
    r"recommended(?: (?:reading|stories|for you))?",
    r"(?:suggested|further) reading|up next|don[’']t miss|more on this(?: story)?",
    r"you (?:may|might) (?:also )?(?:like|be interested in)",
    before=f"^{_BULLET}",
    after=r"\s?(?:[:|»>]|[–—-]\s)\s?\S",
)
"""A link to another article, whatever follows: "Also Read: ..."."""

OPEN_ENDED = _any_of(
    r"(?:read|watch|more|listen|video|gallery|in pictures|in photos)\s?[:|»>].*",
    r"\[(?:also )?(?:read|watch|see|more)\b[^\]]*\]$",
    r"(?:read|see|learn|find out) more (?:about|on|from|at|here)\b.*",
    r"donate to\b.*",
    r"sources?\s?: \S.{0,60}$",
    r"(?:a message from|brought to you by|powered by|sign up for|subscribe to) \S.*",
    before=f"^{_BULLET}",
)
"""Furniture where the line does not end as a sentence; "Watch: he will be back, she said." is one."""

LABEL = _any_of(
    r"(?:read|show|see|view|load) (?:more|less|all|comments?)|(?:continue|keep) reading(?: the main story)?",
    r"(?:read|see|view) (?:the )?(?:full|original|whole) (?:story|article)",
    r"share(?: (?:this|full article|on|via|with|to)\b.{0,30})?|copy(?: the)? link|save(?:(?: this)? (?:article|story|for later))?",
    r"(?:tweet|print|e-?mail)(?: this)?(?: (?:article|story|page))?",
    r"facebook|twitter|instagram|whatsapp|telegram|linkedin|pinterest|reddit|messenger|youtube|tiktok|snapchat|flipboard|rss(?: feeds?)?",
    r"(?:(?:share|tweet|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|messenger|e-?mail|print|copy(?: link)?)\b\s?){2,9}",
    r"(?:\d{1,6} )?(?:comments?|shares?)|leave a (?:comment|reply)|(?:post|add)(?: a)? comment|join the (?:conversation|discussion)",
    r"ad|advertis(?:e|ing|ement|ements|e with us)|sponsored(?: content)?|promoted(?: content)?|paid (?:content|post)",
    r"(?:(?:story|article|content) )?continues (?:below|after)(?: (?:the |this )?(?:ad|advert|advertisement))?",
    r"skip (?:ad|advertisement|past newsletter promotion|to (?:main )?content)",
    r"(?:sign|log) (?:in|up|out)(?: now| here| for free)?|register(?: now)?|my account|subscribe(?: (?:now|today|here|to us))?",
    r"(?:follow|like|find) us(?: on\b.{0,60})?|connect with us|click here\b.{0,60}",
    r"(?:back|return) to (?:top|home(?:page)?)|(?:next|previous) (?:article|story|post)",
    r"about(?: us)?|contact(?: us)?|careers|jobs|sitemap|site map|help(?: cent(?:er|re))?|faqs?|editorial policy|corrections?",
    r"privacy(?: (?:policy|notice|statement|settings))?|terms(?: of (?:use|service))?|terms (?:and|&) conditions",
    r"accessibility(?: statement)?|(?:accept|reject|manage)(?: all)? cookies|do not sell my (?:personal )?information",
    r"cookies?(?: (?:policy|settings|preferences|notice))?|newsletters?|donate(?: (?:now|today|here))?|support us",
    r"home(?:page)?|menu|search|all rights reserved|file photo|min read|\d{1,3} min(?:ute)?s?(?: to)? read",
    r"[-=_*~]{3,200}|published|posted",
    r"(?:(?:last )?(?:published|posted|updated) )?\d{1,3} (?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?) ago",
    before=r"[^\w\"“‘'«„]{0,3}",
    after=r"[^\w\"”’'»?]{0,3}",
)
"""A button or a menu item; a line of nothing but these, between bars or bullets, is furniture."""

APPEAL = _any_of(
    r"(?:please )?sign up (?:for|to|here|now|today)\b.*(?:newsletter|inbox|e-?mail|alerts?|updates|brief(?:ing)?|digest|bulletin)",
    r"(?:please )?subscribe (?:to|for|now|today|here)\b.*(?:newsletter|inbox|e-?mail|alerts?|updates|channel|podcast|unlimited|digital)",
    r"(?:want|like|looking for)\b.*\? (?:sign up|subscribe|join)\b",
    r"(?:get|receive|have)\b.*(?:in|to) your (?:inbox|e-?mail|phone)",
    r"(?:get|receive) (?:the |our )?(?:latest|daily|breaking|top|free|weekly)\b.*(?:news|updates|headlines|stories|alerts)",
    r"(?:stay|keep) (?:up to date|up-to-date|informed|updated|connected)\b",
    r"join us on\b.*(?:whatsapp|telegram|facebook|twitter|instagram|youtube)",
    r"(?:join|follow|like|download|get) our (?:\S+ )?(?:whatsapp|telegram|facebook|twitter|instagram|youtube)\b",
    r"(?:join|follow|like|download|get) our (?:\S+ )?(?:newsletter|channel|app|page|community)\b",
    r"follow (?:\S+ ){1,3}(?:on|at) (?:twitter|x|facebook|instagram|bluesky|threads|mastodon|linkedin|@)",
    r"(?:enter|confirm) your e-?mail|e-?mail address\W*$|thank you for (?:signing up|subscribing)",
    r"(?:you can )?unsubscribe (?:at )?any ?time",
    r"by (?:signing up|subscribing|registering|clicking|entering|providing|continuing)\b.*\b(?:you|terms|policy|consent)",
    r"we (?:and our partners )?use cookies\b|(?:this|our) (?:web)?site uses cookies",
    r"by (?:using|continuing to use) (?:this|our) (?:web)?site",
    r"for (?:as little as|just|only) \W?\d.*\byou can (?:support|help|donate|subscribe|become|keep|join|get)\b",
    r"(?:please )?(?:help us|(?:consider )?support(?:ing)? us|support our)\b|help keep\b.*\b(?:free|independent|running)",
    r"(?:please )?(?:consider|make|making) (?:making )?(?:a|your) (?:\S+ )?(?:donation|contribution)(?: (?:to|today|now|here)\b|\W*$)",
    r".*\b(?:supported|funded|made possible) by readers like you\b",
    r".*\byour (?:donation|contribution|support|gift) (?:helps|keeps|makes|allows|enables|will help)\b",
    r"if you (?:value|appreciate|enjoy(?:ed)?|like|liked|found) (?:our|this|what we)\b.*\b(?:donat|support|subscrib|shar|contribut|sign)",
    r"(?:become|join as) a (?:\S+ )?(?:member|supporter|patron|subscriber)(?: (?:of|today|now)\b|\W*$)",
    r"(?:do you )?have a (?:news )?tip\b|(?:got|have you got) a (?:story|tip)\b|(?:write|send (?:a )?tips?) to \S.*@",
    r"(?:e-?mail|contact|reach|write to) (?:\S+ ){1,4}(?:at|on) \S+@",
    r"(?:contact|e-?mail) (?:us|the (?:author|writer|reporter|newsroom))\b",
    before=f"^{_BULLET}",
)
"""An order or an offer to the reader."""

STAFF = _any_of(
    r"^the \S.{0,60}\bstaff (?:is|are) (?:a|the|our) (?:team|group) of (?:journalists|reporters|writers|editors|correspondents)",
    r"\bcontributed to (?:this|the) (?:report|story|article)\W*$",
    r"^\W?(?:additional |with )?reporting by (?-i:[A-Z]).*",
    r"^this (?:article|story|post) (?:was )?(?:first|originally) (?:appeared|published)\b",
    r"^originally published (?:on|in|by)\b|^this (?:article|story) has been (?:adapted from|updated)\b",
    r"^\S+@\S+\.\w+$|^\(end\)$",
)

STAMP = _any_of(
    r"(?:last )?(?:updated?|modified|revised)(?: (?:at|on))?\s?:?\s?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"(?:\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2} \w{3,9}\.? \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2})[\w\s:.,|()+-]{0,30}$",
    before=r"^[^\w\"“‘'«„]{0,3}",
)
"""When the article was changed, and nothing else: "Updated 5 Feb 2025 10:12"."""

_THIS_ARTICLE = r"(?:this|the) (?:article|story|report|post|page|piece|headline|caption)\b"
CHANGE = _any_of(
    rf"{_THIS_ARTICLE} (?:was|has been) (?:(?:first|last|later|since) )?(?:corrected|amended|updated|edited|changed|revised)\b",
    before=r"^[^\w\"“‘'«„]{0,3}",
)
"""A sentence on how the article was changed, even if it tells what somebody said."""
NOTE = _any_of(
    r"corrections?(?:,? (?:and|&) clarifications?)?(?: \([^()]{1,40}\))?\s?[:–—]\s?\S",
    rf"(?:an? )?(?:earlier|previous|original) versions? of {_THIS_ARTICLE}",
    rf"(?:editor[’']?s[’']? note|clarification|update)(?: \([^()]{{1,40}}\))?\s?[:–—].*{_THIS_ARTICLE}",
    before=r"^[^\w\"“‘'«„]{0,3}",
)
"""A note that is labelled as one, which may be as long as a paragraph."""

COPYRIGHT = _any_of(
    r"^(?:copyright\s?)?©|^copyright\s?(?:\(c\)|\d{4}\b)|^\(c\)\s?\d{4}\b",
    r"^.{0,80}\ball rights reserved\W*$",
    r"^this material may not be published, broadcast, rewritten",
)

_PICTURE = (
    r"(?:(?:file|ap|afp|reuters|stock|representative|featured|cover|lead) )?"
    r"(?:photo(?:graph)?s?|images?|pictures?|pic|illustration|screenshot|graphic)"
)
CREDIT_LINE = _any_of(
    rf"{_PICTURE}(?: (?:credits?|courtesy(?: of)?|sources?|by|via|provided by|from))?\s?[:|]\s?\S.{{0,100}}",
    rf"{_PICTURE} (?:credits?|courtesy)\b.{{0,100}}",
    rf"{_PICTURE} by (?-i:[A-Z])\S{{1,30}}(?: (?-i:[A-Z])\S{{1,30}}){{0,3}}",
    rf"\(\s?{_PICTURE}\b[^()]{{0,120}}\)\.?",
    r"credits?\s?[:|]\s?\S.{0,80}",
    r"(?:ap|afp|reuters|epa|getty)(?: (?:photo|images))?\s?/\s?\S.{0,60}|getty(?: images)?",
    before="^",
    after="$",
)

LIST_HEADING = _any_of(
    r"(?:most )?(?:popular|read|viewed|shared|watched)(?: (?:articles?|stories|news|posts?|videos?|now|today|(?:on|in) \S.{0,30}))?",
    r"(?:latest|top|trending|featured|related|recommended|recent|more|other|suggested|similar|must[- ]read|breaking|editor[’']?s[’']?)"
    r" (?:articles?|stor(?:y|ies)|news|headlines?|posts?|videos?|reads?|reading|coverage|topics?|links|content|picks?|choices?|updates)"
    r"(?: (?:from|in|by|for) \S.{0,40})?",
    r"trending(?: (?:now|today|topics))?|recommended(?: for you)?|related|see also|also read",
    r"read (?:more|next|also)|what to read next|up next",
    r"(?:more|read|watch)(?=\s?:)|more (?:from|on) \S.{0,50}|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)",
    r"(?:around|from) (?:the|our) (?:web|network|partners?)|elsewhere on .{1,40}",
    r"receive (?:the )?latest\b.{0,60}|(?:(?:our|daily|weekly|free|join our|the) )?newsletters?(?: sign[- ]?up)?",
    r"stay (?:informed|connected|in touch)|follow us\b.{0,40}",
    r"(?:sponsored|promoted)(?: (?:content|links|stories))?|paid partner content",
    before=_BULLET,
    after=r"\s?[:»>]?\s?",
)

CREDIT_WORD = re.compile(
    r"[A-Z@©][\w.’'@&]{0,40}|\d{4}|via|by|of|the|and|courtesy|photo|photograph|file|image|credit|picture|illustration|from"
)
CREDIT_MARK = re.compile(
    r"AP|AFP|ANI|PTI|EPA|EFE|DPA|UPI|IANS|(?i:Reuters)|Getty|Shutterstock|Bloomberg|Xinhua|TASS|Anadolu|Flash90|iStock|Alamy|Unsplash|"
    r"Wikimedia|(?i:handout|screenshot|screengrab|courtesy|(?:photo(?:graph)?|image|picture|credit|illustration)s?|file)"
)
"""A word that only picture credits have: an agency or archive, or what kind of picture it is."""
PERSON_AND_HOUSE = re.compile(r"[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){1,3} ?/ ?[A-Z][\w .]{1,30}")
