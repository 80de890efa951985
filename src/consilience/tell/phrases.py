"""What the pages call things: values, voices, statuses, dates with their basis."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from consilience.dates import day_value, when_of
from consilience.records import (
    Addend,
    Candidate,
    Claim,
    DateBasis,
    Document,
    Dossier,
    Embedded,
    Entity,
    EntityRef,
    Finding,
    Kind,
    KnownMatch,
    LinkKind,
    Passage,
    Quantity,
    Quotation,
    Ruling,
    Stance,
    Status,
    Text,
    Truth,
    Value,
    Version,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.wording import label, say_quantity, say_when

# In the order a reader should look at them.
STATUS_WORDS = {
    Status.CONTRADICTED: "contradicted",
    Status.UPDATED: "updated over time",
    Status.COMPATIBLE: "compatible",
    Status.AGREED: "agreed",
    Status.SINGLE_ORIGIN: "one origin only",
}
LINK_WORDS = {
    LinkKind.VERBATIM: "repeats, word for word,",
    LinkKind.REWRITTEN: "rewrites",
    LinkKind.QUOTED: "quotes",
    LinkKind.CREDITED: "credits",
    LinkKind.SHARED_ERROR: "shares an error with",
}
POLICY_WORDS = {
    "low": "lowest",
    "high": "highest",
    "latest": "latest",
    "most_origins": "most origins",
    "best": "weighed best",
    "lowest_supported": "lowest supported",
    "range": "range",
    "latest_official": "latest official",
}
_BASIS_WORDS = {
    DateBasis.GIVEN: "given with the document",
    DateBasis.METADATA: "from its metadata",
    DateBasis.TEXT: "from its text",
    DateBasis.INFERRED: "inferred",
}

# A publication is known to the day if it is known to this; time zones make a day and a half.
DAY_MAX = timedelta(hours=36)
# More outlets than these behind one voice are counted; the passages name them all.
_OUTLETS_MAX = 10
_TOLL = ("killed", "injured", "missing", "detained", "freed", "displaced", "cost")


def count(n: int, noun: str) -> str:
    """
    >>> count(1, "document"), count(3, "independent origin")
    ('1 document', '3 independent origins')
    """
    return f"{n} {noun}{'' if n == 1 else 's'}"


def listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def say_value(value: Value, book: Lookup) -> str:
    match value:
        case Quantity():
            return say_quantity(value)
        case When():
            return say_when(value)
        case EntityRef(entity_id):
            return book.entities[entity_id].name
        case Text(text):
            return text
        case Truth(holds):
            return "yes" if holds else "no"


def say_dated(document: Document) -> str:
    """The day of publication and how it is known: “18 October 2019, inferred”."""
    if document.published is None:
        return "date unknown"
    basis = document.published_basis
    known = f", {_BASIS_WORDS[basis]}" if basis is not None else ""
    return f"{say_when(document.published)}{known}"


def is_known_to_the_day(when: When | None) -> bool:
    if when is None or when.start is None or when.end is None:
        return False
    return when.end - when.start <= DAY_MAX


def say_period(dossier: Dossier) -> str:
    """When the documents came out; empty where none is known to the day."""
    dated = [d.published for d in dossier.documents if is_known_to_the_day(d.published)]
    days = sorted(w.start for w in dated if w is not None and w.start is not None)
    if not days:
        return ""
    first, last = (say_when(when_of(day_value(day))) for day in (days[0], days[-1]))
    n_vague = len(dossier.documents) - len(days)
    vague = f" ({n_vague} not dated to the day)" if n_vague else ""
    return f"published {_from_to(first, last)}{vague}"


def _from_to(first: str, last: str) -> str:
    """
    >>> _from_to("4 March 2031", "7 March 2031")
    'from 4 to 7 March 2031'
    """
    if first == last:
        return f"on {first}"
    words, others = first.split(), last.split()
    while len(words) > 1 and len(others) > 1 and words[-1] == others[-1]:
        words.pop()
        others.pop()
    return f"from {' '.join(words)} to {last}"


def say_voices(candidate: Candidate, book: Lookup) -> str:
    """Who holds a value, the outlets behind each voice: “the coast guard (in Post and Echo)”."""
    outlets: dict[str, list[str]] = {}
    for claim_id in candidate.claim_ids:
        claim = book.claims[claim_id]
        outlet = label(book.documents[claim.passage.document_id])
        outlets.setdefault(say_speakers(claim, book), []).append(outlet)
    held = []
    for voice, names in outlets.items():
        unique = list(dict.fromkeys(names))
        if len(unique) > _OUTLETS_MAX:
            unique = [*unique[:_OUTLETS_MAX], f"{len(unique) - _OUTLETS_MAX} more"]
        held += [f"{voice} (in {listed(unique)})"] if voice else unique
    return listed(held)


def say_speakers(claim: Claim, book: Lookup) -> str:
    """Whose words a claim is, the outermost first; empty where the outlet itself speaks."""
    named = (book.name(voice.speaker_id) or voice.name for voice in claim.voices)
    said = dict.fromkeys(" ".join(name.split()) for name in named if name)
    return ", citing ".join(said)


def other_event(finding: Finding, book: Lookup) -> str | None:
    """The event a finding is on, where that is not the main one of the case."""
    if finding.subject_id not in book.events or finding.subject_id == next(iter(book.events)):
        return None
    return book.events[finding.subject_id].name


def say_sums(candidate: Candidate, book: Lookup) -> list[str]:
    """How a number was added up, for each claim that gives it so: “2 officers + 9 soldiers”."""
    sums = (book.claims[claim_id].sum_of for claim_id in candidate.claim_ids)
    said = (" + ".join(_say_addend(a, book) for a in addends) for addends in sums if addends)
    return list(dict.fromkeys(said))


def _say_addend(addend: Addend, book: Lookup) -> str:
    return f"{say_quantity(addend.quantity)} (“{' '.join(book.words(addend.passage).split())}”)"


def say_versions(finding: Finding, book: Lookup) -> list[tuple[str, str, list[Passage]]]:
    """Each voice that changed its answer, its answers in the order of their saying, and where."""
    told = []
    for (voice, _), group in groupby(finding.versions, key=lambda v: (v.voice, v.speaker_id)):
        versions = list(group)
        answers = [say_value(v.value, book) + _said_when(v, book) for v in versions]
        passages = [book.claims[c].passage for v in versions for c in v.claim_ids]
        cues = [v.cue for v in versions if v.cue is not None]
        told.append((" ".join(voice.split()), ", then ".join(answers), passages + cues))
    return told


def _said_when(version: Version, book: Lookup) -> str:
    """The day of a version, else the words that place it: “ (“initially”)”."""
    if version.when is not None:
        return f" ({say_when(version.when)})"
    return f" (“{book.words(version.cue)}”)" if version.cue is not None else ""


def say_belief(candidate: Candidate) -> str:
    """How far the weighing believes a value.

    >>> say_belief(Candidate(Text("x"), (), 1, 1, None, None, 0.714))
    'belief 0.71'
    """
    return f"belief {candidate.belief:.2f}"


def say_embedded(embedded: Embedded, book: Lookup) -> str:
    """Whose report a passage passes on, and in which document."""
    document = label(book.documents[embedded.passage.document_id])
    return f"{document} passes on what it has from {embedded.source}"


def say_policies(finding: Finding, book: Lookup) -> list[tuple[str, str]]:
    """What each way of choosing gives; none of the most origins where several have as many."""
    counts = [c.n_origins for c in finding.candidates]
    is_tied = counts.count(max(counts, default=0)) > 1
    return [
        (words, say_value(value, book))
        for name, words in POLICY_WORDS.items()
        if (value := getattr(finding.policies, name)) is not None
        and not (name == "most_origins" and is_tied)
    ]


def say_said(candidate: Candidate) -> str:
    """When a value was first and last said; empty where no document is dated."""
    first, last = candidate.first_said, candidate.last_said
    if first is None or last is None:
        return ""
    exact = [w.start for w in (first, last) if is_known_to_the_day(w) and w.start is not None]
    if len(exact) == 2:
        begun, ended = (say_when(when_of(day_value(day))) for day in exact)
        return f"said {_from_to(begun, ended)}"
    if first == last:
        return f"said {say_when(first)}"
    return f"first said {say_when(first)}, last {say_when(last)}"


_MANNERS = {
    Stance.DENIES: "denied", Stance.ALLEGES: "alleged", Stance.CONFIRMS: "confirmed",
    Stance.ORDERS: "ordered", Stance.ASKS: "asked", Stance.BELIEVES: "believed",
}  # fmt: skip


def manner(quotation: Quotation) -> str:
    """How words stand to their speaker: what is denied must not read as said. Empty: plainly said.

    >>> manner(Quotation(Passage("d", 0, 4), None, None, direct=False, stance=Stance.DENIES))
    'denied'
    """
    plain = "" if quotation.direct else "in other words"
    return _MANNERS.get(quotation.stance, plain)


def quoted(quotation: Quotation, book: Lookup) -> str:
    """The words on one line; direct ones in quotation marks, their own where they have them."""
    words = " ".join(book.words(quotation.passage).split())
    if not quotation.direct or words[0] in "\"'“”„«‘’‚‹":
        return words
    return f"“{words.rstrip(',')}”"


def say_ruling(ruling: Ruling) -> str:
    """Who decided what, and when; and where nothing in this account is left to decide on."""
    idle = "" if ruling.record_ids else "; nothing here that it is about"
    return f"{ruling.made_by} {ruling.text} ({ruling.made[:10]}{idle})"


def say_known(match: KnownMatch) -> str:
    """On which list an entity is, by what id, and how surely: “Q7 on sanctions (0.98)”."""
    return f"{match.id} on {match.list_name} ({match.score:.2f}, {match.reason})"


def offices(entity: Entity, dossier: Dossier, book: Lookup) -> list[str]:
    """The offices that any document gives the entity."""
    found = [f for f in dossier.findings if (f.subject_id, f.slot) == (entity.id, "title")]
    return [say_value(c.value, book) for f in found for c in f.candidates]


def speakers(dossier: Dossier) -> list[tuple[Entity, list[list[Quotation]]]]:
    """Persons and all who are quoted, those quoted most first, with what each said.

    An utterance is the list of its versions: quotations of one speaker that are the same.
    """
    told: dict[str, list[list[Quotation]]] = {}
    for group in _utterances(dossier.quotations):
        if group[0].speaker_id is not None:
            told.setdefault(group[0].speaker_id, []).append(group)
    listed_entities = [e for e in dossier.entities if e.kind is Kind.PERSON or e.id in told]
    listed_entities.sort(key=lambda e: (-len(told.get(e.id, ())), -len(e.mentions), e.name))
    return [(entity, told.get(entity.id, [])) for entity in listed_entities]


def _utterances(quotations: Sequence[Quotation]) -> Iterable[list[Quotation]]:
    """The quotations, each once, together with the other versions of it by one speaker."""
    seen: set[int] = set()
    for i, quotation in enumerate(quotations):
        if i in seen:
            continue
        same = [j for j in quotation.same_as if quotations[j].speaker_id == quotation.speaker_id]
        group = sorted({i, *same} - seen)
        seen.update(group)
        yield [quotations[j] for j in group]


def by_weight(dossier: Dossier) -> list[Finding]:
    """Findings on the main event first, the human toll before all, disputed before settled."""
    order = list(STATUS_WORDS)
    main_id = dossier.events[0].id if dossier.events else None

    def rank(finding: Finding) -> tuple[bool, int, bool, int]:
        is_figure = any(isinstance(c.value, Quantity) for c in finding.candidates)
        toll = _TOLL.index(finding.slot) if finding.slot in _TOLL else len(_TOLL)
        return finding.subject_id != main_id, toll, not is_figure, order.index(finding.status)

    return sorted(dossier.findings, key=rank)
