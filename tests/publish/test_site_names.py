"""Names in one piece of bytes are the same set, in order."""

from hypothesis import given
from hypothesis import strategies as st

from refeed.publish.names import Names

NAMES = st.lists(st.text("ab港\ud800\U0001f6a2\n", max_size=3), max_size=8)


@given(NAMES, NAMES)
def test_names_are_a_sorted_set(some: list[str], others: list[str]) -> None:
    names = Names(some)
    assert [*names] == sorted({*some})
    assert [names.position(name) for name in sorted({*some})] == [*range(len(names))]
    assert [name in names for name in others] == [name in some for name in others]
    assert [*names.without(Names(others))] == sorted({*some} - {*others})
