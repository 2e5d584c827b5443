"""A chart draws what its table says."""

from refeed.pages.chart import chart_of


def test_bars_of_a_month_stand_on_each_other() -> None:
    counts = {("2024-01-05", "Quay"): 3, ("2024-01-31", "Mole"): 1, ("2024-03-20", "Mole"): 2}
    chart = chart_of("Articles", counts, 5)
    # Equally many: in the order of their names. February has nothing, and has its place.
    assert chart.series == ("Mole", "Quay")
    assert [(row.name, row.numbers) for row in chart.rows] == [
        ("2024-01", (1, 3)),
        ("2024-02", (0, 0)),
        ("2024-03", (2, 0)),
    ]
    assert chart.highest == 4  # the whole height: 160
    assert [(bar.series, bar.y, bar.height) for bar in chart.bars] == [(0, 120, 40), (1, 0, 120), (0, 80, 80)]
    # Three columns of 200, a bar of 160 in the middle of each.
    assert [(bar.x, bar.width) for bar in chart.bars] == [(20, 160), (20, 160), (420, 160)]
    assert [(mark.name, mark.x) for mark in chart.marks] == [("2024-01", 100), ("2024-02", 300), ("2024-03", 500)]


def test_columns_without_anything_have_no_bars() -> None:
    chart = chart_of("Problems", {("2022-10-01", "Problems"): 0, ("2022-10-02", "Problems"): 0}, 1)
    assert (len(chart.rows), chart.bars) == (2, ())


def test_small_outlets_are_one() -> None:
    counts = {("2024-01-05", name): number for number, name in enumerate("abcd", 1)}
    chart = chart_of("Articles", counts, 2)
    assert chart.series == ("d", "c", "Others")
    assert chart.rows[0].numbers == (4, 3, 3)


def test_many_months_are_shown_by_year() -> None:
    chart = chart_of("Articles", {("2018-12-01", "a"): 1, ("2018-11-02", "a"): 2, ("2024-01-01", "a"): 4}, 5)
    assert (chart.unit, chart.highest) == ("Year", 4)
    assert [(row.name, row.numbers) for row in chart.rows][:2] == [("2018", (3,)), ("2019", (0,))]
    assert [row.name for row in chart.rows][-1] == "2024"


def test_an_old_date_makes_no_endless_chart() -> None:
    chart = chart_of("Articles", {("0200-01-01", "a"): 1, ("2024-01-01", "a"): 4}, 5)
    assert [row.name for row in chart.rows] == ["0200", "2024"]


def test_two_months_are_shown_day_by_day() -> None:
    # 60 days: from 1 January to 29 February 2024. With one more they are months.
    counts = {("2024-01-01", "a"): 2, ("2024-02-29", "a"): 1}
    chart = chart_of("Articles", counts, 5)
    assert (chart.unit, len(chart.rows)) == ("Day", 60)
    assert [row.name for row in chart.rows if row.numbers != (0,)] == ["2024-01-01", "2024-02-29"]
    assert chart_of("Articles", {**counts, ("2024-03-01", "a"): 1}, 5).unit == "Month"


def test_what_the_feed_covers_stands_below_the_bars() -> None:
    counts = {(f"2024-01-0{day}", "a"): 2 for day in range(1, 7)}
    chart = chart_of("Articles", counts, 5, {"2024-01-02": 1, "2024-01-05": 2, "2024-01-06": 2})
    assert [row.covered for row in chart.rows] == [0, 1, 0, 0, 2, 2]
    assert [tuple(span) for span in chart.covered] == [(100, 100), (400, 200)]  # six columns of 100
