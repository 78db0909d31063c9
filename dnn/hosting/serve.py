"""The command `dnn serve`: its options, what it says, and the settings with which the page's server starts."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from dnn.hosting import page_process
from dnn.hosting.check import check
from dnn.hosting.limits import LIMITS, Limit, variable
from dnn.hosting.network import addresses, check_free, is_loopback

ANCESTORS = "DNN_FRAME_ANCESTORS"  # the variable with pages that may show this one in a frame
XSRF = "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION"
PORT = Limit(8501, 1, 65_535, "the port that the server listens on")
EXAMPLE = "examples:\n  dnn serve --sessions 35\n  dnn serve --check --url https://dnn.school.example/"


def add_options(parser: argparse.ArgumentParser, web_address: Callable[[str], str] = str) -> None:
    """Add the options of the command; ``web_address`` reads the address of a page."""
    parser.add_argument(
        "--address",
        default="0.0.0.0",
        help="the address that the server listens on (default: %(default)s, every network of this machine)",
    )
    parser.add_argument("--port", type=_reader(PORT), default=PORT.default, help=f"{PORT.help} (default: %(default)s)")
    parser.add_argument("--check", action="store_true", help="start nothing; say what a class needs and lacks here")
    url_help = "with --check: the page's address behind a server in front of it"
    parser.add_argument("--url", type=web_address, help=url_help)
    limits = parser.add_argument_group("limits", "The most that the server allows")
    for name, limit in LIMITS.items():
        limits.add_argument(
            f"--{name}",
            type=_reader(limit),
            default=limit.default,
            metavar="N",
            help=f"{limit.help} (default: %(default)s)",
        )


def run(options: argparse.Namespace, say: Callable[[str], None]) -> bool:
    """Serve the page until it is stopped, or only check; returns False if the check finds a problem.

    Raises LacksPackages, and OSError if the port is not free.
    """
    if options.check:
        lines = tuple(check(options.address, options.port, options.sessions, options.url))
        for line in lines:
            say(str(line))
        return all(line.level != "problem" for line in lines)
    page_process.check_packages()
    check_free(options.address, options.port)
    for text in announcement(options):
        say(text)
    os.environ.update(settings(options))
    page_process.open_page()
    return True


def settings(options: argparse.Namespace) -> dict[str, str]:
    """The environment variables that the server reads.

    Streamlit's protection of uploads needs a cookie, which browsers withhold from a page in a frame of another site;
    ``dnn.ui.security`` looks at where an upload comes from.
    """
    return {
        **{variable(name): str(getattr(options, name)) for name in LIMITS},
        "STREAMLIT_SERVER_ADDRESS": options.address,
        "STREAMLIT_SERVER_PORT": str(options.port),
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": str(options.upload),
        # Streamlit's own welcome looks this machine's address up on the internet.
        "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
        # Uvicorn believes any program of this machine what it says about a request; dnn.ui.forwarded asks a setting.
        "FORWARDED_ALLOW_IPS": "",
        **({XSRF: os.environ.get(XSRF) or "false"} if os.environ.get(ANCESTORS) else {}),
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
