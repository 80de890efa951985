"""A dossier in other tools' formats: each complete, or clearly failed."""

from collections.abc import Callable, Mapping

from consilience.export.annotations import to_annotations
from consilience.export.bibtex import to_bibtex
from consilience.export.ftm import to_ftm
from consilience.export.geojson import to_geojson
from consilience.export.graphml import to_graphml
from consilience.export.prov import to_prov
from consilience.export.schema_org import to_schema_org
from consilience.export.tables import to_tables
from consilience.export.timelinejs import to_timelinejs
from consilience.records import Dossier

__all__ = ["FOLDERS", "FORMATS", "to_tables"]

# Formats that are one file, by the name they are asked for.
FORMATS: Mapping[str, Callable[[Dossier], str]] = {
    "annotations": to_annotations,
    "bibtex": to_bibtex,
    "ftm": to_ftm,
    "geojson": to_geojson,
    "graphml": to_graphml,
    "prov": to_prov,
    "schema-org": to_schema_org,
    "timelinejs": to_timelinejs,
}
# Formats that are several, by file name.
FOLDERS: Mapping[str, Callable[[Dossier], Mapping[str, str]]] = {"csv": to_tables}
