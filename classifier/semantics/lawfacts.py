"""Training pairs made from what laws say: our statements in legal words against claims in everyday words."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import tomli

from classifier.errors import BadEvidence
from classifier.text.letters import fold

OPPOSITES = (("permission", "ban"), ("duty", "exemption"), ("entitlement", "denial"), ("protection", "suffering"))
CONTRARY = {one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])}
LISTED = {"permission": "có quyền", "entitlement": "được", "duty": "có nghĩa vụ", "ban": "không được"}
BARE = 0.12  # share of claims typed without diacritics
COMPANY = 0.33  # share of articles that say something else too

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A generated pair; label is supported or refuted, topic the statement it came from."""

    claim: str
    evidence: str
    label: str
    topic: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is allowed, forbidden or bound to what; the first wording is the law's."""

    kind: str
    heading: str
    who: Forms
    act: Forms


@dataclass(frozen=True, slots=True)
class Slot:
    """A statement with one value in it: right values say the same, wrong ones something else."""

    heading: str
    law: Forms
    said: Forms
    right: Forms
    wrong: Forms


@dataclass(frozen=True, slots=True)
class Statements:
    """What pairs are made from: rules, slots, how law and people say each kind, how people begin and end."""

    rules: tuple[Rule, ...]
    slots: tuple[Slot, ...]
    law: Mapping[str, Forms]
    said: Mapping[str, Forms]
    openings: Forms
    closings: Forms


def load() -> Statements:
    """The shipped statements; raises BadEvidence for a line that can't be used."""
    return read(files("classifier.semantics").joinpath("lawfacts.toml").read_text(encoding="utf-8"))


def read(text: str) -> Statements:
    """Statements from TOML text; raises BadEvidence in one sentence for what can't be used."""
    try:
        table = tomli.loads(text)
        law, said = ({kind: _lines(forms) for kind, forms in table[name].items()} for name in ("law", "said"))
        voice = {name: _lines(table["voice"][name]) for name in ("openings", "closings")}
        rules = tuple(_rule(line, law) for line in _lines(table["rules"]))
        slots = tuple(_slot(line) for line in _lines(table["slots"]))
    except (tomli.TOMLDecodeError, KeyError, AttributeError) as error:
        raise BadEvidence(f"lawfacts.toml can't be read: {error}") from error
    return Statements(rules, slots, law, said, voice["openings"], voice["closings"])


def pairs(*, seed: int, n: int, statements: Statements | None = None) -> list[Example]:
    """n pairs, half supported and half refuted, each kind of rule as often as any; the same for the same seed."""
    known = statements or load()
    chance = random.Random(seed)
    kinds = sorted({rule.kind for rule in known.rules})
    made = []
    for number in range(n):
        label = "supported" if number % 2 else "refuted"
        if chance.random() < len(known.slots) / (len(known.slots) + len(known.rules)):
            made.append(_slot_pair(chance.choice(known.slots), label, known, chance))
        else:
            kind = chance.choice(kinds)
            rule = chance.choice([rule for rule in known.rules if rule.kind == kind])
            made.append(_rule_pair(rule, label, known, chance))
    return made


def _rule_pair(rule: Rule, label: str, known: Statements, chance: random.Random) -> Example:
    """A law's rule, and a claim that says the same or the contrary."""
    kind = rule.kind if label == "supported" else CONTRARY[rule.kind]
    claim = _filled(known.said[kind], chance.choice(rule.who), chance.choice(rule.act), chance)
    return Example(
        _voiced(claim, known, chance), _article(rule, known, chance), label, f"{rule.heading}: {rule.act[0]}"
    )


def _article(rule: Rule, known: Statements, chance: random.Random) -> str:
    """Evidence as a law prints it: under a heading, as a sentence or as an item of a list, often among others."""
    style = chance.random()
    lines = [f"Điều {chance.randint(2, 190)}. {rule.heading}"]
    if style < 0.25 and rule.kind in LISTED:
        lines += [
            f"{_capital(rule.who[0])} {LISTED[rule.kind]}:",
            f"{chance.choice('abcde')}) {_capital(rule.act[0])}.",
        ]
    elif style < 0.4 and rule.kind == "ban":
        lines = [f"Điều {chance.randint(2, 20)}. Các hành vi bị nghiêm cấm"]
        lines.append(f"{chance.randint(1, 9)}. {_capital(rule.act[0])}.")
    else:
        lines.append(_capital(_filled(known.law[rule.kind], rule.who[0], rule.act[0], chance)) + ".")
    if chance.random() < COMPANY:
        other = chance.choice(known.rules)
        text = _filled(known.law[other.kind], other.who[0], other.act[0], chance)
        lines.insert(chance.choice((1, len(lines))), _capital(text) + ".")
    return "\n".join(lines)


def _slot_pair(slot: Slot, label: str, known: Statements, chance: random.Random) -> Example:
    """A law's sentence, and a claim with the same value or another."""
    value = chance.choice(slot.right if label == "supported" else slot.wrong)
    claim = chance.choice((*slot.said, *slot.law)).replace("{x}", value)
    law = chance.choice(slot.law).replace("{x}", slot.right[0])
    lines = [f"Điều {chance.randint(2, 190)}. {slot.heading}", _capital(law) + "."]
    if chance.random() < COMPANY:
        other = chance.choice(known.slots)
        lines.append(_capital(other.law[0].replace("{x}", other.right[0])) + ".")
    return Example(_voiced(claim, known, chance), "\n".join(lines), label, f"{slot.heading}: {slot.right[0]}")


def _voiced(claim: str, known: Statements, chance: random.Random) -> str:
    """The claim as somebody would write it; "-" is no opening and no closing."""
    opening, closing = chance.choice(known.openings).strip("-"), chance.choice(known.closings).strip("-")
    text = f"{opening} {claim}" if opening else _capital(claim)
    text += closing if closing[:1] in (",", ".", "!", "") else f" {closing}"
    return fold(text) if chance.random() < BARE else text


def _filled(forms: Forms, who: str, act: str, chance: random.Random) -> str:
    return chance.choice(forms).replace("{who}", who).replace("{act}", act)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rule(line: str, law: Mapping[str, Forms]) -> Rule:
    parts = _parts(line, 4)
    if parts[0][0] not in law or parts[0][0] not in CONTRARY:
        raise BadEvidence(f"lawfacts.toml, {line!r}: {parts[0][0]!r} is no kind of rule")
    return Rule(parts[0][0], parts[1][0], parts[2], parts[3])


def _slot(line: str) -> Slot:
    heading, law, said, right, wrong = _parts(line, 5)
    if not all("{x}" in form for form in (*law, *said)):
        raise BadEvidence(f"lawfacts.toml, {line!r}: every wording needs {{x}} where the value stands")
    return Slot(heading[0], law, said, right, wrong)


def _parts(line: str, count: int) -> Sequence[Forms]:
    parts = [tuple(form.strip() for form in part.split(";") if form.strip()) for part in line.split("|")]
    if len(parts) != count or not all(parts):
        raise BadEvidence(f"lawfacts.toml, {line!r} needs {count} parts divided by | with something in each")
    return parts


def _lines(text: Any) -> Forms:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())
