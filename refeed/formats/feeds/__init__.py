"""Saved feeds: their elements, their entries, and the exports of blogs that are feeds."""
