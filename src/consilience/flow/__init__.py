"""Streams of any length: documents to events, events to dossiers."""
