"""What name parts are found by, against all of them compared."""

import random

from consilience.resolve.spelling import alike, given_names, near_keys

_LETTERS = "abdeghijklmnoqrstuvyz"


def _slipped(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    match rng.randrange(5):
        case 0:
            return name[:at] + name[at + 1 :] or name
        case 1:
            return name[:at] + rng.choice(_LETTERS) + name[at:]
        case 2:
            return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
        case 3:
            return name.replace("a", "ae", 1).replace("k", "kh", 1)
        case _:
            return name[:at] + rng.choice(_LETTERS) + name[at + 1 :]


def test_parts_that_are_alike_share_a_key() -> None:
    rng = random.Random(5)
    given = sorted(name for name in given_names() if len(name) > 1)
    n_alike = 0
    for _ in range(20_000):
        name = rng.choice(given) + rng.choice(("", "", "", *given))
        other = _slipped(name, rng)
        if rng.random() < 0.5:
            other = _slipped(other, rng)
        if min(len(name), len(other)) > 1 and alike(name, other) > 0:
            n_alike += name != other
            assert near_keys(name) & near_keys(other), (name, other)
    assert n_alike > 5_000
