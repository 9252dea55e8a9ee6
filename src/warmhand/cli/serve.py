"""`warmhand serve`: the web server, and with it whatever else has to run."""

from __future__ import annotations

import importlib
import importlib.util
import socket
import sys
from pathlib import Path

import click

from warmhand.cli import database
from warmhand.cli.answers import note
from warmhand.cli.supervisor import Supervisor
from warmhand.config.problems import InstallationProblem

EXAMPLE = "warmhand.cli.example"
WSGI = "warmhand.config.wsgi:application"


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="HOST_ADDRESS",
    help="The address to listen on; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="PORT",
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes serve; about one for each core.",
)
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many requests each of them does at a time.",
)
@click.option("--work/--no-work", default=None, help="Also do the background jobs.")
@click.option("--example", is_flag=True, help="With the example workspace and its jobs.")
def serve(
    host: str, port: int, workers: int, threads: int, work: bool | None, example: bool
) -> None:
    """Serve the product in the browser and over HTTP."""
    check_port_is_free(host, port)
    with database.ready():
        sign_in = _provide_example() if example else []
        programs = [server_command(host, port, workers, threads)]
        if work if work is not None else example:
            programs.append([program("warmhand"), "work"])
        with Supervisor(programs) as supervisor:
            if supervisor.wait_until_served(host, port):
                greet(f"http://{shown(host)}:{port}/", sign_in)
                supervisor.wait()


def greet(address: str, sign_in: list[str]) -> None:
    """Say where the product is and how to get in."""
    note(f"\nWarmhand is at {address}")
    for line in sign_in:
        note(line)
    note("Ctrl-C ends it.\n")


def _provide_example() -> list[str]:
    """Build the example workspace unless it is there; how to sign in to it, in lines."""
    if importlib.util.find_spec(EXAMPLE) is None:
        return ["(This version has no example workspace.)"]
    lines: list[str] = importlib.import_module(EXAMPLE).provide_example()
    return lines


def server_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Granian, with our application under WSGI."""
    return [
        program("granian"),
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={threads}",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level=warning",
        WSGI,
    ]


def program(name: str) -> str:
    """A program of this very installation."""
    return str(Path(sys.executable).parent / name)


def shown(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def check_port_is_free(host: str, port: int) -> None:
    """Say plainly that the port is taken, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InstallationProblem(
                "port_not_free",
                f"Port {port} of {host} cannot be used: {error.strerror}.",
                f"Name another one: PORT={port + 1 if port < 65535 else 8000}.",
            ) from None
