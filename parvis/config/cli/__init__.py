"""The commands of Parvis: `parvis <command>`.

`up` and `web` start processes and are written here; every other command is a management command of the
package it belongs to, found by its name.
"""

import os
import sys

from parvis.config.cli.lifeline import PARENT_OPTION, die_with_parent

ABOUT = {
    "up": "run everything on this machine: web, worker, and with --mailbox a local mailbox",
    "web": "run the web server alone",
    "worker": "run the worker alone: events, mail, reminders, previews",
    "migrate": "bring database and static files to this version; run it after every update",
    "createowner": "create a workspace and the member who owns it",
    "token": "make an API token for a member",
    "demo": "load the demonstration agency (safe to repeat)",
    "tick": "perform everything due at a moment, print one JSON line of counts",
    "reminders": "list every future reminder of a request group or a deliverable, with the rule behind it",
    "explain": "why a contact can or cannot do something",
    "audit": "'audit verify' checks the chain of events",
    "events": "'events retry' tries again what was given up",
    "backup": "write database and files into one archive",
    "restore": "fill an empty installation from such an archive",
    "fsck": "compare the rows with the stored files",
    "doctor": "check configuration, database, mail, storage and worker",
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    arguments = _watch_parent(arguments)
    name = arguments[0] if arguments else "help"
    if name in {"help", "--help", "-h"}:
        print(_help())
        return 0
    if name == "up":
        from parvis.config.cli.up import up

        return up(arguments[1:])
    if name == "web":
        from parvis.config.cli.web import web

        return web(arguments[1:])
    return _management_command(arguments)


def _watch_parent(arguments: list[str]) -> list[str]:
    """The arguments without `--parent`, which `up` gives to each of its parts."""
    if PARENT_OPTION not in arguments:
        return arguments
    place = arguments.index(PARENT_OPTION)
    die_with_parent(int(arguments[place + 1]))
    return arguments[:place] + arguments[place + 2 :]


def _management_command(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    from parvis.config.cli.complaints import in_one_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    aliases = {"migrate": "prepare"}
    name = aliases.get(arguments[0], arguments[0])
    try:
        execute_from_command_line(["parvis", name, *arguments[1:]])
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    except (OSError, OperationalError, ProgrammingError) as problem:
        # The state of the machine, not a fault of ours; who wants to see where asks for --traceback.
        if "--traceback" in arguments:
            raise
        print(in_one_line(problem), file=sys.stderr)
        return 1
    return 0


def _help() -> str:
    lines = [f"  {name:<12} {about}" for name, about in ABOUT.items()]
    return "\n".join(["parvis <command> [--help]", "", *lines])
