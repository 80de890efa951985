"""A whole dossier, made by hand: an invented ferry fire told by four outlets, one a copy."""

import hashlib
from functools import cache

from consilience import records as r
from consilience.dates import when_of

TEXTS = {
    "d1": """Ferry burns off Port Callis, at least nine dead

PORT CALLIS, March 4 (Meridian Press) — At least nine people were killed when the ferry Aurelia \
caught fire on Monday night, the Callis coast guard said. More than 20 people were injured.

“Nobody sounded the alarm,” said Ines Marabe, a passenger who jumped from the upper deck. \
“We smelled the smoke first.”

Tomas Reyl, the deputy transport minister, said the fire began in the engine room.

(Photo: H. Adeyemi/Meridian)
""",
    "d2": """Nine feared dead as ferry burns

At least nine people were killed when the ferry Aurelia caught fire on Monday night, the Callis \
coast guard said. More than 20 people were injured, according to Meridian Press.
""",
    "d3": """Suben a catorce los muertos del Aurelia

El incendio del transbordador Aurelia dejó catorce muertos y 31 heridos, informó el martes la \
guardia costera de Callis.

«Nadie dio la alarma», dijo la pasajera Inés Marabe.
""",
    "d4": """What went wrong on the Aurelia

Fourteen people died when the Aurelia burned off Port Callis on the night of 3 March. Reyl, the \
harbour master, told reporters on Friday that a short circuit on the car deck had started the \
fire.

‘No one raised the alarm,’ Ines Marabe, one of the survivors, recalled. Only two of the six \
lifeboats reached the water.
""",
}


