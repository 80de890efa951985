"""PROV-JSON: which document, claim and account came from which, and who answers for it."""

import re
from collections import defaultdict
from typing import Any

from consilience.export.words import Words, json_text, plain_id
from consilience.records import Dossier, Passage

_PREFIX = "c"
# What xsd:dateTime allows of what we write.
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")

Record = dict[str, Any]


class _Records:
    """The records of one kind by id; `add` gives those that need no name one of their own."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[str, Record]] = defaultdict(dict)

    def put(self, kind: str, id_: str, record: Record) -> None:
        self.by_kind[kind][id_] = {key: value for key, value in record.items() if value}

    def add(self, kind: str, more: Record | None = None, **ends: str) -> None:
        held = self.by_kind[kind]
        given = {f"prov:{name}": value for name, value in ends.items()}
        held[f"_:{kind}{len(held)}"] = {**given, **(more or {})}


def to_prov(dossier: Dossier) -> str:
    """W3C PROV as PROV-JSON: where everything comes from, for archives and auditors.

    Documents, origins, claims, quotations, findings and the sentences of the account as entities,
    each derived from what it rests on; outlets and voices as agents; the run and every decision of
    an analyst as activities.
    """
    words, records = Words(dossier), _Records()
    _run(dossier, records)
    _documents(dossier, records)
    _claims(dossier, words, records)
    _findings(dossier, words, records)
    _told(dossier, records)
    _decisions(dossier, records)
    return json_text({"prefix": {_PREFIX: "urn:consilience:"}, **records.by_kind})


def _id(kind: str, record_id: str) -> str:
    return f"{_PREFIX}:{plain_id(kind, record_id)}"


def _type(name: str) -> Record:
    return {"$": f"prov:{name}", "type": "prov:QUALIFIED_NAME"}


def _derived(
    records: _Records, new: str, old: str, kind: str | None = None, more: Record | None = None
) -> None:
    of_kind = {} if kind is None else {"prov:type": _type(kind)}
    records.add("wasDerivedFrom", {**of_kind, **(more or {})}, generatedEntity=new, usedEntity=old)


def _quoted(records: _Records, new: str, place: Passage) -> None:
    """That a record has words of a document, and where they stand."""
    at = {f"{_PREFIX}:start": place.start, f"{_PREFIX}:end": place.end}
    _derived(records, new, _id("document", place.document_id), "Quotation", at)


_ACCOUNT, _RUN, _SOFTWARE = (f"{_PREFIX}:{name}" for name in ("account", "run", "software"))


def _run(dossier: Dossier, records: _Records) -> None:
    run = dossier.run
    label = f"Consilience {run.version}, reader {run.reader}"
    records.put("agent", _SOFTWARE, {"prov:type": _type("SoftwareAgent"), "prov:label": label})
    started = {"prov:startTime": run.started} if _MOMENT.fullmatch(run.started) else {}
    settings = [f"{key}={value}" for key, value in run.settings]
    records.put("activity", _RUN, {**started, f"{_PREFIX}:settings": settings})
    records.put("entity", _ACCOUNT, {"prov:label": dossier.title})
    records.add("wasGeneratedBy", entity=_ACCOUNT, activity=_RUN)
    records.add("wasAssociatedWith", activity=_RUN, agent=_SOFTWARE)


def _documents(dossier: Dossier, records: _Records) -> None:
    for document in dossier.documents:
        id_ = _id("document", document.id)
        record = {
            "prov:label": document.title or document.name,
            f"{_PREFIX}:name": document.name,
            f"{_PREFIX}:url": document.url,
            f"{_PREFIX}:sha256": document.sha256,
            f"{_PREFIX}:published": document.published and document.published.value,
            f"{_PREFIX}:dateKnown": document.published_basis and str(document.published_basis),
            f"{_PREFIX}:language": document.language,
        }
        records.put("entity", id_, record)
        records.add("used", activity=_RUN, entity=id_)
        for kind, name in (("Organization", document.source), ("Person", document.author)):
            if name:
                agent = _id("outlet" if kind == "Organization" else "author", name)
                records.put("agent", agent, {"prov:type": _type(kind), "prov:label": name})
                records.add("wasAttributedTo", entity=id_, agent=agent)
    for origin in dossier.origins:
        id_ = _id("origin", origin.id)
        records.put("entity", id_, {"prov:type": _type("Collection"), "prov:label": origin.id})
        for document_id in origin.document_ids:
            records.add("hadMember", collection=id_, entity=_id("document", document_id))
        for link in origin.links:
            ends = _id("document", link.copy_id), _id("document", link.of_id)
            told = {
                f"{_PREFIX}:probability": link.probability,
                f"{_PREFIX}:kind": str(link.kind),
                f"{_PREFIX}:evidence": len(link.evidence),
            }
            _derived(records, *ends, "PrimarySource", told)


def _claims(dossier: Dossier, words: Words, records: _Records) -> None:
    for claim in dossier.claims:
        id_ = _id("claim", claim.id)
        record = {
            "prov:label": f"{claim.slot}: {words.value(claim.value)}",
            "prov:value": words.of(claim.passage),
            f"{_PREFIX}:about": words.names.get(claim.subject_id),
            f"{_PREFIX}:factuality": str(claim.factuality),
            f"{_PREFIX}:polarity": str(claim.polarity),
            f"{_PREFIX}:asOf": claim.as_of and claim.as_of.value,
        }
        records.put("entity", id_, record)
        _quoted(records, id_, claim.passage)
        for voice in claim.voices:
            name = words.names.get(voice.speaker_id or "") or voice.name
            if name is not None:
                _attributed(records, id_, voice.speaker_id or name, name, str(voice.stance))
    for n, quotation in enumerate(dossier.quotations):
        id_ = _id("quotation", f"{n}")
        records.put("entity", id_, {"prov:value": words.of(quotation.passage)})
        _quoted(records, id_, quotation.passage)
        if quotation.speaker_id is not None:
            name = words.names[quotation.speaker_id]
            _attributed(records, id_, quotation.speaker_id, name, str(quotation.stance))


def _attributed(records: _Records, id_: str, agent_id: str, name: str, stance: str) -> None:
    agent = _id("voice", agent_id)
    records.put("agent", agent, {"prov:label": name})
    records.add("wasAttributedTo", {f"{_PREFIX}:stance": stance}, entity=id_, agent=agent)


def _findings(dossier: Dossier, words: Words, records: _Records) -> None:
    for finding in dossier.findings:
        id_ = _id("finding", finding.id)
        said = [words.value(c.value) for c in finding.candidates]
        record = {
            "prov:label": finding.question,
            f"{_PREFIX}:status": str(finding.status),
            f"{_PREFIX}:answers": [
                f"{answer}: {c.n_documents} documents, {c.n_origins} origins, belief {c.belief:.2f}"
                for answer, c in zip(said, finding.candidates, strict=True)
            ],
            f"{_PREFIX}:relations": [
                f"{said[r.a]} / {said[r.b]}: {r.kind}: {r.why}" for r in finding.relations
            ],
        }
        records.put("entity", id_, record)
        records.add("wasGeneratedBy", entity=id_, activity=_RUN)
        for claim_id in dict.fromkeys(k for c in finding.candidates for k in c.claim_ids):
            _derived(records, id_, _id("claim", claim_id))


def _told(dossier: Dossier, records: _Records) -> None:
    """Each sentence of the account from its findings and passages, and what nobody says."""
    for n, sentence in enumerate(dossier.account):
        id_ = _id("sentence", f"{n}")
        records.put("entity", id_, {"prov:value": sentence.text})
        _derived(records, _ACCOUNT, id_)
        for finding_id in sentence.finding_ids:
            _derived(records, id_, _id("finding", finding_id))
        for place in sentence.passages:
            _quoted(records, id_, place)
    for n, missing in enumerate(dossier.missing):
        about = {"prov:value": missing.text, f"{_PREFIX}:slot": missing.slot}
        records.put("entity", _id("missing", f"{n}"), about)
        _derived(records, _ACCOUNT, _id("missing", f"{n}"))
    for n, change in enumerate(dossier.changes):
        about = {"prov:value": change.text, f"{_PREFIX}:change": str(change.about)}
        records.put("entity", _id("change", f"{n}"), about)
        _derived(records, _ACCOUNT, _id("change", f"{n}"))


def _decisions(dossier: Dossier, records: _Records) -> None:
    claims = {c.id for c in dossier.claims}
    findings = {f.id for f in dossier.findings}
    for ruling in dossier.decisions:
        id_ = _id("decision", f"{ruling.number} {ruling.made} {ruling.text}")
        record = {
            "prov:label": ruling.text,
            f"{_PREFIX}:reason": ruling.reason,
            f"{_PREFIX}:kind": str(ruling.kind),
        }
        if _MOMENT.fullmatch(ruling.made):
            record["prov:startTime"] = ruling.made
        records.put("activity", id_, record)
        analyst = _id("analyst", ruling.made_by)
        person = {"prov:type": _type("Person"), "prov:label": ruling.made_by}
        records.put("agent", analyst, person)
        records.add("wasAssociatedWith", activity=id_, agent=analyst)
        records.add("wasInformedBy", informed=_RUN, informant=id_)
        for record_id in ruling.record_ids:
            for kind, ids in (("claim", claims), ("finding", findings)):
                if record_id in ids:
                    records.add("used", activity=id_, entity=_id(kind, record_id))
