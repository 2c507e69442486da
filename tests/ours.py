"""The model that ships, and the facts that do, loaded once for all tests that only read them."""

from functools import cache

from classifier.evidence import facts
from classifier.evidence.retrieval import PassageIndex
from classifier.files import shipped
from classifier.loading import Model, load_model


@cache
def model() -> Model:
    return load_model(shipped("models", "default"))


@cache
def facts_index() -> PassageIndex:
    return PassageIndex.build(facts.shipped_passages(), concepts=model().lexicon.index_terms)
