"""Introductions by double consent: asked, answered, connected, taken back (P32, P33)."""
