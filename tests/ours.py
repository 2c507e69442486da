"""The model that ships, loaded once for all tests that only read it."""

from functools import cache

from classifier.files import shipped
from classifier.loading import Model, load_model


@cache
def model() -> Model:
    return load_model(shipped("models", "default"))
