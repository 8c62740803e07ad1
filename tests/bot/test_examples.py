from bot.examples import KEPT_SECONDS, Examples


class Articles:
    """Articles whose version is their number, and which suggest a question each."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.now = 0.0
        self.searches = 0
        self.examples = Examples(find=self.find, version=lambda: str(self.count), clock=lambda: self.now)

    def find(self) -> list[str]:
        self.searches += 1
        return [f"What is {self.count}?"] if self.count else []


def test_examples_are_found_once_while_the_articles_stay() -> None:
    articles = Articles(1)
    assert [articles.examples.get() for _ in range(2)] == [["What is 1?"]] * 2
    assert articles.searches == 1


def test_examples_follow_the_articles_after_a_while() -> None:
    articles = Articles(1)
    articles.examples.get()
    articles.count = 2
    assert articles.examples.get() == ["What is 1?"]
    articles.now = KEPT_SECONDS
    assert articles.examples.get() == ["What is 2?"]


def test_the_first_articles_give_examples_at_once() -> None:
    articles = Articles(0)
    assert articles.examples.get() == []
    articles.count = 1
    assert articles.examples.get() == ["What is 1?"]
