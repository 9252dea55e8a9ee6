"""`.venv/bin/python -m tools.wording`: make `heads.npz` anew."""

from .train import main

main()
