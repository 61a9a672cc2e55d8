"""Five more clients in other states, so that every list of the demonstration looks like a real one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from parvis.access import Actor, ContactRole
from parvis.backstage.actions import add_note
from parvis.clients.actions.clients import ClientFacts, add_client
from parvis.clients.actions.contacts import NewContact, add_contact, invite_contact
from parvis.clients.models import Client, ClientState, Membership, MembershipState
from parvis.deliverables.actions import (
    Approver,
    Terms,
    create_deliverable,
    reply_to_remark,
)
from parvis.deliverables.models import Deliverable, Purpose, Verdict
from parvis.demo import pictures
from parvis.demo.scenes import answer, publish, remark
from parvis.demo.stage import Stage
from parvis.documents.actions import add_document, folders_of
from parvis.projects.actions import (
    ProjectFacts,
    add_milestone,
    change_project_status,
    create_project,
    set_client_status,
)
from parvis.projects.models import Project
from parvis.projects.rules import ProjectStatus

Draw = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Word:
    """What the client reads of a project."""

    label: str
    sentence: str
    family: str
    step: int


def play(stage: Stage) -> None:
    """Load the five clients."""
    _verdier(stage)
    _saint_roch(stage)
    _ostal(stage)
    _ondes(stage)
    _maree_haute(stage)


def _verdier(stage: Stage) -> None:
    """Three projects at three steps, as on the picture of the portal's home."""
    client = _client(stage, "Maison Verdier", "Fleurs séchées", ClientState.ACTIVE, colour=1, since=120)
    camille = _contact(stage, client, "Camille Verdier", "Gérante", is_main=True)
    _contact(stage, client, "Hugo Verdier", "Boutique", role=ContactRole.TECHNICAL)
    site = _project(
        stage,
        client,
        "Site internet",
        Word("À vous de jouer", "La page d’accueil vous attend ; les autres pages suivent.", "wait", 3),
        amount=960_000,
        due=40,
    )
    shop = _project(
        stage,
        client,
        "Boutique en ligne",
        Word("Nous y travaillons", "Nous montons les fiches produit.", "work", 2),
        amount=1_240_000,
        due=80,
    )
    add_milestone(
        shop,
        title="Ouverture de la boutique",
        due_on=stage.day_in(80),
        actor=stage.member("lea"),
        at=stage.days_ago(20),
    )
    brand = _project(
        stage,
        client,
        "Identité visuelle",
        Word("Terminé", "Validée par vous.", "done", 4),
        amount=420_000,
        due=-10,
    )
    identity = _deliverable(stage, brand, "Étiquettes et papiers", camille, ago=16)
    publish(
        stage,
        identity,
        "etiquettes.png",
        pictures.label("Verdier", "Fleurs séchées", ("#4f6049", "#a4624a", "#6d5f86")),
        at=stage.days_ago(14),
        author="lea",
    )
    answer(identity, camille, Verdict.APPROVED, stage.days_ago(12, 15), "Très belles couleurs.")
    change_project_status(
        brand, status=ProjectStatus.COMPLETED, actor=stage.member("olga"), at=stage.days_ago(9)
    )
    page = _deliverable(stage, site, "Page d’accueil", camille, ago=8)
    publish(
        stage,
        page,
        "accueil.png",
        pictures.about(2),
        at=stage.days_ago(1, 17),
        author="lea",
        note="Vos trois remarques sont reprises. Il ne manque plus que votre accord pour lancer la suite.",
    )


