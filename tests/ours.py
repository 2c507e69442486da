"""The model that ships, and the facts that do, loaded once for all tests that only read them."""

from functools import cache

from classifier.evidence import facts
from classifier.evidence.retrieval import Passage, PassageIndex
from classifier.files import shipped
from classifier.loading import Model, load_model


@cache
def model() -> Model:
    return load_model(shipped("models", "default"))


@cache
def facts_passages() -> tuple[Passage, ...]:
    return tuple(facts.shipped_passages())


@cache
def facts_index() -> PassageIndex:
    return PassageIndex.build(facts_passages(), concepts=model().lexicon.index_terms)
