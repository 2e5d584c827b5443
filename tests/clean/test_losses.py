"""What a body loses is reported: one problem a code, with the line of the first loss and their number."""

from refeed.clean.body import Body, Cleaned, clean_body
from refeed.clean.losses import problems_of
from refeed.clean.types import Loss
from refeed.problems import Problem


def clean(raw: str) -> Cleaned:
    return clean_body(Body(raw, markdown=False, title="", url=None, dateline=None, images=()))


def test_the_line_is_that_of_the_first_loss_of_its_code() -> None:
    raw = "<p>One</p>\n<p>Two</p>\n<img src='/b.png?x=1&amp;y=2'>\n<img src='/a.png'>\n<img src='cid:1'>"
    found = {problem.code: problem.line for problem in clean(raw).problems}
    assert found == {"relative-url": 3, "media-lost": 5}


def test_the_number_of_the_others_is_said() -> None:
    (problem,) = problems_of("x\n/a", [Loss("relative-url", "/a"), Loss("relative-url", "/b")], ())
    assert problem == Problem("relative-url", "relative address in an article without a link: /a (and 1 more)", line=2)


def test_the_line_of_a_link_of_notes_is_that_of_the_link_whatever_follows_its_name() -> None:
    raw = "Fog in the log\n![[quay.png|center|500]]\n[[Fog|the fog]]\n"
    losses = [Loss("media-lost", "![[quay.png]]"), Loss("unknown-post", "Fog")]
    assert {problem.code: problem.line for problem in problems_of(raw, losses, ())} == {
        "media-lost": 2,
        "unknown-post": 3,
    }


def test_an_address_is_found_as_its_writer_spelt_it() -> None:
    (problem,) = problems_of("Ebb\n[top](#flut-über)", [Loss("relative-url", "#flut-%C3%BCber")], ())
    assert problem.line == 2


def test_a_loss_that_the_body_does_not_spell_so_has_no_line() -> None:
    (problem,) = problems_of("<video>", [Loss("media-lost", "Map of the quay")], ())
    assert problem.line == 0


def test_a_large_picture_in_the_body_leaves_its_words() -> None:
    # 200,000 characters are more than one picture may take of a feed.
    cleaned = clean(f"<p>Ebb</p><img src='data:image/png;base64,{'QUJD' * 50_000}' alt='Plot of the ebb'>")
    assert cleaned.content == "<p>Ebb</p>\n<p>Plot of the ebb</p>"
    assert [problem.code for problem in cleaned.problems] == ["media-lost"]
