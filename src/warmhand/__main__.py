"""`python -m warmhand`: the same as the command `warmhand`."""

from warmhand.cli import main

main()
