"""What each failure of a server means for a mail, and that no mail goes in clear text against orders (F8)."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from parvis.mail.tests.smtp import HANG_UP, SILENCE, scripted
from parvis.mail.transport import Connection, Server, server_from
from parvis.outbox.carrying import PermanentFailure, TransientFailure, Uncertain

CONTENT = b"Subject: Hello\r\n\r\nHello\r\n.dotted\r\n"
PEOPLE = ("lea@nord.example", "sarah@acme.example")


def connect(server, security="none", seconds=20.0):
    return Connection(Server("127.0.0.1", server.port, security), timeout=seconds)


def test_one_connection_carries_many_mails():
    with scripted() as server:
        connection = connect(server)
        for _ in range(3):
            connection.send(*PEOPLE, CONTENT)
        connection.close()
    assert (len(server.accepted), server.sessions) == (3, 1)
    assert server.accepted[0] == CONTENT.replace(b".dotted", b"..dotted")


@pytest.mark.parametrize(
    ("script", "failure", "code"),
    [
        ({"CONNECT": ["554 go away"]}, TransientFailure, "smtp:554"),  # the server's state, not the mail's
        ({"CONNECT": [SILENCE]}, TransientFailure, "SMTPServerDisconnected"),
        ({"MAIL": ["451 busy"]}, TransientFailure, "smtp:451"),
        ({"MAIL": ["550 not you"]}, PermanentFailure, "smtp:550"),
        ({"RCPT": ["450 greylisted"]}, TransientFailure, "smtp:450"),
        ({"RCPT": ["550 unknown user"]}, PermanentFailure, "smtp:550"),
        ({"RCPT": [HANG_UP]}, TransientFailure, "SMTPServerDisconnected"),
        ({"RCPT": [SILENCE]}, TransientFailure, "SMTPServerDisconnected"),
        ({"DATA": ["452 full"]}, TransientFailure, "smtp:452"),
        ({"DATA": [HANG_UP]}, TransientFailure, "SMTPServerDisconnected"),
        ({"END": ["451 busy"]}, TransientFailure, "smtp:451"),
        ({"END": ["552 too big"]}, PermanentFailure, "smtp:552"),
        ({"END": [HANG_UP]}, Uncertain, "SMTPServerDisconnected"),
        ({"END": [SILENCE]}, Uncertain, "SMTPServerDisconnected"),
        ({"DATA": ["what?"]}, TransientFailure, "smtp:-1"),  # nothing was handed over
        ({"END": ["what?"]}, Uncertain, "smtp:-1"),  # F7: no code at all is no "no"
        ({"END": ["354 go on"]}, Uncertain, "smtp:354"),
        ({"END": ["650 later"]}, Uncertain, "smtp:650"),
    ],
)
def test_every_failure_has_its_meaning_and_the_next_mail_goes_out(script, failure, code):
    with scripted(**script) as server:
        is_silent = [SILENCE] in script.values()
        connection = connect(server, seconds=2.0 if is_silent else 20.0)
        with pytest.raises(failure) as caught:
            connection.send(*PEOPLE, CONTENT)
        assert caught.value.code == code
        assert type(caught.value) is failure

        connection.send(*PEOPLE, CONTENT)
        connection.close()
    assert len(server.accepted) == 1


@pytest.mark.parametrize("step", ["MAIL", "DATA", "END"])
def test_a_session_that_answers_without_a_code_carries_no_second_mail(step):
    """F7: its answers may be those to other questions."""
    with scripted(**{step: ["what?"]}) as server:
        connection = connect(server)
        with pytest.raises((TransientFailure, Uncertain)):
            connection.send(*PEOPLE, CONTENT)
        connection.send(*PEOPLE, CONTENT)
        connection.close()
    assert server.sessions == 2


def test_a_session_in_which_a_mail_broke_off_carries_no_second_mail():
    """F7: a server that was told of half a mail would refuse the next."""
    with scripted() as server:
        connection = connect(server)
        with pytest.raises(UnicodeEncodeError):
            connection.send(PEOPLE[0], "zoé@acme.example", CONTENT)
        connection.send(*PEOPLE, CONTENT)
        connection.close()
    assert (len(server.accepted), server.sessions) == (1, 2)


def test_a_session_that_the_server_closed_while_idle_is_opened_anew():
    with scripted(MAIL=["250 ok", HANG_UP]) as server:
        connection = connect(server)
        connection.send(*PEOPLE, CONTENT)
        connection.send(*PEOPLE, CONTENT)
        connection.close()
    assert (len(server.accepted), server.sessions) == (2, 2)


def test_no_server_at_all_is_a_passing_trouble():
    with scripted() as server:
        pass
    with pytest.raises(TransientFailure):
        connect(server).send(*PEOPLE, CONTENT)


@pytest.mark.parametrize(
    "script",
    [
        {},  # no STARTTLS on offer
        {"OFFER": ["250-test\r\n250 STARTTLS"], "STARTTLS": ["454 not now"]},
        {"OFFER": ["250-test\r\n250 STARTTLS"], "STARTTLS": ["220 go on"]},  # and then no TLS
        {"OFFER": ["250-test\r\n250 STARTTLS"], "STARTTLS": [HANG_UP]},
    ],
)
def test_where_tls_was_asked_for_nothing_goes_in_clear_text(script):
    with scripted(**script) as server, pytest.raises(TransientFailure):
        connect(server, "starttls", seconds=2.0).send(*PEOPLE, CONTENT)
    assert not server.accepted
    assert not {"MAIL", "RCPT", "DATA", "AUTH"} & set(server.commands)


def test_a_password_is_not_shown_to_a_server_without_the_promised_tls():
    with scripted() as server:
        secret = Server("127.0.0.1", server.port, "starttls", "parvis", "secret")
        with pytest.raises(TransientFailure):
            Connection(secret, timeout=20.0).open()
    assert "AUTH" not in server.commands


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:1025", Server("127.0.0.1", 1025, "none")),
        ("smtp://mail.example", Server("mail.example", 25, "none")),
        ("smtp+tls://u:p%40ss@mail.example", Server("mail.example", 587, "starttls", "u", "p@ss")),
        ("smtps://u:p@mail.example:4650", Server("mail.example", 4650, "tls", "u", "p")),
    ],
)
def test_the_address_of_the_server_is_read(url, server):
    assert server_from(url) == server


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://a:b:c", "smtp://a:x"]
)
def test_a_bad_address_is_refused_with_the_name_of_the_variable(url):
    with pytest.raises(ImproperlyConfigured, match="PARVIS_EMAIL_URL"):
        server_from(url)
