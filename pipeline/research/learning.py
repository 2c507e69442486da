"""Material for a training out of the folders a researcher names: public sets, imported sets, label snapshots."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from classifier.entailment.verdict import LABELS
from classifier.files import sha256, shipped
from classifier.learning import stances, written
from classifier.learning.material import Material, PairRow, free
from classifier.orthography import spelling
from classifier.policy import KINDS
from classifier.readers import asides, seeding
from classifier.readers.seeding import DECIDED, IMPORTED, MEASURED, Labelled, digest
from pipeline.agreement import Pair
from pipeline.records import Verdict
from pipeline.research import datasets, publicsets, snapshots, tables
from pipeline.research.findings import NO_GROUP
from pipeline.research.snapshots import REPEATED, LabelRow

DECIDED_WEIGHT = 2.0  # a verdict of this desk is nearer to what the model will meet than a public set's row
KIND_OF = {
    Verdict.OPINION: "opinion", Verdict.TESTIMONY: "testimony", Verdict.FALSE: "claim", Verdict.TRUE: "claim",
    Verdict.MISLEADING: "claim", Verdict.UNVERIFIABLE: "claim",
}  # fmt: skip
LABEL_OF = {Verdict.FALSE: "refuted", Verdict.TRUE: "supported"}


class MaterialRefused(Exception):
    """A folder that can't be learned from; the message says what it should hold."""


def gather(folders: Sequence[Path], *, words: bool = True, share: float = 1.0, seed: int = 0) -> Material:
    """All that the folders hold, and files of labels, beside what ships; raises MaterialRefused for one without.

    Of a folder of measuring sets only `posts*.jsonl` is learned from: texts labelled twice, which set the readers'
    thresholds and are judged by cross-validation. Claims, protected texts and the rest are never learned from. Of what
    ships only a share is read, drawn by the seed: reading takes longest.
    """
    rows: list[LabelRow] = []
    told: dict[str, str] = {}
    for folder in folders:
        if (labels := _labels_of(folder)) is not None:
            found = snapshots.read(folder)
            if not found:
                raise MaterialRefused(f"{folder} holds no label; decide cases first, then take a snapshot of them.")
            rows += found
            told[free(f"labels/{folder.name}", told)] = sha256(labels)
    home = shipped("data", "seed.jsonl").parent
    public = next((folder for folder in folders if _is_public(folder)), None)
    posts = next((path for folder in folders for path in sorted(folder.glob("posts*.jsonl"))), None)
    others = [one for one in folders if _labels_of(one) is None and (posts is None or posts.parent != one)]
    _refuse_strange(others)  # before what ships is read
    ours = ("seed.jsonl", "voices.jsonl", "contrasts.jsonl", "everyday.jsonl", "readings.jsonl", "cues.toml")
    digests = {name: sha256(home / name) for name in ours if (home / name).exists()}
    digests |= {posts.name: sha256(posts)} if posts else {}
    shipped_texts = seeding.gather(home, datasets=public, measured=posts, share=share, seed=seed)
    whole = Material([], shipped_texts, (), digests)
    if public and words:  # then readers are learned anew
        random = np.random.default_rng(seed)
        said, amid = (
            read(home, drawn=lambda found: (one for one in found if random.random() < share))
            for read in (stances.load, stances.load_posts)
        )
        files = (stances.FILE, stances.POSTS, asides.FILE, "facts.toml") if said else ()
        digests |= {name: sha256(home / name) for name in files if (home / name).exists()}
        whole = replace(whole, stances=said, posts=amid)
    for folder in others:
        whole = joined(whole, from_set(folder) if _is_set(folder) else from_public(folder, words=words))
    return outranked(whole, replace(from_labels(rows), digests=told)) if told else whole


def _is_public(folder: Path) -> bool:
    return (folder / "vifactcheck.csv.gz").exists() or (folder / "news.jsonl.gz").exists()


def _labels_of(folder: Path) -> Path | None:
    """The file whose digest stands for labels: a file of them, or what names a snapshot's; None for another folder."""
    if folder.is_file():
        return folder
    named = folder / snapshots.DIGESTS
    return named if named.exists() and not (folder / datasets.CARD).exists() else None


def _is_set(folder: Path) -> bool:
    return (folder / datasets.CARD).exists() and (folder / datasets.ROWS).exists()


def _refuse_strange(folders: Sequence[Path]) -> None:
    for folder in folders:
        if not _is_set(folder) and not _is_public(folder):
            labels = folder / snapshots.FILES["jsonl"]
            hint = f" Or name its file of labels itself: {labels}." if labels.exists() else ""
            raise MaterialRefused(
                f"{folder} holds no imported set (`soi data import`), no snapshot (`soi export labels`) and no public"
                f" sets.{hint}"
            )