def _saint_roch(stage: Stage) -> None:
    """A brochure that waits for too long: overdue, reminded, to be escalated."""
    client = _client(stage, "Clinique Saint-Roch", "Santé", ClientState.ACTIVE, colour=3, since=90)
    agnes = _contact(stage, client, "Agnès Roux", "Communication", is_main=True)
    _contact(stage, client, "Marc Vidal", "Direction", role=ContactRole.OBSERVER)
    project = _project(
        stage,
        client,
        "Plaquette patients",
        Word("À vous de jouer", "La plaquette attend votre accord pour partir à l’impression.", "wait", 3),
        amount=380_000,
        due=-2,
    )
    brochure = _deliverable(stage, project, "Plaquette patients, 12 pages", agnes, ago=12)
    publish(
        stage,
        brochure,
        "plaquette.pdf",
        pictures.brochure("Votre séjour\nà Saint-Roch"),
        at=stage.days_ago(8),
        author="paul",
        note="La maquette complète, prête pour une dernière relecture.",
    )
    first = remark(
        brochure, agnes, "Le numéro des urgences doit être plus visible.", stage.days_ago(7), (50, 72)
    )
    reply_to_remark(
        first,
        body="Entendu, il passera en première page.",
        actor=stage.member("paul"),
        at=stage.days_ago(7, 15),
    )
    signs = _deliverable(stage, project, "Signalétique, plan du hall", agnes, ago=5, purpose=Purpose.FEEDBACK)
    publish(stage, signs, "hall.png", pictures.navigation(), at=stage.days_ago(3), author="paul")


def _ostal(stage: Stage) -> None:
    """Changes were asked for, then the relation paused."""
    client = _client(stage, "Brûlerie Ostal", "Café", ClientState.SUSPENDED, colour=4, since=150)
    jeanne = _contact(stage, client, "Jeanne Ostal", "Gérante", is_main=True)
    project = _project(
        stage,
        client,
        "Étiquettes café, gamme hiver",
        Word("En relecture", "Vos remarques sont notées, nous reprenons en janvier.", "review", 2),
        amount=210_000,
        due=30,
    )
    labels = _deliverable(stage, project, "Étiquettes, trois origines", jeanne, ago=30)
    publish(
        stage,
        labels,
        "etiquettes-v1.png",
        pictures.label("Gamme hiver", "Notes de cacao", ("#7a4a2b", "#a35f2a", "#5d3a2a")),
        at=stage.days_ago(28),
        author="lea",
    )
    remark(labels, jeanne, "Le Pérou peut-il être plus rouge ?", stage.days_ago(27), (79, 40))
    answer(
        labels,
        jeanne,
        Verdict.CHANGES_REQUESTED,
        stage.days_ago(27, 11),
        "Une couleur à changer, le reste est bon.",
    )


def _ondes(stage: Stage) -> None:
    """A prospect: a proposal is shown for information, the contact was invited and has not come yet."""
    client = _client(stage, "Festival Ondes", "Culture", ClientState.PROSPECT, colour=6, since=20)
    membership = add_contact(
        client,
        new=NewContact("Inès", "ines@ondes.example", "Kaci", function="Programmation", language="fr"),
        actor=stage.member("olga"),
        at=stage.days_ago(12),
        is_main=True,
    )
    invite_contact(
        membership,
        actor=stage.member("olga"),
        at=stage.days_ago(2),
        welcome_message="Voici l’espace où nous partagerons les pistes pour l’affiche.",
    )
    project = _project(
        stage,
        client,
        "Identité 2027",
        Word("Première piste", "Nous dessinons l’affiche.", "work", 1),
        amount=540_000,
        due=120,
    )
    draft = create_deliverable(
        project,
        title="Affiche 40 × 60",
        purpose=Purpose.FEEDBACK,
        actor=stage.member("lea"),
        at=stage.days_ago(6),
    )
    publish(
        stage,
        draft,
        "affiche.png",
        pictures.poster("Ondes", "14 – 17 mai", "#243a6b", "#e86a4a"),
        at=stage.days_ago(4),
        author="lea",
    )


