"""Commands beside a running bot: the jobs table between a remote library and the bot's clerks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import messages
from bot.digests.previews import Preview
from bot.digests.schedule import Slot
from bot.digests.subscriptions import Subscription
from bot.errors import BotBusy, BotLost, JobFailed
from bot.jobs.clerk import Clerk, Staff
from bot.jobs.duties import ADD, REINDEX, REMOVE, UPLOAD, Duties
from bot.jobs.remote import BUSY, LOST, LOST_ASKING, RemoteLibrary
from bot.jobs.table import Jobs, JobState
from bot.presence import Presence
from bot.writer import Writer
from corpus.catalog import Catalog
from corpus.errors import DatabaseUnusable
from retrieval.answering import Asked
from retrieval.outcome import Indexed, Outcome
from retrieval.question import MAX_LENGTH, QuestionTooLong
from tests.bot.fake_backend import ANSWER, MEETING, MILLISECONDS, POST, STAR, FakeLibrary
from tests.bot.fake_feeds import FAILING, FINE
from tests.bot.fake_summaries import event
from tests.bot.test_state import Clock
from tests.databases import open_migrated

FILES = {"/star.md": STAR, "/post.txt": POST}


@dataclass
class Served:
    """A bot that serves `library`, and a remote library whose pauses the bot uses to work."""

    library: FakeLibrary
    jobs: Jobs
    clock: Clock
    remote: RemoteLibrary = field(init=False)
    clerks: list[Clerk] = field(default_factory=list)
    present: bool = True

    def work(self, _seconds: float = 0) -> None:
        for clerk in self.clerks:
            clerk.do_next()


class Sign(Presence):
    """A sign that tells what the test says."""

    def __init__(self, is_there: Callable[[], bool]) -> None:
        self._is_there = is_there

    @property
    def is_lost(self) -> bool:
        return not self._is_there()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    engine, writer, clock = open_migrated(tmp_path / "quotewire.db"), Writer(), Clock()
    catalog, jobs = Catalog(engine), Jobs(engine, clock)
    served = Served(FakeLibrary(files=FILES), jobs, clock)
    duties = Duties(served.library, writer, jobs)
    served.clerks = [Clerk(jobs, duties.changes), Clerk(jobs, duties.questions)]
    served.remote = RemoteLibrary(catalog, jobs, Sign(lambda: served.present), served.clock, sleep=served.work)
    yield served
    writer.close(5)
    engine.dispose()


def test_a_question_is_answered_by_the_bot_and_leaves_nothing_on_the_table(served: Served) -> None:
    assert served.remote.ask(MEETING) == Asked(ANSWER, MILLISECONDS)
    assert served.jobs.find(1) is None


def test_a_question_that_is_too_long_never_gets_to_the_bot(served: Served) -> None:
    with pytest.raises(QuestionTooLong):
        served.remote.ask("x" * (MAX_LENGTH + 1))
    assert served.jobs.find(1) is None


def test_sources_are_added_by_the_bot_with_the_same_report(served: Served) -> None:
    results = list(served.remote.add_sources(["/star.md", "/gone.md", "/star.md"]))
    assert results == [
        Indexed(Outcome.ADDED, "star.md", STAR.id, STAR.title, 1),
        Indexed(Outcome.SKIPPED, "/gone.md", reason="There is no such file."),
        Indexed(Outcome.UNCHANGED, "star.md", STAR.id, STAR.title, 1),
    ]
    assert served.library.kept == {STAR.id: STAR}


def test_feeds_are_refreshed_by_the_bot_with_the_same_report(served: Served) -> None:
    served.library.feeding.followed += [FINE, FAILING]
    assert list(served.remote.refresh_feeds([1, 2])) == [
        Indexed(Outcome.ADDED, FINE.address, "abc", "News 1", 2),
        Indexed(Outcome.SKIPPED, FAILING.address, reason=FAILING.error),
    ]


def test_the_bot_gets_whole_paths(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = list(served.remote.add_sources(["here.md", "https://a.example/b"]))
    assert [result.source for result in results] == [str(tmp_path / "here.md"), "https://a.example/b"]


@pytest.mark.parametrize("source", ["", " "])
def test_an_empty_name_does_not_become_the_folder_at_hand(served: Served, source: str) -> None:
    assert [result.source for result in served.remote.add_sources([source])] == [source]


def test_articles_are_removed_by_the_bot(served: Served) -> None:
    list(served.remote.add_sources(["/star.md"]))
    assert served.remote.remove_articles([STAR.id, "nonsense"]) == [STAR.id]
    assert served.library.kept == {}


def test_the_index_is_rebuilt_by_the_bot_with_its_progress(served: Served) -> None:
    list(served.remote.add_sources(["/star.md", "/post.txt"]))
    shown: list[tuple[str, int, int]] = []
    assert served.remote.rebuild(lambda *progress: shown.append(progress)) == 4
    assert ("Indexing", 2, 2) in shown


def test_examples_and_disagreements_come_from_the_bot(served: Served) -> None:
    assert (served.remote.examples(), served.remote.verify()) == ([], [])
    list(served.remote.add_sources(["/star.md"]))
    served.library.complaints = ["The vector store is empty."]
    assert (served.remote.examples(), served.remote.verify()) == ([MEETING], ["The vector store is empty."])


def test_summaries_and_digests_come_from_the_bot(served: Served) -> None:
    there, moment = served.library.summariser, datetime(2025, 1, 1, tzinfo=UTC)
    here = served.remote.summariser
    assert (here.article(STAR.id), here.article("nonsense")) == (there.article(STAR.id), there.article("nonsense"))
    assert (here.topic("visit", since=moment), here.topic("visit")) == (there.topic("visit", since=moment), there.topic("visit"))
    assert (here.since(moment), here.newest()) == (there.since(moment), there.newest())
    assert here.story([STAR.id]) == there.story([STAR.id])
    there.events = [event(STAR, "2025-02-04", "The meeting is on February 4 in Washington.", "February 4")]
    assert here.timeline("visit") == here.timeline_of([STAR.id]) == there.events
    assert (here.known_at(STAR.address), here.known_at("nonsense")) == (STAR.id, None)
    subscription = Subscription.new(7, moment, "Europe/Berlin")
    served.library.previews = [Preview(subscription, Slot(moment.date(), time(8)), moment, there.topic("visit"))]
    assert served.remote.digests_at(moment) == served.library.previews


def test_what_fails_there_is_told_here_in_its_own_words(served: Served) -> None:
    def fail() -> None:
        raise DatabaseUnusable("The disk is full.")

    served.library.meanwhile = fail
    with pytest.raises(JobFailed, match=r"^The disk is full\.$"):
        served.remote.ask(MEETING)


def test_what_nobody_foresaw_is_one_sentence_here_and_a_traceback_there(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.library.meanwhile = lambda: 1 // 0
    with pytest.raises(JobFailed, match=messages.FAILED):
        served.remote.ask(MEETING)
    assert "ZeroDivisionError" in caplog.text
    served.library.meanwhile = lambda: None
    assert served.remote.ask(MEETING).result == ANSWER


def test_a_bot_that_is_gone_is_no_reason_to_wait(served: Served) -> None:
    served.present = False
    with pytest.raises(BotLost, match=LOST_ASKING):
        served.remote.ask(MEETING)
    assert served.jobs.find(1) is None


def test_what_a_bot_that_is_gone_was_to_add_is_done_at_its_next_start(served: Served) -> None:
    served.present = False
    with pytest.raises(BotLost, match=LOST):
        list(served.remote.add_sources(["/star.md"]))
    served.work()
    assert list(served.library.kept) == [STAR.id]


def test_a_question_that_the_bot_does_not_get_to_is_taken_back(served: Served) -> None:
    def wait(_: float) -> None:
        served.clock.now += timedelta(minutes=1)

    remote = RemoteLibrary(served.remote.catalog, served.jobs, Sign(lambda: True), served.clock, sleep=wait)
    with pytest.raises(BotBusy, match=BUSY):
        remote.ask(MEETING)
    job = served.jobs.find(1)
    assert job
    assert (job.state, served.clock.now - job.created) == (JobState.CANCELLED, timedelta(minutes=10))


def test_questions_are_answered_while_the_index_is_built_and_the_stores_are_compared_after_that(served: Served) -> None:
    _, questions = served.clerks
    rebuilding = served.jobs.submit(REINDEX, {})
    served.jobs.take([REINDEX])

    def work(_: float) -> None:
        served.clock.now += timedelta(seconds=20)
        questions.do_next()

    remote = RemoteLibrary(served.remote.catalog, served.jobs, Sign(lambda: True), served.clock, sleep=work)
    with pytest.raises(BotBusy, match=BUSY):
        remote.verify()
    assert remote.ask(MEETING).result == ANSWER
    served.jobs.end(rebuilding, JobState.DONE)
    assert served.remote.verify() == []


def test_leaving_early_cancels_the_job_after_its_current_batch(served: Served) -> None:
    def work(_: float) -> None:
        raise KeyboardInterrupt

    remote = RemoteLibrary(served.remote.catalog, served.jobs, Sign(lambda: True), served.clock, sleep=work)
    with pytest.raises(KeyboardInterrupt):
        list(remote.add_sources(["/star.md"]))
    served.work()
    job = served.jobs.find(1)
    assert (job and job.state, served.library.kept) == (JobState.CANCELLED, {})


def test_a_cancelled_job_stops_where_it_is(served: Served) -> None:
    job_id = served.jobs.submit(ADD, {"sources": ["/star.md", "/post.txt"]})
    served.library.meanwhile = lambda: served.jobs.cancel(job_id)
    served.work()
    job = served.jobs.find(job_id)
    assert (job and job.state, list(served.library.kept), len(served.jobs.results(job_id))) == (JobState.CANCELLED, [STAR.id], 1)


def test_a_job_that_a_stopping_bot_leaves_is_taken_up_without_telling_twice(served: Served) -> None:
    job_id = served.jobs.submit(ADD, {"sources": ["/gone.md", "/star.md", "/post.txt"]})
    served.library.meanwhile = lambda: served.clerks[0].close(0)
    served.work()
    assert served.jobs.take_up([ADD]) == 1
    served.library.meanwhile = lambda: None
    Clerk(served.jobs, Duties(served.library, Writer(), served.jobs).changes).do_next()
    job = served.jobs.find(job_id)
    outcomes = [result.split('"outcome":"')[1].split('"')[0] for result in served.jobs.results(job_id)]
    assert (job and job.state, outcomes) == (JobState.DONE, ["skipped", "added", "added"])


def test_removing_that_a_stopping_bot_leaves_is_taken_up_where_it_was(served: Served) -> None:
    served.library.kept = {article.id: article for article in (STAR, POST)}
    job_id = served.jobs.submit(REMOVE, {"ids": [STAR.id, "nonsense", POST.id]})
    served.library.meanwhile = lambda: served.clerks[0].close(0)
    served.work()
    assert list(served.library.kept) == [POST.id]
    served.jobs.take_up([REMOVE])
    Clerk(served.jobs, Duties(served.library, Writer(), served.jobs).changes).do_next()
    job = served.jobs.find(job_id)
    assert (job and job.state, served.jobs.results(job_id)) == (JobState.DONE, ["removed", "unknown", "removed"])
    assert served.library.kept == {}


def test_an_article_that_was_removed_right_before_the_bot_was_killed_is_no_unknown_one(served: Served) -> None:
    served.library.kept = {STAR.id: STAR}
    job_id = served.jobs.submit(REMOVE, {"ids": [STAR.id, "nonsense"]})

    def kill() -> None:
        served.library.kept.clear()  # which is not noted any more
        raise KeyboardInterrupt

    served.library.meanwhile = kill
    with pytest.raises(KeyboardInterrupt):
        served.work()
    served.library.meanwhile = lambda: None
    served.jobs.take_up([REMOVE])
    served.work()
    assert served.jobs.results(job_id) == ["removed", "unknown"]


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A document that a chat sent."""
    path = tmp_path / "uploads" / "abc" / "storm.txt"
    path.parent.mkdir(parents=True)
    path.write_text("A storm over Skelmouth\n\nThe storm took the roof of the town hall on Friday night.")
    return path


