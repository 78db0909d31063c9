"""The command `dnn serve`: its options, what it says, and the settings with which the page's server starts."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from dnn.hosting.limits import LIMITS, Limit, variable
from dnn.hosting.network import addresses, is_loopback

PORT = Limit(8501, 1, 65_535, "the port that the server listens on")
EXAMPLE = "example:\n  dnn serve --sessions 35"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--address",
        default="0.0.0.0",
        help="the address that the server listens on (default: %(default)s, every network of this machine)",
    )
    parser.add_argument("--port", type=_reader(PORT), default=PORT.default, help=f"{PORT.help} (default: %(default)s)")
    limits = parser.add_argument_group("limits", "At most so many")
    for name, limit in LIMITS.items():
        limits.add_argument(
            f"--{name}",
            type=_reader(limit),
            default=limit.default,
            metavar="N",
            help=f"{limit.help} (default: %(default)s)",
        )


def settings(options: argparse.Namespace) -> dict[str, str]:
    """The environment variables that the server reads."""
    return {
        **{variable(name): str(getattr(options, name)) for name in LIMITS},
        "STREAMLIT_SERVER_ADDRESS": options.address,
        "STREAMLIT_SERVER_PORT": str(options.port),
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": str(options.upload),
        # Streamlit's own welcome looks this machine's address up on the internet.
        "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
    }


def announcement(options: argparse.Namespace) -> list[str]:
    """What the terminal says before the server starts: who can open the page, where, and within which limits."""
    found = addresses(options.address, options.port)
    if is_loopback(options.address):
        lines = [f"Only this machine can open the page: http://{options.address}:{options.port}"]
    elif found:
        lines = ["The page is open to everybody in this network, without a password.", "", "Pupils type:"]
        lines += [f"  {address}" for address in found]
        if len(found) > 1:
            lines += ["", "This machine is in several networks: take the address of the one that pupils are in."]
    else:
        lines = ["This machine is in no network: nobody else can open the page until it is."]
    limits = ", ".join(f"{name} {getattr(options, name)}" for name in LIMITS)
    return ["", *lines, "", f"At most: {limits}.", "Ctrl-C ends it.", ""]


def _reader(limit: Limit) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            return limit.read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
