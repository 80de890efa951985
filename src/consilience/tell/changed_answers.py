"""What new documents did to the answers of a case, a line for each question."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.records import (
    About,
    Candidate,
    Change,
    Claim,
    Comparator,
    Finding,
    Passage,
    Quantity,
    RelationKind,
    Status,
    Value,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.paired import Pairs, value_key
from consilience.tell.phrases import listed, other_event, say_value
from consilience.wording import label

_HEADS = {
    "killed": "Killed", "injured": "Injured", "missing": "Missing", "detained": "Detained",
    "freed": "Freed", "displaced": "Displaced", "cost": "Cost", "when": "When", "where": "Where",
}  # fmt: skip
# So many outlets are named; a line is to be read, not searched.
_OUTLETS_MAX = 2
_WORDS_MAX = 90
ARROW = " → "
_IDS: Mapping[str, str] = {}


def headed(finding: Finding, book: Lookup) -> str:
    """What an answer is to: “Killed:”, else the question with its event where not the main one."""
    about = other_event(finding, book)
    where = f" ({about})" if about is not None else ""
    head = _HEADS.get(finding.slot)
    if finding.slot.startswith("count:"):
        counted = finding.question.removeprefix("How many ").removesuffix("?")
        head = counted[:1].upper() + counted[1:]
    return f"{head}{where}:" if head else f"{finding.question.removesuffix('?')}{where}?"


def new_answer(finding: Finding, pairs: Pairs, *, was_open: bool) -> Change:
    """An answer to what nobody had answered."""
    book, told = pairs.new, _listed(_best_first(finding), pairs)
    opening = "Open until now – " if was_open else "New – "
    text = f"{opening}{headed(finding, book)} {told}"
    passages = _words(finding.candidates, book)
    if finding.status is Status.CONTRADICTED:
        text = f"{text}; contradicted, {_against(finding, pairs)}"
        return Change(About.CONTRADICTION, text, (finding.id,), passages)
    return Change(_about(finding), text, (finding.id,), passages)


def given_up(finding: Finding, pairs: Pairs) -> Change:
    """An answer that no account gives any more."""
    said = " / ".join(shown_value(c.value, pairs.old) for c in _best_first(finding))
    return Change(About.ANSWER, f"No longer answered – {headed(finding, pairs.old)} was {said}")


def changed_answer(old: Finding, now: Finding, pairs: Pairs) -> Change | None:
    """What became of the answers to a question; None where nothing but their support did."""
    held = {_key(c.value, pairs.old, pairs.now): c for c in old.candidates}
    here = {_key(c.value, pairs.new): c for c in now.candidates}
    moved = _moved(old, now, pairs)
    disputed = [f.status is Status.CONTRADICTED for f in (old, now)]
    against = _opposed(now) if disputed[1] and not disputed[0] else ()
    told = [] if moved is None else [f.policies.best for f in (old, now)]
    shown = [*told, *(c.value for c in against)]
    added = [c for key, c in here.items() if key not in held and not _is_vaguer(c, now)]
    gone = [c for key, c in held.items() if key not in here]
    parts = [] if moved is None else [moved]
    if also := [c for c in added if c.value not in shown]:
        parts.append(f"{'also' if moved is None else 'also given:'} {_listed(also, pairs)}")
    if lost := [c for c in gone if c.value not in told]:
        parts.append(f"no longer given: {listed([shown_value(c.value, pairs.old) for c in lost])}")
    if disputed[1] and not disputed[0]:
        parts.append(f"now contradicted, {_against(now, pairs)}")
    elif disputed[1] and parts:
        parts.append("still contradicted")
    elif disputed[0] and not disputed[1]:
        parts.append("no longer contradicted")
    if not parts:
        return None
    parts += [] if len(parts) == 1 and moved is None else _alone(old, now, pairs)
    about = _about(now) if moved is not None else About.ANSWER
    about = About.CONTRADICTION if disputed[0] != disputed[1] else about
    brought = [c for c in now.candidates if c in added or c.value in shown]
    passages = _words(brought or now.candidates, pairs.new)
    return Change(about, f"{headed(now, pairs.new)} {'; '.join(parts)}", (now.id,), passages)


def _is_vaguer(candidate: Candidate, finding: Finding) -> bool:
    """Whether it is a time in which that of the answer lies."""
    value, best = candidate.value, finding.policies.best
    return (
        isinstance(value, When)
        and isinstance(best, When)
        and value != best
        and _is_within(best, value)
    )


def _key(value: Value, book: Lookup, ids: Mapping[str, str] = _IDS) -> object:
    """What makes two answers one: the same thing, or the same words for it."""
    if isinstance(value, Quantity):
        return "quantity", say_value(value, book)
    return value_key(value, ids)


def _about(finding: Finding) -> About:
    if isinstance(finding.policies.best, Quantity):
        return About.FIGURE
    return About.DATE if isinstance(finding.policies.best, When) else About.ANSWER


def _moved(old: Finding, now: Finding, pairs: Pairs) -> str | None:
    """From which answer to which the weighing went, and what became of the first.

    Of words that can both be true, none of which is more exact, neither takes the other's place.
    """
    was, best = old.policies.best, now.policies.best
    if was is None or best is None:
        return None
    before, after = _key(was, pairs.old, pairs.now), _key(best, pairs.new)
    if before == after:
        return None
    keys = [_key(c.value, pairs.new) for c in now.candidates]
    pair = {keys.index(key) for key in (before, after) if key in keys}
    kind = next((r.kind for r in now.relations if {r.a, r.b} == pair), None)
    end = ""
    if kind is RelationKind.UPDATED:
        end = ", the later count" if isinstance(best, Quantity) else ", the later word"
    elif kind is RelationKind.COMPATIBLE and isinstance(best, Quantity):
        still = f"; {shown_value(was, pairs.old)} is still given"
        end = ", more exactly" if _is_more_exact(best, was) else still
    elif kind is RelationKind.COMPATIBLE:
        if not (isinstance(was, When) and isinstance(best, When) and _is_within(best, was)):
            return None
        end = ", more exactly"
    chosen = next((c for c in now.candidates if c.value == best), None)
    by = "" if chosen is None else _outlets(chosen, pairs)
    if now.locked_by is not None:
        end = f", as {now.locked_by} decided"
    return f"{shown_value(was, pairs.old)}{ARROW}{shown_value(best, pairs.new)}{by}{end}"


def _is_within(a: When, b: When) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return b.start <= a.start and a.end <= b.end


def _is_more_exact(a: Quantity, b: Value) -> bool:
    """Whether a plain number is one of those that a vaguer word for it allows."""
    if a.comparator is not Comparator.EXACTLY or not isinstance(b, Quantity):
        return False
    vague = b.comparator in (Comparator.ABOUT, Comparator.AT_LEAST)
    return vague and a.low is not None and a.low == b.low


def _opposed(finding: Finding) -> tuple[Candidate, ...]:
    """The first two answers that cannot both be true."""
    for relation in finding.relations:
        if relation.kind is RelationKind.CONTRADICTORY:
            return finding.candidates[relation.a], finding.candidates[relation.b]
    return ()


def _against(finding: Finding, pairs: Pairs) -> str:
    two = (f"{shown_value(c.value, pairs.new)}{_outlets(c, pairs)}" for c in _opposed(finding))
    return " against ".join(two)


def _alone(old: Finding, now: Finding, pairs: Pairs) -> Iterator[str]:
    """Answers that stood alone and no longer do, or the reverse."""
    for candidate in _counted_otherwise(old, now, pairs):
        stands = "stands alone now" if candidate.n_origins == 1 else "no longer stands alone"
        yield f"{shown_value(candidate.value, pairs.new)} {stands}"


def _counted_otherwise(old: Finding, now: Finding, pairs: Pairs) -> Iterator[Candidate]:
    held = {_key(c.value, pairs.old, pairs.now): c for c in old.candidates}
    for candidate in now.candidates:
        earlier = held.get(_key(candidate.value, pairs.new))
        if earlier is not None and (earlier.n_origins == 1) != (candidate.n_origins == 1):
            yield candidate


def borne_out(
    found: Sequence[tuple[Finding, Finding]], pairs: Pairs, *, alone: bool
) -> Change | None:
    """Of answers that stayed as they were, those no longer alone, or alone now, on one line."""
    told, ids, claims = [], [], []
    for old, now in found:
        every = _counted_otherwise(old, now, pairs)
        if mine := [c for c in every if (c.n_origins == 1) is alone]:
            head = headed(now, pairs.new)
            values = listed([shown_value(c.value, pairs.new) for c in mine])
            told.append(f"{head[0].lower()}{head[1:]} {values}")
            ids.append(now.id)
            claims += [claim for c in mine for claim in _claims(c, pairs.new)]
    if not told:
        return None
    by = {label(pairs.new.documents[c.passage.document_id]): None for c in claims
          if c.passage.document_id not in pairs.shared}  # fmt: skip
    borne = f" – borne out by {_few([*by])}" if by and not alone else ""
    opening = "Stands alone now" if alone else "No longer stands alone"
    passages = tuple(sorted({claim.passage for claim in claims}))
    return Change(About.VOICE, f"{opening} – {'; '.join(told)}{borne}", tuple(ids), passages)


def _best_first(finding: Finding) -> list[Candidate]:
    best = finding.policies.best
    return sorted(finding.candidates, key=lambda c: c.value != best)


def _listed(candidates: Sequence[Candidate], pairs: Pairs) -> str:
    """Answers with the outlets that give them, which are named once for all that they give."""
    by_outlets: dict[str, list[str]] = {}
    for candidate in candidates:
        by_outlets.setdefault(_outlets(candidate, pairs), []).append(
            shown_value(candidate.value, pairs.new)
        )
    return ", ".join(f"{listed(values)}{outlets}" for outlets, values in by_outlets.items())


def shown_value(value: Value, book: Lookup) -> str:
    said = " ".join(say_value(value, book).split())
    return said if len(said) <= _WORDS_MAX else f"{said[: _WORDS_MAX - 1].rstrip()}…"


def _outlets(candidate: Candidate, pairs: Pairs) -> str:
    """The outlets behind an answer of the later account, those that are new before others."""
    claims = _claims(candidate, pairs.new)
    documents = [pairs.new.documents[claim.passage.document_id] for claim in claims]
    documents.sort(key=lambda document: document.id in pairs.shared)
    names = list(dict.fromkeys(label(document) for document in documents))
    return f" ({_few(names)})" if names else ""


def _few(names: Sequence[str]) -> str:
    more = len(names) - _OUTLETS_MAX
    return listed([*names[:_OUTLETS_MAX], f"{more} more"] if more > 0 else names)


def _claims(candidate: Candidate, book: Lookup) -> list[Claim]:
    return [book.claims[claim_id] for claim_id in candidate.claim_ids]


def _words(candidates: Sequence[Candidate], book: Lookup) -> tuple[Passage, ...]:
    return tuple(sorted({c.passage for one in candidates for c in _claims(one, book)}))
