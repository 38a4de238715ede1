"""Every page of identity opens, for whom it is meant."""

import pytest

PUBLIC = ["/sign-in", "/resident/sign-in"]
OWN = ["/me", "/me/password", "/me/authenticator", "/me/passkeys", "/me/recovery-codes"]
PEOPLE = ["/people", "/people/new", "/posts", "/posts/new", "/roles", "/roles/editor"]
PROGRAMS = ["/clients", "/clients/new"]


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_sees_the_doors(client, db, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OWN + PEOPLE + PROGRAMS)
def test_an_administrator_sees_the_pages(signed_in, bureau, address):
    assert signed_in(bureau.administrator).get(address).status_code == 200


@pytest.mark.parametrize("address", PEOPLE + PROGRAMS)
def test_an_officer_does_not(signed_in, bureau, address):
    assert signed_in(bureau.officer).get(address).status_code == 403


@pytest.mark.parametrize("address", OWN + PEOPLE + PROGRAMS)
def test_a_stranger_is_sent_to_the_door(client, bureau, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in?next=")
