"""Write numbers of things and sizes as people do."""


def amount(count: int, thing: str, things: str = "") -> str:
    """Count things in words: "1 change", "2 changes", "1,000 entries"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {things or thing + 's'}"


def size(count: int) -> str:
    """Write a number of bytes, rounded: "812 bytes", "240 kB", "3.6 MB"."""
    if count < 1_000:
        return amount(count, "byte")
    return f"{count / 1e3:,.0f} kB" if count < 999_500 else f"{count / 1e6:,.1f} MB"
