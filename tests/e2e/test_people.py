"""For all people: axe-core finds nothing serious in any state of the page, light or dark; and the first visit."""

import re
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.playground import open_page, visit_page, wait_for, wait_for_charts
from tests.e2e.test_sizes import it_fits

FOLDS = ("Inputs and weights", "Initialisation and layers", "Schedule", "Regularisation", "Loss and precision")
RULES: dict[Literal["light", "dark"], tuple[str, ...]] = {"light": (), "dark": ("color-contrast", "link-in-text-block")}

# What axe-core finds while the page rests, from the first to the last: a script that runs pales what it is about to
# draw anew, and one may begin at any time, as it does when the scheme has changed. Such a look does not count.
LOOK = """async ([within, options]) => {
    const rests = () => document.querySelector('[data-test-script-state=notRunning]')
        && !document.querySelector('[data-stale=true]')
        && !document.getAnimations().some((each) => each instanceof CSSTransition && each.playState === 'running');
    const watched = { subtree: true, childList: true, attributeFilter: ['data-stale', 'data-test-script-state'] };
    for (let tries = 0; tries < 20; tries++) {
        while (!rests()) await new Promise((passed) => setTimeout(passed, 50));
        let disturbed = false;
        const observer = new MutationObserver(() => { disturbed ||= !rests(); });
        observer.observe(document.body, watched);
        const { violations } = await axe.run(within ?? document, options);
        observer.disconnect();
        if (!disturbed) return violations;
    }
    throw new Error('the page does not rest');
}"""

# The rules that find nothing serious or critical, whatever they find.
LEAVE_OUT = """() => axe.configure({ rules: axe._audit.rules
    .filter(({ impact }) => impact === 'minor' || impact === 'moderate').map(({ id }) => ({ id, enabled: false })) })"""

# Between two presses the page takes note of the first.
PRESS = """async (buttons) => {
    for (const button of buttons) {
        button.click();
        await new Promise((noted) => setTimeout(noted));
    }
}"""

SCHEME = """() => {
    const { backgroundColor } = getComputedStyle(document.querySelector('[data-testid=stApp]'));
    return backgroundColor.match(/[0-9]+/g).map(Number).reduce((a, b) => a + b) < 200 ? 'dark' : 'light';
}"""


# Of a button and its link while the component's script, which comes after its HTML, has not yet named them.
VISIBILITY_WITHOUT_NAME = """button => {
    button.textContent = '';
    return ['button', 'input'].map((name) => getComputedStyle(button.parentElement.querySelector(name)).visibility);
}"""


def violations(page: Page, *rules: str, within: str | None = None) -> list[str]:
    """What axe-core finds that is serious or critical, with the element and what would mend it.

    ``rules``: those to look for; without any, all that axe-core looks for by itself. ``within``: selects a part of
    the page, where the rest is as it was when it was looked at.
    """
    if page.evaluate("() => typeof axe === 'undefined'"):  # half a megabyte, once for each page
        page.evaluate(Axe().axe_script)
        page.evaluate(LEAVE_OUT)
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate(LOOK, [within, options])
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def nothing_serious(page: Page, where: str, within: str | None = None) -> None:
    """Neither in the light nor in the dark, which only the rules on colours can tell from each other.

    The scheme that is shown comes first: a change of it draws the whole page anew.
    """
    shown = page.evaluate(SCHEME)
    for scheme in sorted(RULES, key=lambda scheme: scheme != shown):
        show(page, scheme)
        nothing_serious_is_shown(page, scheme, where, within)


def show(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"scheme => ({SCHEME})() === scheme", arg=scheme)


def nothing_serious_is_shown(
    page: Page, scheme: Literal["light", "dark"], where: str, within: str | None = None
) -> None:
    assert violations(page, *RULES[scheme], within=within) == [], f"{where}, {scheme}"


def test_nothing_serious_in_any_state(page: Page, server: str) -> None:
    """All states in one scheme and then in the other: a change of it costs more than to open what is looked at."""
    open_page(page, server)
    wait_for_charts(page)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    unfold_all_settings(page)
    page.get_by_role("tab", name="Numbers").click()
    show(page, "dark")
    nothing_serious_in_any_state(page, "dark")
    nothing_serious_in_presets(page)
    nothing_serious_in_any_state(page, "light")


def unfold_all_settings(page: Page) -> None:
    """Quickly, so that few runs of the page draw them. All that the page shows beside them is shown as before."""
    page.locator("summary", has_text=re.compile("|".join(FOLDS))).evaluate_all(PRESS)
    for fold in FOLDS:
        expect(page.locator("details", has_text=fold).locator("input").first).to_be_attached()
    expect(page.get_by_role("slider", name="L2")).to_be_visible()
    expect(page.get_by_role("combobox", name="Loss")).to_be_visible()


