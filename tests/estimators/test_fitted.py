"""What a person sees of a model: its bar, its representation, its warnings, and what fit has learnt."""

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dnn import DNNClassifier, DNNRegressor
from dnn.activations import LeakyReLU
from tests.estimators.models import BOTH, NUMBERS, TARGETS, Estimator, X, weights_of


@pytest.mark.parametrize("kind", BOTH)
def test_verbose_shows_a_bar_on_stderr_and_nothing_on_stdout(
    kind: type[Estimator], capsys: pytest.CaptureFixture[str]
) -> None:
    kind(epochs=3, verbose=True).fit(X, NUMBERS)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert kind.__name__ in shown.err
    assert "3/3" in shown.err
    assert "loss=" in shown.err


@pytest.mark.parametrize("kind", BOTH)
def test_without_verbose_nothing_is_shown(kind: type[Estimator], capsys: pytest.CaptureFixture[str]) -> None:
    kind(epochs=3).fit(X, NUMBERS).predict(X)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("kind", BOTH)
def test_the_bar_changes_no_weight(kind: type[Estimator]) -> None:
    shown, silent = (
        kind(epochs=20, batch_size=7, random_state=0, verbose=bar).fit(X, NUMBERS) for bar in (True, False)
    )
    np.testing.assert_array_equal(weights_of(shown), weights_of(silent))


@pytest.mark.parametrize("kind", BOTH)
def test_the_html_repr_names_the_class_and_what_was_set(kind: type[Estimator]) -> None:
    html = kind(activation=LeakyReLU(slope=0.125))._repr_html_()
    assert kind.__name__ in html
    assert "0.125" in html


def test_the_html_repr_of_a_fitted_pipeline_names_the_class() -> None:
    html = make_pipeline(StandardScaler(), DNNClassifier(epochs=1)).fit(X, NUMBERS)._repr_html_()
    assert "DNNClassifier" in html


def test_divergence_warns_and_keeps_the_last_finite_weights() -> None:
    model = DNNRegressor((8,), "relu", learning_rate=100.0, random_state=0)
    with pytest.warns(ConvergenceWarning, match="Diverged in epoch"):
        model.fit(100.0 * X, TARGETS["one number"])
    assert np.isfinite(weights_of(model)).all()
    assert 0 < model.n_iter_ == len(model.loss_curve_) < 200
    assert np.isfinite(model.loss_)


def test_divergence_in_the_first_epoch_leaves_the_starting_weights_and_no_loss() -> None:
    model = DNNRegressor((8,), "relu", random_state=0)
    with pytest.warns(ConvergenceWarning, match="Diverged in epoch 1"):
        model.fit(1e160 * X, TARGETS["one number"])
    assert np.isfinite(weights_of(model)).all()
    assert model.loss_curve_ == []
    assert np.isnan(model.loss_)


@pytest.mark.parametrize("kind", BOTH)
def test_before_fit_there_is_nothing_to_predict_with(kind: type[Estimator]) -> None:
    with pytest.raises(NotFittedError):
        kind().predict(X)


@pytest.mark.parametrize(
    "name", ["coefs_", "intercepts_", "loss_curve_", "loss_", "n_iter_", "n_layers_", "n_outputs_"]
)
def test_what_fit_learns_is_there_after_fit_only(name: str) -> None:
    model = DNNRegressor(epochs=1)
    assert not hasattr(model, name)
    assert hasattr(model.fit(X, TARGETS["two numbers"]), name)


def test_layers_and_outputs_are_counted() -> None:
    model = DNNRegressor((5, 4), epochs=1).fit(X, TARGETS["two numbers"])
    assert (model.n_layers_, model.n_outputs_) == (4, 2)
