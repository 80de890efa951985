"""A case for assistants, over the Model Context Protocol.

To read, never to change, unless a name is given to sign changes with. Whatever documents say is
data: it comes in fields of its own, bounded, under a mark that says so.
"""

from consilience.assistant.server import assistant_server, tools

__all__ = ["assistant_server", "tools"]
