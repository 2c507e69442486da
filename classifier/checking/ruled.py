"""A claim as it is laid beside evidence: as it is meant, with what talk says of a right told as a rule tells it, but
where rows know it as it stands."""

from classifier.loading import Model
from classifier.logic import contraries
from classifier.orthography import spelling
from classifier.text import Alignment


def ruled(model: Model, claim: str) -> str:
    """The claim's text."""
    plain, told = spelling.plain(claim), spelling.ruled(claim)
    return plain if told == plain or contraries.contradicting(plain, model.rows) else told


def read_ruled(model: Model, claim: str) -> Alignment:
    """The same with the way back to the claim."""
    as_it_stands = ruled(model, claim) == spelling.plain(claim)
    return spelling.read(claim) if as_it_stands else spelling.read_ruled(claim)
