"""Terms for the cost as a landscape in which training walks downhill."""

from __future__ import annotations

from dnn.lessons.glossary.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "landscape",
        "Landscape",
        "landscape|landscapes",
        "The cost as the height of a place, where the place is given by the weights. Training walks downhill in it.",
        "valleys.1",
        formula=r"(W, b) \mapsto J(W, b)",
    ),
    Term(
        "curvature",
        "Curvature",
        "curvature|curvatures",
        "How quickly the slope changes along a direction: large in a narrow valley, small in a flat one, negative "
        "where the ground curves down.",
        "valleys.1",
        formula=r"\lambda = \frac{d^2 J}{dx^2}",
    ),
    Term(
        "ravine",
        "Ravine",
        "ravine|ravines|narrow valley",
        "A valley that is steep across and flat along: the way down is long, and the walls are near.",
        "valleys.1",
        picture="ravine",
    ),
    Term(
        "saddle",
        "Saddle",
        "saddle|saddles",
        "A place without a slope, from which some directions lead up and others down, as on a mountain pass.",
        "valleys.5",
        formula=r"dW = 0, \quad \lambda_{\min} < 0 < \lambda_{\max}",
        picture="saddle",
    ),
    Term(
        "plateau",
        "Plateau of the cost",
        "plateau|plateaus",
        "A stretch of the run on which the cost hardly changes. It need not be the end.",
        "valleys.6",
        picture="plateau",
    ),
    Term(
        "sharpness",
        "Sharpness",
        "sharpness",
        "The largest curvature in any direction. Above 2 over the learning rate, plain steps leap across the valley.",
        "valleys.7",
        formula=r"\lambda_{\max} \le \frac{2}{\alpha}",
    ),
)
