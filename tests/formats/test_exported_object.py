"""Which objects that a text of MDX exports are a header, and which of their values can be told."""

import pytest

from refeed.formats.headers.exported_object import exported_object
from refeed.formats.headers.withheld_exports import withheld_by_exports


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"plain"', "plain"),
        ("'it\\'s'", "it's"),
        ("`two\nlines`", "two\nlines"),
        ("`of ${place}`", None),  # only a program knows the place
        ('"one " + "two"', "one two"),
        ('"one " + two', None),
        ('"\\u{1F6A2} \\ud83d\\udea2"', "🚢 🚢"),  # both ways to write a ship
        ("true", True),
        ("12", "12"),
        ('new Date("2024-03-09")', "2024-03-09"),
        ("new Date(2024, 2, 9)", None),
        ("new Date()", None),
        ("!0", True),  # as minifiers write it
        ("!1", False),
        ('!"text"', False),
        ("!!1", True),
        ("!place", None),
        ("place", None),
        ("place.name", None),
        ("name({ a: 1, b: [2] })", None),
        ("<b>it's, {place}</b>", None),
        ('["a", b, "c"]', ["a", "c"]),
        ('{ "a": { b: "c", d } }', {"a": {"b": "c"}}),
        ('"a" as const', "a"),
        (r"/\"/", None),  # a mark that is escaped begins no text
        ("[" * 20 + "]" * 20, [[[[[[[]]]]]]]),  # what is nested deeper is left out
    ],
)
def test_values_that_are_written_out_are_read(value: str, expected: object) -> None:
    read = exported_object(f'export const page = {{ before, title: "Tide", ...rest, value: {value}, last: "end" }};\n')

    assert read is not None
    assert read.members.get("value") == expected
    assert (read.members["title"], read.members["last"]) == ("Tide", "end")


@pytest.mark.parametrize(
    "call",
    [
        "createMetadata({ MEMBERS });",
        "Object.freeze({\n  MEMBERS,\n})",
        "page.meta(\n  { MEMBERS },\n);",
        "meta( { MEMBERS } )",
    ],
)
def test_an_object_that_a_function_is_given_alone_is_read(call: str) -> None:
    members = 'title: "Tide", draft: true'
    read = exported_object(f"export const page = {call.replace('MEMBERS', members)}\n\nText.")

    assert read is not None
    assert read.members == {"title": "Tide", "draft": True}
    assert f"export const page = {call.replace('MEMBERS', members)}\n"[read.end :] == ""


@pytest.mark.parametrize(
    "text",
    [
        'export const page = meta({ title: "Tide" }, { title: "Ebb" });',  # which of them counts?
        'export const page = meta({ title: "Tide" }',
        'export const page = ({ title: "Tide" }) => title;',
        'export default meta({ title: "Tide" });',
        'export const parts = { h1: Heading, size: "wide" };\n\nText.',  # components
        'export const page = { title: "Tide",\n\nText.',  # never closed
        'export const page = { title: "Tide" ]\n\nText.',
        'export function page() { return { title: "Tide" } }\n',
        'Text.\n\nexport const page = { title: "Tide" };\n',  # below the text
        'const page = { title: "Tide" };\n',
    ],
)
def test_other_objects_are_no_header(text: str) -> None:
    assert exported_object(text) is None


