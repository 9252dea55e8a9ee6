"""The command line: `warmhand COMMAND`. Loads a command when called, Django when needed."""

from warmhand.cli.frame import main

__all__ = ["main"]
