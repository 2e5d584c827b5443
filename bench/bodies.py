"""Measure what it costs refeed to clean one body, and where the time goes.

python bench/bodies.py [--count N] [--rounds N] [--size BYTES] [--seed N]
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from random import Random
from statistics import mean, median, quantiles
from time import process_time
from typing import Final, NamedTuple, ParamSpec, TypeVar
from unittest.mock import patch

import invented
from bs4 import BeautifulSoup
from generate import DIRT, KINDS, make_article

from refeed.clean import body as cleaner
from refeed.clean.body import Body, clean_body
from refeed.clean.types import Note
from refeed.dates.dateline import find_dateline
from refeed.html.page import Page

P = ParamSpec("P")
R = TypeVar("R")

DIRTY: Final = 0.5  # share of the blocks that are hard to clean, in every other body
STAGES: Final = (
    "detect_markup",
    "to_html",
    "parse_within",
    "serialise",
    "sanitise",
)  # of clean_body, besides its steps
NO_FRONT_MATTER: Final = frozenset({"dated-link", "epoch-link"})


class Sample(NamedTuple):
    """One body, and how large and how dirty it is."""

    body: Body
    size: int  # bytes of UTF-8
    tags: int
    dirty: bool


class Inside(NamedTuple):
    """Where the time of one pass over all bodies went."""

    stages: dict[str, float]  # seconds
    steps: dict[str, float]  # seconds
    parses: tuple[int, ...]  # by bs4, of every body


def make_samples(count: int, size: int, seed: int) -> tuple[Sample, ...]:
    """Generate bodies of every format, each of about `size` bytes, every other one dirty."""
    languages = invented.languages(seed)
    samples = []
    for number in range(count):
        dirty = bool(number % 2)
        article = make_article(seed, number, languages)._replace(stub=False, dirt=DIRTY if dirty else DIRT)
        text = KINDS[article.kind].body(Random(f"{seed} body {number}"), article, size)
        url = article.url if KINDS[article.kind].linked else None
        markdown = article.kind not in NO_FRONT_MATTER
        body = Body(text, markdown, article.title, url, find_dateline(text[:4_000]), ())
        samples.append(Sample(body, len(text.encode()), text.count("<"), dirty))
    return tuple(samples)


def measure(
    samples: Sequence[Sample], rounds: int, work: Callable[[Body], object] = clean_body
) -> tuple[tuple[float, ...], ...]:
    """Return the seconds of CPU of every body in every round, after a round that is not counted."""
    counted = []
    for number in range(rounds + 1):
        seconds = []
        for sample in samples:
            start = process_time()
            work(sample.body)
            seconds.append(process_time() - start)
        if number:
            counted.append(seconds)
    return tuple(zip(*counted, strict=True))


def parse(body: Body) -> object:
    """Parse a raw body as bs4 does by itself."""
    return BeautifulSoup(f"<body>{body.text}", "lxml")


def look_inside(samples: Sequence[Sample]) -> Inside:
    """Clean every body once with a clock around every stage and step, and count how often bs4 parses."""
    stages = dict.fromkeys(STAGES, 0.0)
    steps = {step.name: 0.0 for step in cleaner.STEPS}
    parses = []
    watched = tuple(step._replace(run=_timed(_drained(step.run), step.name, steps)) for step in cleaner.STEPS)
    with ExitStack() as patches:
        patches.enter_context(patch.object(cleaner, "STEPS", watched))
        for name in STAGES:
            patches.enter_context(patch.object(cleaner, name, _timed(getattr(cleaner, name), name, stages)))
        for sample in samples:
            with patch.object(BeautifulSoup, "__init__", autospec=True, side_effect=BeautifulSoup.__init__) as parse:
                clean_body(sample.body)
            parses.append(parse.call_count)
    return Inside(stages, steps, tuple(parses))


def _drained(run: Callable[[Page, Body], Iterator[Note]]) -> Callable[[Page, Body], Iterator[Note]]:
    """Let a step, which is a generator, do all of its work when it is called."""
    return lambda page, body: iter(list(run(page, body)))


def _timed(function: Callable[P, R], name: str, seconds: dict[str, float]) -> Callable[P, R]:
    def timed(*args: P.args, **kwargs: P.kwargs) -> R:
        start = process_time()
        result = function(*args, **kwargs)
        seconds[name] += process_time() - start
        return result

    return timed


def report(samples: Sequence[Sample], times: Sequence[Sequence[float]]) -> None:
    """Print milliseconds a body, by kind of body and for all."""
    names = ("milliseconds of CPU", "bodies", "kB", "B / tag", "median", "p90", "per 10 kB", "p90")
    print("{:<20} {:>7} {:>6} {:>8} {:>7} {:>7} {:>10} {:>7}".format(*names))
    rows = [(sample, median(rounds) * 1e3) for sample, rounds in zip(samples, times, strict=True)]
    for name, chosen in (
        ("as archives are", [row for row in rows if not row[0].dirty]),
        ("dirty", [row for row in rows if row[0].dirty]),
        ("all", rows),
    ):
        each, relative = [ms for _, ms in chosen], [ms * 10_000 / sample.size for sample, ms in chosen]
        sizes = [sample.size for sample, _ in chosen]
        density = sum(sizes) / sum(sample.tags for sample, _ in chosen)
        print(
            f"  {name:<18} {len(chosen):>7} {median(sizes) / 1e3:>6.1f} {density:>8.0f} {median(each):>7.2f}"
            f" {_p90(each):>7.2f} {median(relative):>10.2f} {_p90(relative):>7.2f}"
        )
    average = mean(second for rounds in times for second in rounds) * 1e3
    print(f"mean {average:.2f}, with the collection of garbage\n")


def report_inside(inside: Inside) -> None:
    """Print the shares of the stages and of the steps, and the number of parses."""
    steps = sum(inside.steps.values())
    total = steps + sum(inside.stages.values())
    print("share of the stages: " + _shares({**inside.stages, "steps": steps}, total))
    print("share of the steps: " + _shares(inside.steps, total))
    print(f"bs4 parses a body: {min(inside.parses)} to {max(inside.parses)}")


def _shares(seconds: dict[str, float], total: float) -> str:
    ranked: Iterable[tuple[str, float]] = sorted(seconds.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {second / total:.1%}" for name, second in ranked)


def _whole(times: Sequence[Sequence[float]]) -> float:
    """Return the seconds of all bodies, each in its quickest round."""
    return sum(map(min, times))


def _p90(values: Sequence[float]) -> float:
    return quantiles(values, n=10, method="inclusive")[-1]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description="Measure what it costs to clean one body.")
    parser.add_argument("--count", type=int, default=200, help="bodies, at least 4 (default: 200)")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds over all of them (default: 5)")
    parser.add_argument("--size", type=int, default=10_000, help="bytes of a body (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="of the bodies (default: 1)")
    options = parser.parse_args()
    samples = make_samples(options.count, options.size, options.seed)
    times = measure(samples, options.rounds)
    report(samples, times)
    parses = measure(samples, options.rounds, parse)
    print(f"clean_body / bs4's own parse of the raw text: {_whole(times) / _whole(parses):.2f}")
    report_inside(look_inside(samples))


if __name__ == "__main__":
    main()
