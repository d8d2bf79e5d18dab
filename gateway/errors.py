"""What the gateway raises.

GatewayError
  UsageError       a command was called in a way that cannot work
  DatabaseError    the database cannot be opened or is not ours to use
  SourceError      a foreign source does not answer
  CatalogueError   a catalogue that does not hold what it should
RequestError       an HTTP request that is no GraphQL request
"""


class GatewayError(Exception):
    """Something that the person who runs the gateway can put right; the message says how. `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UsageError(GatewayError):
    """A command was called in a way that cannot work."""


class DatabaseError(GatewayError):
    """The database cannot be opened, or was made by something else."""


class SourceError(GatewayError):
    """A foreign source that is asked over the network does not answer, or not as it should; nothing was taken."""


class CatalogueError(GatewayError):
    """A catalogue that does not hold what it should; nothing of it was taken."""


class RequestError(Exception):
    """An HTTP request that is no GraphQL request: a 4xx status, a stable code and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
