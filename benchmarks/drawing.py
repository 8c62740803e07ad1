"""A chat as a picture: messages drawn from the text, the entities and the buttons that Telegram was given for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont

WIDTH = 860
"""Of a picture, in pixels: a phone's screen at twice its points."""
MARGIN, PADDING, GAP = 28, 22, 14
FONT_SIZE, LINE_HEIGHT, BUTTON_HEIGHT = 27, 37, 62
QUOTE_INDENT = 18

BACKGROUND, BOT, PERSON, QUOTE_FILL, BUTTON = "#cfdde8", "#ffffff", "#e2f7cb", "#eef4fb", "#a9c1d3"
INK, LINK, BAR, BUTTON_INK = "#16191d", "#2367a8", "#3a86d0", "#ffffff"

_FONTS = {
    (False, False): "DejaVuSans",
    (True, False): "DejaVuSans-Bold",
    (False, True): "DejaVuSans-Oblique",
    (True, True): "DejaVuSans-BoldOblique",
}
_THUMB = ((0.1, 0.45), (0.3, 0.45), (0.5, 0.05), (0.62, 0.1), (0.6, 0.4), (0.95, 0.4), (0.88, 0.9), (0.4, 0.9), (0.3, 0.82), (0.1, 0.82))
"""A raised thumb in a square of side 1: the fonts at hand have none."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a character looks."""

    bold: bool = False
    italic: bool = False
    link: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style, side by side."""

    text: str
    style: Style

    @property
    def width(self) -> float:
        """In pixels."""
        return sum(_advance(character, self.style) for character in self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line."""

    runs: tuple[Run, ...]
    quoted: bool

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message: its words with their styles, the rows of its buttons, and an image above the words."""

    text: str
    styles: tuple[Style, ...] = ()
    buttons: tuple[tuple[str, ...], ...] = ()
    from_person: bool = False
    image: bytes = b""

    def __post_init__(self) -> None:
        if self.styles and len(self.styles) != len(self.text):
            raise ValueError(f"styles must be one for each of the {len(self.text)} characters, got {len(self.styles)}")


def styles_of(text: str, entities: Sequence[dict[str, object]]) -> tuple[Style, ...]:
    """Return the style of each character of `text`; the offsets of `entities` count UTF-16 units, as Telegram's do."""
    styles = [Style() for _ in text]
    units = [place for place, character in enumerate(text) for _ in range(1 + (ord(character) > 0xFFFF))]
    for entity in entities:
        start, length = int(str(entity["offset"])), int(str(entity["length"]))
        for place in dict.fromkeys(units[start : start + length]):
            styles[place] = _styled(styles[place], str(entity["type"]))
    return tuple(styles)


def _styled(style: Style, entity: str) -> Style:
    match entity:
        case "bold":
            return replace(style, bold=True)
        case "italic":
            return replace(style, italic=True)
        case "text_link" | "url" | "date_time" | "bot_command" | "mention":
            return replace(style, link=True)
        case "blockquote" | "expandable_blockquote":
            return replace(style, quoted=True)
    return style


def lines_of(bubble: Bubble, width: float) -> list[Line]:
    """Return the words of `bubble` in lines of at most `width` pixels, broken between words, or in a word that is wider."""
    styles = bubble.styles or tuple(Style() for _ in bubble.text)
    lines, at = [], 0
    for paragraph in bubble.text.split("\n"):
        styled = list(zip(paragraph, styles[at : at + len(paragraph)], strict=True))
        quoted = bool(styled) and styled[0][1].quoted
        lines += [Line(_runs(row), quoted) for row in _broken(styled, width - QUOTE_INDENT * quoted)] or [Line((), quoted)]
        at += len(paragraph) + 1
    return lines


Styled = list[tuple[str, Style]]


def _broken(styled: Styled, width: float) -> Iterator[Styled]:
    text = "".join(character for character, _ in styled)
    row: Styled = []
    room = width
    for word in re.finditer(r"\s*\S+\s*?", text):
        piece = styled[word.start() : word.end()]
        needed = sum(_advance(*one) for one in piece)
        if needed > room and row:
            yield row
            row, room = [], width
            piece = piece[len(word[0]) - len(word[0].lstrip()) :]
        for one in piece:
            if room < _advance(*one) and row:
                yield row
                row, room = [], width
            row.append(one)
            room -= _advance(*one)
    if row:
        yield row


def _runs(styled: Styled) -> tuple[Run, ...]:
    return tuple(Run("".join(character for character, _ in group), style) for style, group in groupby(styled, key=lambda one: one[1]))


@cache
def _font(style: Style) -> ImageFont.FreeTypeFont:
    name = f"{_FONTS[style.bold, style.italic]}.ttf"
    return ImageFont.truetype(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name), FONT_SIZE)