def test_a_header_may_stand_below_an_object_that_is_none() -> None:
    text = 'export const parts = { h1: Heading };\nexport default { date: "2024-03-09" }\nText.'

    read = exported_object(text)

    assert read is not None
    assert (read.members, text[read.start : read.end]) == ({"date": "2024-03-09"}, text[38:-5])


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("export const draft = true", {"draft": True}),
        ("export let draft: boolean = !0;", {"draft": True}),
        ("export const draft =\n  true as const // for now", {"draft": True}),
        ("export const published = !1", {"published": False}),
        ("export const published = undefined;", {"published": False}),
        ("export const size = 3\nexport const draft = 1", {"draft": "1"}),
        ('export const title = "Tide"\nexport const date = "2024-05-03"', {"title": "Tide", "date": "2024-05-03"}),
        ('export const meta = { title: "Tide", published: null }', {"title": "Tide", "published": False}),
        ('export const meta = { title: "Tide", publishedAt: day("2024-05-03") }', {"title": "Tide"}),  # there is one
        ("export const meta = { status: Status.PUBLISHED }", {"status": "published"}),
        ("export const status = site.Stage.InReview;", {"status": "inreview"}),
    ],
)
def test_constants_are_a_header(text: str, members: object) -> None:
    read = exported_object(f"{text}\n\nText.\n")

    assert read is not None
    assert (read.members, read.unknown) == (members, None)
    assert f"{text}\n\nText.\n"[read.end :].strip() == "Text."


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (
            'export const page = { draft: process.env.NODE_ENV !== "production", n: 1 };',
            ("draft", 'process.env.NODE_ENV !== "production"'),
        ),
        ('export const page = { title: "Tide", draft };', ("draft", "draft")),
        ("export const page = { published: isLive(day) }", ("published", "isLive(day)")),
        ("export const draft = import.meta.env.DEV;", ("draft", "import.meta.env.DEV")),
        ("export const draft = true && isEarly", ("draft", "true && isEarly")),
        ("export const published = () => {", ("published", "() => {")),
        ("export const DRAFT = isEarly", ("DRAFT", "isEarly")),
        ("export const page = { publishedAt: isLive ? day : null }", ("publishedAt", "isLive ? day : null")),
        ("export const page = { status: post.published }", ("status", "post.published")),  # a switch of something
        ("export const page = { status: State.Done }", ("status", "State.Done")),
    ],
)
def test_what_a_program_alone_knows_of_publication_is_told(text: str, unknown: object) -> None:
    read = exported_object(f"{text}\n\nText.")

    assert read is not None
    assert read.unknown == unknown


@pytest.mark.parametrize(
    "text",
    [
        "export const size = 3",
        'export const layout = "wide"',
        "export const Box = () => {",
        "export const Draft = ({ children }) => (",  # a component, whatever it is called
        'export const Private = styled("div")',
        "export const state = useState(0)",
        "export const status = React.useState<string>()",
    ],
)
def test_other_constants_are_no_header(text: str) -> None:
    assert exported_object(f"{text}\n\nText.") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("export const Box = () => {\n  return 1\n}\n\nexport const draft = true\n\nText.", "draft"),
        ("The tide.\n\nexport const draft = isEarly\n", "draft"),
        ("The tide.\n\nexport const published = !1;\n", "draft"),
        ("The tide.\n\n```js\nexport const draft = true\n```\n", None),  # what it is about
        ("The tide.\n\n````md\n```js\nexport const draft = true\n```\n````\n", None),
        ("The tide.\n\n````md\n```\n````\n\nexport const draft = true\n", "draft"),  # three marks ended nothing
        ("The tide.\n\n{/*\nexport const draft = true\n*/}\n", None),  # its author took it back
        ("The tide.\n\n<!--\nexport const draft = true\n-->\n", None),
        ("The tide <!-- low.\n\nexport const draft = true\n", "draft"),
        ("The tide.\n\nexport const postMeta = { draft: true }\n", "draft"),
        ("export const Box = () => {\n  return 1\n}\n\nexport const metadata = {\n  draft: true,\n}\n", "draft"),
        ("The tide.\n\nexport const style = { hidden: true }\n", None),  # of a component
        ("The tide.\n\nexport const draft = false\n", None),
        ("The tide.\n\nexport const depth = true\n", None),
    ],
)
def test_constants_below_the_header_withhold_outside_of_code(text: str, code: str | None) -> None:
    told = withheld_by_exports(text, 8)
    assert (told.code if told else None) == code
