"""The browser's end of a widget, for tests without a browser: it sends messages, and keeps the answers."""

import json
from typing import Any

import numpy as np
from comm.base_comm import BaseComm  # comes with anywidget

from dnn import Experiment
from dnn.ui.live.wire import unpack
from dnn.ui.notebook import LiveWidget

EXPERIMENT = Experiment.of(data={"samples": 40}, network={"hidden_layer_sizes": [3]})


class Browser(BaseComm):
    """The other end of a widget's comm: what it was sent, and what it sends."""

    def __init__(self, widget: LiveWidget) -> None:
        self.answers: list[tuple[dict[str, Any], list[bytes]]] = []
        super().__init__(target_name="jupyter.widget")
        widget.comm = self

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **_: Any) -> None:
        if msg_type == "comm_msg" and data["method"] == "custom":
            self.answers.append((data["content"], buffers or []))

    def send_custom(self, content: object) -> None:
        data = {"method": "custom", "content": content}
        self.handle_msg({"content": {"comm_id": self.comm_id, "data": data}, "buffers": []})

    def do(self, action: str, **more: object) -> None:
        self.send_custom({"do": action, **more})

    def ask(self, scene: int = -1, view: str = "a") -> None:
        self.do("frame", view=view, scene=scene)

    def frame(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """Header and arrays of the only answer there is, a frame."""
        ((content, (frame,)),) = self.answers
        self.answers.clear()
        assert content["kind"] == "frame"
        return unpack(frame)


def scene_of(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    scene: dict[str, Any] = json.loads(parts["scene"].tobytes())
    return scene