def add_upload(served: Served, upload: Path) -> int:
    return served.jobs.submit(ADD, {"sources": [str(upload)], UPLOAD: str(upload)})


@pytest.mark.parametrize("error", [None, DatabaseUnusable("The disk is full."), ZeroDivisionError()])
def test_an_upload_is_deleted_when_its_job_is_over_however_it_ended(served: Served, upload: Path, error: Exception | None) -> None:
    def meanwhile() -> None:
        if error:
            raise error

    served.library.meanwhile = meanwhile
    add_upload(served, upload)
    served.work()
    assert (len(served.library.kept), upload.parent.exists()) == (1, False)


def test_an_upload_stays_for_another_job_with_the_same_document(served: Served, upload: Path) -> None:
    for _ in range(2):
        add_upload(served, upload)
    served.work()
    assert upload.exists()
    served.work()
    assert not upload.parent.exists()


def test_an_upload_stays_for_the_next_start_of_a_bot_that_is_stopped(served: Served, upload: Path) -> None:
    add_upload(served, upload)
    served.library.meanwhile = lambda: served.clerks[0].close(0)
    served.work()
    assert upload.exists()


def test_an_upload_of_a_job_that_is_cancelled_is_deleted(served: Served, upload: Path) -> None:
    job_id = add_upload(served, upload)
    served.library.meanwhile = lambda: served.jobs.cancel(job_id)
    served.work()
    assert not upload.parent.exists()


def test_clerks_work_by_themselves_until_they_are_closed(served: Served) -> None:
    writer = Writer()
    staff = Staff(writer, served.clerks)
    staff.start()
    waiting = RemoteLibrary(served.remote.catalog, served.jobs, Sign(lambda: True), served.clock)
    assert waiting.ask(MEETING).result == ANSWER
    assert staff.close(5)
