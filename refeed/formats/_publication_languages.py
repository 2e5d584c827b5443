"""The words for "draft", "private", "locked" and "published" in the languages of people's notes."""

import unicodedata
from typing import Final


def _also_without_accents(*words: str) -> tuple[str, ...]:
    """Return the words, and each as people write it whose keyboards or programs have no accents: `prive`."""
    plain = ("".join(filter(str.isascii, unicodedata.normalize("NFD", word))) for word in words)
    both = zip(words, plain, strict=True)
    return tuple(dict.fromkeys([*words, *(short for word, short in both if len(short) == len(word))]))


# "Draft" and "private" in the languages of notes: keys with a yes, and words for a state.
DRAFT_WORDS: Final = _also_without_accents(
    *("bozza", "borrador", "brouillon", "conceptversie", "entwurf", "kladde", "klad", "luonnos", "rascunho", "szkic"),
    *("taslak", "udkast", "utkast", "чернетка", "черновик", "下書", "下書き", "下书き", "草稿"),
    *("ciornă", "vázlat", "προσχέδιο", "مسودة", "ドラフト"),
    *("草稿箱", "초안", "임시저장"),
    *("是否草稿", "未发布", "未公開", "未公开", "未發佈", "未發布", "未完成"),
)
PRIVATE_WORDS: Final = _also_without_accents(
    *("privado", "privada", "privat", "privato", "privé", "privée", "prywatne", "приватно", "приватный", "скрыто"),
    *("仅自己可见", "僅自己可見", "自分のみ", "私密", "私有", "私人", "秘密", "隐私", "隱私"),
    *("非公開", "非公开", "비공개", "限定公開"),
)
LOCKED_WORDS: Final = _also_without_accents(
    *("加密", "密码", "密碼", "文章密码", "文章密碼", "访问密码", "阅读密码", "暗号化", "パスワード", "비밀번호"),
    *("пароль", "contraseña", "passwort", "mot de passe", "senha", "wachtwoord", "hasło", "haslo"),
)

# "Published" and "public" in the languages of notes.
PUBLISHED_WORDS: Final = _also_without_accents(
    *("gepubliceerd", "opublikowane", "opublikowany", "publicado", "publicar", "publié", "publiée", "pubblica"),
    *("pubblicato", "veröffentlicht", "yayında", "yayınlandı", "опубликовано", "опубліковано"),
    *("公開", "公开", "发布", "已发布", "已公开", "已發佈", "已發布", "是否发布", "是否公开"),
    *("是否發佈", "發佈", "發布", "공개", "공개여부"),
    *("oeffentlich", "veroeffentlicht"),
)
PUBLIC_WORDS: Final = _also_without_accents(
    *("öffentlich", "openbaar", "público", "pública", "pubblico", "publiczny", "публичный", "可见", "可見", "是否可见")
)
