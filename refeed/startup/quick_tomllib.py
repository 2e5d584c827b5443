"""Load tomllib with its expressions kept, and without string, of which it takes three constants."""

from refeed.startup.late_imports import compiled_kept, known

__all__ = ["tomllib"]

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STRING = {"ascii_letters": _LETTERS, "digits": _DIGITS, "hexdigits": f"{_DIGITS}abcdefABCDEF"}

with compiled_kept(), known(string=_STRING):
    import tomllib
