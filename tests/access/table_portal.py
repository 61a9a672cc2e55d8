"""The portal's routes (G2-25, A-03, A-38)."""

from typing import Any

from tests.access.rows import COMMENTERS, DECIDERS, EVERY_CONTACT, FILE, READERS, WRITERS, choose, get, post

HOMEPAGE: dict[str, Any] = {"pk": "homepage"}
UPLOADERS = READERS - {"preview"}  # whoever pays sees no project to add a file to; requests will ask them
ON_PROJECTS = EVERY_CONTACT - {"billing"}

OPEN = {
    "sign_in",
    "healthz",
    "readyz",
    "portal:way_in",
    "portal:open_portal",
    "portal:send_link",
    "portal:link_sent",
    "portal:link",
    "portal:sign_out",
    "portal:preview_end",
    "portal:preview",
    "portal:theme",
    "portal:logo",
    "contact_notices:unsubscribe",
}
"""Without a device: the ways in and out, and what the sign-in page looks like. Their own tests prove them."""

ROWS = [
    get("portal:home", EVERY_CONTACT),
    get("portal:deliverable", READERS, **HOMEPAGE),
    post("portal:visits", READERS - {"preview"}, version="version", **HOMEPAGE),
    get("portal:news", READERS, **HOMEPAGE),
    get("portal:sheets", READERS, **HOMEPAGE),
    get("portal:people", COMMENTERS, **HOMEPAGE),
    get("portal:comparison", READERS, "?with=1&version=1", **HOMEPAGE),
    get("portal:new_decision", DECIDERS, "?verdict=approved", **HOMEPAGE),
    post("portal:decisions", DECIDERS, {"verdict": "approved", "version": "{version}"}, **HOMEPAGE),
    post("portal:remarks", COMMENTERS, {"body": "Hm", "version": "{version}"}, **HOMEPAGE),
    post("portal:replies", COMMENTERS, {"body": "Hm"}, number=1, **HOMEPAGE),
    post("portal:resolution", COMMENTERS, number=1, **HOMEPAGE),
    post("portal:reopening", COMMENTERS, number=2, **HOMEPAGE),
    post("portal:snoozes", READERS - {"preview"}, **HOMEPAGE),
    get("portal:file", READERS, file="version_file", **HOMEPAGE),
    get("portal:page", READERS, file="version_file", number=1, size="small", **HOMEPAGE),
    get("portal:documents", ON_PROJECTS),
    get("portal:new_document", UPLOADERS | {"listed", "sibling", "preview"}),
    choose("portal:new_document", UPLOADERS, {"project": "{website}", "file": FILE}),
    get("portal:document", READERS, pk="document"),
    get("portal:document_file", READERS, pk="document", number=1),
    get("portal:document_page", READERS, pk="document", number=1, page=1, size="small"),
    get("portal:messages", ON_PROJECTS),
    get("portal:new_discussion", COMMENTERS | {"listed", "sibling", "preview"}),
    choose("portal:new_discussion", COMMENTERS, {"project": "{website}", "title": "Launch", "body": "When?"}),
    get("portal:discussion", READERS, pk="discussion"),
    post("portal:discussion_comments", COMMENTERS, {"body": "Hm"}, pk="discussion"),
    get("portal:attachment", READERS, pk="attachment"),
    get("portal:projects", ON_PROJECTS),
    get("portal:project", READERS, pk="website"),
    get("portal:task", READERS, pk="task"),
    post("portal:task_comments", COMMENTERS, {"body": "Hm"}, pk="task"),
    get("portal:activity", ON_PROJECTS),
    get("portal:preferences", EVERY_CONTACT),
    post("portal:preferences", WRITERS, {"language": "fr", "time_zone": ""}),
    post("portal:notices", WRITERS, {"on": []}),
    post("portal:forget_device", DECIDERS, pk="device"),
]
