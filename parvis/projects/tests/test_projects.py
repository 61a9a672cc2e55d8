"""Projects and their parts (G1-10, G1-13, G1-31, G2-16, A-13, A-18, DOMAIN 3.3)."""

from datetime import date

import pytest

from parvis.access import Audience, Forbidden
from parvis.events.kinds import EventKind
from parvis.events.models import Event
from parvis.projects.actions import (
    ProjectFacts,
    add_member,
    add_milestone,
    add_task,
    change_project_status,
    comment_discussion,
    comment_task,
    create_project,
    edit_task,
    open_discussion,
    reach_milestone,
    remove_member,
    reopen_milestone,
    set_client_status,
    set_task_state,
)
from parvis.projects.errors import (
    AlreadyReached,
    NotForTheClient,
    NotReached,
    StatusChangeImpossible,
    TaskMovedMeanwhile,
)
from parvis.projects.models import Milestone, Project, ProjectStatus, Task, TaskState
from parvis.projects.rules import contradicts, following
from parvis.team.models import Assignment
from tests.factories import SUNDAY, make_project


def test_numbers_follow_one_another_within_the_workspace(agency, acting):
    olga = acting(agency.olga)
    first = create_project(agency.acme, title="One", actor=olga, at=SUNDAY)
    second = create_project(agency.borealis, title="Two", actor=olga, at=SUNDAY)
    assert second.number == first.number + 1


def test_a_new_project_hides_its_status_and_knows_its_members(agency, acting):
    """T-06, A-18, G2-10."""
    facts = ProjectFacts(external_name="Your site", assignee=agency.alex, contract_amount_minor=500_000)
    project = create_project(agency.acme, title="Site", facts=facts, actor=acting(agency.olga), at=SUNDAY)
    assert project.client_status.is_visible is False
    members = Assignment.objects.filter(project_id=project.pk).values_list("member__name", flat=True)
    assert set(members) == {"Olga Petit", "Alex Durand"}
    assert project.name_for_client == "Your site"
    assert project in Project.objects.visible_to(acting(agency.sarah))  # G2-11


def test_a_member_of_the_lowest_role_creates_no_project(agency, acting):
    with pytest.raises(Forbidden):
        create_project(agency.acme, title="Mine", actor=acting(agency.alex), at=SUNDAY)


@pytest.mark.parametrize("before", ProjectStatus)
@pytest.mark.parametrize("after", ProjectStatus)
def test_only_the_listed_transitions_are_possible(agency, acting, before, after):
    """DOMAIN 3.3."""
    project = make_project(agency.acme, status=before, status_before_archive="waiting")
    if after in following(before, "waiting"):
        change_project_status(project, status=after, actor=acting(agency.olga), at=SUNDAY)
        assert Project.objects.get(pk=project.pk).status == after
    else:
        with pytest.raises(StatusChangeImpossible):
            change_project_status(project, status=after, actor=acting(agency.olga), at=SUNDAY)


def test_archiving_hides_what_the_client_read_until_it_is_shown_again(agency, acting):
    """A-13, DOMAIN 3.3."""
    olga, project = acting(agency.olga), agency.website
    set_client_status(
        project, label="On it", description="", family="work", step=2, is_visible=True, actor=olga, at=SUNDAY
    )
    change_project_status(project, status=ProjectStatus.ARCHIVED, actor=olga, at=SUNDAY)
    assert project not in Project.objects.visible_to(acting(agency.sarah))
    change_project_status(project, status=ProjectStatus.IN_PROGRESS, actor=olga, at=SUNDAY)
    project.client_status.refresh_from_db()
    assert project.client_status.is_visible is False
    assert project.archived_at is None


def test_the_internal_status_is_told_to_nobody_outside(agency, acting):
    """A-18."""
    change_project_status(agency.website, status=ProjectStatus.WAITING, actor=acting(agency.olga), at=SUNDAY)
    assert Event.objects.get(kind=EventKind.PROJECT_STATE_CHANGED).audience == Audience.STAFF


def test_a_client_status_that_contradicts_the_work_is_noticed():
    """DESIGN screen 10: mismatch hint."""
    assert contradicts(ProjectStatus.COMPLETED, "work")
    assert contradicts(ProjectStatus.IN_PROGRESS, "done")
    assert not contradicts(ProjectStatus.WAITING, "wait")


