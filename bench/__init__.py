import warmhand  # noqa: F401 - first of all: it says how many threads numpy takes
