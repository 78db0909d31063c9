"""What the server does before the first visitor comes."""

import asyncio
import gc
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from threadpoolctl import threadpool_info, threadpool_limits

from dnn.ui.server import SLOW, lifespan, send_at_once

ROOT = Path(__file__).parents[2]


def waits(connection: socket.socket) -> bool:
    """Whether Nagle's algorithm is on: small messages wait for the answer to earlier ones."""
    return not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def headless() -> Iterator[None]:
    before = config.get_option("server.headless")
    config.set_option("server.headless", True)
    yield
    config.set_option("server.headless", before)


def accepted(listening: socket.socket) -> bool:
    with socket.create_connection(listening.getsockname()) as visitor:
        connection, _ = listening.accept()
        with connection:
            assert waits(visitor)
            return not waits(connection)


def test_accepted_connections_send_at_once(listening: socket.socket) -> None:
    assert not accepted(listening)
    send_at_once()
    assert accepted(listening)


def test_sockets_that_do_not_listen_are_left_alone() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as idle,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram,
    ):
        closed = socket.create_server(("127.0.0.1", 0))
        closed.close()
        send_at_once()
        assert waits(idle)
        assert datagram.fileno() >= 0


def test_objects_that_refuse_every_question_are_left_alone(listening: socket.socket) -> None:
    class Refusing:
        def __getattribute__(self, name: str) -> object:
            raise RuntimeError(name)

    refusing = Refusing()
    assert gc.is_tracked(refusing)
    send_at_once()
    assert accepted(listening)


@pytest.mark.usefixtures("headless")
def test_before_the_first_visitor_everything_slow_is_loaded(listening: socket.socket) -> None:
    async def first_visitor() -> tuple[set[str], bool, set[int]]:
        async with lifespan(st.App(ROOT / "dnn" / "ui" / "main.py")):
            threads = {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}
            return set(SLOW) - set(sys.modules), await asyncio.to_thread(accepted, listening), threads

    try:
        with threadpool_limits(2, user_api="blas"):
            assert asyncio.run(first_visitor()) == (set(), True, {1})
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_the_entry_point_is_an_app_that_streamlit_finds() -> None:
    """`streamlit run app.py` looks for an instance of st.App in the module."""
    namespace: dict[str, object] = {}
    exec(compile((ROOT / "app.py").read_text(), "app.py", "exec"), namespace)
    assert isinstance(namespace["app"], st.App)
