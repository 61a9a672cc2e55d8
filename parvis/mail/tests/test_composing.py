"""Exactly the planned headers, exactly one recipient, whatever people call themselves (F1, F10)."""

from email import message_from_bytes, policy
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.mail.composing import compose, to_bytes
from parvis.mail.letters import InlineImage
from parvis.mail.tests.factories import AT, make_letter, make_row
from parvis.outbox.carrying import PermanentFailure

PLANNED = {
    *("content-type", "mime-version", "subject", "from", "to", "reply-to", "message-id", "date"),
    *("content-language", "auto-submitted", "precedence", "x-auto-response-suppress"),
}
TEXT = st.text(max_size=120) | st.text(st.characters(max_codepoint=0x9F), max_size=40)
HOSTILE = st.sampled_from(
    [
        "a\r\nBcc: eve@example.org",
        "a\nBcc: eve@example.org",
        "a\x0bBcc: eve@example.org",
        "a\x0c\x85Bcc: eve@example.org",
        "a\u2028Bcc: eve@example.org",
        '"Sarah" <eve@example.org>, x',
        "=?utf-8?q?=0ABcc=3A_eve=40example.org?=",
        "x" * 2000,
        "\ud800 lone",
        "(comment) ; , < >",
    ]
)


def parsed(letter, row=None):
    """What a receiving program reads."""
    return message_from_bytes(to_bytes(compose(letter, row or make_row(), AT)), policy=policy.SMTP)


@given(subject=TEXT | HOSTILE, to_name=TEXT | HOSTILE, from_name=TEXT | HOSTILE)
def test_no_text_adds_a_header_or_a_recipient(settings_at_rest, subject, to_name, from_name):
    mail = parsed(make_letter(subject=subject, to_name=to_name, from_name=from_name))

    assert {name.lower() for name in mail.keys()} == PLANNED  # noqa: SIM118  (repeated headers count)
    assert len(mail.keys()) == len(PLANNED)
    raw_to = [address for _name, address in getaddresses([str(mail["To"])])]
    assert raw_to == ["sarah@acme.example"]
    assert [a.addr_spec for a in mail["From"].addresses] == ["parvis@localhost"]
    assert not mail.defects


@given(html=TEXT.filter(bool), text=TEXT.filter(bool))
def test_any_body_can_be_written(settings_at_rest, html, text):
    mail = parsed(make_letter(html=html, text=text))
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


@pytest.fixture(scope="module")
def settings_at_rest():
    """Hypothesis wants fixtures that do not change between examples; nothing is changed here."""


def test_a_mail_says_who_writes_to_whom_and_where_answers_go():
    mail = parsed(make_letter())
    assert mail["From"].addresses[0].display_name == "Léa, Atelier Nord"
    assert mail["To"].addresses[0].display_name == "Sarah Lefèvre"
    assert mail["Reply-To"].addresses[0].addr_spec == "lea@nord.example"
    assert mail["Subject"].strip() == "Page d’accueil, version 3 : votre accord avant jeudi"
    assert mail["Date"].datetime == AT
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_workspace_with_its_own_address_writes_from_it():
    mail = parsed(make_letter(), make_row(email_from="bonjour@nord.example"))
    assert mail["From"].addresses[0].addr_spec == "bonjour@nord.example"


def test_mails_of_one_thread_are_grouped_and_others_are_not():
    first, second, other = (parsed(make_letter(thread_key=key)) for key in ("a", "a", "b"))
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["References"] != other["References"]
    assert first["Message-ID"] != second["Message-ID"]


def test_a_row_keeps_its_message_id():
    row = make_row()
    assert parsed(make_letter(), row)["Message-ID"] == parsed(make_letter(), row)["Message-ID"]


def test_one_press_unsubscribes_where_it_is_offered():
    mail = parsed(make_letter(list_unsubscribe_url="https://nord.example/stop/abc"))
    assert mail["List-Unsubscribe"] == "<https://nord.example/stop/abc>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_picture_travels_inside_the_letter():
    picture = InlineImage("preview", b"\x89PNG\r\n\x1a\n")
    mail = parsed(make_letter(images=(picture,)))
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    part = list(mail.walk())[-1]
    assert (part["Content-ID"], part.get_content_disposition()) == ("<preview>", "inline")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sarah",
        "sarah@",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "Sarah <a@b.example>",
    ],
)
def test_what_is_not_exactly_one_address_is_refused_for_good(address):
    with pytest.raises(PermanentFailure):
        compose(make_letter(to_address=address), make_row(), AT)
