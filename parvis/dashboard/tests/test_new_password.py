"""A link to choose a new password lives an hour (ASVS 6.5.5)."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator as generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from parvis.core.clock import now


@pytest.mark.parametrize(("age", "works"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)])
def test_the_link_for_a_new_password_ends_after_an_hour(agency, client, monkeypatch, age, works):
    user = agency.alex.user
    with monkeypatch.context() as earlier:
        earlier.setattr(generator, "_now", lambda: now().replace(tzinfo=None) - age)
        key = generator.make_token(user)
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    page = client.get(link, follow=True)
    assert ("password1" in page.text) is works


def test_a_link_that_no_longer_works_offers_another(client):
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc"})
    page = client.get(link, follow=True)
    assert "This link no longer works" in page.text
    assert reverse("account_reset_password") in page.text
