"""scikit-learn's base classes, without the pandas that it would load.

It loads pandas, and with that pyarrow, wherever they are installed, and uses neither here: 74 MB and half a second that
every scoring process would pay.
"""

from classifier.imports import without

with without("pandas"):
    from sklearn.base import BaseEstimator, ClassifierMixin

__all__ = ["BaseEstimator", "ClassifierMixin"]
