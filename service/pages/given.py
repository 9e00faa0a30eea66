"""What a form of a page sent. Each reader takes one field and notes what is wrong with it; ``check`` refuses with all of it.

given = door.given
name = given.text("name", most=100, required=True)
day = given.day("valid_from")
given.check()
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from starlette.datastructures import FormData, UploadFile

from service.domain.errors import Fault, Invalid
from service.domain.texts import say

KEY = "form_key"  # the hidden field that makes a second press of a button the same request
PIECE = 256 * 1024
TEXT_LIMIT = 4_000


class Given:
    """``typed``: what stood in the fields, to be shown again when the form is refused."""

    def __init__(self, form: FormData | None = None) -> None:
        self._form = form or FormData()
        self.faults: list[Fault] = []

    @property
    def key(self) -> str:
        return str(self._form.get(KEY) or "")

    @property
    def typed(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self._form.multi_items():
            if isinstance(value, str) and name != KEY:
                found.setdefault(name, []).append(value)
        return found

    def text(self, name: str, *, most: int = TEXT_LIMIT, required: bool = False) -> str:
        """Without blanks at its ends, line ends as ``\\n``."""
        value = self._form.get(name)
        text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
        if required and not text:
            self.wrong(name, "given.missing")
        if len(text) > most:
            self.wrong(name, "given.too_long", most=most, found=len(text))
        if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
            self.wrong(name, "body.character")
            return ""
        return text

    def secret(self, name: str, *, most: int = 200) -> str:
        """A password, exactly as typed."""
        value = self._form.get(name)
        return value[: most + 1] if isinstance(value, str) else ""

    def choice(self, name: str, choices: Collection[str], *, required: bool = False) -> str:
        """One of ``choices`` or nothing."""
        text = self.text(name, required=required)
        if text and text not in choices:
            self.wrong(name, "given.no_choice", found=text[:60])
            return ""
        return text

    def many(self, name: str, choices: Collection[str] | None = None) -> tuple[str, ...]:
        """Every ticked value, each once."""
        found = tuple(dict.fromkeys(v for v in self._form.getlist(name) if isinstance(v, str) and v))
        for value in found if choices is not None else ():
            if value not in (choices or ()):
                self.wrong(name, "given.no_choice", found=value[:60])
        return found

    def flag(self, name: str) -> bool:
        return bool(self._form.get(name))

    def day(self, name: str, *, required: bool = False) -> date | None:
        text = self.text(name, required=required)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong(name, "given.no_day", found=text[:60])
            return None

    def whole(self, name: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number within limits."""
        text = self.text(name, required=required)
        if not text:
            return None
        number = int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 12 else None
        if number is None or not least <= number <= most:
            self.wrong(name, "given.no_number", found=text[:60], least=least, most=most)
            return None
        return number

    def file(self, name: str, *, required: bool = False) -> UploadFile | None:
        """None when no file was chosen; a browser then sends one without a name."""
        found = next(iter(self.files(name)), None)
        if required and found is None:
            self.wrong(name, "given.no_file")
        return found

    def files(self, name: str) -> list[UploadFile]:
        return [v for v in self._form.getlist(name) if isinstance(v, UploadFile) and v.filename]

    def wrong(self, name: str, text: str, /, **values: object) -> None:
        """Note a fault of the field ``name``."""
        self.faults.append(Fault(text.replace(".", "-").replace("_", "-"), say(text, **values), {"field": name}))

    def check(self) -> None:
        """Invalid with every fault noted so far."""
        if self.faults:
            raise Invalid("given.refused", count=len(self.faults), faults=self.faults)

    def fingerprint(self) -> str:
        """Stands for the content: the same form again is the same request."""
        total = hashlib.sha256()
        for name, value in self._form.multi_items():
            if name != KEY:
                for piece in (name.encode("utf-8", "replace"), *_pieces(value)):
                    total.update(hashlib.sha256(piece).digest())
        return total.hexdigest()

    async def close(self) -> None:
        await self._form.close()


def faults_by_field(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Field name -> what is wrong with it; faults without a field stand under the empty name."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(str(fault.where.get("field", "")), []).append(fault.message)
    return found


def _pieces(value: UploadFile | str) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode("utf-8", "replace")
        return
    yield (value.filename or "").encode("utf-8", "replace")
    while piece := value.file.read(PIECE):
        yield piece
    value.file.seek(0)
