"""The keys of the dates from which, or until which, an article is public. Keys are folded by `key_name`."""

from itertools import product
from typing import Final

from refeed.formats.publication.switches import THROWN_AWAY
from refeed.vocabulary.keys import FOLDED

EXPIRIES: Final = (
    *("expirydate", "unpublishdate"),  # Hugo
    *("expires", "expire", "expiry", "expiration", "expirationdate"),
    *("activeuntil", "deleteafter", "deleteon", "publicationend", "publishend", "publishenddate", "removeon"),
    *("takedown", "takedowndate", "visibletodate"),
    *("expirationtime", "expireafter", "expireat", "expiredat", "expiredate", "expireson", "expiresat"),
    *("hideafter", "hideon", "offlineat", "offlinedate", "publishdown", "publishingend", "publishuntil"),
    *("removaldate", "removeafter"),
    *("unpublish", "unpublishat", "unpublishedat", "unpublishon"),
    *("validthrough", "validto", "validuntil", "visibleuntil", "过期时间", "過期時間", "公開終了日"),
    *THROWN_AWAY,  # where that is a plain day: see `stated.withheld`
)
# Keys of dates that say when the file was made, or what their generator takes for the date of the article.
_NOT_OF_PUBLICATION: Final = frozenset(
    {
        *("created", "createdat", "createdon", "createdtime", "creationdate", "date", "datecreated", "datetime"),
        *("timestamp", "datum", "fecha", "дата", "作成日", "创建日期", "创建时间", "日期", "時間", "时间", "날짜"),
        *("data", "dato", "dátum", "päivämäärä", "päiväys", "tanggal", "tarih", "ημερομηνία", "תאריך", "تاریخ"),
        *("तारीख", "दिनांक", "วันที่", "日付", "日時", "作成日時", "생성일"),
        *("aangemaakt", "creado", "creatoil", "criadoem", "crééle", "erstellt", "erstelltam", "erstellungsdatum"),
        *("oluşturulmatarihi", "utworzono", "создано"),
    }
)
# When it may go out: every date of publication, and what says nothing else.
RELEASES: Final = tuple(
    dict.fromkeys(
        [
            *(name for name in FOLDED["dates"] if name not in _NOT_OF_PUBLICATION),
            *map(
                "".join,
                product(
                    (
                        *("available", "goeslive", "golive", "live", "public", "publish", "published", "release"),
                        *("schedule", "scheduled", "visible"),
                    ),
                    ("after", "at", "date", "day", "for", "from", "on", "time"),
                ),
            ),
            *map("".join, product(("draft", "embargo", "embargoed", "hidden", "hide", "private"), ("date", "until"))),
            *("embargo", "embargoed", "goeslive", "golive", "notbefore", "publish"),
            *("activationdate", "activefrom", "datelive", "postat", "publicationstart", "publishstart"),
            *("publishstartdate", "sendat", "senddate", "sendon", "validfrom"),
            *("publishup", "schedule", "scheduled", "scheduledpublish"),
            *(
                "fechapublicacion",
                "veröffentlichungsdatum",
                "veroeffentlichungsdatum",
                "公開予定日",
                "公開日時",
                "発行日",
            ),
            *("发布于", "發佈於", "게시일", "발행일"),
        ]
    )
)
