"""Find when a digest was made, in the lines below its heading: `> Generated: 2024-08-05 07:10 UTC | 8 sources`.

Programs that write one file a day state it there, among other facts. It says at what time of the day in the title or in
the name of the file the text came out; of another day it says nothing, because notes are updated for years.
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_MADE: Final = (
    r"(?:最后|最後)?(?:生成|更新|抓取|采集|採集|整理|统计|統計|创建|創建|建立|制作|製作|发布|發布|發佈|发表|發表)"
    r"(?:时间|時間|日期|于|於)|(?:数据|數據|报告|報告)?(?:时间|時間)|日期"
    r"|(?:生成|作成|更新|取得|公開|配信|投稿)日?時刻?"
    r"|(?:생성|작성|수집|게시|발행|업데이트) ?(?:시간|시각|일시|일)"
    r"|(?:(?:report|last|auto[- ]?)? ?(?:generated|updated|created|compiled|published|posted)|date|time)(?: (?:at|on))?"
    r"|(?:сгенерировано|создано|обновлено|опубликовано|дата)"
    r"|(?:generado|actualizado|publicado|gerado|atualizado|fecha)(?: (?:el|em))?"
    r"|(?:généré|mis à jour|publié)(?: le)?|(?:erstellt|aktualisiert|veröffentlicht)(?: am)?"
    r"|(?:cập nhật|tạo)(?: lúc)?"
)
_ZONE: Final = (
    r"[AP]M|Z|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT|[JK]ST|HKT|MSK|CES?T|[CEP][SD]T"
    r"|北京时间|北京時間|台北時間|日本時間|Beijing Time"
)
_STATED: Final = late_pattern(
    rf"(?:\A|[\n|｜·•,，;；(（])(?:[^\w\n]|_){{0,8}}(?:{_MADE})[*_`]{{0,3}} ?[:：]? ?[*_`]{{0,3}} ?"
    r"(?P<moment>(?P<year>(?:19|20)[0-9]{2})(?:[-/.]| ?年 ?)(?P<month>[0-9]{1,2})(?:[-/.]| ?月 ?)(?P<day>[0-9]{1,2})"
    r"(?: ?[日号號])?[T ,]{0,3}(?<![0-9])(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    rf"(?: ?(?:{_ZONE}|\((?:{_ZONE})\))(?!\w))?))(?![0-9:])",
    re.IGNORECASE,
)
_OTHER_PARTS: Final = late_pattern(r"\n[ \t]*(?:#{1,6} |```|~~~|\|)")  # what no line of facts stands behind
_WITHIN: Final = 600  # characters of the lines below a heading


class StatedTime(NamedTuple):
    """When a text was made, as it is written."""

    moment: str  # the day and the clock
    clock: str


def stated_time(below: str, names: str) -> StatedTime | None:
    """Return the time that stands in the lines below a heading, if its day is one that the names state."""
    below = below[:_WITHIN]
    end = _OTHER_PARTS.search(below)
    stated = _STATED.search(below[: end.start() if end else None].lstrip("\n"))
    if stated is None:
        return None
    year, month, day = stated["year"], int(stated["month"]), int(stated["day"])
    is_of_day = re.search(rf"(?<![0-9]){year}(?:[-_./]?| ?年 ?)0?{month}(?:[-_./]?| ?月 ?)0?{day}(?![0-9])", names)
    return StatedTime(stated["moment"], stated["clock"]) if is_of_day else None
