"""Read and write HTML: the parsed tree, the sanitiser, and the writer of clean markup."""

from refeed.late_imports import import_late

# bs4 imports it for its own `select`. Only rules with CSS selectors use it, and to load it takes longer than to load
# bs4: it compiles large expressions.
import_late("soupsieve")
# bs4 imports it to guess the charset of bytes, and is given text. To load it takes as long as to load bs4.
import_late("chardet")
