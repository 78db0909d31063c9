"""The page on a projector and on a phone: what is to be seen is large, and nothing hides."""

from playwright.sync_api import Page, expect

from tests.e2e.test_playground import open_page, wait_for_charts

PLANE = ".dnn-boundary .nsewdrag"


def test_on_a_projector_the_plane_and_the_numbers_are_large(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    open_page(page, server)
    wait_for_charts(page)
    size = "parseFloat(getComputedStyle(document.querySelector('[data-number=test_accuracy]')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Projector").click()
    page.wait_for_function(f"() => document.querySelector('{PLANE}').getBoundingClientRect().height > 300")
    assert page.evaluate(size) > 1.3 * before
    box = page.locator(PLANE).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(page.get_by_role("button", name="Stop at")).to_contain_text("Stop at")
    page.get_by_role("button", name="Projector").click()
    page.wait_for_function(f"() => document.querySelector('{PLANE}').getBoundingClientRect().height < 300")


def test_on_a_phone_the_way_to_every_page_is_in_sight(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server)
    links = page.locator(".st-key-pages a")
    expect(links).not_to_have_count(0)
    boxes = [link.bounding_box() for link in links.all()]
    for box in boxes:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    places = {(round(box["x"]), round(box["y"])) for box in boxes if box}
    assert len(places) == len(boxes) >= 6
    assert page.evaluate("document.querySelector('.st-key-pages').scrollWidth") <= 390


def test_a_message_moves_nothing_when_it_comes(page: Page, server: str) -> None:
    open_page(page, server)
    wait_for_charts(page)
    top = "document.querySelector('.dnn-boundary').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.get_by_role("button", name="Empty").click()
    expect(page.locator(".dnn-notice:not(.dnn-waited)")).to_contain_text("nothing to learn from yet")
    assert page.evaluate(top) == before
