"""A person as callers send them."""

from parvis.access import ContactRole
from parvis.clients.actions.contacts import NewContact
from parvis.http.schemas import Body, Email, FirstName, Language, ShortWord, TimeZone, Word


class NewContactBody(Body):
    first_name: FirstName
    last_name: Word = ""
    email: Email
    role: ContactRole = ContactRole.DECISION_MAKER
    phone: ShortWord = ""
    function: Word = ""
    language: Language = ""
    time_zone: TimeZone = ""


def new_contact(body: NewContactBody) -> NewContact:
    """The person for the actions."""
    return NewContact(
        first_name=body.first_name,
        email=body.email,
        last_name=body.last_name,
        role=body.role,
        phone=body.phone,
        function=body.function,
        language=body.language,
        time_zone=body.time_zone,
    )
