"""Read and write HTML: the parsed tree, the sanitiser, and the writer of clean markup."""

import typing
from importlib import import_module

import refeed.startup.quick_lxml  # noqa: F401  bs4 loads lxml, too
from refeed.startup.late_imports import compiled_kept, hints_as_written, import_late, known

# bs4 imports it for its own `select`. Only rules with CSS selectors use it, and to load it takes longer than to load
# bs4: it compiles large expressions.
import_late("soupsieve")
# bs4 imports it to guess the charset of bytes, and is given text. To load it takes as long as to load bs4.
import_late("chardet")
with (
    hints_as_written(),
    compiled_kept(),
    known(
        # To log what it guesses. Of the class it only says that there is one.
        logging={"Logger": object, "getLogger": lambda name: import_module("logging").getLogger(name)},
        # What it takes of it typing has, too, since Python 3.11.
        typing_extensions={name: getattr(typing, name) for name in typing.__all__},
    ),
):
    import bs4  # noqa: F401  it is only loaded here
