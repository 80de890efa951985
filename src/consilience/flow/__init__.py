"""Streams of any length: documents to events, events to dossiers."""

from consilience.flow.choosing import TOLD_MAX
from consilience.flow.gathering import Events, Gathered, gather, group_stream, to_events
from consilience.flow.sharing import list_shared
from consilience.flow.steps import failed_line, told_line
from consilience.flow.telling import Told, manifest_of, tell_stream, work_folder

__all__ = [
    "TOLD_MAX",
    "Events",
    "Gathered",
    "Told",
    "failed_line",
    "gather",
    "group_stream",
    "list_shared",
    "manifest_of",
    "tell_stream",
    "to_events",
    "told_line",
    "work_folder",
]
