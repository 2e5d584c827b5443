"""What a header says behind YAML's names, tags and merge keys, and how far aliases may unfold."""

from refeed.formats.headers.yaml.anchored import read_anchored
from refeed.vocabulary.fields import Value


def size(value: Value) -> int:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return 1 + sum(map(size, inner))


def depth(value: Value) -> int:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return 1 + max(map(depth, inner), default=0)


def test_aliases_tags_and_merged_tables_are_followed() -> None:
    said = "base: &b {draft: !x yes, kind: &k [a, b]}\n!!merge <<: *b\nkind: post\nother: *k\n*gone : *gone"
    base: dict[str, Value] = {"draft": "yes", "kind": ["a", "b"]}
    own: dict[str, Value] = {"kind": "post", "other": ["a", "b"], "": ""}  # they count before those that are merged
    assert read_anchored(said) == {"base": base, "<<": base, "draft": "yes"} | own


def test_what_is_no_yaml_costs_itself() -> None:
    assert read_anchored("a: b: c\nd: &d no\ne: [\nf: *d") == {"d": "no", "f": "no"}


def test_a_bomb_of_aliases_does_not_unfold() -> None:
    levels = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12)]
    found = read_anchored("\n".join(["a0: &a0 [x, x]", *levels]))
    assert sum(map(size, found.values())) < 5_000  # 2 * 9 ** 11 otherwise


def test_what_is_nested_by_aliases_is_never_deep() -> None:
    chain = [f"a{at}: &a{at} [*a{at - 1}]" for at in range(1, 3000)]
    found = read_anchored("\n".join(["a0: &a0 [x]", *chain]))
    assert max(map(depth, found.values())) < 100  # readers of values call themselves
    assert read_anchored("a: &a " + "[" * 5000) == {}
