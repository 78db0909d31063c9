"""All equations of the lessons, by the names that the package has for them."""

from dnn.lessons.equations import Equation, network, training

EQUATIONS: dict[str, Equation] = {
    name: value for part in (network, training) for name, value in vars(part).items() if isinstance(value, Equation)
}
