"""scikit-learn's base classes, without the pandas that it would load.

It loads pandas, and with that pyarrow, wherever they are installed, and uses neither here: 74 MB and half a second that
every scoring process would pay.
"""

import sys

_PANDAS = "pandas" not in sys.modules
if _PANDAS:
    sys.modules["pandas"] = None  # type: ignore[assignment]  # "not to be imported"
try:
    from sklearn.base import BaseEstimator, ClassifierMixin
finally:
    if _PANDAS:
        del sys.modules["pandas"]

__all__ = ["BaseEstimator", "ClassifierMixin"]
