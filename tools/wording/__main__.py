"""`python -m tools.wording [heads] [network]`: make `heads.npz` and `network.onnx` anew."""

import sys

from tools.wording.asks import taught


def main() -> None:
    """Both, or what is named."""
    which = sys.argv[1:] or ["heads", "network"]
    rows = [row for each in taught().values() for row in each]
    if "heads" in which:
        from tools.wording.train import teach_heads

        teach_heads(rows)
    if "network" in which:
        from tools.wording.network import teach_network

        teach_network(rows)


main()
