"""The gradient check of the network on screen: a verdict, a line for each layer, and a map of the errors."""

from __future__ import annotations

import streamlit as st

from dnn.analysis.gradient_check import DOUBTFUL, GradientCheck, gradient_check
from dnn.analysis.walkthrough.update_step import Update
from dnn.messages import Message
from dnn.plots.check import check_figure
from dnn.plots.theme import Theme
from dnn.training.run import Run
from dnn.ui.turns import long_computation
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained

MOST_NUMBERS = 4000  # most parameters: each needs two forward passes


def draw(run: Run, rows: tuple[int, ...], theme: Theme) -> None:
    """Check ``backward`` at the run's weights against central differences, for the chosen examples."""
    explained(
        "Every weight and bias is nudged a little up and down. How much the cost changes must agree with the gradient "
        "that the backward pass computed: then the backward pass is right."
    )
    if run.params.vector.size > MOST_NUMBERS:
        count = Message(
            "This network has {count} weights and biases; up to {most} are checked here.",
            count=run.params.vector.size,
            most=MOST_NUMBERS,
        )
        st.info(tr(count))
        return
    numbers = Update(run, rows)
    with long_computation():
        check = gradient_check(
            run.params, numbers.X, numbers.y, run.network, l1=numbers.l1, l2=numbers.l2, weights=numbers.sample_weight
        )
    say(check)
    st.plotly_chart(
        check_figure(check, theme, tr),
        key="inside.check",
        theme=None,
        config={"displayModeBar": False},
        alt=tr(Message("Relative error of every weight and bias, layer by layer. {check}", check=str(check))),
    )
    lines = [f"| {number} | {of_W:.1e} | {of_b:.1e} |" for number, (of_W, of_b) in enumerate(check.per_layer, start=1)]
    head = "| " + " | ".join((tr("Layer"), tr("Weights"), tr("Biases"))) + " |"
    st.markdown("\n".join((head, "|---|---|---|", *lines)))
    st.caption(
        tr(
            "‖g − n‖ / (‖g‖ + ‖n‖), with g by the backward pass and n by nudging. Below 10⁻⁷ a gradient is right. "
            "What differs by more on the map may still be fine: a slope near 0 has few digits to compare."
        )
    )


def say(check: GradientCheck) -> None:
    """Return the verdict."""
    difference = f"{check.difference:.1e}".replace("-", "−")
    if check.passed:
        text = Message(
            "**The gradient is right.** The relative difference is {said}, and 10⁻⁷ would do.", said=difference
        )
        st.success(tr(text), icon=":material/check_circle:")
    elif check.difference <= DOUBTFUL:
        text = Message(
            "**The gradient may be right.** The relative difference is {said}: more than 10⁻⁷, less than 10⁻⁵.",
            said=difference,
        )
        st.warning(tr(text), icon=":material/help:")
    else:
        text = Message(
            "**The gradient is wrong.** The relative difference is {said}, far more than 10⁻⁷.", said=difference
        )
        st.error(tr(text), icon=":material/cancel:")
    if check.kinks:
        left_out = Message(
            "{kinks} numbers are left out: a nudge would push a unit over the kink of its activation.",
            kinks=check.kinks,
        )
        st.caption(tr(left_out))
