"""PROV-JSON: which document, claim and account came from which, and who answers for it."""

from typing import Any

from consilience.export.words import Words, json_text, plain_id
from consilience.records import Dossier

_PREFIX = "c"


def to_prov(dossier: Dossier) -> str:
    """W3C PROV-JSON: which statement comes from which document, by which run.

    Documents, claims and the account are entities, the run an activity, voices agents.
    """
    words = Words(dossier)
    entities: dict[str, Any] = {}
    agents: dict[str, Any] = {}
    derived: dict[str, Any] = {}
    attributed: dict[str, Any] = {}
    generated: dict[str, Any] = {}
    used: dict[str, Any] = {}
    account, activity, software = _id("account"), _id("run"), _id("software")
    agents[software] = {
        "prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
        "prov:label": f"Consilience {dossier.run.version}",
    }
    entities[account] = {"prov:label": dossier.title}
    generated["_:g0"] = {"prov:entity": account, "prov:activity": activity}
    for n, document in enumerate(dossier.documents):
        id_ = _id(plain_id("document", document.id))
        entities[id_] = {
            "prov:label": document.title or document.name,
            f"{_PREFIX}:sha256": document.sha256,
        }
        if document.url:
            entities[id_][f"{_PREFIX}:url"] = document.url
        used[f"_:u{n}"] = {"prov:activity": activity, "prov:entity": id_}
        if document.source:
            agent = _id(plain_id("outlet", document.source))
            agents[agent] = {
                "prov:type": {"$": "prov:Organization", "type": "prov:QUALIFIED_NAME"},
                "prov:label": document.source,
            }
            attributed[f"_:a{n}"] = {"prov:entity": id_, "prov:agent": agent}
    for n, link in enumerate(link for origin in dossier.origins for link in origin.links):
        derived[f"_:l{n}"] = _derivation(
            _id(plain_id("document", link.copy_id)),
            _id(plain_id("document", link.of_id)),
            "prov:PrimarySource",
        ) | {f"{_PREFIX}:probability": link.probability, f"{_PREFIX}:kind": str(link.kind)}
    for n, claim in enumerate(dossier.claims):
        id_ = _id(claim.id)
        entities[id_] = {
            "prov:label": f"{claim.slot}: {words.value(claim.value)}",
            "prov:value": words.of(claim.passage),
        }
        source = _id(plain_id("document", claim.passage.document_id))
        derived[f"_:q{n}"] = _derivation(id_, source, "prov:Quotation")
        for m, voice in enumerate(claim.voices):
            name = words.names.get(voice.speaker_id or "") or voice.name
            if name is None:
                continue
            agent = _id(plain_id("voice", voice.speaker_id or name))
            agents[agent] = {"prov:label": name}
            attributed[f"_:v{n}-{m}"] = {"prov:entity": id_, "prov:agent": agent}
    for n, claim_id in enumerate(_told(dossier)):
        derived[f"_:t{n}"] = {
            "prov:generatedEntity": account,
            "prov:usedEntity": _id(claim_id),
        }
    return json_text(
        {
            "prefix": {_PREFIX: "urn:consilience:"},
            "entity": entities,
            "activity": {activity: {"prov:startTime": dossier.run.started}},
            "agent": agents,
            "used": used,
            "wasGeneratedBy": generated,
            "wasAssociatedWith": {"_:w0": {"prov:activity": activity, "prov:agent": software}},
            "wasDerivedFrom": derived,
            "wasAttributedTo": attributed,
        }
    )


def _id(name: str) -> str:
    return f"{_PREFIX}:{name}"


def _derivation(new: str, old: str, kind: str) -> dict[str, Any]:
    return {
        "prov:generatedEntity": new,
        "prov:usedEntity": old,
        "prov:type": {"$": kind, "type": "prov:QUALIFIED_NAME"},
    }


def _told(dossier: Dossier) -> list[str]:
    """The claims of every finding that the account tells."""
    told = {f for sentence in dossier.account for f in sentence.finding_ids}
    return [
        claim_id
        for finding in dossier.findings
        if finding.id in told
        for candidate in finding.candidates
        for claim_id in candidate.claim_ids
    ]
