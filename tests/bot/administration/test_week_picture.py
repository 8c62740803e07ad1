from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.administration.question_log import Figures
from bot.administration.week_picture import draw_days


@pytest.mark.parametrize("counted", [Figures(), Figures(1, 0, 900), Figures(12_345, 12_000, 40)])
def test_days_are_drawn_with_and_without_questions(counted: Figures) -> None:
    picture = draw_days([(date(2025, 2, day), counted if day % 2 else Figures()) for day in range(1, 8)])
    with Image.open(BytesIO(picture)) as image:
        assert (image.format, image.size) == ("PNG", (960, 780))
