import random
from hashlib import sha256

from consilience.group.near import Originals, agreement, signature_of

WORDS = [f"w{n}" for n in range(300)]


def test_a_signature_is_the_same_on_every_machine() -> None:
    found = signature_of("the ferry aurelia burn off port callis on monday".split())
    assert sha256(found).hexdigest()[:16] == "6c318439564a5a09"


def test_agreement_estimates_how_many_runs_of_words_are_shared() -> None:
    rng = random.Random(2)
    for kept in (300, 240, 150, 0):
        other = WORDS[:kept] + [f"v{rng.random()}" for _ in range(300 - kept)]
        runs = [{tuple(w[i : i + 3]) for i in range(298)} for w in (WORDS, other)]
        shared = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        assert abs(agreement(signature_of(WORDS), signature_of(other)) - shared) < 0.15


def test_near_copies_are_found_the_most_alike_first_and_forgotten() -> None:
    originals = Originals()
    cut = WORDS[:280]
    for index, words in enumerate((WORDS, cut, [f"x{n}" for n in range(300)], [])):
        originals.add(index, signature_of(words))
    assert list(originals.find(signature_of(WORDS))) == [0, 1]
    assert list(originals.find(signature_of(cut))) == [1, 0]
    assert list(originals.find(signature_of([]))) == []
    originals.forget({0})
    assert list(originals.find(signature_of(WORDS))) == [1]
