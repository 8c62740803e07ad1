"""A small SQuAD-like corpus, in our own words."""

from corpus.article import Article
from retrieval.evaluation.squad import Gold, Paragraph, SquadArticle, SquadQuestion

_FACTS = {
    "Harbour Bridge": [
        ("The Harbour Bridge was opened by Mayor Odette Farrow on 2 June 1932. It is 1,149 metres long. Trams cross it every ten minutes.",
         [("Who opened the Harbour Bridge?", "Mayor Odette Farrow"), ("How long is the Harbour Bridge?", "1,149 metres")]),
        ("In 1958 the trams were replaced by buses. The Harbour Bridge was too slow for Skelmouth. The last tram ran in March.",
         [("When did the last tram run on the Harbour Bridge?", "March"), ("What replaced the trams in 1958?", "buses")]),
    ],
    "Skelmouth": [
        ("Skelmouth is a port on the river Skell. Fishing was its largest trade until 1970. Today 41,000 people live there.",
         [("How many people live in Skelmouth?", "41,000"), ("On which river does Skelmouth lie?", "Skell")]),
    ],
}  # fmt: skip


def some_articles() -> list[SquadArticle]:
    """Return two articles with six answered questions, and one with a question that people wrote to be unanswerable."""
    articles = [_article(title, paragraphs) for title, paragraphs in _FACTS.items()]
    return [
        *articles,
        _article(
            "Ferry",
            [("The ferry sails at noon. It carries nine cars.", [("When does the ferry sail?", "noon"), ("Who owns the ferry?", "")])],
        ),
    ]


def _article(title: str, paragraphs: list[tuple[str, list[tuple[str, str]]]]) -> SquadArticle:
    found, start = [], 0
    for text, asked in paragraphs:
        questions = tuple(
            SquadQuestion(question, question, (Gold(text.index(answer), answer),) if answer else ()) for question, answer in asked
        )
        found.append(Paragraph(text, start, questions))
        start += len(text) + 2
    body = "\n\n".join(text for text, _ in paragraphs)
    return SquadArticle(Article(address=f"squad:{title}", title=title, text=body), tuple(found))
