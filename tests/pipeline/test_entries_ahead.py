"""Entries that are made ahead: which are begun, in which order, and what is done again."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from refeed.model import LinkedPost, SourceFile
from refeed.pipeline.entries.task import EntryResult, EntryTask, RecordRef
from refeed.pipeline.second_pass.entries_ahead import entries_ahead
from refeed.pipeline.second_pass.kinds_of_files import Kind
from refeed.pipeline.second_pass.limit_and_span import Window
from refeed.pipeline.second_pass.read_ahead import Wanted
from refeed.records.selection.article import Article
from refeed.records.selection.fold import Rank

NEWEST = datetime(2020, 5, 1, tzinfo=UTC)


def wanted(sizes: str) -> Iterator[Wanted]:
    """Yield articles named a, b, c, …, one a day, with so many bytes each."""
    for number, size in enumerate(map(int, sizes)):
        seconds = (NEWEST - timedelta(days=number)).timestamp()
        rank = Rank(seconds, size, 0, 0, seconds)
        winner = RecordRef(SourceFile(chr(ord("a") + number), ""), 0)
        yield Article(b"", seconds, rank, rank, 0), EntryTask(b"", winner, None, (), None, is_shared=False)


class Workshop:
    """Makes entries at once, and knows what it was given; posts may be asked for by the names of tasks."""

    def __init__(
        self,
        *,
        limit: int = 0,
        handful: int = 1,
        ahead: int = 16,
        parts: int = 99,
        asking: str = "",
        markdown: str = "",
    ) -> None:
        """Take how much goes out and is made at once, who asks, and whose files are of another kind than the others."""
        self.begun = list[str]()
        self._asking, self._markdown, self._window = asking, markdown, Window(limit, timedelta(0), 0)
        self.handful, self._most_ahead, self._parts = handful, ahead, parts
        self.out = 0  # entries that the feed holds

    def submit(self, tasks: list[EntryTask]) -> Callable[[], list[EntryResult]]:
        """Begin them; what is returned has their results."""
        self.begun.append("".join(task.winner.source.path + "'" * len(task.posts) for task in tasks))
        return lambda: [self._result(task) for task in tasks]

    def _result(self, task: EntryTask) -> EntryResult:
        asks = task.winner.source.path in self._asking and not task.posts
        return EntryResult(None, (), asked=("post",) if asks else ())

    def task_again(self, task: EntryTask, result: EntryResult) -> EntryTask:
        """Return the task with the posts that it asked for."""
        return task._replace(posts=tuple((one, LinkedPost("https://x.example/", "")) for one in result.asked))

    def is_expected(self, article: Article, first: Article, before: int) -> bool:
        """Return whether it is within the limit."""
        return self._window.holds(self.out + before, article.date, first.date)

    def ahead(self) -> int:
        """Return how many should be under way."""
        return self._most_ahead

    def parts(self) -> int:
        """Return into how many parts the work is divided."""
        return self._parts

    def kinds(self, tasks: list[EntryTask]) -> list[Kind]:
        """Return what tells the files of a kind."""
        return [(".md", task.winner.source.path not in self._markdown) for task in tasks]

    def made(self, sizes: str, *, skipped: int = 0) -> str:
        """Return the days of the articles that go out, when the first ones do not."""
        days = ""
        for number, (article, wait) in enumerate(entries_ahead(wanted(sizes), self)):
            if not self._window.holds(self.out, article.date, article.date):
                break
            assert not wait().asked
            if number >= skipped:
                self.out += 1
                days += str((NEWEST - article.date).days)
        return days


def test_nothing_is_begun_beyond_the_limit() -> None:
    workshop = Workshop(limit=3)
    assert workshop.made("99999") == "012"
    assert workshop.begun == ["a", "b", "c"]


def test_more_is_begun_when_an_article_does_not_go_out() -> None:
    workshop = Workshop(limit=3)
    assert workshop.made("999999", skipped=2) == "234"
    assert sorted(workshop.begun) == ["a", "b", "c", "d", "e"]


def test_single_entries_are_begun_the_largest_first_and_come_in_their_order() -> None:
    workshop = Workshop(limit=5)
    assert workshop.made("24195") == "01234"
    assert workshop.begun == ["d", "e", "b", "a", "c"]


def test_large_parts_are_begun_first_and_the_last_entries_one_by_one() -> None:
    workshop = Workshop(limit=9, parts=3)
    # Of 27 bytes a third is 9, of the 18 that are left then 6, of 12 it is 4, of 9, of 6 and of 3 no more than one has.
    assert workshop.made("333333333") == "012345678"
    assert workshop.begun == ["abc", "de", "f", "g", "h", "i"]


def test_beside_what_is_larger_than_a_part_nothing_is_begun() -> None:
    workshop = Workshop(limit=5, parts=2)
    assert workshop.made("19111") == "01234"  # of the four bytes behind the large one two are half, then one is
    assert workshop.begun == ["b", "ac", "d", "e"]


def test_few_of_another_kind_are_begun_together_before_all_others() -> None:
    workshop = Workshop(limit=6, parts=3, markdown="be")
    # Of 20 bytes a third is 6, and the two have 4; of the 16 that are left a third is 5, which is not enough for two.
    assert workshop.made("424424") == "012345"
    assert workshop.begun == ["be", "a", "c", "d", "f"]


def test_many_of_another_kind_are_divided_as_all_are() -> None:
    workshop = Workshop(limit=6, parts=3, markdown="bef")
    # They have 9 of 18 bytes, and a third is 6: all begin as if they were of one kind.
    assert workshop.made("333333") == "012345"
    assert workshop.begun == ["ab", "c", "d", "e", "f"]


def test_handfuls_are_begun_in_order_as_far_as_there_is_room_for_whole_ones() -> None:
    workshop = Workshop(handful=2, ahead=5)
    assert workshop.made("1234567") == "0123456"
    assert workshop.begun == ["ab", "cd", "ef", "g"]


def test_alone_each_entry_is_begun_when_it_is_its_turn() -> None:
    workshop = Workshop(limit=2, handful=2, ahead=0)
    assert workshop.made("123") == "01"
    assert workshop.begun == ["a", "b"]


def test_all_that_ask_for_posts_are_begun_again_before_anybody_waits_for_one_of_them() -> None:
    workshop = Workshop(limit=4, asking="acd")
    assert workshop.made("4321") == "0123"
    assert workshop.begun == ["a", "b", "c", "d", "a'", "c'", "d'"]
