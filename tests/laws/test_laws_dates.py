"""What holds for every date and for every text: what is written is read back, and nothing raises."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refeed.dates import Hints, NotADate, fold, load_dialects, parse_date, path_date
from refeed.dates.dateline import find_dateline
from refeed.model import Timestamp

OFFSETS = st.integers(min_value=-12 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# A day away from the bounds of what is plausible, so that no offset crosses them.
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
SECONDS = MOMENTS.map(lambda moment: moment.replace(microsecond=0))
SPRING = ("January", "February", "March", "April", "May", "June")
MONTHS = (*SPRING, "July", "August", "September", "October", "November", "December")


def moment_of(text: str, hints: Hints | None = None) -> datetime:
    dated = parse_date(text, hints or Hints())
    assert isinstance(dated, Timestamp), f"{text!r} is {dated}"
    assert dated.value.tzinfo is UTC
    return dated.value


@given(MOMENTS)
def test_iso_is_read_back(moment: datetime) -> None:
    assert moment_of(moment.isoformat()) == moment
    assert moment_of(moment.isoformat(" ")) == moment
    assert moment_of(moment.astimezone(UTC).isoformat().replace("+00:00", "Z")) == moment


@given(SECONDS)
def test_epochs_are_read_back_in_every_unit(moment: datetime) -> None:
    seconds = round(moment.timestamp())
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        assert moment_of(str(seconds * unit)) == moment


@given(SECONDS)
def test_mail_dates_are_read_back(moment: datetime) -> None:
    assert moment_of(format_datetime(moment)) == moment
    assert moment_of(format_datetime(moment.astimezone(UTC), usegmt=True)) == moment


@given(SECONDS, st.booleans())
def test_slashes_are_read_back_when_the_order_is_known(moment: datetime, day_first: bool) -> None:
    order = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    assert moment_of(moment.strftime(f"{order} - %H:%M:%S %z"), Hints(day_first=day_first)) == moment


@given(SECONDS)
def test_chinese_is_read_back(moment: datetime) -> None:
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    clock = f"{moment:%H:%M:%S %z}"
    assert moment_of(f"{day} {clock}") == moment
    half, hour = ("下午" if moment.hour >= 12 else "上午"), moment.hour % 12 or 12
    assert moment_of(f"{day}{half}{hour}点{moment.minute}分{moment.second}秒 {moment:%z}") == moment
    wide = str.maketrans("0123456789:", "０１２３４５６７８９：")
    assert moment_of(f"{day} {clock}".translate(wide)) == moment


@given(SECONDS)
def test_long_english_is_read_back(moment: datetime) -> None:
    half, hour = ("PM" if moment.hour >= 12 else "AM"), moment.hour % 12 or 12
    month = MONTHS[moment.month - 1]
    text = f"{month} {moment.day}, {moment.year} {hour}:{moment:%M:%S} {half} UTC{moment:%z}"
    assert moment_of(text) == moment


@given(SECONDS, st.sampled_from(("-", "/", "_", ".", "")))
def test_the_day_in_a_path_is_read_back(moment: datetime, rule: str) -> None:
    dated = path_date(f"/a/{moment:%Y}{rule}{moment:%m}{rule}{moment:%d}/b.html")
    assert dated is not None
    assert dated.day == f"{moment:%Y-%m-%d}"


# Texts that are nearly dates: pieces of dates, in any order.
PIECES = st.one_of(
    st.sampled_from(("2020", "10", "11", "5", "9" * 30, "-", "/", ".", ":", " ", ",", "(", ")")),
    st.sampled_from(("T", "Z", "+08:00", "GMT", "CST", "PM", "Oct", "October", "Wed", "th", "at")),
    st.sampled_from(("年", "月", "日", "下午", "晚上", "民國", "元", "十", "二", "星期三", "日期：")),
    st.sampled_from(("<i>", "<br>", "</i>", "<div>", '<time datetime="', '"', ">", "</time>", "&#x32;", "&")),
    st.sampled_from(("\u200b", "\u3000", "\ud800")),
)
NEARLY = st.lists(PIECES, max_size=14).map("".join)
HINTS = st.builds(
    Hints,
    zone=st.sampled_from(["UTC", "Europe/Paris", "-12:00", "+14:00"]),
    zone_known=st.booleans(),
    day_first=st.sampled_from([None, False, True]),
    abbreviations=st.sampled_from([{}, {"CST": "Asia/Shanghai"}]),
    latest=st.sampled_from([None, datetime(2021, 1, 1, tzinfo=UTC)]),
)


@given(st.one_of(st.text(), NEARLY, st.from_regex(r"[-+.0-9]{1,40}", fullmatch=True)), HINTS)
@example("9999-12-31T24:00:00Z", Hints())
@example("9999年12月31日 24:00", Hints(zone="-12:00"))
@example("0001-01-01 00:00:00", Hints(zone="+14:00"))
@example("2020-10-11 05:59:06\ud800", Hints())
@example("²020-10-11", Hints())
@example("Oct 12 2020 10:00:00.١", Hints())
def test_no_text_raises_and_no_result_is_half(text: str, hints: Hints) -> None:
    dated = parse_date(text, hints)
    assert find_dateline(text) is None or find_dateline(text)
    assert path_date(text) is None or path_date(text)
    if isinstance(dated, NotADate):
        return
    assert datetime(1970, 1, 2, tzinfo=UTC) <= dated.value <= (hints.latest or dated.value)
    assert (dated.precision == "day") == (dated.zone == "none")
    assert dated.precision in ("second", "minute") or f"{dated.value:%Y-%m-%dT%H%M%S%f}" == f"{dated.day}T000000000000"
    assert abs(datetime.fromisoformat(f"{dated.day}T12:00:00Z") - dated.value) <= timedelta(hours=36)


@given(NEARLY, HINTS)
def test_no_two_dialects_claim_one_text(text: str, hints: Hints) -> None:
    claims = [name for name, one in load_dialects().items() if one.parse(fold(text)[:100], hints) is not None]
    assert len(claims) <= 1


@given(SECONDS)
def test_a_dateline_is_found_in_every_form(moment: datetime) -> None:
    for text in (moment.isoformat(), format_datetime(moment)):
        for opening in (f"<div><i>{text}</i></div>", f"{text}\n\nText", f'<p>A<time datetime="{text}">b</time></p>'):
            dateline = find_dateline(opening)
            assert dateline is not None
            assert dateline.text == text


@pytest.mark.parametrize(
    "unit", ["<", "<a ", '<a "', "<!--", "<time ", "<div>", "<h1>", " ", "1", "年", "Oct ", "/2020/1", "/2020/1/1"]
)
def test_a_megabyte_of_one_thing_is_read_at_once(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert isinstance(parse_date(text), NotADate)
    assert find_dateline(text) is None
    assert path_date(text) is None or unit == "/2020/1/1"
