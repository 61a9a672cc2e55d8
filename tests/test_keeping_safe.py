"""`backup`, `restore`, `fsck`, `createowner`, `token`, `doctor`, as operators use them (ARCHITECTURE 7)."""

import json
import os
import secrets
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import free_port, parvis, settings_for

# Commands run in processes of their own, on the database of the tier.
SERVER = os.environ.get("PARVIS_DATABASE_URL", "")
full = pytest.mark.full
PASSWORD = "correct horse battery staple"
FILL = """
from parvis.core.clock import now
from parvis.files.models import StoredFile
from parvis.files.storage import new_key, storage
from parvis.workspaces.models import Workspace
import hashlib
words = b"a brief, kept safe"
key = new_key()
with storage().incoming(key) as incoming:
    incoming.handle.write(words)
    incoming.keep()
StoredFile.objects.create(
    workspace=Workspace.objects.get(), name="brief.txt", size_bytes=len(words), media_type="text/plain",
    sha256=hashlib.sha256(words).hexdigest(), family="text", state="ready", storage_key=key, created_at=now(),
)
from parvis.access import Role
from parvis.events.sealing import seal
from parvis.team.actions import invite_member
from parvis.team.actors import member_actor
from parvis.team.models import Member
from parvis.clients.models import Contact
Contact.objects.create(
    workspace=Workspace.objects.get(), email="sarah@acme.example", first_name="Sarah", handle="sarah",
    created_at=now(),
)
invite_member(
    workspace_id=Workspace.objects.get().pk, email="anna@example.org", name="Anna", role=Role.MEMBER,
    actor=member_actor(Member.objects.get()), at=now(),
)
seal()
"""


@contextmanager
def an_installation(folder: Path):
    """The environment of an installation that nobody has set up yet."""
    folder.mkdir()
    environment = settings_for(folder, free_port())
    if not SERVER.startswith("postgres"):
        yield environment
        return
    import psycopg

    name = f"parvis_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {**environment, "PARVIS_DATABASE_URL": SERVER.rsplit("/", 1)[0] + f"/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def succeeded(*arguments, environment):
    done = parvis(*arguments, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(*arguments, environment):
    """What one clear line said."""
    done = parvis(*arguments, environment=environment)
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def create_owner(environment, email="olga@example.org", **more):
    arguments = ("createowner", email, "--name=Olga Petit", "--workspace=Atelier Nord")
    return parvis(*arguments, environment={**environment, "PARVIS_OWNER_PASSWORD": PASSWORD, **more})


def stored_files(folder: Path):
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An installation with a workspace, an owner, a file and a sealed event."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    with an_installation(folder) as environment:
        succeeded("migrate", environment=environment)
        done = create_owner(environment)
        assert done.returncode == 0, done.stderr
        succeeded("shell", "--no-imports", "-c", FILL, environment=environment)
        yield folder, environment


@pytest.fixture
def empty(tmp_path):
    with an_installation(tmp_path / "empty") as environment:
        yield tmp_path / "empty", environment


@pytest.fixture
def archive(filled, tmp_path):
    _, environment = filled
    path = tmp_path / "backup.parvis"
    succeeded("backup", str(path), environment=environment)
    return path


def test_what_was_backed_up_comes_back_whole(filled, archive, empty):
    folder, environment = empty

    words = succeeded("restore", str(archive), environment=environment)

    assert "Rows and files agree." in words
    (original,), (restored,) = stored_files(filled[0]), stored_files(folder)
    assert restored.read_bytes() == original.read_bytes()
    token = succeeded("token", "olga@example.org", environment=environment)
    assert token.startswith("parvis_")
    again = create_owner(environment)
    assert "'atelier-nord' is taken" in again.stderr


def test_the_record_comes_back_sealed_and_locked(filled, archive, empty):
    """G9, G10: the same chain, and the database again refuses to change it."""
    _, environment = empty
    succeeded("restore", str(archive), environment=environment)

    chain = succeeded("audit", "verify", environment=environment)
    assert "atelier-nord: whole, 1 " in chain
    assert chain == succeeded("audit", "verify", environment=filled[1])
    assert "refuses to change what happened" in parvis("doctor", environment=environment).stdout


@full
def test_an_archive_can_only_be_read_by_its_owner_and_holds_no_signing_key(filled, archive):
    folder, _ = filled

    assert archive.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(archive) as contents:
        everything = b"".join(contents.read(name) for name in contents.namelist())
    assert (folder / "secret-key").read_bytes() not in everything


@full
def test_an_existing_archive_is_not_overwritten(filled, archive):
    before = archive.read_bytes()

    words = refused("backup", str(archive), environment=filled[1])

    assert "exists" in words
    assert archive.read_bytes() == before


def test_nothing_is_restored_into_an_installation_in_use(filled, archive):
    assert "is not empty" in refused("restore", str(archive), environment=filled[1])


@full
def test_a_damaged_archive_is_refused_before_anything_is_written(archive, empty):
    folder, environment = empty
    with zipfile.ZipFile(archive) as contents:
        (entry,) = [info for info in contents.infolist() if info.filename.startswith("files/")]
    damaged = bytearray(archive.read_bytes())
    damaged[entry.header_offset + 30 + len(entry.filename) + 25] ^= 0xFF
    archive.write_bytes(damaged)

    words = refused("restore", str(archive), environment=environment)

    assert "is damaged" in words
    assert stored_files(folder) == []
    archive.write_bytes(damaged[: len(damaged) // 2])
    assert "not a complete archive" in refused("restore", str(archive), environment=environment)


@full
def test_an_archive_of_a_newer_version_is_refused(archive, empty, tmp_path):
    newer = tmp_path / "newer.parvis"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"].append(["clients", "9999_from_the_future"])
                content = json.dumps(manifest)
            new.writestr(name, content)

    assert "newer Parvis" in refused("restore", str(newer), environment=empty[1])


@full
def test_an_archive_without_one_of_its_files_still_leaves_an_installation_ready_to_start(
    archive, empty, tmp_path
):
    """What is lacking is said last, when the style sheets are there already."""
    folder, environment = empty
    poorer = tmp_path / "poorer.parvis"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(poorer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["missing"] = list(manifest.pop("files"))
                content = json.dumps({**manifest, "files": {}})
            if not name.startswith("files/"):
                new.writestr(name, content)

    said = refused("restore", str(poorer), environment=environment)

    assert "Rows and files differ in 1 places." in said
    assert (folder / "static" / "vendor").is_dir()


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "sarah@acme.example", "deliverable.decide", "client:1"),
        ("audit", "verify"),
        ("token", "olga@example.org"),
        ("fsck",),
        ("backup", "nothing.parvis"),
    ],
    ids=lambda command: command[0],
)
def test_a_database_that_was_never_set_up_is_told_in_one_line(empty, command):
    said = refused(*command, environment=empty[1])

    assert "parvis migrate" in said
    assert len(said.splitlines()) == 1


@full
@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/parvis.sqlite3", "postgres://nobody@127.0.0.1:1/nothing"]
)
def test_a_database_out_of_reach_is_told_in_one_line(tmp_path, url):
    environment = settings_for(tmp_path, free_port(), PARVIS_DATABASE_URL=url)

    done = parvis("audit", "verify", environment=environment)

    assert (done.returncode, done.stdout) == (1, "")
    assert "The database does not answer as it should" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" in parvis("audit", "verify", "--traceback", environment=environment).stderr


