"""What the rules raise when a caller asks for something that has no answer."""


class RuleError(ValueError):
    """Input that a rule cannot take.

    `code` is stable and meant for programs, the message names the place and says what would be right.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
