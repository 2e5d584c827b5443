"""Recognise by its first bytes a file that is no text, so that the rest need not be read."""

from refeed.input.encoding import encoding_by_mark, utf16_by_nuls
from refeed.input.file_types import has_magic, is_binary


def is_not_text(data: bytes) -> bool:
    """Return whether the first bytes are a picture's, a video's or an archive's."""
    return is_binary(data) and not encoding_by_mark(data) and (has_magic(data) or not utf16_by_nuls(data))
