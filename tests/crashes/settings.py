"""The product's settings with one kind of message of our own."""

from parvis.config.settings import *  # noqa: F403

MESSAGES = "tests.crashes.letters.MESSAGES"
