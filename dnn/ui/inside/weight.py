"""The chain rule at one weight: its factors with their numbers, path by path, and the numeric gradient."""

from __future__ import annotations

import streamlit as st

from dnn.analysis.chain import Chain, Path, Share, chain
from dnn.analysis.walkthrough.update_step import input_names
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui.inside.matrices import localized
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr, translate_latex
from dnn.ui.widgets.glossary import explained

MOST_PATHS = 6  # most terms that are written out
LAYER, FROM, TO, EXAMPLE = "inside.layer", "inside.from", "inside.to", "inside.example"


def draw(run: Run, rows: tuple[int, ...]) -> None:
    """Draw the choice of a weight and the parts of its gradient."""
    layer, i, j = _pick_weight(run)
    result = chain(run, rows, layer, i, j)
    symbol = f"W^{{[{layer}]}}_{{{i + 1},{j + 1}}}"
    _verdict(result, symbol, len(rows))
    share = _example(result)
    explained("**For one example**: what came in at the weight, times how the cost answers to the unit it leads to.")
    came_in = share.paths[0].factors[0].symbol if share.paths else "a"
    slope = rf"\partial J / \partial z^{{[{layer}]}}_{{{j + 1}}}"
    factors = rf"{_under(share.came_in, came_in)} \cdot {_under(share.slope, slope)}"
    st.latex(f"{factors} = {_result(share.product)}")
    if layer < len(run.params):
        _paths(result, share)
    _all_examples(result)


def _pick_weight(run: Run) -> tuple[int, int, int]:
    sizes, names = run.params.sizes, input_names(run)
    with st.container(horizontal=True, key="inside-weight"):
        layers = range(1, len(sizes))
        _keep_within(LAYER, layers)
        layer = st.selectbox(tr("Layer of the weight"), layers, key=LAYER, width=170, persist_state="session")
        _keep_within(FROM, range(sizes[layer - 1]))
        came_from = [localized(name) for name in names] if layer == 1 else _units(sizes[layer - 1])
        i = st.selectbox(
            tr("From"),
            range(sizes[layer - 1]),
            key=FROM,
            width=170,
            format_func=came_from.__getitem__,
            persist_state="session",
        )
        _keep_within(TO, range(sizes[layer]))
        j = st.selectbox(
            tr("To"),
            range(sizes[layer]),
            key=TO,
            width=170,
            format_func=_units(sizes[layer]).__getitem__,
            persist_state="session",
        )
    return layer, i, j


def _units(count: int) -> list[str]:
    return [tr(Message("unit {number}", number=number)) for number in range(1, count + 1)]


def _keep_within(key: str, options: range) -> None:
    if store.value(key) not in options:
        store.put({key: options[0]})


def _verdict(result: Chain, symbol: str, examples: int) -> None:
    left, middle, right = st.columns(3)
    left.metric(tr("The weight"), _plain(result.value))
    middle.metric(tr("Gradient by the chain rule"), _plain(result.gradient))
    if result.numeric is None:
        right.metric(tr("Gradient by nudging"), tr("at a kink"))
        return
    right.metric(tr("Gradient by nudging"), _plain(result.numeric))
    size = abs(result.gradient) + abs(result.numeric)
    difference = abs(result.gradient - result.numeric) / size if size else 0.0
    compared = Message(
        "The weight is made larger and smaller by a millionth, and the cost of the {examples} examples is computed "
        "both times. Relative difference of the two gradients: {difference}.",
        examples=examples,
        difference=f"{difference:.1e}",
    )
    st.caption(tr(compared))


def _example(result: Chain) -> Share:
    shares = {share.row: share for share in result.shares}
    _keep_within_rows(list(shares))
    row = st.segmented_control(
        tr("Example"),
        list(shares),
        key=EXAMPLE,
        required=True,
        format_func=lambda row: f"#{row + 1}",
        persist_state="session",
    )
    return shares[result.shares[0].row if row is None else row]


def _keep_within_rows(rows: list[int]) -> None:
    if store.value(EXAMPLE) not in rows:
        store.put({EXAMPLE: rows[0]})


def _paths(result: Chain, share: Share) -> None:
    note = Message(
        "**Multiplied out**: one product for every path from the weight to an output. {ways} lead there; "
        "the strongest come first.",
        ways=result.ways,
    )
    explained(note)
    if not share.paths:
        too_many = tr("There are too many paths to write out. A network with fewer units shows them.")
        st.info(too_many, icon=":material/route:")
        return
    for path in share.paths[:MOST_PATHS]:
        st.latex(_product(path))
    if rest := share.paths[MOST_PATHS:]:
        together = _plain(sum(path.product for path in rest))
        st.markdown(tr(Message("The other {count} paths together: {sum}", count=len(rest), sum=together)))


def _product(path: Path) -> str:
    return (
        r" \cdot ".join(_under(factor.value, factor.symbol) for factor in path.factors) + f" = {_result(path.product)}"
    )


def _all_examples(result: Chain) -> None:
    explained("**All examples**: the gradient is the sum of what each adds.")
    terms = " + ".join(_under(share.product, rf"\#{share.row + 1}") for share in result.shares)
    penalty = " + " + _under(result.penalty, r"\text{penalty}") if result.penalty else ""
    st.latex(translate_latex(rf"{terms}{penalty} = {_result(result.gradient)}"))


def _under(value: float, symbol: str) -> str:
    return rf"\underbrace{{{_number(value)}}}_{{\textstyle {symbol}}}"


def _result(value: float) -> str:
    """Return a number in LaTeX; adding 0 removes the sign of a zero."""
    mantissa, _, power = f"{value + 0.0:.4g}".partition("e")
    return mantissa if not power else rf"{mantissa} \cdot 10^{{{int(power)}}}"


def _number(value: float) -> str:
    """Return a number in LaTeX, with brackets around a negative one."""
    return f"({_result(value)})" if value < 0 else _result(value)


def _plain(value: float) -> str:
    return f"{value + 0.0:.6g}".replace("-", "−")
