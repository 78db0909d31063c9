"""The table of shapes: each line of a training step with the shapes of its operands and of its result."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from dnn.messages import Message
from dnn.mistakes.shapes import Examination, Line, Phase, Shape, State
from dnn.ui.visitor.language import tr

PHASES: dict[Phase, Message] = {
    "given": Message("Given"),
    "forward": Message("Forward"),
    "backward": Message("Backward"),
    "update": Message("Update"),
    "new examples": Message("Forward again, with new examples"),
}
HEADS = (Message("Line"), Message("Shape"), Message("Verdict"))
MARKS: dict[State, str] = {"right": "✓", "numbers": "≠", "stretched": "↔", "shape": "!", "raised": "✗", "unreached": ""}


def draw(found: Examination) -> None:
    """Draw NumPy's message about the step, and the table below it."""
    _verdict(found)
    st.html(table(found))


def about(found: Examination) -> Message:
    """The name of the table."""
    sizes = "-".join(map(str, found.sizes))
    if found.layout == "rows":
        return Message("Shapes of one training step, layers {sizes}, examples in rows", sizes=sizes)
    return Message("Shapes of one training step, layers {sizes}, examples in columns", sizes=sizes)


def _verdict(found: Examination) -> None:
    raised, planted, silent = found.raised, found.planted, found.silent
    if found.broken is None:
        st.success(tr("Every line fits. Break one to see what NumPy says."), icon=":material/check_circle:")
    elif raised is not None:
        text = Message("NumPy raises an error at the wrong line itself.")
        if planted is not None and not raised.planted:
            text = Message(
                "The wrong line is {planted}. NumPy raises an error only at {line}, which is right.",
                planted=f"`{planted.code}`",
                line=f"`{raised.code}`",
            )
        st.error(tr(text), icon=":material/error:")
        st.code(_error(raised), language=None, wrap_lines=True)
    elif silent is not None:
        text = Message(
            "NumPy raises no error. {line} has the shape {shape} and should have {expected}.",
            line=f"`{silent.code}`",
            shape=written(silent.shape),
            expected=written(silent.expected),
        )
        st.warning(tr(text), icon=":material/visibility_off:")
    else:
        text = Message("Every shape is right, and the numbers are wrong. No shape can tell; a gradient check can.")
        st.warning(tr(text), icon=":material/visibility_off:")


def table(found: Examination) -> str:
    """The lines as HTML."""
    rows = []
    for phase, group in groupby(found.lines, key=lambda line: line.phase):
        rows.append(f'<tr><th colspan="3" scope="rowgroup">{escape(tr(PHASES[phase]))}</th></tr>')
        lines_of_phase = list(group)
        if given_lines := [line for line in lines_of_phase if line.phase == "given" and not line.planted]:
            shapes = " · ".join(f"<span>{line.target} {written(line.shape)}</span>" for line in given_lines)
            rows.append(f'<tr class="right"><td colspan="3">{shapes}</td></tr>')
        rows += [_row(line) for line in lines_of_phase if line not in given_lines]
    heads = "".join(f'<th scope="col">{escape(tr(head))}</th>' for head in HEADS)
    return (
        f'<table class="dnn-shapes"><caption>{escape(tr(about(found)))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _row(line: Line) -> str:
    operands = " · ".join(f"{name} {written(shape)}" for name, shape in line.operands)
    code = f"<code>{escape(line.code)}</code>" + (f"<small>{escape(operands)}</small>" if operands else "")
    shape = written(line.shape) if line.shape is not None else "–"
    if line.state == "shape":
        expected = Message("should be {expected}", expected=written(line.expected))
        shape += f"<small>{escape(tr(expected))}</small>"
    planted = " planted" if line.planted else ""
    state = f'<span aria-hidden="true">{MARKS[line.state]}</span> {escape(tr(_said(line)))}'
    row = f'<tr class="{line.state}{planted}"><td>{code}</td><td>{shape}</td><td>{state}</td></tr>'
    if line.message:
        row += f'<tr class="raised"><td colspan="3"><samp>{escape(_error(line))}</samp></td></tr>'
    return row


def _error(line: Line) -> str:
    """The last line of the traceback that Python would print."""
    return f"ValueError: {line.message}"


def _said(line: Line) -> str:
    """Return the remark of the table on a line."""
    names: dict[State, Message] = {
        "right": Message("right"),
        "numbers": Message("right shape, wrong numbers"),
        "stretched": Message("stretched by NumPy without a word"),
        "shape": Message("wrong shape, and no error"),
        "raised": Message("NumPy stops here"),
        "unreached": Message("not reached"),
    }
    if line.planted:
        return Message("the wrong line: {state}", state=names[line.state])
    return names[line.state]


def written(shape: Shape | None) -> str:
    """A shape as Python writes it."""
    return str(shape)
