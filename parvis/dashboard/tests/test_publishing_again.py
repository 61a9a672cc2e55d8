"""Files of a version that could not be published wait for the next attempt (G1-20)."""

from datetime import timedelta

from django.urls import reverse

from parvis.core.clock import now
from parvis.deliverables.actions import Approver, Terms, set_terms
from parvis.files.due import due
from parvis.files.models import HeldUpload, StorageUse, StoredFile
from tests.factories import make_draft, make_upload, staff_of


def test_files_of_a_refused_version_need_not_be_sent_again(agency, sign_in):
    """They wait for whoever sent them, and for nobody else."""
    browser, homepage = sign_in(agency.olga), make_draft(agency.website)
    address = reverse("deliverables:new_version", args=[homepage.pk])
    browser.post(address, {"files": [make_upload("home.png"), make_upload("old.png")], "note": "Hm"})
    home, old = StoredFile.objects.order_by("pk")
    page = browser.get(address).text
    assert "home.png" in page and f'value="{home.pk}"' in page
    assert "home.png" not in sign_in(agency.alex).get(address).text

    approver = Approver(agency.sarah.pk)
    set_terms(homepage, terms=Terms(), approvers=[approver], actor=staff_of(agency.workspace), at=now())
    assert browser.post(address, {"note": "Hm"}).status_code == 422  # none of them chosen
    assert (
        browser.post(address, {"held": [str(home.pk)], "files": [make_upload("new.png")]}).status_code == 302
    )
    version = homepage.versions.get()
    assert [row.file.name for row in version.files.all()] == ["home.png", "new.png"]
    assert not StoredFile.objects.filter(pk=old.pk).exists()
    assert not HeldUpload.objects.exists()


def test_files_nobody_came_back_for_are_forgotten_after_a_day(agency, sign_in):
    homepage = make_draft(agency.website)
    sign_in(agency.olga).post(
        reverse("deliverables:new_version", args=[homepage.pk]), {"files": [make_upload()]}
    )
    assert due(now() + timedelta(hours=23))["held_uploads_forgotten"] == 0
    assert due(now() + timedelta(hours=25))["held_uploads_forgotten"] == 1
    assert not StoredFile.objects.exists() and StorageUse.objects.get().used_bytes == 0
