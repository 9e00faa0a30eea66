"""What can be wrong with an expression: one error, with the place in the source. No other error leaves the room."""

from typing import Any

from service.domain.texts import say


class FeelError(Exception):
    """The expression cannot be read or computed. ``message`` is Chinese; ``column`` counts from 1, 0 when unknown."""

    def __init__(self, message: str, column: int, source: str) -> None:
        self.message, self.column, self.source = message, column, source
        super().__init__(message)


class FeelLimit(FeelError):
    """A limit of size or fuel was met; raised whether strict or not."""


class Failed(Exception):
    """A built-in or an operator has no answer for its operands: null when lenient, FeelError when strict."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.text, self.values = text, values
        super().__init__(text)

    def message(self) -> str:
        return say(self.text, **self.values)


class OverLimit(Exception):
    """A limit was met where the place in the source is not known; becomes FeelLimit at the nearest node."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.text, self.values = text, values
        super().__init__(text)

    def message(self) -> str:
        return say(self.text, **self.values)