def from_public(folder: Path, *, words: bool) -> Material:
    """A folder of public files as they were published: verdict pairs, and news to learn words from."""
    digests = {}
    pairs: list[PairRow] = []
    path = folder / "vifactcheck.csv.gz"
    known = publicsets.known("vifactcheck")
    if path.exists() and known:
        rows = [row for row in datasets.rows_of(tables.read(path), known.layout) if row is not None]
        pairs = _pairs(rows)
        digests[path.name] = sha256(path)
    told = shipped("data", "pairs.jsonl")
    if told.exists():
        pairs += written.pairs(told, folder)
        digests[told.name] = sha256(told)
    plain = [f"{title}. {summary}" for title, summary in seeding.news(folder)] if words else []
    if plain:
        digests["news.jsonl.gz"] = sha256(folder / "news.jsonl.gz")
    law = list(written.law(folder)) if words else []
    if law:
        whole = "\n".join(f"{passage.eid} {passage.text}" for passage in law)
        digests["law"] = hashlib.sha256(whole.encode()).hexdigest()
        digests["expansions.jsonl"] = sha256(shipped("data", "expansions.jsonl"))
    return Material(pairs, [], plain, digests, law)


def from_set(folder: Path) -> Material:
    """An imported set, used for what its card says it may teach."""
    card, whole = datasets.load_card(folder), list(datasets.load(folder))
    datasets.refuse_source_labels(card.name, whole)  # an earlier version may have let it in
    rows = [row for row in whole if datasets.teaches(row.part)]
    digests = {f"sets/{card.name}": card.digest}
    if card.use == "verdict":
        return _taught(card, Material(_pairs(rows), [], (), digests), f"an evidence and a label of {', '.join(LABELS)}")
    if card.use == "kind":
        texts = [
            Labelled(spelling.meant(row.text), row.label, None, part=IMPORTED, matter=_group(row))
            for row in rows
            if row.label in KINDS
        ]
        return _taught(card, Material([], texts, (), digests), f"a label of {', '.join(KINDS)}")
    if card.use == "text":
        return _taught(card, Material([], [], [row.text for row in rows], digests), "a text")
    raise MaterialRefused(
        f"{card.name} may only hint at an order (use: {card.use}); its label isn't what a verdict or a kind is."
    )


def _taught(card: datasets.SetCard, found: Material, wanted: str) -> Material:
    """Material of a set; raises MaterialRefused for one that would teach nothing unnoticed."""
    if not found.pairs and not found.texts and not found.words:
        parts = f" (its parts: {', '.join(card.parts)})" if card.parts else ""
        raise MaterialRefused(
            f"No row of {card.name} in a part named train, or in none, has {wanted}{parts}; import it again with --map"
            " and --label."
        )
    return found


def _pairs(rows: Sequence[datasets.SetRow]) -> list[PairRow]:
    kept = [row for row in rows if datasets.teaches(row.part) and row.evidence and row.label in LABELS]
    return [PairRow(row.text, row.evidence, row.label, _group(row)) for row in kept]


def _group(row: datasets.SetRow) -> str:
    """The group of an imported row, "" for what stands for none."""
    return "" if row.group in NO_GROUP else row.group


def from_labels(rows: Sequence[LabelRow]) -> Material:
    """Verdicts of this desk: false and true with their evidence teach the verdict, all teach how a text speaks.

    A verdict of `misleading` says nothing as plain as refuted, so it teaches no pair; nor does a fact-check or an
    earlier decision, whose text is the claim itself. Rights are what a model read, so only `not_rights` teaches them.
    A label drawn at random teaches like any other and sets no threshold: of rights such labels say no but never yes.
    Of the labels of one text of a case, from however many files, the one decided last counts. One without a text
    teaches nothing.
    """
    pairs = []
    texts = []
    for row in _settled(rows):
        verdict, text = Verdict(row.verdict), spelling.meant(row.text)
        if not text.strip():
            continue
        for passage in row.evidence:
            held = passage["text"] and passage["role"] != "party" and not passage["eid"].startswith(REPEATED)
            if verdict in LABEL_OF and held:
                claim = row.claim or row.text
                pairs.append(PairRow(claim, passage["text"], LABEL_OF[verdict], f"case:{row.case}", DECIDED_WEIGHT))
        rights = () if verdict is Verdict.NOT_RIGHTS and row.reason == "other_topic" else None
        if verdict in KIND_OF or rights is not None:
            texts.append(Labelled(text, KIND_OF.get(verdict), rights, DECIDED_WEIGHT, DECIDED, f"case:{row.case}"))
    return Material(_once(pairs), texts)


