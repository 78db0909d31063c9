"""The network as scikit-learn estimators: ``fit``, ``predict``, and everything that scikit-learn does with those.

Both train by the same loop as the playground (``dnn.training``); what is here reads scikit-learn's arguments and gives
back its attributes.
"""

from dnn.estimators.classifier import DNNClassifier
from dnn.estimators.regressor import DNNRegressor

__all__ = ["DNNClassifier", "DNNRegressor"]
