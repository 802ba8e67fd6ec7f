"""The shipped conference list: every row can be read, and it suggests dates and cities."""

from datetime import date

from amity.gatherings import conferences


def test_every_conference_has_a_name_an_address_and_days_in_order():
    wrong = [
        one
        for one in conferences.every()
        if not (one.name and one.url.startswith("http") and one.starts <= one.ends)
    ]

    assert (wrong, len(conferences.every())) == ([], 732)


def test_those_to_come_are_found_by_city_before_those_that_are_over():
    found = conferences.named("berlin", day=date(2026, 11, 23))

    over = [one.ends < date(2026, 11, 23) for one in found]
    assert over == sorted(over)
    assert {one.city for one in found} == {"Berlin"} or all(
        "Berlin" in f"{one.city} {one.name}" for one in found
    )


def test_a_city_with_its_state_is_found_by_its_name():
    every = conferences.every()

    found = conferences.in_cities(every, ["Orlando"])

    assert found
    assert {(one.city, city) for one, city in found} == {("Orlando, FL", "Orlando")}
