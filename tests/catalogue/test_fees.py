"""What a dossier costs."""

from datetime import date

from motcua.catalogue.fees import Total, charges_for, total
from motcua.catalogue.models import FeeRule

TODAY = date(2026, 11, 23)


def rule(name="Lệ phí", **more):
    return FeeRule(name=name, kind="charge", **more)


def charged(*rules, facts=(), channel="counter", on=TODAY):
    return charges_for(rules, facts=dict(facts), channel=channel, on=on)


def amounts(*rules, **more):
    return [line.amount_vnd for line in charged(*rules, **more)]


def test_each_name_is_charged_once():
    assert amounts(rule(amount_vnd=50000), rule("Phí thẩm định", amount_vnd=30000)) == [50000, 30000]


def test_the_most_specific_rule_of_a_name_is_charged():
    general, online = rule(amount_vnd=50000), rule(amount_vnd=25000, channel="online", position=1)
    poor = rule(amount_vnd=0, condition={"poor": ["yes"]}, basis="Nghị quyết 1", position=2)

    assert amounts(general, online, poor) == [50000]
    assert amounts(general, online, poor, channel="online") == [25000]
    assert amounts(general, online, poor, facts={"poor": "yes"}, channel="online") == [0]


def test_a_condition_that_allows_fewer_values_is_more_specific():
    paid = rule(amount_vnd=8000, condition={"wants": ["yes", "yes_vneid"]})
    free = rule(amount_vnd=0, condition={"wants": ["yes_vneid"]}, position=1)

    assert amounts(paid, free, facts={"wants": "yes"}) == [8000]
    assert amounts(paid, free, facts={"wants": "yes_vneid"}) == [0]


def test_a_waiver_says_on_what_it_rests():
    line = charged(
        rule(amount_vnd=8000),
        rule(amount_vnd=0, condition={"poor": ["yes"]}, basis="TT 117/2026/TT-BTC"),
        facts={"poor": "yes"},
    )[0]

    assert (line.amount_vnd, line.waived_reason) == (0, "TT 117/2026/TT-BTC")
    assert charged(rule(amount_vnd=0))[0].waived_reason == ""


def test_a_rule_holds_from_its_first_to_its_last_day():
    window = rule(amount_vnd=0, valid_from=date(2026, 8, 15), valid_to=date(2027, 2, 28))
    general = rule(amount_vnd=8000)

    assert amounts(general, window, on=date(2026, 8, 14)) == [8000]
    assert amounts(general, window, on=date(2026, 8, 15)) == [0]
    assert amounts(general, window, on=date(2027, 2, 28)) == [0]
    assert amounts(general, window, on=date(2027, 3, 1)) == [8000]


def test_an_unknown_amount_is_not_free():
    lines = charged(rule(amount_vnd=50000), rule("Phí của tỉnh", amount_vnd=None))

    assert [line.amount_vnd for line in lines] == [50000, None]
    assert total(lines) == Total(known_vnd=50000, has_unknown=True)


def test_a_fee_per_copy_is_multiplied_by_the_copies_asked_for():
    per_copy = rule(amount_vnd=8000, per="bản")

    assert amounts(per_copy, facts={"copies": 3}) == [24000]
    assert amounts(per_copy, facts={"copies": "2"}) == [16000]
    assert amounts(per_copy) == [8000]
    assert amounts(rule(amount_vnd=8000), facts={"copies": 3}) == [8000]
    assert amounts(per_copy, facts={"copies": 0}) == []


def test_nothing_is_charged_when_no_rule_holds():
    assert charged(rule(amount_vnd=5, channel="postal")) == []
    assert total([]) == Total(known_vnd=0, has_unknown=False)