def mute(folders: Sequence[Path]) -> int:
    """How many labels of the folders teach nothing: those of `not_rights` without the reason that teaches, and those
    without a text."""
    return sum(not from_labels([row]).texts for row in _settled(_labels(folders)))


def contrary(folders: Sequence[Path]) -> list[LabelRow]:
    """Labels of the folders that teach of a text another kind, or of a claim beside a passage another answer, than a
    label of another case, by the number of their case."""
    said: dict[tuple[str, ...], list[tuple[str, LabelRow]]] = {}
    for row in _settled(_labels(folders)):
        taught = from_labels([row])
        for text in taught.texts:
            if text.kind:
                said.setdefault((digest(text.text),), []).append((text.kind, row))
        for one in taught.pairs:
            said.setdefault(_pair(one), []).append((one.label, row))
    found = [row for told in said.values() if len({answer for answer, _ in told}) > 1 for _, row in told]
    return sorted({(row.case, digest(row.text)): row for row in found}.values(), key=lambda row: row.case)


def differing(folders: Sequence[Path]) -> list[tuple[Path, Path, list[Pair], list[int]]]:
    """Of each two of the folders whose verdicts on a text of a case differ: the verdicts of all texts that both hold,
    and the cases on which they differ."""
    told = {
        folder: {(row.case, digest(row.text)): row.verdict for row in _settled(snapshots.read(folder))}
        for folder in folders
        if _labels_of(folder)
    }
    found = []
    for (one, first), (two, second) in combinations(told.items(), 2):
        both = [text for text in first if text in second]
        if cases := sorted({text[0] for text in both if first[text] != second[text]}):
            found.append((one, two, [(first[text], second[text]) for text in both], cases))
    return found


def _labels(folders: Sequence[Path]) -> list[LabelRow]:
    return [row for folder in folders if _labels_of(folder) for row in snapshots.read(folder)]


def _settled(rows: Sequence[LabelRow]) -> list[LabelRow]:
    """The last label of each text of a case, by when it was decided, then by where it stands; oldest first."""
    ordered = sorted(rows, key=lambda row: row.decided_at)
    return list({(row.case, digest(row.text)): row for row in ordered}.values())


def _once(pairs: Sequence[PairRow]) -> list[PairRow]:
    """A claim and passage once, however many posts make the claim."""
    return list({(row.claim, row.evidence): row for row in pairs}.values())


def outranked(whole: Material, desk: Material) -> Material:
    """A material and what a desk's labels teach, which counts before it; a measured text keeps what it was read as.

    A case whose pair was known belongs to that pair's article.
    """
    told = {digest(row.text) for row in desk.texts}
    kept = [row for row in whole.texts if row.part == MEASURED or digest(row.text) not in told]
    known, decided = _named(whole.pairs), _named(desk.pairs)
    moved = {row.article: known[pair].article for pair, row in decided.items() if pair in known}
    pairs = [replace(row, article=moved.get(row.article) or row.article) for row in desk.pairs]
    others = [row for row in whole.pairs if _pair(row) not in decided]
    return joined(replace(whole, pairs=others, texts=kept), replace(desk, pairs=pairs))


def joined(one: Material, two: Material) -> Material:
    """Both materials as one; a text or pair that both hold counts once, as the first says.

    Where the first doesn't tell a pair's article, the second does.
    """
    known = {digest(row.text) for row in one.texts}
    fresh = [row for row in two.texts if digest(row.text) not in known]
    held, others = _named(one.pairs), _named(two.pairs)
    pairs = [
        replace(row, article=others[pair].article) if not row.article and (pair := _pair(row)) in others else row
        for row in one.pairs
    ]
    pairs += [row for row in two.pairs if _pair(row) not in held]
    return Material(
        pairs, [*one.texts, *fresh], [*one.words, *two.words], {**one.digests, **two.digests}, [*one.law, *two.law],
        [*one.stances, *two.stances], [*one.posts, *two.posts],
    )  # fmt: skip


def _named(pairs: Sequence[PairRow]) -> dict[tuple[str, str], PairRow]:
    return {_pair(row): row for row in pairs}


def _pair(row: PairRow) -> tuple[str, str]:
    """A pair's name, however it is spelt."""
    return digest(row.claim), digest(row.evidence)
