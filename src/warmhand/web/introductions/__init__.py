"""Introductions: picking a provider, the page of one, what the person and the provider see."""
