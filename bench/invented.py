"""Invent articles: words and sentences that look like Chinese, in both scripts, or like a language in Latin letters."""

from datetime import datetime
from random import Random
from typing import Final, NamedTuple

# The same common characters in both scripts, so that a text can be told to be in one of them.
SIMPLIFIED: Final = "这说国会发时过对来为学开关边见长东车马鸟鱼龙门问间电话语书写读画听声乐风云雨山水火木石路桥"
TRADITIONAL: Final = "這說國會發時過對來為學開關邊見長東車馬鳥魚龍門問間電話語書寫讀畫聽聲樂風雲雨山水火木石路橋"
SYLLABLES: Final = ("ba", "den", "fi", "gor", "hu", "kel", "lin", "mo", "nar", "os", "pri", "sul", "ta", "ver", "wim")
FOREIGN: Final = 0.12  # so many clauses bring a name in the other letters


class Language(NamedTuple):
    """A stock of invented words and sentences."""

    words: tuple[str, ...]
    sentences: tuple[str, ...]
    blank: str  # between words


class Article(NamedTuple):
    """What one dump is about."""

    number: int
    kind: str
    language: Language
    title: str
    outlet: str
    url: str
    moment: datetime
    stub: bool
    dirt: float  # share of its blocks that are hard to clean
    again: bool = False  # another dump of this article came before


def _chinese(rng: Random, characters: str, names: tuple[str, ...]) -> Language:
    words = tuple("".join(rng.choices(characters, k=rng.choice((1, 2, 2, 2, 3)))) for _ in range(1_500))
    clauses = ["".join(rng.choices(words, k=rng.randint(4, 9))) for _ in range(3_000)]
    clauses = [f"{clause}（{rng.choice(names)}）" if rng.random() < FOREIGN else clause for clause in clauses]
    sentences = tuple("，".join(rng.choices(clauses, k=rng.randint(1, 4))) + "。" for _ in range(3_000))
    return Language(words, sentences, "")


def _latin(rng: Random, names: tuple[str, ...]) -> Language:
    words = _latin_words(rng)
    clauses = [" ".join(rng.choices(words, k=rng.randint(6, 20))).capitalize() for _ in range(3_000)]
    sentences = tuple(
        f"{clause} ({rng.choice(names)}). " if rng.random() < FOREIGN else f"{clause}. " for clause in clauses
    )
    return Language(words, sentences, " ")


def _latin_words(rng: Random) -> tuple[str, ...]:
    return tuple("".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(1_500))


def languages(seed: int) -> tuple[Language, ...]:
    """Make the languages of one archive, the more common ones several times."""
    rng = Random(f"{seed} words")
    words = _latin_words(rng)
    names = tuple(" ".join(rng.choices(words, k=2)).title() for _ in range(300))
    simplified, traditional = _chinese(rng, SIMPLIFIED, names), _chinese(rng, TRADITIONAL, names)
    return (*[simplified] * 5, *[traditional] * 2, _latin(rng, simplified.words))


def title(rng: Random, language: Language) -> str:
    """Make a headline; one in ten has what breaks careless readers of headers."""
    line = language.blank.join(rng.choices(language.words, k=rng.randint(4, 10)))
    word, quirk = rng.choice(language.words), rng.random()
    if quirk < 0.05:
        return f"{line}  {word}"
    if quirk < 0.07:
        return f"{line}: “{word}” #{rng.randint(2, 99)}"
    if quirk < 0.09:
        return f"[{word}] {line} & {word}…"
    return f'{line} "{word}"' if quirk < 0.10 else line


def sentences(rng: Random, language: Language) -> list[str]:
    """Make the sentences of a paragraph."""
    return rng.choices(language.sentences, k=rng.randint(1, 6))
