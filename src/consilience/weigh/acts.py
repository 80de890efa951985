"""Acts: what somebody did, decided or used, by which answers to one question are told apart.

A raid, the shootout and the release that followed may be one event; who made the arrest, who shot
and who let go are three questions.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.records import Claim

_QUESTIONS = {
    ("agent", ""): "Who did it?",
    ("agent", "arrest"): "Who made the arrest?",
    ("agent", "raid"): "Who raided or stormed it?",
    ("agent", "downing"): "Who shot it down?",
    ("agent", "overpowering"): "Who overpowered them?",
    ("agent", "attack"): "Who attacked?",
    ("agent", "release"): "Who let the captive go?",
    ("agent", "abduction"): "Who took the captives?",
    ("agent", "takeover"): "Who took it over?",
    ("agent", "seizure"): "Who seized it?",
    ("agent", "escape"): "Who escaped?",
    ("agent", "strike"): "Who went on strike?",
    ("agent", "protest"): "Who protested?",
    ("agent", "rescue"): "Who came to the rescue?",
    ("agent", "purchase"): "Who bought it?",
    ("agent", "signing"): "Who signed it?",
    ("agent", "sentence"): "Who passed the sentence?",
    ("agent", "charge"): "Who brought the charges?",
    ("agent", "appointment"): "Who made the appointment?",
    ("agent", "dismissal"): "Who dismissed them?",
    ("agent", "resignation"): "Who resigned?",
    ("agent", "victory"): "Who won?",
    ("agent", "robbery"): "Who took it?",
    ("agent", "closure"): "Who closed it?",
    ("agent", "eviction"): "Who cleared it?",
    ("agent", "pardon"): "Who granted the pardon?",
    ("patient", ""): "To whom was it done?",
    ("patient", "arrest"): "Who was arrested?",
    ("patient", "attack"): "Who was attacked or killed?",
    ("patient", "release"): "Who was let go?",
    ("patient", "abduction"): "Who was taken?",
    ("patient", "takeover"): "What was taken over?",
    ("patient", "rescue"): "Who was rescued?",
    ("patient", "purchase"): "What was bought?",
    ("patient", "signing"): "What was signed?",
    ("patient", "sentence"): "Who was sentenced?",
    ("patient", "charge"): "Who was charged?",
    ("patient", "appointment"): "Who was appointed?",
    ("patient", "dismissal"): "Who was dismissed?",
    ("patient", "victory"): "Who was beaten, or what was won?",
    ("patient", "robbery"): "What was taken, or from whom?",
    ("patient", "closure"): "What was closed?",
    ("patient", "eviction"): "Who was made to leave?",
    ("patient", "pardon"): "Who was pardoned?",
    ("decided_by", ""): "Who decided it?",
    ("decided_by", "release"): "Who decided the release?",
    ("decided_by", "withdrawal"): "Who decided to stop or withdraw?",
    ("decided_by", "attack"): "Who ordered the attack?",
    ("decided_by", "arrest"): "Who ordered the arrest?",
    ("decided_by", "evacuation"): "Who ordered the evacuation?",
    ("decided_by", "closure"): "Who decided the closure?",
    ("decided_by", "dismissal"): "Who decided the dismissal?",
    ("decided_by", "eviction"): "Who ordered the eviction?",
    ("decided_by", "purchase"): "Who approved the purchase?",
    ("decided_by", "sale"): "Who approved the sale?",
    ("decided_by", "deployment"): "Who ordered the deployment?",
    ("decided_by", "demolition"): "Who ordered the demolition?",
    ("decided_by", "suspension"): "Who decided the suspension?",
    ("decided_by", "ban"): "Who imposed the ban?",
    ("decided_by", "strike"): "Who called the strike?",
    ("freed", "exchange"): "For whom or what were they let go?",
    ("detained", "exchange"): "Who was held to be exchanged?",
    ("weapon", ""): "With what was it done?",
}
# What answers of bodies and things are told in words.
ACTED_SLOTS = frozenset({"agent", "patient", "decided_by", "freed", "detained", "weapon"})


@dataclass(frozen=True, slots=True)
class Act:
    """`kinds`: what was done or decided in one go, none where it is not said; `patient`: the id of
    the entity to which it was done, or nothing; whoever claims it says “it was us”;
    `is_sole`: the one gunman is said to be this one; `before`: the kind of what was told right
    before, which counts where nobody says of what kind it was; `deed`: what of that kind, where it
    has a doer of its own; `denied`: who is expressly said not to have done it; `is_implied`: who
    did it in office is taken to have decided it; `objects`: to what it was done, the ids of the
    entities or the words."""

    kinds: tuple[str, ...]
    patient: str = ""
    is_claimed: bool = False
    is_sole: bool = False
    deed: str = ""
    denied: tuple[str, ...] = ()
    before: str = ""
    is_implied: bool = False
    objects: frozenset[str] = frozenset()


def is_asked(slot: str, kind: str) -> bool:
    return (slot, kind) in _QUESTIONS


def by_act(claims: Sequence[Claim], acts: Mapping[str, Act]) -> list[list[Claim]]:
    """Claims of one slot as the questions they answer, those of no act together.

    Kinds that one claim names together are one; a claim of no kind goes with the kind of most
    documents, and one that says of nobody that it was done to them with those of the person or
    thing that most documents speak of.
    """
    plain = [c for c in claims if c.id not in acts]
    found = [plain] if plain else []
    for group in _by_kind([c for c in claims if c.id in acts], acts):
        found += _by_patient(group, acts)
    return found


def act_question(slot: str, claims: Sequence[Claim], acts: Mapping[str, Act]) -> str | None:
    """The question that claims of one act answer; None for those of no act."""
    told = [acts[c.id] for c in claims if c.id in acts]
    if not told:
        return None
    kinds = Counter(kind for act in told for kind in act.kinds or (act.before,))
    kind = min(kinds, key=lambda k: (-kinds[k], k), default="")
    deeds = {act.deed for act in told}
    if len(deeds) == 1 and (slot, min(deeds)) in _QUESTIONS:
        kind = min(deeds) or kind
    return _QUESTIONS.get((slot, kind)) or _QUESTIONS.get((slot, ""))


def _by_kind(claims: Sequence[Claim], acts: Mapping[str, Act]) -> list[list[Claim]]:
    head: dict[str, str] = {}

    def root(kind: str) -> str:
        while head.setdefault(kind, kind) != kind:
            kind = head[kind]
        return kind

    for claim in claims:
        for kind in acts[claim.id].kinds:
            first, other = sorted((root(acts[claim.id].kinds[0]), root(kind)))
            head[other] = first
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        kinds = acts[claim.id].kinds
        groups[root(kinds[0]) if kinds else ""].append(claim)
    loose = groups.pop("", [])
    if not groups:
        guessed = [c for c in loose if acts[c.id].before]
        by_guess: dict[str, list[Claim]] = defaultdict(list)
        for claim in guessed:
            by_guess[acts[claim.id].before].append(claim)
        return [by_guess[kind] for kind in sorted(by_guess)]
    widest = min(groups, key=lambda k: (-_n_documents(groups[k]), k))
    kept = {*(c.id for c in groups[widest]), *(c.id for c in loose)}
    groups[widest] = [c for c in claims if c.id in kept]
    return [groups[kind] for kind in sorted(groups)]


def _by_patient(claims: Sequence[Claim], acts: Mapping[str, Act]) -> list[list[Claim]]:
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[acts[claim.id].patient].append(claim)
    named = [patient for patient in groups if patient]
    if not named:
        return [list(claims)]
    focus = min(named, key=lambda p: (-_n_documents(groups[p]), -len(groups[p]), p))
    main = [c for c in claims if acts[c.id].patient in ("", focus)]
    return [main, *(groups[p] for p in sorted(named) if p != focus)]


def _n_documents(claims: Sequence[Claim]) -> int:
    return len({c.passage.document_id for c in claims})
