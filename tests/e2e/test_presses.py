"""Presses of buttons that follow one another more quickly than scripts start, as a browser sends them."""

from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PRESSES = 10


def test_every_press_counts(server: str) -> None:
    """The address has the number of times that *New weights* was pressed."""
    address = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    # without a bound the messages that nobody reads any more do not keep the connection from being closed
    with connect(address, subprotocols=["streamlit"], max_size=None, max_queue=None) as page:

        def receive() -> ForwardMsg:
            return ForwardMsg.FromString(page.recv(30))  # type: ignore[arg-type]

        opening, press = BackMsg(), BackMsg()
        opening.rerun_script.query_string = "samples=60&layers=4"
        page.send(opening.SerializeToString())
        while not (message := receive()).HasField("script_finished"):
            if message.delta.new_element.button.id.endswith("-new_weights"):
                press.rerun_script.widget_states.widgets.add(id=message.delta.new_element.button.id, trigger_value=True)
        for _ in range(PRESSES):
            page.send(press.SerializeToString())
        query = ""
        while parse_qs(query).get("draw") != [str(PRESSES)]:  # a press that was lost ends this with a TimeoutError
            query = receive().page_info_changed.query_string or query
