"""The page without a browser: what is there, and what only haste, malice or a bookmark brings about."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn import DATASETS, Experiment
from dnn.ui.controls.data_gallery import USUAL
from dnn.ui.toolbar.transport import PROJECTED
from tests.ui.page import MAIN, Page

pytestmark = pytest.mark.slow


# what is there


def test_the_page_plays_the_default_at_once(page: Page) -> None:
    assert page.experiment == Experiment()
    assert page.player.state == "playing"
    assert page.link == {}
    assert page.errors == []
    assert page.warnings == ""


def test_every_control_has_its_name(page: Page) -> None:
    page.unfold()
    for label in (
        "Data set",
        "Samples",
        "Noise",
        "Test share",
        "Seed",
        "Activation",
        "Learning rate",
        "Batch size",
        "L2",
        "Initialiser",
        "Speed",
    ):
        assert page.widget(label).label == label
    for label in ("Pause", "Step", "Reset", "New weights", "Add layer", "Remove hidden layer 1"):
        assert page.buttons.count(label) == 1


def test_each_group_asks_its_question_and_l2_is_in_view(page: Page) -> None:
    asked = [heading.value for heading in page.at.subheader]
    assert asked == ["Data :small[Which examples?]", "Network :small[How deep, how wide?]",
                     "Training :small[How fast to learn?]"]  # fmt: skip
    page.set("L2", 0.1)
    assert page.experiment.training.l2 == 0.1


def test_a_picture_chooses_its_data_set(page: Page) -> None:
    for name in USUAL[::-1]:
        page.at.button(key=f"picture-{name}").click()
        page.run()
        assert page.experiment.data.dataset == DATASETS[name]()
        assert page.widget("Data set").value == name
        styles = [each.proto.body for each in page.at.get("html") if "st-key-picture" in each.proto.body]
        assert [style.count("data:image/svg+xml") for style in styles] == [len(USUAL)]
    locked = Page(lock="data")
    assert not [button for button in locked.at.button if str(button.key).startswith("picture-")]


def test_the_projector_is_switched_by_a_button(page: Page) -> None:
    assert page.player.camera.theme.scale == 1.0
    page.press("Projector")
    assert page.player.camera.theme.scale > 1.0
    assert any(each.proto.body == PROJECTED for each in page.at.get("html"))
    page.press("Projector")
    assert page.player.camera.theme.scale == 1.0


def test_the_widgets_show_the_experiment(page: Page) -> None:
    default = Experiment()
    assert page.widget("Data set").value == default.data.dataset.kind
    assert page.widget("Samples").value == default.data.samples
    assert page.widget("Seed").value == default.seed
    assert page.widget("Activation").value == default.network.activation.kind
    assert page.widget("Learning rate").value == default.training.learning_rate
    assert page.widget("Batch size").value == default.training.batch_size
    widths = [page.widget(f"Units in hidden layer {place + 1}").value for place in range(page.layers)]
    assert tuple(widths) == default.network.hidden_layer_sizes


def test_every_visitor_has_a_run_of_their_own() -> None:
    one, other = Page(), Page()
    one.set("Seed", 5)
    one.press("Pause")
    assert one.player is not other.player
    assert other.experiment == Experiment()
    assert other.player.state == "playing"


# what only haste, malice or a bookmark brings about


def test_values_that_look_alike_when_rounded_are_not_mixed_up() -> None:
    page = Page(learning_rate="0.03000001")
    assert page.experiment.training.learning_rate == 0.03000001
    page.set("Learning rate", 0.03)
    assert page.experiment.training.learning_rate == 0.03


def test_a_change_that_comes_before_the_address_bar_has_caught_up_undoes_nothing(page: Page) -> None:
    """The browser sends its address along with every change; after a quick one it is still the old address."""
    page.unfold("Regularisation")
    page.set("Learning rate", 0.3)
    page.at.query_params = {}
    page.set("L2", 0.1)
    assert (page.experiment.training.learning_rate, page.experiment.training.l2) == (0.3, 0.1)
    page.at.query_params = {"learning_rate": "0.3"}
    page.press("Step")
    assert (page.experiment.training.learning_rate, page.experiment.training.l2) == (0.3, 0.1)


def test_a_link_can_put_neither_pictures_nor_links_on_the_page() -> None:
    page = Page(activation="![](http://evil.example/x)", **{"[a](http://evil.example)": "1"})
    assert not re.search(r"(?<!\\)\]\(", page.warnings)


def test_the_page_comes_when_it_is_asked_for_by_its_own_address() -> None:
    at = AppTest.from_file(MAIN, default_timeout=60).run()
    again = at.run()  # AppTest now asks for the page it was on, as a bookmark does from a server just started
    assert [slider.label for slider in again.select_slider]
