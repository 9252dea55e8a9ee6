"""Calling a server of somebody else's, so that nobody can make us call one of our own."""

from .client import Answer, Call, Unreachable, call

__all__ = ["Answer", "Call", "Unreachable", "call"]