@cache
def _advance(character: str, style: Style) -> float:
    return FONT_SIZE * 1.25 if _is_emoji(character) else _font(style).getlength(character)


def _is_emoji(character: str) -> bool:
    """Whether a character is a little picture, which the fonts at hand lack."""
    return ord(character) >= 0x1F300


def draw(bubbles: Sequence[Bubble]) -> bytes:
    """Return the messages, one below the other, as a PNG."""
    parts = [_bubble(bubble) for bubble in bubbles]
    canvas = Image.new("RGB", (WIDTH, sum(part.height + GAP for part in parts) + 2 * MARGIN - GAP), BACKGROUND)
    top = MARGIN
    for part, bubble in zip(parts, bubbles, strict=True):
        canvas.paste(part, (WIDTH - MARGIN - part.width if bubble.from_person else MARGIN, top))
        top += part.height + GAP
    written = BytesIO()
    canvas.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _bubble(bubble: Bubble) -> Image.Image:
    most = WIDTH - 2 * MARGIN - 2 * PADDING - (120 if bubble.from_person else 0)
    lines = lines_of(bubble, most)
    wide = max((sum(run.width for run in line.runs) + QUOTE_INDENT * line.quoted for line in lines), default=0)
    image = _image(bubble.image, most) if bubble.image else None
    inner = int(most if bubble.buttons or image or any(line.quoted for line in lines) else wide + 1)
    above = image.height + PADDING if image else 0
    high = 2 * PADDING + above + LINE_HEIGHT * len(lines)
    part = Image.new("RGB", (inner + 2 * PADDING, high + (BUTTON_HEIGHT + 6) * len(bubble.buttons)), BACKGROUND)
    pen = ImageDraw.Draw(part)
    pen.rounded_rectangle((0, 0, part.width - 1, high - 1), 22, fill=PERSON if bubble.from_person else BOT)
    if image:
        part.paste(image, (PADDING, PADDING))
    for number, line in enumerate(lines):
        _line(pen, line, PADDING, PADDING + above + number * LINE_HEIGHT, inner)
    for number, row in enumerate(bubble.buttons):
        _buttons(pen, row, high + 6 + number * (BUTTON_HEIGHT + 6), part.width)
    return part


def _image(data: bytes, width: int) -> Image.Image:
    image = Image.open(BytesIO(data)).convert("RGB")
    return image.resize((width, round(image.height * width / image.width)))


def _line(pen: ImageDraw.ImageDraw, line: Line, left: float, top: float, width: int) -> None:
    if line.quoted:
        pen.rectangle((left, top - 2, left + width, top + LINE_HEIGHT - 3), fill=QUOTE_FILL)
        pen.rectangle((left, top - 2, left + 5, top + LINE_HEIGHT - 3), fill=BAR)
        left += QUOTE_INDENT
    for run in line.runs:
        _write(pen, run, left, top, LINK if run.style.link else INK)
        left += run.width


def _write(pen: ImageDraw.ImageDraw, run: Run, left: float, top: float, ink: str) -> None:
    for character in run.text:
        if character in "👍👎":
            _thumb(pen, left, top, ink, up=character == "👍")
        elif _is_emoji(character):
            pen.ellipse((left + 3, top + 5, left + FONT_SIZE, top + 2 + FONT_SIZE), outline=ink, width=3)
        else:
            pen.text((left, top), character, font=_font(run.style), fill=ink)
        left += _advance(character, run.style)


def _thumb(pen: ImageDraw.ImageDraw, left: float, top: float, ink: str, *, up: bool) -> None:
    size = FONT_SIZE * 1.1
    pen.polygon([(left + x * size, top + 2 + (y if up else 1 - y) * size) for x, y in _THUMB], fill=ink)


def _buttons(pen: ImageDraw.ImageDraw, labels: Sequence[str], top: float, width: int) -> None:
    each = (width - 6 * (len(labels) - 1)) / len(labels)
    for number, label in enumerate(labels):
        left = number * (each + 6)
        pen.rounded_rectangle((left, top, left + each, top + BUTTON_HEIGHT - 1), 16, fill=BUTTON)
        run = _fitted(label, each - 24)
        _write(pen, run, left + (each - run.width) / 2, top + (BUTTON_HEIGHT - LINE_HEIGHT) / 2, BUTTON_INK)


def _fitted(label: str, width: float) -> Run:
    """Return the label, shortened as clients do it."""
    run = Run(label, Style(bold=True))
    while run.width > width and len(label) > 1:
        label = label[:-1]
        run = Run(f"{label.rstrip()}…", run.style)
    return run
