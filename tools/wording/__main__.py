"""`python -m tools.wording [heads] [network]`: make `heads.npz` and both networks anew."""

import sys

from tools.wording.asks import LATER, rows_of, taught


def main() -> None:
    """Both, or what is named."""
    which = sys.argv[1:] or ["heads", "network"]
    by = taught()
    if "heads" in which:
        from tools.wording.train import teach_heads

        teach_heads(rows_of(by, without=LATER))
    if "network" in which:
        from tools.wording.network import teach_network

        teach_network(by)


main()
