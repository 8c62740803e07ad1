"""What `eval` prints; `--json` is read by programs."""

from bot.evaluation.scores import answers_object, answers_rows, kind_rows, reader_object, reader_rows
from retrieval.evaluation.answer_scores import AnswerScores, KindScores, Latency
from retrieval.evaluation.reader_scores import Best, ReaderScores, Scores
from retrieval.question import Kind

READER = ReaderScores(
    threshold=0.5,
    forced=Scores(70.0, 80.0, 3),
    overall=Scores(100 * 2 / 3, 70.0, 4),
    has_answer=Scores(60.0, 65.0, 3),
    no_answer=Scores(75.0, 75.0, 1),
    best_exact=Best(68.0, 0.4),
    best_f1=Best(72.0, 0.61),
)
ANSWERS = AnswerScores(
    questions=5,
    answerable=4,
    f1=2 / 3,
    exact=0.5,
    right=0.75,
    best_f1=0.8,
    cited=1.0,
    cited_first=0.9,
    abstention_precision=None,
    abstention_recall=0.0,
    false_refusals=0.0,
    answered=1.0,
    answered_precision=0.6,
    calibration_error=0.04,
    calibration_error_answered=0.05,
    aurc=0.1,
    refused_at={0.05: 0.0, 0.1: 1.0},
    kinds={Kind.HOW_MANY: KindScores(4, 2 / 3, 0.5, 0.75, 0.0)},
    latencies={"search": Latency(10.04, 20.0), "total": Latency(31.0, 64.26)},
)


def test_the_readers_object_has_the_names_of_squads_script() -> None:
    assert reader_object(READER, 12.34) == {
        "exact": 66.67,
        "f1": 70.0,
        "total": 4,
        "HasAns_exact": 60.0,
        "HasAns_f1": 65.0,
        "HasAns_total": 3,
        "NoAns_exact": 75.0,
        "NoAns_f1": 75.0,
        "NoAns_total": 1,
        "threshold": 0.5,
        "forced_exact": 70.0,
        "forced_f1": 80.0,
        "best_exact": 68.0,
        "best_exact_thresh": 0.4,
        "best_f1": 72.0,
        "best_f1_thresh": 0.61,
        "ms_per_question": 12.3,
    }


def test_people_read_the_readers_scores_in_rows() -> None:
    assert reader_rows(READER, 12.34) == [
        ("Questions", "4"),
        ("Answerable, best span whatever the threshold: EM / F1", "70.0 / 80.0"),
        ("All, unanswered above a probability of 0.5: EM / F1", "66.7 / 70.0"),
        ("Answerable (HasAns): EM / F1 of 3", "60.0 / 65.0"),
        ("Unanswerable (NoAns): EM / F1 of 1", "75.0 / 75.0"),
        ("All, at the best threshold for EM", "68.0 at 0.400"),
        ("All, at the best threshold for F1", "72.0 at 0.610"),
        ("One question, read in batches", "12 ms"),
    ]


def test_a_file_without_unanswerable_questions_has_no_thresholds_to_show() -> None:
    nothing, forced = Scores(0.0, 0.0, 0), Scores(70.0, 80.0, 3)
    scores = ReaderScores(1.0, forced, forced, forced, nothing, Best(70.0, 0.9), Best(80.0, 0.9))
    assert [name for name, _ in reader_rows(scores, 1.0)] == [
        "Questions",
        "Answerable, best span whatever the threshold: EM / F1",
        "One question, read in batches",
    ]


def test_the_object_of_answers_has_null_where_nothing_is_known() -> None:
    assert answers_object(ANSWERS) == {
        "questions": 5,
        "answerable": 4,
        "unanswerable": 1,
        "f1": 0.6667,
        "exact_match": 0.5,
        "right": 0.75,
        "best_of_alternatives_f1": 0.8,
        "citation_accuracy": 1.0,
        "first_citation_accuracy": 0.9,
        "abstention_precision": None,
        "abstention_recall": 0.0,
        "false_refusals": 0.0,
        "answered_share": 1.0,
        "answered_precision": 0.6,
        "calibration_error": 0.04,
        "calibration_error_answered": 0.05,
        "aurc": 0.1,
        "refused_at_false_refusals": {"0.05": 0.0, "0.1": 1.0},
        "by_kind": {"how_many": {"questions": 4, "f1": 0.6667, "exact_match": 0.5, "right": 0.75, "refused": 0.0}},
        "milliseconds": {"search": {"p50": 10.0, "p95": 20.0}, "total": {"p50": 31.0, "p95": 64.3}},
    }


def test_people_read_what_is_known() -> None:
    rows = dict(answers_rows(ANSWERS))
    assert (rows["Questions"], rows["F1 on answerable questions"]) == ("5 (4 answerable)", "0.667")
    assert (rows["Unanswerable refused at 5 % false refusals"], rows["Total, p50 / p95"]) == ("0.000", "31 / 64 ms")
    assert "Refusals that were due (abstention precision)" not in rows


def test_kinds_have_a_row_each() -> None:
    assert kind_rows(ANSWERS) == [("how many", "4", "0.67", "0.50", "0.75", "0.00")]
