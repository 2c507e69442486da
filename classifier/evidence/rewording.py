"""Claims put into other words at random, and passages that answer them or don't: what a ranking is learned from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifier.evidence.retrieval import Passage
from classifier.semantics import lawfacts
from classifier.semantics.lexicon import Lexicon
from classifier.text import normalise
from classifier.text.letters import fold

POOL, ASKED, FOREIGN = 12_000, 1_800, 1_200  # plain texts among the passages, claims of each kind, texts without answer
LAW, OWN = 14_000, 4_000  # law passages among them, and claims of our own beside such
REWORDED, SWAPPED = 0.5, 0.6  # share of claims put in other words, and of the concepts in one
BARE, GAPPED, LOST = 0.15, 0.3, 0.25  # share without diacritics, share with words lost, share of words that is lost
SHARES = (0.5, 0.25)  # of the questions, asked of all passages and of a sixth; the rest of few
FEW, SMALL = 12, 0.3  # questions asked of one small pool, and their weight: what is found there is wrong at a glance
LEFT_OUT = 0.45  # share of claims whose right passages are kept from being found


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as somebody might write it, the source of its right passages, and whether those may be found."""

    text: str
    source: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim of a labelled pair, its evidence, the article the evidence is from, and whether the claim is our own."""

    claim: str
    evidence: str
    article: str
    own: bool = False


def _world(
    quoted: Sequence[Quoted], plain: Sequence[str], lexicon: Lexicon, law: Sequence[Passage], seed: int, asked: int
) -> tuple[list[Passage], list[Question]]:
    """Passages to search, and questions: of labelled pairs, of law statements, and of news that no passage answers."""
    chance = random.Random(seed)
    news = chance.sample(plain, min(len(plain), POOL + FOREIGN))
    pool = [Passage(f"news:{at}", normalise(text), f"news://{at}") for at, text in enumerate(news[:POOL])]
    quotes, sources = _quotes(quoted, law)
    pool += quotes
    spoken = {passage.text for passage in quotes}
    other = [passage for passage in law if passage.text not in spoken]
    for at, passage in enumerate(chance.sample(other, min(len(other), LAW))):
        pool.append(Passage(f"other:{at}", passage.text, f"{passage.source}#{at}"))
    stated = lawfacts.pairs(seed=seed, n=asked)
    for at, (topic, text) in enumerate({one.topic: one.evidence for one in stated}.items()):
        # half bear their heading as a title, as a law's name stands beside its articles
        sources[topic] = f"{topic.split(':')[0] if at % 2 else ''}#{at}"
        pool.append(Passage(f"law:{at}", normalise(text), sources[topic]))
    own = [one for one in quoted if one.own]
    public = [one for one in quoted if not one.own]
    chosen = chance.sample(public, min(len(public), asked)) + chance.sample(own, min(len(own), OWN * asked // ASKED))
    told = [(one.claim, sources[one.article]) for one in chosen]
    told += [(one.claim, sources[one.topic]) for one in stated]
    told += [(text, "") for text in news[POOL:]]
    forms = lexicon.wordings()
    return pool, [
        Question(spoilt(reworded(normalise(claim), lexicon, forms, chance), chance), source, chance.random() > LEFT_OUT)
        for claim, source in told
    ]


def _quotes(quoted: Sequence[Quoted], law: Sequence[Passage]) -> tuple[list[Passage], dict[str, str]]:
    """The evidence of pairs as passages, and the source of each article's: a citation where it is law."""
    cited = {passage.text: passage.source for passage in law}
    passages: list[Passage] = []
    sources: dict[str, str] = {}
    for at, one in enumerate(quoted):
        text = normalise(one.evidence)
        source = sources.setdefault(
            one.article, f"{cited[text]}#pair{at}" if text in cited else f"pair://{one.article}"
        )
        passages.append(Passage(f"pair:{at}", text, source))
    return passages, sources


def worlds(
    quoted: Sequence[Quoted],
    plain: Sequence[str],
    lexicon: Lexicon,
    *,
    law: Sequence[Passage] = (),
    seed: int,
    asked: int,
) -> Iterator[tuple[list[Passage], list[Question], float]]:
    """Passages and questions in pools of all sizes, each with its weight: a desk may have twenty or a million.

    law: passages of law, among which those that claims of our own speak of have to be found.
    asked: how many questions there are of labelled pairs, and of law statements.
    """
    pool, questions = _world(quoted, plain, lexicon, law, seed, asked)
    chance = random.Random(seed)
    chance.shuffle(questions)
    whole, some = int(len(questions) * SHARES[0]), int(len(questions) * SHARES[1])
    yield pool, questions[:whole], 1.0
    yield _part(pool, questions[whole : whole + some], len(pool) // 6, chance), questions[whole : whole + some], 1.0
    for start in range(whole + some, len(questions), FEW):
        few = questions[start : start + FEW]
        yield _part(pool, few, chance.randint(FEW, 20 * FEW), chance), few, SMALL


def _part(pool: list[Passage], questions: list[Question], size: int, chance: random.Random) -> list[Passage]:
    """Some passages of a pool, and those that answer these questions."""
    wanted = {one.source for one in questions}
    return [one for one in pool if one.source in wanted or chance.random() < size / len(pool)]


def reworded(text: str, lexicon: Lexicon, forms: dict[str, list[str]], chance: random.Random) -> str:
    """A text with some of its concepts said in another of their forms."""
    if chance.random() >= REWORDED:
        return text
    for one in reversed(lexicon.concepts(text)):
        if chance.random() < SWAPPED:
            text = text[: one.start] + chance.choice(forms.get(one.id) or [text[one.start : one.end]]) + text[one.end :]
    return text


def spoilt(text: str, chance: random.Random) -> str:
    """A text as it may be typed: at times without diacritics, at times with words lost."""
    said = fold(text) if chance.random() < BARE else text
    if chance.random() < GAPPED:
        said = " ".join(word for word in said.split() if chance.random() >= LOST) or said
    return said
