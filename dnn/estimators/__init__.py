"""The network as scikit-learn estimators with ``fit`` and ``predict``.

Both use the same training loop as the playground (``dnn.training``). This package converts scikit-learn's arguments and
provides its attributes.
"""

from dnn.estimators.classifier import DNNClassifier
from dnn.estimators.regressor import DNNRegressor

__all__ = ["DNNClassifier", "DNNRegressor"]
