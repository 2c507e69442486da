"""Whether floors were lowered without a reason: what holds those that ship."""

from classifier.evaluation import gate


def lowering(old: gate.Floors, new: gate.Floors) -> list[str]:
    """Sentences on every floor or waiver that new loosens without a reason written since old; [] when there is none."""
    found = [f"the waiver of {key} has no reason" for key, one in new.waivers.items() if not one.why.strip()]
    for key, waiver in sorted(old.waivers.items()):
        one = new.waivers.get(key, waiver)
        if one.why == waiver.why and not gate.Floor(waiver.value, _direction(key)).holds(one.value):
            found.append(f"the waiver of {key} went from {waiver.value:.4f} to {one.value:.4f}")
    notes = new.lowered[len(old.lowered) :]
    told = {key: value for note in notes for key, (_, value) in note["floors"].items()}
    dropped = {key for note in notes for key in note["dropped"]}
    for key, floor in sorted(old.floors.items()):
        now = new.floors.get(key)
        if now is None:
            found += [f"the floor {key} is gone"] if key not in dropped else []
        elif now.direction != floor.direction or _allowed(floor, told.get(key)).stricter_than(now):
            found.append(f"the floor {key} went from {floor.value:.4f} to {now.value:.4f}")
    return found


def _direction(key: str) -> gate.Direction:
    """Which way the red line of a key holds."""
    part, what, _ = key.split("/", 2)
    return gate.RED_LINES[part, what][0]


def _allowed(floor: gate.Floor, told: float | None) -> gate.Floor:
    """A floor as it was, or as low as a reason says."""
    return floor if told is None else gate.Floor(told, floor.direction)
