"""What a caller may catch."""


class ConsilienceError(Exception):
    """What a caller is expected to handle: the thing, the value and the remedy, on one line."""


class InputError(ConsilienceError):
    """What we were given cannot be used: empty page, unknown format, impossible date."""


class NotFoundError(ConsilienceError):
    """The store holds no record with that id."""


class ConflictError(ConsilienceError):
    """Somebody else wrote meanwhile to what this was to change; nothing was changed."""


class StoreError(ConsilienceError):
    """The store cannot be opened, is locked, or is newer than this code."""


class ModelError(ConsilienceError):
    """The encoder is missing, damaged, or not the one this store was read with."""


class MissingExtraError(ConsilienceError):
    """A feature needs packages that are not installed; the message names the extra."""


class EngineError(ConsilienceError):
    """The cluster cannot be reached, or one of its machines does not run what runs here."""
