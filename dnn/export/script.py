"""One Python file that needs only NumPy and prints the same costs as the run."""

from __future__ import annotations

from textwrap import fill

from dnn.export.listing import CHANGED, listing
from dnn.training.run import Run


def write_script(run: Run) -> bytes:
    """Return the listing of ``run`` as a file; long arrays are at its end."""
    settings, numbers, *functions = listing(run)
    layers = " -> ".join(map(str, run.params.sizes))
    heading = [
        f"A deep neural network in bare NumPy, layers {layers}: written by the dnn playground.",
        "Run it with `python` and this file's name; it needs NumPy 2 and nothing else. On the machine and with the "
        "NumPy that trained in the playground the costs agree to the last digit; elsewhere sums may be rounded "
        "otherwise, and the last digits differ.",
        "Examples stand in columns: X is (n + 1, m), its last row ones, and W is (n_in + 1, n_out), its last row the "
        "biases b. So W.T X is the tutorials' W X + b in one product.",
    ]
    if run.changed:
        heading.append(CHANGED)
    docstring = "\n\n".join(fill(text, 100) for text in heading)
    parts = [f'"""{docstring}\n"""\n\n{settings.code}']
    parts += [section.code for section in functions]
    parts += [f"# The numbers\n\n{numbers.code}", 'if __name__ == "__main__":\n    train()']
    return ("\n\n\n".join(parts) + "\n").encode()