def test_members_come_and_go(agency, acting):
    olga = acting(agency.olga)
    add_member(agency.website, member=agency.olga, actor=olga, at=SUNDAY)
    add_member(agency.website, member=agency.olga, actor=olga, at=SUNDAY)
    assert Event.objects.filter(kind=EventKind.PROJECT_MEMBER_ADDED).count() == 1
    remove_member(agency.website, member=agency.alex, actor=olga, at=SUNDAY)
    assert agency.website not in Project.objects.visible_to(acting(agency.alex))


def test_a_milestone_is_reached_once_and_taken_back(agency, acting):
    """G2-16c, G1-33d."""
    olga = acting(agency.olga)
    launch = add_milestone(agency.website, title="Launch", due_on=date(2025, 1, 6), actor=olga, at=SUNDAY)
    assert launch in Milestone.objects.visible_to(acting(agency.sarah))
    stale = Milestone.objects.get(pk=launch.pk)
    reach_milestone(launch, actor=olga, at=SUNDAY)
    with pytest.raises(AlreadyReached):
        reach_milestone(stale, actor=olga, at=SUNDAY)
    reopen_milestone(launch, actor=olga, at=SUNDAY)
    with pytest.raises(NotReached):
        reopen_milestone(launch, actor=olga, at=SUNDAY)
    with pytest.raises(Forbidden):
        reach_milestone(launch, actor=acting(agency.sarah), at=SUNDAY)


def test_a_task_is_done_and_opened_again(agency, acting):
    """G2-16b."""
    olga = acting(agency.olga)
    task = add_task(agency.website, title="Photos", actor=olga, at=SUNDAY)
    assert task not in Task.objects.visible_to(acting(agency.sarah))
    set_task_state(task, state=TaskState.DONE, actor=acting(agency.alex), at=SUNDAY)
    assert task.done_at == SUNDAY
    set_task_state(task, state=TaskState.DOING, actor=olga, at=SUNDAY)
    assert task.done_at is None
    edit_task(task, title="Photos", assignee=None, due_on=None, client_visible=True, actor=olga, at=SUNDAY)
    assert task in Task.objects.visible_to(acting(agency.sarah))


def test_two_clicks_on_a_task_are_one_step(agency, acting):
    """RELIABILITY G1: each page has read the task before either click arrived."""
    olga, alex = acting(agency.olga), acting(agency.alex)
    task = add_task(agency.website, title="Photos", actor=olga, at=SUNDAY)
    again, elsewhere = Task.objects.get(pk=task.pk), Task.objects.get(pk=task.pk)
    set_task_state(task, state=TaskState.DONE, actor=olga, at=SUNDAY)
    set_task_state(again, state=TaskState.DONE, actor=alex, at=SUNDAY)
    assert Event.objects.filter(kind=EventKind.TASK_DONE).count() == 1
    with pytest.raises(TaskMovedMeanwhile):
        set_task_state(elsewhere, state=TaskState.DOING, actor=alex, at=SUNDAY)
    task.refresh_from_db()
    assert (task.state, task.done_at) == (TaskState.DONE, SUNDAY)


def test_an_edited_task_is_told_to_the_team_alone(agency, acting):
    olga = acting(agency.olga)
    task = add_task(agency.website, title="Photos", actor=olga, at=SUNDAY, client_visible=True)
    edit_task(task, title="Pictures", assignee=None, due_on=None, client_visible=True, actor=olga, at=SUNDAY)
    assert Event.objects.get(kind=EventKind.TASK_EDITED).audience == Audience.STAFF


def test_the_client_stream_of_a_task_opens_with_the_first_message(agency, acting):
    """G1-31: only for tasks the client sees."""
    olga = acting(agency.olga)
    inside = add_task(agency.website, title="Budget", actor=olga, at=SUNDAY)
    with pytest.raises(NotForTheClient):
        comment_task(inside, body="Hello", actor=olga, at=SUNDAY)
    shared = add_task(agency.website, title="Photos", actor=olga, at=SUNDAY, client_visible=True)
    first = comment_task(shared, body="Hello", actor=acting(agency.sarah), at=SUNDAY)
    second = comment_task(shared, body="Thanks", actor=olga, at=SUNDAY, parent=first)
    assert first.thread == second.thread


def test_a_discussion_belongs_to_the_project(agency, acting):
    """G1-13, A-38: contacts of other clients never meet it."""
    seo = open_discussion(
        agency.website, title="SEO", body="Which keywords?", actor=acting(agency.sarah), at=SUNDAY
    )
    comment_discussion(seo, body="These three.", actor=acting(agency.alex), at=SUNDAY)
    assert seo.thread.comments.count() == 2
    with pytest.raises(Forbidden):
        comment_discussion(seo, body="Me too", actor=acting(agency.bo), at=SUNDAY)
