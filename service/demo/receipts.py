"""送达回执: every department confirms that the notice reached it; one does so only after it was reminded."""

from dataclasses import dataclass, field

from service.demo.cases import Cases
from service.demo.client import Client, Json, TourFailed
from service.demo.people import People
from service.demo.telling import OnEvent, ReceiptGiven
from service.domain.texts import say

LATE = "linyeju"  # waits for the reminder, so that 催收 is seen at work
WAITING = "receipt_wait"  # the element where the batch waits between two rounds


@dataclass
class Receipts:
    """Looks only at the state: who is still asked, and in which round."""

    client: Client
    cases: Cases
    people: People
    on_event: OnEvent
    _given: set[str] = field(default_factory=set)

    def give(self, case: Json) -> bool:
        """Confirm what is due now; False when nothing was."""
        if WAITING not in {w["element"] for w in case["waits"]}:
            return False
        place = self.cases.place(WAITING)
        reminded = int(place.get("receipt_round") or 0) > 0
        missing = place.get("missing_receipts") or ()
        asked = [o for o in missing if o not in self._given and (o != LATE or reminded)]
        given = [self._confirm(f"{organisation}-clerk", case, reminded=reminded) for organisation in asked]
        self._given.update(asked)
        return any(given)

    def _confirm(self, login: str, case: Json, *, reminded: bool) -> bool:
        rows = self.client.pages(login, "/receipts")
        row = next((r for r in rows if r["case"] == case["id"] and r["receipted_at"] is None), None)
        if row is None:
            return False
        answer = self.client.post(login, f"/receipts/{row['id']}/confirm", key=f"tour/{row['id']}/confirm")
        if answer.status >= 300 and answer.code != "conflict":
            raise TourFailed(say("tour.refused", what=row["document"], status=answer.status, why=answer.detail))
        person = self.people.at_task(login, {"candidates": []})
        self.on_event(ReceiptGiven(self.cases.now(), person, row["document"], reminded))
        return True
