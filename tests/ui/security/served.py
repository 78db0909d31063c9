"""The page's security in front of stand-ins for what Streamlit serves."""

from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

SCHOOL, BACKEND = "https://dnn.school.example", "backend:8501"
STREAM = "/_stcore/stream"


async def stream(socket: WebSocket) -> None:
    """In place of Streamlit's own: it says which origin has reached it."""
    await socket.accept()
    await socket.send_text(socket.headers.get("origin", "none"))
    await socket.close()


PLACES = [
    WebSocketRoute(STREAM, stream),
    Route("/_stcore/upload_file", lambda request: PlainTextResponse("uploaded"), methods=["PUT", "DELETE", "GET"]),
    Route("/_stcore/host-config", lambda request: PlainTextResponse("settings")),
    Route("/", lambda request: PlainTextResponse("page")),
]
