"""The scores of `quotewire eval`, as the object that `--json` prints and as the rows that people read."""

from bot.json_output import Json
from retrieval.evaluation.answer_scores import AnswerScores, KindScores
from retrieval.evaluation.reader_scores import ReaderScores, Scores

Rows = list[tuple[str, str]]


def reader_object(scores: ReaderScores, ms_per_question: float) -> dict[str, Json]:
    """Return the object of `eval reader`: percentages under the names that SQuAD 2.0's script gives them.

    `exact` to `NoAns_total` are at `threshold`; `forced_exact` and `forced_f1` count every answerable question's best span.
    """
    return {
        **_scores_object("", scores.overall),
        **_scores_object("HasAns_", scores.has_answer),
        **_scores_object("NoAns_", scores.no_answer),
        "threshold": scores.threshold,
        "forced_exact": round(scores.forced.exact, 2),
        "forced_f1": round(scores.forced.f1, 2),
        "best_exact": round(scores.best_exact.score, 2),
        "best_exact_thresh": scores.best_exact.threshold,
        "best_f1": round(scores.best_f1.score, 2),
        "best_f1_thresh": scores.best_f1.threshold,
        "ms_per_question": round(ms_per_question, 1),
    }


def _scores_object(prefix: str, scores: Scores) -> dict[str, Json]:
    return {f"{prefix}exact": round(scores.exact, 2), f"{prefix}f1": round(scores.f1, 2), f"{prefix}total": scores.total}


def reader_rows(scores: ReaderScores, ms_per_question: float) -> Rows:
    """Return what people read."""
    rows = [("Questions", str(scores.overall.total))]
    if scores.has_answer.total:
        rows.append(("Answerable, best span whatever the threshold: EM / F1", _pair(scores.forced)))
    if scores.no_answer.total or scores.threshold < 1:
        rows.append((f"All, unanswered above a probability of {scores.threshold:g}: EM / F1", _pair(scores.overall)))
        rows += [(f"{name}: EM / F1 of {part.total}", _pair(part)) for name, part in _parts(scores) if part.total]
        rows.append(("All, at the best threshold for EM", f"{scores.best_exact.score:.1f} at {scores.best_exact.threshold:.3f}"))
        rows.append(("All, at the best threshold for F1", f"{scores.best_f1.score:.1f} at {scores.best_f1.threshold:.3f}"))
    return [*rows, ("One question, read in batches", f"{ms_per_question:.0f} ms")]


def _parts(scores: ReaderScores) -> list[tuple[str, Scores]]:
    return [("Answerable (HasAns)", scores.has_answer), ("Unanswerable (NoAns)", scores.no_answer)]


def _pair(scores: Scores) -> str:
    return f"{scores.exact:.1f} / {scores.f1:.1f}"


def answers_object(scores: AnswerScores) -> dict[str, Json]:
    """Return the object of `eval answers`: shares from 0 to 1, null where nothing is there to count."""
    return {
        "questions": scores.questions,
        "answerable": scores.answerable,
        "unanswerable": scores.questions - scores.answerable,
        "f1": _rounded(scores.f1),
        "exact_match": _rounded(scores.exact),
        "right": _rounded(scores.right),
        "best_of_alternatives_f1": _rounded(scores.best_f1),
        "citation_accuracy": _rounded(scores.cited),
        "first_citation_accuracy": _rounded(scores.cited_first),
        "abstention_precision": _rounded(scores.abstention_precision),
        "abstention_recall": _rounded(scores.abstention_recall),
        "false_refusals": _rounded(scores.false_refusals),
        "answered_share": _rounded(scores.answered),
        "answered_precision": _rounded(scores.answered_precision),
        "calibration_error": _rounded(scores.calibration_error),
        "calibration_error_answered": _rounded(scores.calibration_error_answered),
        "aurc": _rounded(scores.aurc),
        "refused_at_false_refusals": {f"{share:g}": _rounded(refused) for share, refused in scores.refused_at.items()},
        "by_kind": {kind.value: _kind_object(found) for kind, found in scores.kinds.items()},
        "milliseconds": {
            stage: {"p50": round(latency.p50, 1), "p95": round(latency.p95, 1)} for stage, latency in scores.latencies.items()
        },
    }


def _kind_object(scores: KindScores) -> Json:
    return {
        "questions": scores.questions,
        "f1": round(scores.f1, 4),
        "exact_match": round(scores.exact, 4),
        "right": round(scores.right, 4),
        "refused": round(scores.refused, 4),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def answers_rows(scores: AnswerScores) -> Rows:
    """Return what people read; what nothing is known about is left out."""
    measures: list[tuple[str, float | None]] = [
        ("F1 on answerable questions", scores.f1),
        ("Exact match", scores.exact),
        ("Answered right", scores.right),
        ("F1 of the best alternative", scores.best_f1),
        ("Right article cited", scores.cited),
        ("Right article cited first", scores.cited_first),
        ("Unanswerable refused (abstention recall)", scores.abstention_recall),
        ("Refusals that were due (abstention precision)", scores.abstention_precision),
        ("Answerable refused (false refusals)", scores.false_refusals),
        *((f"Unanswerable refused at {100 * share:g} % false refusals", refused) for share, refused in scores.refused_at.items()),
        ("Questions answered", scores.answered),
        ("Answers that are right", scores.answered_precision),
        ("Calibration error (10 bins)", scores.calibration_error),
        ("Calibration error of the given answers", scores.calibration_error_answered),
        ("Area under the risk-coverage curve", scores.aurc),
    ]
    return [
        ("Questions", f"{scores.questions} ({scores.answerable} answerable)"),
        *((name, f"{value:.3f}") for name, value in measures if value is not None),
        *_latency_rows(scores),
    ]


def _latency_rows(scores: AnswerScores) -> Rows:
    """Return a row for each stage of answering."""
    return [(f"{stage.capitalize()}, p50 / p95", f"{found.p50:.0f} / {found.p95:.0f} ms") for stage, found in scores.latencies.items()]


def kind_rows(scores: AnswerScores) -> list[tuple[str, ...]]:
    """Return a row for each kind of question: its name, number, F1, exact match, share answered right, share refused."""
    return [
        (kind.value.replace("_", " "), str(each.questions), *(f"{value:.2f}" for value in (each.f1, each.exact, each.right, each.refused)))
        for kind, each in scores.kinds.items()
    ]
