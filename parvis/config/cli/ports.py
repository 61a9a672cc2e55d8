"""Addresses to listen on, and whether somebody already does."""

import socket

from parvis.config.environment import BadSetting


def address_of(value: str, name: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:8000` or `[::1]:8000`; `name` is the variable to blame."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting(name, f"must be an address and a port such as 127.0.0.1:8000, not {value!r}.")
    return host.strip("[]"), int(port)


def is_free(host: str, port: int) -> bool:
    """Whether we could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
