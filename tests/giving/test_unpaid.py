"""A favour has no price: not in a field, and not in words that say that we charge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.giving import services
from warmhand.apps.giving.models import Favour
from warmhand.apps.giving.unpaid import charge_in, price_fields
from warmhand.problems import Invalid

FAVOURS = """
Found her a flat at 900 a month
Found them a notary within a day
Charged her phone while she waited
We charged her electric car for 2 hours
Her bank gave them a discount after our call
Negotiated a discount of 20 % with their printer
Got them 200 € back from the airline
We charged nothing
We didn't charge for it
We never invoiced them
Lent our room, without a fee
Looked over the lease of 1,200 euros a month
Found the mistake in an invoice of 900 from their supplier
They paid us a visit
Nobody paid us
Gave her a discount card for the theatre
Found a lawyer who works for a small fee
Told them where to book at a special rate
They signed a second order of 5,000 a year
Sent them the price list of a mover
Took the minutes of their meeting, 90 minutes
Checked the bill of their electrician
Wir haben den Bedarf berechnet
Wir haben nichts in Rechnung gestellt
No le cobramos nada
We waived our fee
Offered them our meeting room
""".strip().splitlines()
CHARGED = """
We charged 50 euros
We charged them 120 for it
Charged her 50
Billed them two hours
Invoiced the hours
We've invoiced them for the work
Looked over her lease for a small fee
Lent our room at a special price
Advised them at our usual rate
Put it on the next invoice
Gave them a 10 % discount
We offered her a discount
10 % off the next order
They paid us 200
Price: 120
Fee = €50
We asked for 50 €
Wir haben das in Rechnung gestellt
Les cobramos 50 euros
Helped them move, we charged £200
No discount this time, but we charged 50 €
""".strip().splitlines()


@pytest.mark.parametrize("words", FAVOURS)
def test_a_number_is_no_price_of_the_favour(words):
    assert charge_in(words) == ""


@pytest.mark.parametrize("words", CHARGED)
def test_what_says_that_we_charge_is_found(words):
    found = charge_in(words)
    assert found
    assert found in words


AMOUNT = st.builds(
    lambda number, sign: f"{sign}{number}" if sign in "€$£" else f"{number} {sign}",
    st.integers(1, 100_000),
    st.sampled_from(["€", "$", "£", "euros", "EUR", "pounds", "dollars", "CHF"]),
)
DEEDS = st.sampled_from(["Looked over the lease", "Moved their shelves", "Wrote to the town"])
WORDS = """
    a the their her lease flat month 900 1,200 found sent showed friend school daughter supplier
    lawyer hours within days for at with and 2 30 bank letter invoice
""".split()  # noqa: SIM905 - a list of words reads best as words
PLAIN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).filter(
    lambda words: words[0] != "invoice"  # "invoice her …" is what we do
)


@given(DEEDS, AMOUNT, st.sampled_from(["we charged", "we billed", "we've invoiced", "We invoice"]))
def test_whatever_we_did_an_amount_that_we_charged_is_a_price(deed, amount, charged):
    assert charge_in(f"{deed}; {charged} {amount}")
    assert charge_in(f"{deed}. {charged} them {amount} for it")


@given(DEEDS, AMOUNT, st.sampled_from(["we never charged", "nobody paid us", "we didn't invoice"]))
def test_what_we_say_we_did_not_charge_is_none(deed, amount, denied):
    assert charge_in(f"{deed} of {amount}; {denied} anything") == ""


@given(PLAIN)
def test_words_and_numbers_without_us_charging_are_never_a_price(words):
    assert charge_in(" ".join(words)) == ""


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert isinstance(charge_in(text), str)


def test_the_record_has_no_field_for_a_price():
    assert not list(price_fields(field.name for field in Favour._meta.get_fields()))
    assert list(price_fields(["what", "hourly_rate", "Invoice no.", "minutes"])) == [
        "hourly_rate",
        "Invoice no.",
    ]


@pytest.mark.parametrize("field", ["what", "outcome"])
def test_a_price_is_refused_wherever_it_is_said(world, field):
    client = world.client()
    values = {"what": "Looked over the lease", field: "We charged 50 euros"}
    with pytest.raises(Invalid) as refused:
        services.do_favour(by=world.by, client_id=client.pk, **values)
    assert refused.value.code == "favour_has_price"
    assert [place.field for place in refused.value.places] == [field]
    assert "as a commitment" in refused.value.places[0].sentence
    assert not Favour.objects.exists()
    done = services.do_favour(by=world.by, client_id=client.pk, what="Looked over the lease")
    with pytest.raises(Invalid):
        services.change_favour(by=world.by, favour_id=done.pk, **{field: "We charged 50 euros"})


def test_a_promise_with_a_price_is_refused(world):
    with pytest.raises(Invalid) as refused:
        services.promise_favour(
            by=world.by, client_id=world.client().pk, what="Move them at our usual rate"
        )
    assert refused.value.code == "favour_has_price"
