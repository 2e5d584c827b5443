"""The words for yes and no in headers, as people and programs write them, in many languages."""

from typing import Final

NO: Final = frozenset(
    {
        *("", "-", "0", "f", "false", "n", "n/a", "na", "never", "no", "nobody", "none", "null", "nil", "not", "off"),
        *("disabled", "nope", "undefined", "~", "❌", "❎", "✗", "✘", "☐", "⛔", "🚫", "🛑", "👎"),
        *("×", "✕", "✖", "⬜", "🔴", "epätosi", "fałsz", "nepravda", "onwaar", "usant", "yanlış", "неправда", "хибно"),
        *("falsch", "falso", "faux", "nao", "não", "nee", "nej", "nein", "nie", "non", "hayır", "ні", "нет", "ложь"),
        *("ei", "ikke", "ne", "nei", "nem", "nicht", "niet", "nu", "tidak", "không", "όχι", "не", "לא", "لا"),
        *(
            "いいえ",
            "無効",
            "不",
            "不是",
            "没有",
            "沒有",
            "假",
            "关",
            "否",
            "无",
            "無",
            "아니오",
            "아니요",
            "거짓",
            "未",
            "ไม่",
            "नहीं",
            "خیر",
        ),
    }
)
YES: Final = frozenset(
    {
        *("1", "on", "t", "true", "x", "y", "yes", "✅", "✓", "✔", "☑"),
        *("ano", "evet", "ja", "kyllä", "oui", "si", "sì", "sim", "sí", "tak", "vero", "verdadero", "vrai", "wahr"),
        *("doğru", "igen", "jah", "pravda", "prawda", "sant", "taip", "tosi", "waar"),
        *("да", "так", "có", "ya", "истина", "правда", "ναι", "כן", "نعم", "بله", "हाँ", "ใช่"),
        *("はい", "是", "真", "对", "對", "有", "예", "네"),
    }
)
