"""Phone calls from a contact's card, in Slack."""

from seat import Seat


def test_a_call_opens_its_form_and_an_outcome_fills_it(eva: Seat) -> None:
    eva.knows("Anna Berg", mobile="900 12 345", phone="55 12 34 56")
    eva.types("/contact anna")
    card = eva.hears("Mobile  900 12 345")
    eva.presses_on(card, "call")
    eva.sees_form("Create interaction")
    assert eva.holds("description") == "Outgoing call 900 12 345"
    eva.presses("call_outcome.left_message")
    eva.sees(lambda: eva.holds("attempt_failed"))
    assert eva.holds("evaluation") == "neutral"
    assert "✓ Left a message" in eva.reads()
    assert eva.submits().acked
    eva.hears("✓ Logged: Outgoing call · Anna Berg")
    eva.presses_on(card, "no_answer")
    eva.hears("You logged this")