def nothing_serious_in_any_state(page: Page, scheme: Literal["light", "dark"]) -> None:
    nothing_serious_is_shown(page, scheme, "the numbers", ".dnn-cost")
    page.get_by_role("tab", name="Cost", exact=True).click()
    nothing_serious_is_shown(page, scheme, "unfolded settings")
    for name in ("stop", "share", "keys"):
        opened(page, scheme, f".st-key-{name} button")
    opened(page, scheme, "[class*=st-key-curve] button")
    page.get_by_role("tab", name="Numbers").click()
    page.set_viewport_size({"width": 390, "height": 844})
    nothing_serious_is_shown(page, scheme, "on a phone")
    page.set_viewport_size(DESKTOP)


def nothing_serious_in_presets(page: Page) -> None:
    """From the dark to the light: it is drawn anew with less than what opens it again."""
    page.locator(".st-key-presets button").click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=15_000)
    nothing_serious(page, "presets", "[role=dialog]")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=15_000)


def opened(page: Page, scheme: Literal["light", "dark"], button: str) -> None:
    """Open what ``button`` opens, look at it with axe-core, and close it."""
    inside = "[data-testid=stPopoverBody]"
    page.locator(button).first.click()
    expect(page.locator(inside).last).to_be_visible(timeout=15_000)
    nothing_serious_is_shown(page, scheme, button, inside)
    page.keyboard.press("Escape")
    expect(page.locator(inside)).to_have_count(0, timeout=15_000)


def test_the_first_steps_are_shown_once_and_cover_nothing_that_they_explain(newcomer: Page, server: str) -> None:
    page = newcomer
    who_comes_by_a_link_gets_no_first_steps(page, server)
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    open_page(page, server)
    they_are_left_by_the_keyboard(page)
    open_page(page, server)
    no_first_steps(page)
    page.evaluate("() => localStorage.removeItem('dnn.first-steps')")
    page.set_viewport_size({"width": 390, "height": 844})
    visit_page(page, "shapes")
    visit_page(page, "")  # the panel is made anew
    expect(page.locator(".dnn-tour")).to_be_visible()
    it_fits(page)
    they_lead_to_their_end_on_a_phone(page)


def who_comes_by_a_link_gets_no_first_steps(page: Page, server: str) -> None:
    locked = "lock=data,samples,layers,activation,learning_rate"
    open_page(page, server, f"?title=Bend+it&task=How+many+units%3F&play=yes&{locked}&batch_size=no")
    no_first_steps(page)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    a_page_for_pupils_and_where_it_is_made(page)


def no_first_steps(page: Page) -> None:
    wait_for(page, "+d.epoch > 5")
    expect(page.locator(".dnn-tour")).to_have_count(0)
    expect(page.get_by_role("complementary", name="First steps")).to_have_count(0)


def a_page_for_pupils_and_where_it_is_made(page: Page) -> None:
    expect(page.get_by_role("heading", name="Bend it")).to_be_visible()
    expect(page.get_by_role("combobox", name="Data set")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a hidden layer")).to_have_count(0)
    nothing_serious(page, "for pupils")
    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils").click()
    page.get_by_text("Only these").click()
    expect(page.get_by_label("Link for pupils", exact=True)).to_have_value(re.compile("show="))  # drawn for this choice
    copy = page.get_by_role("button", name="Copy link for pupils")
    expect(copy).to_be_visible()
    nothing_serious(page, "where it is made", "[role=dialog]")
    assert copy.evaluate(VISIBILITY_WITHOUT_NAME) == ["hidden", "hidden"]
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def they_are_left_by_the_keyboard(page: Page) -> None:
    hint = page.get_by_role("complementary", name="First steps")
    for title in ("It is learning right now", "Change anything while it learns"):
        expect(hint.get_by_role("heading", name=title)).to_be_visible()
        they_cover_nothing(page)
        assert violations(page, within=".dnn-tour") == [], title
        hint.get_by_role("button", name="Next").press("Enter")
    expect(hint.get_by_role("heading", name="Look inside")).to_be_visible()
    they_cover_nothing(page)
    page.set_viewport_size({"width": 1024, "height": 768})
    for step in (3, 2, 1):
        expect(hint.get_by_text(f"{step} / 3")).to_be_visible()
        they_cover_nothing(page)
        if step > 1:
            hint.get_by_role("button", name="Back").press("Enter")
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)


def they_lead_to_their_end_on_a_phone(page: Page) -> None:
    card = page.locator(".dnn-tour")
    for step in (1, 2, 3):
        expect(card.get_by_text(f"{step} / 3")).to_be_visible()
        they_cover_nothing(page)
        card.get_by_role("button").last.click()
    expect(card).to_have_count(0)


def they_cover_nothing(page: Page) -> None:
    page.wait_for_function(
        """() => {
            const box = name => document.querySelector(name).getBoundingClientRect();
            const a = box('.dnn-tour'), b = box('.dnn-ring');
            const apart = a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;
            return apart && a.left >= 0 && a.top >= 0 && a.right <= innerWidth && a.bottom <= innerHeight;
        }"""
    )
    expect(page.locator(".dnn-ring")).to_be_visible()
