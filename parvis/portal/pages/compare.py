"""Two versions side by side, page by page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.deliverables.models import Deliverable, DeliverableVersion
from parvis.deliverables.stage import StageFile, StagePage, stage_files
from parvis.portal.pages.stage import page_url


@dataclass(frozen=True, slots=True)
class Pair:
    """The same place of the sequence in both versions, in the shape the component takes."""

    number: int
    before_url: str
    before_label: str
    after_url: str
    after_label: str
    width: int
    height: int


def pairs_of(deliverable: Deliverable, before: DeliverableVersion, after: DeliverableVersion) -> list[Pair]:
    """Page by page as far as both versions reach."""
    olds, news = _pages(before), _pages(after)
    both = zip(olds, news, strict=False)
    return [
        Pair(
            number=number,
            before_url=page_url(deliverable.pk, old_file.id, old.number, "large"),
            before_label=_("Version %(number)s") % {"number": before.number},
            after_url=page_url(deliverable.pk, new_file.id, new.number, "large"),
            after_label=_("Version %(number)s") % {"number": after.number},
            width=new.width,
            height=new.height,
        )
        for number, ((old_file, old), (new_file, new)) in enumerate(both, start=1)
    ]


def _pages(version: DeliverableVersion) -> list[tuple[StageFile, StagePage]]:
    return [(file, page) for file in stage_files(version) for page in file.pages]
