from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.administration.status import job_lines
from bot.jobs.table import KEEP, Job, Jobs, JobState, Progress
from tests.bot.objects import NOW
from tests.bot.test_state import Clock
from tests.databases import open_migrated


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_migrated(tmp_path / "state.db")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(engine: Engine, clock: Clock) -> Jobs:
    return Jobs(engine, clock)


def state(jobs: Jobs, job_id: int) -> JobState | None:
    job = jobs.find(job_id)
    return job.state if job else None


def test_a_job_comes_back_as_it_was_handed_over(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {"sources": ["/a", "ü"]})
    assert jobs.find(job_id) == Job(job_id, "add", {"sources": ["/a", "ü"]}, JobState.QUEUED, Progress(), "", NOW, NOW + KEEP)
    assert jobs.find(job_id + 1) is None


def test_the_oldest_job_of_a_kind_is_taken_once(jobs: Jobs) -> None:
    first, other, second = (jobs.submit(kind, {}) for kind in ("add", "ask", "add"))
    taken = [jobs.take({"add"}) for _ in range(3)]
    assert [job.id if job else None for job in taken] == [first, second, None]
    assert (state(jobs, first), state(jobs, other)) == (JobState.RUNNING, JobState.QUEUED)


def test_jobs_under_way_and_waiting_are_told_in_a_sentence(jobs: Jobs) -> None:
    assert job_lines(jobs) == []
    for _ in range(3):
        jobs.submit("add", {})
    jobs.take({"add"})
    assert job_lines(jobs) == ["Jobs: 1 under way, 2 waiting."]


def test_results_come_in_their_order_from_where_one_left_off(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.note(job_id, Progress("Adding", 1, 3), ["a"])
    jobs.note(job_id, Progress("Adding", 3, 3), ["b", "c"])
    assert (jobs.results(job_id), jobs.results(job_id, after=1)) == (["a", "b", "c"], ["b", "c"])
    job = jobs.find(job_id)
    assert job
    assert job.progress == Progress("Adding", 3, 3)


def test_a_cancelled_job_that_waits_is_never_taken(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.cancel(job_id)
    assert (jobs.take({"add"}), state(jobs, job_id)) == (None, JobState.CANCELLED)


def test_a_cancelled_job_that_runs_is_not_wanted_and_keeps_what_came_of_it(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.take({"add"})
    jobs.cancel(job_id)
    assert not jobs.is_wanted(job_id)
    jobs.note(job_id, Progress(), ["a"])
    assert (state(jobs, job_id), jobs.results(job_id)) == (JobState.RUNNING, ["a"])


def test_what_ran_when_the_bot_died_is_taken_up_unless_nobody_wants_it(jobs: Jobs) -> None:
    wanted, unwanted = jobs.submit("add", {}), jobs.submit("add", {})
    for _ in range(2):
        jobs.take({"add"})
    jobs.note(wanted, Progress(), ["a"])
    jobs.cancel(unwanted)
    assert jobs.take_up({"add"}) == 1
    assert (state(jobs, wanted), state(jobs, unwanted), jobs.results(wanted)) == (JobState.QUEUED, JobState.CANCELLED, ["a"])


def test_an_offer_waits_for_a_yes(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {}, state=JobState.OFFERED)
    assert jobs.take({"add"}) is None
    assert [jobs.accept(job_id) for _ in range(2)] == [True, False]
    assert jobs.take({"add"})


def test_how_a_job_ended_is_remembered(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.end(job_id, JobState.FAILED, "The disk is full.")
    job = jobs.find(job_id)
    assert job
    assert (job.state, job.error) == (JobState.FAILED, "The disk is full.")


def test_expired_jobs_are_neither_taken_nor_kept(jobs: Jobs, clock: Clock) -> None:
    short, long = jobs.submit("ask", {"question": "why?"}, keep=timedelta(minutes=1)), jobs.submit("add", {})
    jobs.note(short, Progress(), ["because"])
    clock.now += timedelta(minutes=1)
    assert jobs.take({"ask"}) is None
    jobs.purge()
    assert (jobs.find(short), jobs.results(short), state(jobs, long)) == (None, [], JobState.QUEUED)
    clock.now += KEEP
    jobs.purge()
    assert jobs.find(long) is None


def test_the_id_of_a_forgotten_job_never_comes_again(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.forget(job_id)
    assert jobs.submit("add", {}) > job_id


def test_a_note_for_a_forgotten_job_is_lost(jobs: Jobs) -> None:
    job_id = jobs.submit("add", {})
    jobs.forget(job_id)
    jobs.note(job_id, Progress(), ["a"])
    assert jobs.results(job_id) == []
