"""For all people: axe-core finds nothing serious in any state of the page; the first visit; a tab out of sight."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import SEEN
from tests.e2e.test_playground import number, open_page, wait_for, wait_for_charts

FOLDS = ("Inputs and weights", "Initialisation and layers", "Schedule", "Regularisation", "Loss and precision")
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


# Streamlit pales what it is about to draw anew.
RESTS = """() => document.querySelector('[data-test-script-state=notRunning]')
    && !document.querySelector('[data-stale=true]')
    && !document.getAnimations().some((each) => each instanceof CSSTransition && each.playState === 'running')"""


def violations(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical, with the element and what would mend it."""
    page.wait_for_function(RESTS)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.fixture(params=["light", "dark"])
def themed(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    context.add_init_script(SEEN)
    yield context.new_page()
    context.close()


def opened(page: Page, button: str, inside: str) -> None:
    """Open what ``button`` opens, look at it with axe-core, and close it."""
    page.locator(button).first.click()
    expect(page.locator(inside).last).to_be_visible(timeout=15_000)
    assert violations(page) == [], button
    page.keyboard.press("Escape")
    expect(page.locator(inside)).to_have_count(0, timeout=15_000)


def test_nothing_serious_in_any_state(themed: Page, server: str) -> None:
    page = themed
    open_page(page, server)
    wait_for_charts(page)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    assert violations(page) == [], "the page"
    for fold in FOLDS:
        page.locator("summary", has_text=fold).click()
    expect(page.get_by_role("slider", name="L2")).to_be_visible()
    expect(page.get_by_role("combobox", name="Loss")).to_be_visible()
    assert violations(page) == [], "unfolded settings"
    for name in ("stop", "share", "keys"):
        opened(page, f".st-key-{name} button", "[data-testid=stPopoverBody]")
    opened(page, "[class*=st-key-curve] button", "[data-testid=stPopoverBody]")
    page.locator(".st-key-presets button").click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=15_000)
    assert violations(page) == [], "presets"
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=15_000)
    page.get_by_role("tab", name="Numbers").click()
    assert violations(page) == [], "the numbers"
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == [], "on a phone"


def test_nothing_serious_on_a_page_for_pupils_nor_where_it_is_made(themed: Page, server: str) -> None:
    page = themed
    locked = "lock=data,samples,layers,activation,learning_rate"
    link = f"?title=Bend+it&task=How+many+units%3F&play=yes&{locked}&batch_size=no"
    open_page(page, server, link)
    expect(page.get_by_role("heading", name="Bend it")).to_be_visible()
    expect(page.get_by_role("combobox", name="Data set")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a hidden layer")).to_have_count(0)
    assert violations(page) == [], "for pupils"
    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils").click()
    page.get_by_text("Only these").click()
    expect(page.get_by_role("button", name="Copy link for pupils")).to_be_visible()
    assert violations(page) == [], "where it is made"


def test_inside_one_step_on_a_phone(themed: Page, server: str) -> None:
    """No formula at any stop is a box that only a pointer can scroll, and none makes the page wider."""
    page = themed
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/inside?layers=3-2&optimizer=adam&l2=0.5")
    following, number = page.get_by_role("button", name="Next"), 1
    while True:
        expect(page.get_by_text(re.compile(rf"^{number} of \d+$"))).to_be_visible(timeout=60_000)
        expect(page.locator(".katex-display").first).to_be_visible()
        page.wait_for_function(  # once what is drawn has come to rest
            """() => [...document.querySelectorAll('.katex-display, [data-testid=stMain]')].every(
                (box) => box.scrollWidth <= box.clientWidth + 1 || getComputedStyle(box).overflowX === 'visible'
            )"""
        )
        if number == 3:
            assert violations(page) == []
        if following.is_disabled():
            break
        following.click()
        number += 1
    for view, shown in (("One weight", "Gradient by nudging"), ("Gradient check", "The relative difference is")):
        page.get_by_text(view).click()
        expect(page.get_by_text(shown).first).to_be_visible()
        assert violations(page) == [], view


def test_the_first_steps_are_shown_once(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    open_page(page, server)
    hint = page.get_by_role("complementary", name="First steps")
    for title in ("It is learning right now", "Change anything while it learns"):
        expect(hint.get_by_role("heading", name=title)).to_be_visible()
        assert violations(page) == [], title
        hint.get_by_role("button", name="Next").press("Enter")
    expect(hint.get_by_role("heading", name="Look inside")).to_be_visible()
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    open_page(page, server)
    wait_for(page, "+d.epoch > 5")
    expect(hint).to_have_count(0)
    context.close()


@pytest.mark.parametrize("query", ["?data=circles", "?title=Bend+it&play=yes"])
def test_who_comes_by_a_link_gets_no_first_steps(browser: Browser, server: str, query: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    open_page(page, server, query)
    wait_for(page, "+d.epoch > 5")
    expect(page.locator(".dnn-tour")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_the_first_steps_cover_nothing_of_what_they_explain(
    browser: Browser, server: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    open_page(page, server)
    card, ring = page.locator(".dnn-tour"), page.locator(".dnn-ring")
    for step in range(3):
        expect(card.get_by_text(f"{step + 1} / 3")).to_be_visible()
        page.wait_for_function(
            """() => {
                const box = name => document.querySelector(name).getBoundingClientRect();
                const a = box('.dnn-tour'), b = box('.dnn-ring');
                const apart = a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;
                return apart && a.left >= 0 && a.top >= 0 && a.right <= innerWidth && a.bottom <= innerHeight;
            }"""
        )
        expect(ring).to_be_visible()
        card.get_by_role("button").last.click()
    expect(card).to_have_count(0)
    context.close()


def test_a_hidden_tab_waits_and_goes_on_if_asked_to(page: Page, server: str) -> None:
    panel = open_page(page, server)
    wait_for(page, "+d.epoch > 5")
    page.evaluate(HIDE, True)
    expect(page).to_have_title(re.compile("^⏸"))
    at = number(panel, "epoch")
    page.wait_for_timeout(2500)
    page.evaluate(HIDE, False)
    expect(page).to_have_title(re.compile("^dnn"))
    waited = panel.locator(".dnn-waited")
    expect(waited).to_contain_text("Training waited while this tab was hidden.")
    assert violations(page) == []
    waited.get_by_role("button", name="Keep training in the background").click()
    expect(waited).to_be_hidden()
    page.evaluate(HIDE, True)
    at = number(panel, "epoch")
    expect(page).to_have_title(re.compile("^▶"))
    page.wait_for_timeout(4000)
    assert number(panel, "epoch") == at, "nothing is drawn out of sight"
    page.evaluate(HIDE, False)
    wait_for(page, f"+d.epoch > {at + 20}")
    expect(waited).to_contain_text("Training went on")
