"""Scripts that both the page and the exported replay use, as files that a browser can run.

Inside ``dnn/`` scripts import each other by relative paths; the page serves them under the same paths.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
