"""GeoJSON (RFC 7946): the places of a dossier, with what happened there and who names them."""

from collections import defaultdict
from typing import Any

from consilience.export.words import Words, iso, json_text, urn
from consilience.gazetteer import find_places
from consilience.records import Dossier, Entity, Kind
from consilience.wording import label

_LIST = "geonames"


def to_geojson(dossier: Dossier) -> str:
    """The places for a map (GeoJSON): QGIS, Leaflet, geojson.io.

    Each with the events it is the place of and the documents that name it. A place that is not
    known for certain has no geometry; where it is known it is so to a tenth of a degree.
    """
    words = Words(dossier)
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in dossier.events:
        for place in event.where:
            found = {"id": urn("event", event.id), "name": event.name, "date": iso(event.when)}
            events[place].append(found)
    features = [_feature(e, events[e.id], words) for e in dossier.entities if e.kind is Kind.PLACE]
    return json_text({"type": "FeatureCollection", "features": features})


def _feature(entity: Entity, events: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    named = dict.fromkeys(passage.document_id for passage in entity.mentions)
    return {
        "type": "Feature",
        "id": urn("entity", entity.id),
        "geometry": _point(entity),
        "properties": {
            "name": entity.name,
            "names": [*entity.names],
            "known": dict(entity.links),
            "events": events,
            "documents": [label(words.documents[d]) for d in named],
            "n_mentions": len(entity.mentions),
        },
    }


def _point(entity: Entity) -> dict[str, Any] | None:
    """Where the gazetteer has the place that the entity was found to be."""
    known = dict(entity.links).get(_LIST)
    if known is None:
        return None
    for name in dict.fromkeys((entity.name, *entity.names)):
        for place in find_places(name):
            if place.geonames_id == known:
                return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return None
