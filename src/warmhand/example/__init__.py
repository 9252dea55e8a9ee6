"""The example workspace: invented people and firms, two years of history, every move once."""

from .build import Summary, build_example
from .team import TEAM, password

__all__ = ["TEAM", "Summary", "build_example", "password"]