def at(document_id: str, words: str, occurrence: int = 0) -> r.Passage:
    """Where `words` stand in the document."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXTS[document_id].index(words, start + 1)
    return r.Passage(document_id, start, start + len(words))


def stretched(text: str, *stretches: tuple[str, tuple[r.Passage, ...]]) -> tuple[r.Cited, ...]:
    """The stretches of a sentence that rest on passages of their own."""
    return tuple(
        r.Cited(text.index(words), text.index(words) + len(words), passages)
        for words, passages in stretches
    )


def _people(
    low: int,
    high: int | None,
    comparator: r.Comparator = r.Comparator.EXACTLY,
    unit: str = "person",
) -> r.Quantity:
    return r.Quantity(low, high, comparator, unit)


DAYS = {
    "d1": when_of("2031-03-04", "March 4"),
    "d2": when_of("2031-03-04"),
    "d3": when_of("2031-03-05"),
    "d4": when_of("2031-03-07"),
}
NIGHT = r.When(when_of("2031-03-03TNI").start, when_of("2031-03-03TNI").end, "2031-03-03TNI")
AT_LEAST_NINE = _people(9, None, r.Comparator.AT_LEAST)
FOURTEEN = _people(14, 14)
OVER_TWENTY = _people(20, None, r.Comparator.MORE_THAN)
THIRTY_ONE = _people(31, 31)
COAST_GUARD = r.Voice("e3", "the Callis coast guard", r.Stance.SAYS, direct=False)
GUARDIA = r.Voice("e3", "la guardia costera de Callis", r.Stance.SAYS, direct=False)


def _document(
    document_id: str, source: str, basis: r.DateBasis, parts: tuple[r.Part, ...], **more: object
) -> r.Document:
    text = TEXTS[document_id]
    fields: dict[str, object] = {
        "id": document_id, "name": f"{document_id}.txt", "source": source,
        "title": text.split("\n", 1)[0], "url": None, "author": None,
        "published": DAYS[document_id], "published_basis": basis, "updated": None,
        "retrieved": None, "language": "en", "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(), "parts": parts, "repairs": (),
    }  # fmt: skip
    return r.Document(**(fields | more))  # type: ignore[arg-type]


def _parts(document_id: str, *tails: tuple[str, r.PartKind]) -> tuple[r.Part, ...]:
    text = TEXTS[document_id]
    headline = r.Part(at(document_id, text.split("\n", 1)[0]), r.PartKind.HEADLINE)
    body_end = min([TEXTS[document_id].index(words) for words, _ in tails] or [len(text)])
    body = r.Part(r.Passage(document_id, headline.passage.end + 2, body_end), r.PartKind.BODY)
    return (headline, body, *(r.Part(at(document_id, words), kind) for words, kind in tails))


def _claim(
    claim_id: str, subject: str, slot: str, value: r.Value, passage: r.Passage, *voices: r.Voice
) -> r.Claim:
    return r.Claim(
        claim_id, subject, slot, value, passage, voices, r.Polarity.POSITIVE,
        r.Factuality.HAPPENED, DAYS[passage.document_id],
    )  # fmt: skip


def _candidate(
    value: r.Value,
    claims: tuple[str, ...],
    n: tuple[int, int],
    said: tuple[str, str],
    belief: float,
) -> r.Candidate:
    return r.Candidate(value, claims, n[0], n[1], DAYS[said[0]], DAYS[said[1]], belief)


@cache
def sample_dossier() -> r.Dossier:
    reyl = r.Voice("e1", "Tomas Reyl", r.Stance.SAYS, direct=False)
    reyl_later = r.Voice("e1", "Reyl", r.Stance.SAYS, direct=False)
    night_words = r.When(NIGHT.start, NIGHT.end, NIGHT.value, "Monday night")
    night_dated = r.When(NIGHT.start, NIGHT.end, NIGHT.value, "the night of 3 March")
    nine = at("d1", "At least nine people were killed")
    nine_again = at("d2", "At least nine people were killed")
    dead_es = at("d3", "catorce muertos")
    dead_late = at("d4", "Fourteen people died")
    engine = r.Text("engine room")
    circuit = r.Text("a short circuit on the car deck")
    deputy, master = r.Text("deputy transport minister"), r.Text("harbour master")
    claims = (
        _claim("k1", "v1", "killed", AT_LEAST_NINE, nine, COAST_GUARD),
        _claim("k2", "v1", "killed", AT_LEAST_NINE, nine_again, COAST_GUARD),
        _claim("k3", "v1", "killed", FOURTEEN, dead_es, GUARDIA),
        _claim("k4", "v1", "killed", FOURTEEN, dead_late),
        _claim("k5", "v1", "injured", OVER_TWENTY, at("d1", "More than 20 people were injured")),
        _claim("k6", "v1", "injured", OVER_TWENTY, at("d2", "More than 20 people were injured")),
        _claim("k7", "v1", "injured", THIRTY_ONE, at("d3", "31 heridos"), GUARDIA),
        _claim("k8", "v1", "cause", engine, at("d1", "the fire began in the engine room"), reyl),
        _claim("k9", "v1", "cause", circuit,
               at("d4", "a short circuit on the car deck had started the fire"), reyl_later),
        _claim("k10", "e1", "title", deputy, at("d1", "Tomas Reyl, the deputy transport minister")),
        _claim("k11", "e1", "title", master, at("d4", "Reyl, the harbour master")),
        _claim("k12", "v1", "when", night_words, at("d1", "caught fire on Monday night")),
        _claim("k13", "v1", "when", night_dated,
               at("d4", "burned off Port Callis on the night of 3 March")),
        _claim("k14", "v1", "count:lifeboat", _people(2, 2, unit="lifeboat"),
               at("d4", "Only two of the six lifeboats")),
    )  # fmt: skip
    return r.Dossier(
        title="The Aurelia ferry fire off Port Callis",
        run=r.Run("0.1.0", "encoder-1", "2031-03-08T09:00:00Z", (("workers", "1"),)),
        documents=(
            _document(
                "d1",
                "Callis Observer",
                r.DateBasis.TEXT,
                _parts("d1", ("(Photo: H. Adeyemi/Meridian)", r.PartKind.CREDIT)),
                author="Lena Osei",
                updated=when_of("2031-04-20"),
            ),
            _document("d2", "Harbour Ledger", r.DateBasis.METADATA, _parts("d2")),
            _document(
                "d3",
                "El Faro del Sur",
                r.DateBasis.GIVEN,
                _parts("d3"),
                language="es",
                url="https://faro.example/aurelia",
                repairs=(r.Repair(at("d3", "Inés").start + 2, at("d3", "Inés").start + 3, "Ã©"),),
            ),
            _document("d4", "Northern Tribune", r.DateBasis.INFERRED, _parts("d4")),
        ),
        origins=(
            r.Origin(
                "o1",
                ("d1", "d2"),
                (
                    r.Link(
                        "d2",
                        "d1",
                        r.LinkKind.VERBATIM,
                        0.97,
                        (
                            r.Match(
                                at(
                                    "d2",
                                    "killed when the ferry Aurelia caught fire on Monday night",
                                ),
                                at(
                                    "d1",
                                    "killed when the ferry Aurelia caught fire on Monday night",
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            r.Origin("o2", ("d3",), ()),
            r.Origin("o3", ("d4",), ()),
        ),
        entities=(
            r.Entity(
                "e1",
                r.Kind.PERSON,
                "Tomas Reyl",
                ("Tomas Reyl", "Reyl"),
                (at("d1", "Tomas Reyl"), at("d4", "Reyl")),
            ),
            r.Entity(
                "e2",
                r.Kind.PERSON,
                "Ines Marabe",
                ("Ines Marabe", "Inés Marabe"),
                (at("d1", "Ines Marabe"), at("d3", "Inés Marabe"), at("d4", "Ines Marabe")),
            ),
            r.Entity(
                "e3",
                r.Kind.ORGANIZATION,
                "Callis coast guard",
                ("Callis coast guard", "guardia costera de Callis"),
                (
                    at("d1", "the Callis coast guard"),
                    at("d2", "the Callis coast guard"),
                    at("d3", "la guardia costera de Callis"),
                ),
            ),
            r.Entity(
                "e4",
                r.Kind.PLACE,
                "Port Callis",
                ("Port Callis",),
                (at("d1", "Port Callis"), at("d4", "Port Callis")),
            ),
        ),
        events=(
            r.Event(
                "v1",
                "Aurelia fire",
                "fire",
                NIGHT,
                ("e4",),
                (),
                None,
                (
                    at("d1", "fire on Monday night"),
                    at("d2", "fire on Monday night"),
                    at("d3", "El incendio del transbordador Aurelia"),
                    at("d4", "the Aurelia burned"),
                ),
            ),
        ),
        claims=claims,
        findings=(
            r.Finding(
                "f1",
                "v1",
                "killed",
                "How many people were killed?",
                r.Status.UPDATED,
                (
                    _candidate(AT_LEAST_NINE, ("k1", "k2"), (2, 1), ("d1", "d2"), 0.21),
                    _candidate(FOURTEEN, ("k3", "k4"), (2, 2), ("d3", "d4"), 0.79),
                ),
                (
                    r.Relation(
                        0,
                        1,
                        r.RelationKind.UPDATED,
                        "at least 9 on 4 March 2031, 14 from 5 March 2031 on: "
                        "the count was open and the later figure is the higher one",
                    ),
                ),
                r.Policies(AT_LEAST_NINE, FOURTEEN, FOURTEEN, FOURTEEN, FOURTEEN),
            ),
            r.Finding(
                "f2",
                "v1",
                "injured",
                "How many people were injured?",
                r.Status.COMPATIBLE,
                (
                    _candidate(OVER_TWENTY, ("k5", "k6"), (2, 1), ("d1", "d2"), 0.4),
                    _candidate(THIRTY_ONE, ("k7",), (1, 1), ("d3", "d3"), 0.6),
                ),
                (r.Relation(0, 1, r.RelationKind.COMPATIBLE, "31 is more than 20"),),
                r.Policies(OVER_TWENTY, THIRTY_ONE, THIRTY_ONE, OVER_TWENTY, THIRTY_ONE),
            ),
            r.Finding(
                "f3",
                "v1",
                "cause",
                "What caused it?",
                r.Status.CONTRADICTED,
                (
                    _candidate(engine, ("k8",), (1, 1), ("d1", "d1"), 0.5),
                    _candidate(circuit, ("k9",), (1, 1), ("d4", "d4"), 0.5),
                ),
                (
                    r.Relation(
                        0,
                        1,
                        r.RelationKind.CONTRADICTORY,
                        "the engine room and the car deck are two places, "
                        "and the same official names both",
                    ),
                ),
                r.Policies(None, None, circuit, engine, None),
            ),
            r.Finding(
                "f4",
                "e1",
                "title",
                "What office does Tomas Reyl hold?",
                r.Status.CONTRADICTED,
                (
                    _candidate(deputy, ("k10",), (1, 1), ("d1", "d1"), 0.5),
                    _candidate(master, ("k11",), (1, 1), ("d4", "d4"), 0.5),
                ),
                (
                    r.Relation(
                        0,
                        1,
                        r.RelationKind.CONTRADICTORY,
                        "two offices that one person does not hold at once",
                    ),
                ),
                r.Policies(None, None, master, deputy, None),
            ),
            r.Finding(
                "f5",
                "v1",
                "when",
                "When did it happen?",
                r.Status.AGREED,
                (r.Candidate(night_words, ("k12", "k13"), 2, 2, DAYS["d1"], DAYS["d4"], 0.9),),
                (),
                r.Policies(night_words, night_words, night_words, night_words, night_words),
            ),
            r.Finding(
                "f6",
                "v1",
                "count:lifeboat",
                "How many lifeboats?",
                r.Status.SINGLE_ORIGIN,
                (_candidate(_people(2, 2, unit="lifeboat"), ("k14",), (1, 1), ("d4", "d4"), 0.6),),
                (),
                r.Policies(*(_people(2, 2, unit="lifeboat"),) * 5),
            ),
        ),
        quotations=(
            r.Quotation(
                at("d1", "“Nobody sounded the alarm,”"), "e2", at("d1", "said", 1), True, (2, 3)
            ),
            r.Quotation(at("d1", "“We smelled the smoke first.”"), "e2", at("d1", "said", 1), True),
            r.Quotation(at("d3", "«Nadie dio la alarma»"), "e2", at("d3", "dijo"), True, (0, 3)),
            r.Quotation(
                at("d4", "‘No one raised the alarm,’"), "e2", at("d4", "recalled"), True, (0, 2)
            ),
            r.Quotation(
                at("d1", "the fire began in the engine room"), "e1", at("d1", "said", 2), False
            ),
            r.Quotation(
                at("d4", "a short circuit on the car deck had started the fire"),
                "e1",
                at("d4", "told"),
                False,
            ),
        ),
        timeline=(
            r.TimelineEntry(
                night_words,
                "The ferry Aurelia caught fire.",
                "v1",
                ("k12",),
                (at("d1", "the ferry Aurelia caught fire on Monday night"),),
            ),
            r.TimelineEntry(
                DAYS["d1"],
                "The Callis coast guard said at least nine people were killed.",
                None,
                ("k1",),
                (
                    at(
                        "d1",
                        "At least nine people were killed when the ferry "
                        "Aurelia caught fire on Monday night, the Callis coast guard said",
                    ),
                    at("d1", "March 4"),
                ),
            ),
            r.TimelineEntry(
                DAYS["d3"],
                "The toll rose to fourteen (“catorce muertos”).",
                None,
                ("k3",),
                (dead_es,),
            ),
            r.TimelineEntry(
                DAYS["d4"],
                "Reyl spoke of a short circuit on the car deck.",
                None,
                ("k9",),
                (
                    at(
                        "d4",
                        "Reyl, the harbour master, told reporters on Friday that a "
                        "short circuit on the car deck had started the fire",
                    ),
                ),
            ),
        ),
        account=(
            r.Sentence(
                "The ferry Aurelia caught fire on Monday night, 3 March 2031, off Port Callis.",
                (
                    at("d1", "the ferry Aurelia caught fire on Monday night"),
                    at("d4", "the Aurelia burned off Port Callis on the night of 3 March"),
                ),
                ("f5",),
            ),
            r.Sentence(
                "Fourteen people died; on 4 March the coast guard had said at least nine.",
                (
                    dead_late,
                    dead_es,
                    at(
                        "d1",
                        "At least nine people were killed when the ferry Aurelia caught "
                        "fire on Monday night, the Callis coast guard said",
                    ),
                ),
                ("f1",),
            ),
            r.Sentence(
                "More than 20 people were injured, 31 according to El Faro del Sur.",
                (at("d1", "More than 20 people were injured"), at("d3", "31 heridos")),
                ("f2",),
            ),
            r.Sentence(
                "How it began is disputed: Tomas Reyl said in the engine room, "
                "and later that a short circuit on the car deck had started the fire.",
                (
                    at(
                        "d1",
                        "Tomas Reyl, the deputy transport minister, said the fire "
                        "began in the engine room",
                    ),
                    at("d4", "a short circuit on the car deck had started the fire"),
                ),
                ("f3", "f4"),
            ),
            r.Sentence(
                "“Nobody sounded the alarm,” said Ines Marabe, a passenger.",
                (at("d1", "“Nobody sounded the alarm,” said Ines Marabe, a passenger"),),
            ),
            r.Sentence(
                "Only two of the six lifeboats reached the water.",
                (at("d4", "Only two of the six lifeboats reached the water."),),
                ("f6",),
            ),
        ),
        missing=(
            r.Missing("v1", "detained", "No document says whether anyone was detained."),
            r.Missing("v1", "cost", "No document says what the damage cost."),
        ),
        failures=(r.Failure("deck-plan.pdf", "ingest", "no text in any of its 3 pages"),),
    )
