"""What can go wrong in the classifier, each said in one sentence to the person who runs it."""


def install(extra: str) -> str:
    """How an extra is brought in; never by a name that a public registry may give to anybody."""
    return f"`pip install '.[{extra}]'` in a checkout of Soi brings it"


class ClassifierError(Exception):
    """Something the operator can mend; the message says how."""


class ModelRefused(ClassifierError):
    """A model folder that is missing, damaged, newer than this program, or asks for a type we don't trust."""


class NotUnpacked(ClassifierError):
    """A gzipped file that is damaged, or holds too much."""


class BadEvidence(ClassifierError):
    """An evidence file or lexicon that can't be read as described in docs/researcher.md."""
