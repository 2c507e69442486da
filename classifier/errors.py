"""What can go wrong in the classifier, each said in one sentence to the person who runs it."""

from collections.abc import Iterator
from contextlib import contextmanager


def install(extra: str) -> str:
    """How an extra is brought in; never by a name that a public registry may give to anybody."""
    return f"`pip install '.[{extra}]'` in a checkout of Soi brings it"


class ClassifierError(Exception):
    """Something the operator can mend; the message says how."""


class ModelRefused(ClassifierError):
    """A model folder that is missing, damaged, newer than this program, or asks for a type we don't trust."""


@contextmanager
def refusing(sentence: str) -> Iterator[None]:
    """Whatever goes wrong with a part's files is one refusal, as damage raises one of a dozen types; "{error}" in the
    sentence is which. A lack of memory is no fault of theirs and goes on."""
    try:
        yield
    except (ModelRefused, MemoryError):
        raise
    except Exception as error:
        raise ModelRefused(sentence.replace("{error}", type(error).__name__)) from error


class NotUnpacked(ClassifierError):
    """A gzipped file that is damaged, or holds too much."""


class BadEvidence(ClassifierError):
    """An evidence file or lexicon that can't be read as described in docs/researcher.md."""
