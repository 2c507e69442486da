"""What a pipe answers by, as it is at the moment: a model, and the evidence that texts are laid beside."""

from collections.abc import Sequence

from classifier.checking.repeats import RefutedClaims
from classifier.evidence.facts import shipped_passages
from classifier.evidence.retrieval import Passage
from classifier.loading import Model
from pipeline.home import DEFAULT, Home
from pipeline.indexing import build_index
from pipeline.registry import live_model, load
from pipeline.steps import Bench, bench_of, kept_up
from pipeline.store import Database, models
from pipeline.store.database import StoreError, file_now, open_to_read, writes


class HeldModel:
    """The version that is named, else the live one of a home, or the one that ships where it has no database."""

    def __init__(self, home: Home, version: str | None) -> None:
        self._home, self._named = home, version
        self._file = self._file_now() if home.has_database else ()  # first, or what comes meanwhile is missed
        self._db = open_to_read(home.database) if self._file else None
        self._written = writes(self._db) if self._db else 0
        self._begin(self._db)

    def _file_now(self) -> tuple[object, ...]:
        try:
            return file_now(self._home.database)
        except FileNotFoundError:
            raise StoreError(f"{self._home.no_database} any more; bring it back, then begin anew.") from None

    def _begin(self, db: Database | None) -> None:
        """Take everything anew."""
        self._live = models.live_version(db) if db and not self._named else ""
        self.model = self._load(db)

    def _load(self, db: Database | None) -> Model:
        if db and not self._named:
            return live_model(self._home, db, version=self._live)
        return load(self._home, self._named or DEFAULT)

    def look(self) -> None:
        """Take in what has changed; one short question where nobody wrote into the store."""
        if self._db is None:
            return
        if (file := self._file_now()) != self._file:
            self._reopen(self._db, file)
        elif (written := writes(self._db)) != self._written:
            self._renew(self._db)
            self._written = written

    def _reopen(self, before: Database, file: tuple[object, ...]) -> None:
        """Take in another store, as one that was brought back, or what its owner wrote into one that was copied."""
        db = open_to_read(self._home.database)
        try:
            written = writes(db)
            if file[0] == self._file[0]:
                self._renew(db)
            else:
                self._begin(db)
        except BaseException:
            db.close()
            raise
        self._db, self._file, self._written = db, file, written
        before.close()

    def _renew(self, db: Database) -> None:
        if not self._named and (live := models.live_version(db)) != self._live:
            self.model, self._live = live_model(self._home, db, version=live), live


class HeldEvidence(HeldModel):
    """A model with the passages given, else with those of a home and the claims found false there, or with the facts
    that ship."""

    def __init__(self, home: Home, version: str | None, given: Sequence[Passage] | None) -> None:
        self._given = shipped_passages() if given is None and not home.has_database else given
        self.refuted: RefutedClaims | None = None
        super().__init__(home, version)

    def _begin(self, db: Database | None) -> None:
        super()._begin(db)
        self._take(db)

    def _take(self, db: Database | None) -> None:
        """Take the evidence as it stands; what breaks off is begun anew at the next look."""
        if self._given is not None or db is None:
            self.index = build_index(self._given or (), self.model)
            self._taken_by = self.model
        else:
            self._lay(bench_of(self._home, db, self.model))

    def _lay(self, bench: Bench) -> None:
        self._bench, self.refuted = bench, bench.refuted
        self.model, self.index, self._taken_by = bench.model, bench.index, bench.model

    def _renew(self, db: Database) -> None:
        super()._renew(db)
        if self.model is not self._taken_by:
            self._take(db)
        elif self._given is None:
            self._lay(kept_up(self._home, db, self._bench))
