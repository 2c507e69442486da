"""scikit-learn's base classes, without the pandas that it would load.

It loads pandas, and with that pyarrow, wherever they are installed, and uses neither here: 74 MB and half a second that
every scoring process would pay. Of SciPy's statistics and special functions, 39 MB and another half second, fits alone
make use.
"""

from classifier.imports import late, without

with without("pandas"), late("scipy.stats", "scipy.special"):
    from sklearn.base import BaseEstimator, ClassifierMixin

__all__ = ["BaseEstimator", "ClassifierMixin"]
