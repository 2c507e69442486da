"""What a check of a data set says: the rows it concerns, what that means, and what to do."""

from dataclasses import dataclass

from pipeline.research.datasets import SetRow

GAIN = 0.1  # of the rows more are right by guessing from what shouldn't tell: then a model can learn that instead
NO_GROUP = ("", "unknown", "-1")


def name_of(row: SetRow) -> str:
    """A row's part and id."""
    return f"{row.part}:{row.id}" if row.part else row.id


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a finding concerns, and why."""

    row: SetRow
    note: str

    @property
    def name(self) -> str:
        """The row's part and id."""
        return name_of(self.row)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: the rows it concerns, what that means, and what to do; a check not made says why in `sentence`."""

    what: str
    rows: tuple[Found, ...] = ()
    sentence: str = ""
    advice: str = ""

    @property
    def n(self) -> int:
        """How many rows it concerns."""
        return len(self.rows)

    @property
    def made(self) -> bool:
        """Whether the check could be made at all."""
        return bool(self.rows or self.advice or not self.sentence)
