"""What can be wrong with an installation, in the one shape of every problem."""

from __future__ import annotations

from warmhand.problems import Problem


class InstallationProblem(Problem):
    """This installation cannot do the work: a stable code, a sentence, how to mend it."""

    status = 503

    def __init__(self, code: str, sentence: str, mend: str) -> None:
        super().__init__(code, sentence, lift=mend)
