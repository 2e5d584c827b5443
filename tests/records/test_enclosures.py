"""What headers say of sound, films and other files."""

import pytest

from refeed.formats.headers.statements import statements
from refeed.limits import DEFAULT_LIMITS
from refeed.model import Enclosure, FileStatement, HeaderFiles, Picture, Statement
from refeed.records.fields.enclosures import choose_files
from refeed.vocabulary.fields import Value


def chosen(*stated: FileStatement) -> HeaderFiles:
    return choose_files(stated, DEFAULT_LIMITS).value


def said(text: str, kind: str = "file", type_: str = "", length: str = "") -> FileStatement:
    return FileStatement(text, "front matter: x", kind, type_, length)


URL = "https://talk.example/"


@pytest.mark.parametrize(
    ("statement", "file", "why"),
    [
        (said(URL + "a.mp3"), Enclosure(URL + "a.mp3", "audio/mpeg"), "its ending says what it is"),
        (said(URL + "a.MP3?k=1"), Enclosure(URL + "a.MP3?k=1", "audio/mpeg"), "so it does in capitals"),
        (said(URL + "get?file=a.ogg"), Enclosure(URL + "get?file=a.ogg", "audio/ogg"), "at the end of a query"),
        (said(URL + "get/7"), Enclosure(URL + "get/7"), "an enclosure is a file, whatever it is"),
        (said(URL + "a.mp4", "audio"), Enclosure(URL + "a.mp4", "audio/mp4"), "a container of either, by its key"),
        (said(URL + "a", "", "audio/x-m4a"), Enclosure(URL + "a", "audio/mp4"), "the registered name of a type"),
        (said(URL + "a", "audio", "", "4,096"), Enclosure(URL + "a", "", 4096), "pages have no size"),
        (said(URL + "a.mp3", "audio", "MP3 file", "4 MB"), Enclosure(URL + "a.mp3", "audio/mpeg"), "no type, no bytes"),
        (said("media/a.opus", ""), Enclosure("media/a.opus", "audio/ogg"), "a path that ends like sound"),
        (said("/get/7", "file", "audio/mpeg"), Enclosure("/get/7", "audio/mpeg"), "a path with a type"),
    ],
)
def test_a_file(statement: FileStatement, file: Enclosure, why: str) -> None:
    assert chosen(statement) == HeaderFiles((file,)), why


@pytest.mark.parametrize(
    ("statement", "page"),
    [
        (said("a1B2c3D4e5F", "youtube"), "https://www.youtube.com/watch?v=a1B2c3D4e5F"),
        (said("https://youtu.be/a1B2c3D4e5F", "youtube"), "https://youtu.be/a1B2c3D4e5F"),
        (said("12345678", "vimeo"), "https://vimeo.com/12345678"),
        (said("BV1xx411c7mD", "bilibili"), "https://www.bilibili.com/video/BV1xx411c7mD"),
        (said("https://sound.example/harbour/fog", "audio"), "https://sound.example/harbour/fog"),
        (said("https://film.example/fog", "file", "text/html"), "https://film.example/fog"),
        (said("https://youtu.be/a1B2c3D4e5F?t=80", ""), "https://youtu.be/a1B2c3D4e5F?t=80"),  # no key need say film
        (said("https://player.vimeo.com/video/12345678", ""), "https://player.vimeo.com/video/12345678"),
        (said("https://www.bilibili.com/video/BV1xx411c7mD/", ""), "https://www.bilibili.com/video/BV1xx411c7mD/"),
    ],
)
def test_a_page_that_plays_something(statement: FileStatement, page: str) -> None:
    assert chosen(statement) == HeaderFiles(players=(page,))


def test_a_picture_is_no_file() -> None:
    assert chosen(said("/fog.jpg"), said(URL + "7", "file", "image/png")) == HeaderFiles(
        pictures=(Statement("/fog.jpg", "front matter: x"), Statement(URL + "7", "front matter: x"))
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Harbour Talk", ""),
        ("Harbour Talk", "audio"),
        ("12:30", "audio"),
        ("7", "youtube"),
        ("https://shop.example/show", ""),
        ("https://www.youtube.com/@harbour", ""),  # a channel
        ("https://vimeo.com/harbour", ""),
        ("notes.docx", "file"),
    ],
)
def test_words_that_are_no_address_say_nothing(text: str, kind: str) -> None:
    assert chosen(said(text, kind)) == HeaderFiles()


def test_one_recording_is_one_file_with_all_that_is_known_of_it() -> None:
    found = chosen(said(URL + "a.ogg"), said(URL + "a.mp3"), said(URL + "a.mp3?from=feed", length="9"))
    assert found == HeaderFiles((Enclosure(URL + "a.mp3", "audio/mpeg", 9),))


def test_more_files_than_an_article_can_have_are_told() -> None:
    found = choose_files(tuple(said(f"{URL}{number}.mp3") for number in range(21)), DEFAULT_LIMITS)
    assert len(found.value.enclosures) == 20
    assert [problem.code for problem in found.problems] == ["cut"]


def test_pictures_for_the_text_are_a_gallery() -> None:
    found = chosen(FileStatement("/a.jpg", "front matter: photos", "picture", title="Boats"))
    assert found == HeaderFiles(gallery=(Picture("/a.jpg", "Boats"),))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"cover": {"image": "/a.jpg", "alt": "Fog", "caption": "At noon", "relative": "false"}}, ("At noon", "Fog")),
        ({"hero": {"src": "/a.jpg", "alt": "Fog"}}, ("", "Fog")),
        ({"image": "/a.jpg", "imagealt": "Fog", "imagecaption": "At noon"}, ("At noon", "Fog")),
    ],
)
def test_pictures_of_headers_keep_the_words_for_them(header: dict[str, Value], expected: tuple[str, str]) -> None:
    assert chosen(*statements(header)["enclosures"]) == HeaderFiles(leads=(Picture("/a.jpg", *expected),))


def test_words_without_a_picture_describe_none() -> None:
    assert "enclosures" not in statements({"cover": {"alt": "Fog"}, "image": "/a.jpg", "heroalt": "Fog"})
