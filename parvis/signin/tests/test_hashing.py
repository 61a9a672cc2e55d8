"""How passwords are kept (ASVS 11.4.2). All other tests hash in no time."""

from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings

from parvis.config.settings import PASSWORD_HASHERS


def test_passwords_are_kept_with_argon2id():
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        kept = make_password("correct horse")
        assert kept.startswith("argon2$argon2id$")
        assert check_password("correct horse", kept)
        assert not check_password("wrong horse", kept)
