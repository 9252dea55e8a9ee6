"""The words of an ask, made from what the records hold. Pure: no framework, no clock."""

from .asks import Kind, Shown, Step, Wording, compose_ask

__all__ = ["Kind", "Shown", "Step", "Wording", "compose_ask"]
