"""Findings -> Dossier: the account, the timeline, who said what, and what nobody says."""

from consilience.tell.dossier import tell

__all__ = ["tell"]
