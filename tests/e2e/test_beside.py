"""Commands beside the running bot: it has the folder, and does their work."""

from pathlib import Path

import pytest

from tests.contract import Added, Asked
from tests.e2e.facts import MEETING, NOT_TOLD, THE_DAY, tells_the_day
from tests.e2e.serving import ADMINISTRATOR
from tests.running import Quotewire
from tests.telegram import BotApi, Chat, ConnectionReset, User

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("serving")]

NEWS = "The Skelmouth lighthouse was painted green on 3 May.\n\nKeeper Ida Brandt said that the old white paint had peeled."


def test_a_question_is_answered_by_the_bot(served: Quotewire) -> None:
    finished = served.run("ask", MEETING, "--json")
    asked = finished.read(Asked)
    assert (finished.code, finished.stderr) == (0, "")
    assert asked.answer
    assert THE_DAY.search(asked.answer.text)
    assert served.run("ask", NOT_TOLD).code == 3


def test_an_article_comes_and_goes_while_the_bot_answers(served: Quotewire, api: BotApi, tmp_path: Path) -> None:
    (tmp_path / "lighthouse.txt").write_text(f"Lighthouse painted green\n\n{NEWS}\n")
    asked = api.private_message(MEETING, user=User(150))
    first = served.run("add", str(tmp_path), "--json").read(Added)
    again = served.run("add", str(tmp_path), "--json").read(Added)
    assert ([len(first.added), len(again.unchanged)], first.added[0].id) == ([1, 1], again.unchanged[0].id)
    assert tells_the_day(api.reply(asked))
    assert "3 May" in api.reply(api.private_message("when was the lighthouse painted?", user=User(151))).text
    assert served.run("remove", first.added[0].id).stdout == "1 article removed.\n"
    assert "3 May" not in api.reply(api.private_message("when was the lighthouse painted?", user=User(152))).text


def test_a_document_is_added_from_the_chat_and_taken_back(api: BotApi, served: Quotewire) -> None:
    document = api.document("lighthouse.txt", f"Lighthouse painted green\n\n{NEWS}\n".encode(), user=ADMINISTRATOR)
    card = api.reply(document)
    (added,) = api.wait_for(lambda: [now for now in api.replies(document) if now.buttons])
    assert (added.id, "Lighthouse painted green" in added.text, "1 passage" in added.text) == (card.id, True, True)
    assert served.run("ask", "when was the lighthouse painted?").code == 0
    api.settled(api.press("Undo", added, user=ADMINISTRATOR))
    assert api.wait_for(lambda: [now for now in api.replies(document) if "1 article removed" in now.text])
    assert served.run("ask", "when was the lighthouse painted?").code == 3


def test_a_document_is_reported_even_where_the_first_message_about_it_was_lost(api: BotApi, served: Quotewire) -> None:
    chat = Chat.with_person(ADMINISTRATOR)
    api.fail_next("sendMessage", ConnectionReset(), chat=chat)
    api.document("heron.txt", b"Herons nest in Skelmouth\n\nTwo herons built a nest on the harbour crane on 7 May.\n", user=ADMINISTRATOR)
    (report,) = api.wait_for(lambda: [shown for shown in api.messages(chat) if "Herons nest in Skelmouth" in shown.text and shown.buttons])
    assert [path for path in (served.data_dir / "uploads").rglob("*") if path.is_file()] == []
    api.settled(api.press("Undo", report, user=ADMINISTRATOR))
    assert api.wait_for(lambda: [shown for shown in api.messages(chat) if shown.id == report.id and "1 article removed" in shown.text])


def test_the_doctor_asks_the_bot_whether_the_stores_agree(served: Quotewire) -> None:
    finished = served.run("doctor")
    assert "vectors, keywords and copies agree with the catalog" in finished.stdout
