"""An address nobody could have is answered like one nobody has."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/people/%00", "/people?q=%00ada", "/sign-in/%00"])
def test_a_nul_in_an_address_is_not_found_and_breaks_nothing(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert b"That is not here." in answer.content