def test_what_is_no_archive_is_told_in_one_line(empty, tmp_path):
    """A folder and a file that is none; neither leaves anything behind."""
    folder, environment = empty
    text = tmp_path / "text.parvis"
    text.write_text("no archive")

    assert "cannot be read: Is a directory" in refused("restore", str(tmp_path), environment=environment)
    assert "not a complete archive" in refused("restore", str(text), environment=environment)
    assert not stored_files(folder)


def test_an_id_that_names_nothing_is_told_in_one_line(filled):
    """A-03: `explain` asks about one thing of the contact's own workspace."""
    unknown = f"deliverable:{secrets.token_hex(16)}"
    for thing, words in [
        (unknown, "no deliverable with the id"),
        ("client:nonsense", "no client with the id"),
        ("deliverable:", "a colon and an id"),
        ("tree:1", "a colon and an id"),
    ]:
        said = refused("explain", "sarah@acme.example", "deliverable.decide", thing, environment=filled[1])
        assert words in said
        assert len(said.splitlines()) == 1


@full
@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_fsck_names_each_difference(filled, archive, empty, harm):
    folder, environment = empty
    succeeded("restore", str(archive), environment=environment)
    (stored,) = stored_files(folder)
    if harm == "missing":
        stored.unlink()
    else:
        stored.write_bytes(b"something else")

    done = parvis("fsck", environment=environment)

    assert done.returncode == 1
    assert f"{harm}: {stored.name}" in done.stdout


@full
def test_fsck_finds_bytes_that_belong_to_nothing(filled, archive, empty):
    folder, environment = empty
    succeeded("restore", str(archive), environment=environment)
    stray = folder / "files" / "ab" / ("ab" * 16)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left behind")
    os.utime(stray, (0, 0))

    done = parvis("fsck", environment=environment)

    assert done.returncode == 1
    assert f"unknown: {stray.name}" in done.stdout

    tidied = parvis("fsck", "--tidy", environment=environment)

    assert "Put right: 1." in tidied.stdout
    assert not stray.exists()
    assert succeeded("fsck", environment=environment)


@full
def test_an_owner_is_not_half_created(empty):
    _, environment = empty
    succeeded("migrate", environment=environment)

    for email, password, sentence in [
        ("not an address", PASSWORD, "address"),
        ("anna@example.org", "", "No terminal"),
        ("anna@example.org", "short", "password"),
    ]:
        refusal = create_owner(environment, email, PARVIS_OWNER_PASSWORD=password)
        assert refusal.returncode == 1
        assert sentence in refusal.stderr
        assert "Traceback" not in refusal.stderr

    success = create_owner(environment)
    assert success.returncode == 0, success.stderr  # the workspace's address is still free


def test_a_token_is_only_made_for_a_member(filled):
    assert "is a member" in refused("token", "nobody@example.org", environment=filled[1])


@full
def test_the_doctor_names_what_is_missing(empty):
    environment = {**empty[1], "PARVIS_EMAIL_URL": f"smtp://127.0.0.1:{free_port()}"}

    before = parvis("doctor", environment=environment)
    succeeded("migrate", environment=environment)
    after = parvis("doctor", environment=environment)

    assert before.returncode == after.returncode == 1
    assert "migrations are missing: run parvis migrate" in before.stdout
    assert "migrations are missing" not in after.stdout
    assert "does not answer" in after.stdout
    assert "No worker is running" in after.stdout
    assert "none reaches into another" in after.stdout
