"""`python -m tools.wording [heads] [network]`: make `heads.npz` and `network.onnx` anew."""

import sys

from tools.wording.asks import FOR_HEADS, taught


def main() -> None:
    """Both, or what is named."""
    which = sys.argv[1:] or ["heads", "network"]
    by = taught()
    if "heads" in which:
        from tools.wording.train import teach_heads

        teach_heads([row for author in FOR_HEADS for row in by[author]])
    if "network" in which:
        from tools.wording.network import teach_network

        teach_network(by)


main()
