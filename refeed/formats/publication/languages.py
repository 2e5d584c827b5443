"""The words for "draft", "private", "locked" and "published" in the languages of people's notes."""

import unicodedata
from typing import Final

from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name


def _also_without_accents(*words: str) -> tuple[str, ...]:
    """Return the words, and each as people write it whose keyboards or programs have no accents: `prive`."""
    plain = ("".join(filter(str.isascii, unicodedata.normalize("NFD", word))) for word in words)
    both = zip(words, plain, strict=True)
    return tuple(dict.fromkeys([*words, *(short for word, short in both if len(short) == len(word))]))


class DraftWord(NamedTuple):
    """A word for "draft": a key with a yes, a word for a state, and the name of a folder."""

    word: str
    plural: str = ""  # the name of a folder of them
    is_mark: bool = True  # as a tag or beside a title, too; others are topics as often, or are the names of keys


_DRAFTS: Final = (
    *(DraftWord("bozza", "bozze"), DraftWord("borrador", "borradores"), DraftWord("brouillon", "brouillons")),
    *(DraftWord("ciornă", "ciorne"), DraftWord("conceptversie", "conceptversies"), DraftWord("entwurf", "entwürfe")),
    *(DraftWord("klad", "kladblok"), DraftWord("kladde", "kladder"), DraftWord("luonnos", "luonnokset")),
    *(DraftWord("rascunho", "rascunhos"), DraftWord("szkic", "szkice"), DraftWord("taslak", "taslaklar")),
    *(DraftWord("udkast"), DraftWord("utkast"), DraftWord("vázlat", "vázlatok"), DraftWord("προσχέδιο", "προσχέδια")),
    *(DraftWord("чернетка", "чернетки"), DraftWord("черновик", "черновики"), DraftWord("مسودة", "مسودات")),
    *(
        DraftWord("טיוטה", "טיוטות"),
        DraftWord("پیش‌نویس", "پیش‌نویس‌ها"),
        DraftWord("bản nháp"),
        DraftWord("nháp"),
        DraftWord("draf"),
        DraftWord("ฉบับร่าง"),
    ),
    *(DraftWord("下書き"), DraftWord("下書"), DraftWord("下书き"), DraftWord("草稿"), DraftWord("초안")),
    *(DraftWord("未发布"), DraftWord("未發布"), DraftWord("未發佈"), DraftWord("未公開"), DraftWord("未公开")),
    # Baseball's draft; a box of drafts; unfinished; whether it is one; saved for now.
    *(DraftWord(word, is_mark=False) for word in ("ドラフト", "草稿箱", "未完成", "是否草稿", "임시저장")),
)


def _as_keys(*words: str) -> tuple[str, ...]:
    """Return the words, and as they are when headers are read: without blanks and what has no width."""
    return tuple(dict.fromkeys([*words, *map(key_name, words)]))


IN_ENGLISH: Final = ("draft", "drafts", "private", "unlisted", "unpublished", "wip")
DRAFT_WORDS: Final = _as_keys(*_also_without_accents(*(one.word for one in _DRAFTS)))
DRAFT_PLURALS: Final = _also_without_accents(*(one.plural for one in _DRAFTS if one.plural))
DRAFT_MARKS: Final = _also_without_accents(*(one.word for one in _DRAFTS if one.is_mark))
# "Private" in the languages of notes: the same.
PRIVATE_WORDS: Final = _also_without_accents(
    *(
        "privado",
        "privada",
        "privat",
        "privato",
        "privé",
        "privée",
        "prywatna",
        "prywatne",
        "prywatny",
        "приватно",
        "приватный",
        "скрыто",
    ),
    *("仅自己可见", "僅自己可見", "自分のみ", "私密", "私有", "私人", "秘密", "隐私", "隱私"),
    *("非公開", "非公开", "비공개", "限定公開"),
)
# Of these, the topics of public articles as often as not.
TOPICS: Final = frozenset({"私人", "私有", "秘密", "隐私", "隱私"})
LOCKED_WORDS: Final = _also_without_accents(
    *("加密", "密码", "密碼", "文章密码", "文章密碼", "访问密码", "阅读密码", "暗号化", "パスワード", "비밀번호"),
    *("пароль", "contraseña", "passwort", "mot de passe", "senha", "wachtwoord", "hasło", "haslo"),
    *("şifre", "كلمة المرور", "كلمة السر", "گذرواژه", "رمز عبور", "mật khẩu", "kata sandi", "รหัสผ่าน", "סיסמה"),
)

# "Published" and "public" in the languages of notes.
PUBLISHED_WORDS: Final = _as_keys(
    *_also_without_accents(
        *("gepubliceerd", "opublikowane", "opublikowany", "publicado", "publicar", "publié", "publiée", "pubblica"),
        *("pubblicato", "veröffentlicht", "yayında", "yayınlandı", "опубликовано", "опубліковано"),
        *(
            "diterbitkan",
            "julkaistu",
            "offentliggjort",
            "publicada",
            "publicerad",
            "publicerat",
            "publikováno",
            "publisert",
        ),
        *("publikované", "publikovaný", "terbit", "zveřejněno", "δημοσιευμένο", "đã xuất bản", "منشور", "מפורסם"),
        *("公開する", "公開済み", "게시", "게시됨", "발행", "発行"),
        *("公開", "公开", "发布", "已发布", "已公开", "已發佈", "已發布", "是否发布", "是否公开"),
        *("是否發佈", "發佈", "發布", "공개", "공개여부"),
        *("oeffentlich", "veroeffentlicht"),
        *("منتشر شده", "เผยแพร่", "เผยแพร่แล้ว"),
    )
)
PUBLIC_WORDS: Final = _also_without_accents(
    *("öffentlich", "openbaar", "público", "pública", "pubblico", "publiczny", "публичный", "可见", "可見", "是否可见")
)
# How far an article is.
STATE_WORDS: Final = frozenset(
    _also_without_accents(
        *("durum", "estado", "situação", "stan", "stato", "statut", "stav", "tila"),
        *("tillstånd", "tilstand", "trạngthái", "zustand", "állapot", "état", "стан", "статус", "公開"),
        *("公開状態", "公開範囲", "发布状态", "發佈狀態", "状态", "状態", "狀態", "可见性", "可見性"),
        *("وضعیت", "สถานะ", "ステータス", "공개여부", "상태", "κατάσταση", "состояние", "מצב", "الحالة"),
    )
)
