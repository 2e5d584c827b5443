"""Translate answers and articles as Zhihu's API gives them into the common vocabulary."""

from refeed.formats.objects.texts import Values, text_of
from refeed.vocabulary.fields import Value

_OF_API = "/api/"  # in an address that shows a program's values, not a page


def zhihu_answer(values: Values) -> dict[str, Value]:
    """Return an answer: its title is the question, and its address has the numbers of both."""
    question = values.get("question")
    if not isinstance(question, dict):
        return {**values}
    number, of_question = text_of(values, "id"), text_of(question, "id")
    known = number.isdecimal() and of_question.isdecimal()
    page = f"https://www.zhihu.com/question/{of_question}/answer/{number}" if known else ""
    own = {"title": text_of(question, "title"), "updated": text_of(values, "updatedtime")}
    return {**own, **values, **_own_page(values, page)}


def zhihu_article(values: Values) -> dict[str, Value]:
    """Return an article of a column, which may have nothing but a number for an address."""
    number = text_of(values, "id")
    return {**values, **_own_page(values, f"https://zhuanlan.zhihu.com/p/{number}" if number.isdecimal() else "")}


def _own_page(values: Values, page: str) -> dict[str, Value]:
    stated = text_of(values, "url")
    return {"url": page} if page and (not stated or _OF_API in stated) else {}
