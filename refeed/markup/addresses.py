"""Addresses written out in a text, which site generators make links of."""