def _maree_haute(stage: Stage) -> None:
    """Everything is done and nothing runs: an inactive client with a history."""
    client = _client(stage, "Marée Haute", "Restauration", ClientState.INACTIVE, colour=5, since=200)
    yann = _contact(stage, client, "Yann Le Goff", "Chef", is_main=True)
    project = _project(
        stage,
        client,
        "Carte d’hiver et menus",
        Word("Terminé", "Les cartes sont livrées.", "done", 4),
        amount=120_000,
        due=-30,
    )
    menu = _deliverable(stage, project, "Carte d’hiver", yann, ago=60)
    publish(stage, menu, "carte.png", pictures.menu("Carte d’hiver"), at=stage.days_ago(58), author="paul")
    answer(menu, yann, Verdict.APPROVED, stage.days_ago(56, 18), "Bon pour impression.")
    file = stage.file(
        "Carte finale.pdf", pictures.letter("Carte d’hiver", ("Prête à imprimer",)), stage.days_ago(55)
    )
    folder = next(folder for folder in folders_of(project) if folder.kind == "design")
    add_document(
        project,
        folder=folder,
        title="Carte finale.pdf",
        file=file,
        actor=stage.member("paul"),
        at=stage.days_ago(55),
    )
    change_project_status(
        project, status=ProjectStatus.COMPLETED, actor=stage.member("olga"), at=stage.days_ago(50)
    )
    add_note(
        client,
        body="À rappeler en mars pour la carte de printemps.",
        actor=stage.member("olga"),
        at=stage.days_ago(50),
    )


def _client(stage: Stage, name: str, sector: str, state: ClientState, *, colour: int, since: int) -> Client:
    return add_client(
        workspace_id=stage.workspace.pk,
        name=name,
        actor=stage.member("olga"),
        at=stage.days_ago(since),
        state=state,
        facts=ClientFacts(sector=sector, owner_id=stage.members["lea"].pk, colour=colour),
    )


def _contact(
    stage: Stage,
    client: Client,
    name: str,
    function: str,
    *,
    role: ContactRole = ContactRole.DECISION_MAKER,
    is_main: bool = False,
) -> Actor:
    """A contact who has been in the portal already."""
    first, _, last = name.partition(" ")
    address = f"{first}.{last}".lower().replace(" ", "").replace("é", "e").replace("è", "e")
    host = client.name.lower().replace(" ", "-").replace("û", "u").replace("é", "e")
    olga, at = stage.member("olga"), client.created_at
    membership = add_contact(
        client,
        new=NewContact(first, f"{address}@{host}.example", last, role=role, function=function, language="fr"),
        actor=olga,
        at=at,
        is_main=is_main,
    )
    invite_contact(membership, actor=olga, at=at)
    Membership.objects.filter(pk=membership.pk).update(
        state=MembershipState.ACTIVE, last_seen_at=stage.days_ago(3, 16)
    )
    stage.contacts[name] = membership.contact
    return stage.contact(name)


def _project(stage: Stage, client: Client, title: str, word: Word, *, amount: int, due: int) -> Project:
    project = create_project(
        client,
        title=title,
        actor=stage.member("olga"),
        at=_after(client.created_at, stage),
        status=ProjectStatus.IN_PROGRESS,
        facts=ProjectFacts(
            due_on=stage.day_in(due), contract_amount_minor=amount, assignee=stage.members["lea"]
        ),
        members=(stage.members["paul"],),
    )
    Project.objects.filter(pk=project.pk).update(progress=word.step * 25)
    set_client_status(
        project,
        label=word.label,
        description=word.sentence,
        family=word.family,
        step=word.step,
        is_visible=True,
        actor=stage.member("lea"),
        at=stage.days_ago(2, 11),
    )
    return project


def _after(moment: datetime, stage: Stage) -> datetime:
    return min(moment, stage.now)


def _deliverable(
    stage: Stage,
    project: Project,
    title: str,
    approver: Actor,
    *,
    ago: int,
    purpose: Purpose = Purpose.APPROVAL,
) -> Deliverable:
    assert approver.contact_id
    return create_deliverable(
        project,
        title=title,
        purpose=purpose,
        actor=stage.member("lea"),
        at=stage.days_ago(ago),
        responsible=stage.members["lea"],
        terms=Terms(),
        approvers=[Approver(approver.contact_id)] if purpose == Purpose.APPROVAL else [],
    )
