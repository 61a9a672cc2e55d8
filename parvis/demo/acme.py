"""The source documents' own example: Acme Corp and the rebuilding of its web site."""

from parvis.access import ContactRole
from parvis.backstage.actions import add_note, add_staff_comment
from parvis.clients.actions.clients import ClientFacts, add_client
from parvis.clients.actions.contacts import NewContact, add_contact, invite_contact
from parvis.clients.actions.portals import configure_portal
from parvis.clients.models import Client, ClientState, Membership, MembershipState
from parvis.deliverables.actions import (
    Approver,
    Terms,
    create_deliverable,
    reply_to_remark,
    resolve_remark,
)
from parvis.deliverables.models import Deliverable, Purpose, Verdict
from parvis.demo import pictures
from parvis.demo.scenes import answer, publish, remark
from parvis.demo.stage import Stage
from parvis.documents.actions import add_document, add_version, folders_of
from parvis.projects.actions import (
    ProjectFacts,
    add_milestone,
    add_task,
    comment_discussion,
    comment_task,
    create_project,
    open_discussion,
    reach_milestone,
    set_client_status,
)
from parvis.projects.models import Project
from parvis.projects.rules import ProjectStatus

WELCOME = {
    "fr": "Bienvenue ! Tout ce qui concerne votre nouveau site se trouve ici : les maquettes à relire, "
    "les documents et nos échanges.",
    "en": "Welcome. Everything about your new site is here: designs to review, documents and our talks.",
    "es": "Bienvenida. Aquí está todo sobre su nuevo sitio: diseños por revisar, documentos y mensajes.",
    "pt": "Boas-vindas. Aqui está tudo sobre o seu novo site: maquetes para rever, documentos e mensagens.",
}


def play(stage: Stage, *, with_decisions: bool) -> Deliverable:
    """Load Acme's story; gives back the deliverable that waits, or was approved, at its end."""
    client = _client(stage)
    project = _project(stage, client)
    _documents(stage, project)
    _task(stage, project)
    _discussions(stage, project)
    _about(stage, project)
    _contact_form(stage, project)
    homepage = _homepage(stage, project)
    _navigation_and_text(stage, project)
    if with_decisions:
        _approve(stage, homepage)
    return homepage


def _client(stage: Stage) -> Client:
    olga = stage.member("olga")
    began = stage.at(9, 30)
    client = add_client(
        workspace_id=stage.workspace.pk,
        name="Acme Corp",
        actor=olga,
        at=began,
        state=ClientState.ACTIVE,
        facts=ClientFacts(
            sector="Équipement de plein air",
            phone="+33 2 40 00 00 00",
            address="12, rue des Ateliers\n44000 Nantes",
            website="https://acme.example",
            owner_id=stage.members["olga"].pk,
            colour=2,
        ),
    )
    people = {
        "sarah": NewContact("Sarah", "sarah@acme.example", "Lopez", function="Marketing", language="fr"),
        "mark": NewContact("Mark", "mark@acme.example", "Weber", function="Juridique", language="fr"),
        "tom": NewContact(
            "Tom", "tom@acme.example", "Renard", role=ContactRole.TECHNICAL, function="Informatique"
        ),
        "judith": NewContact(
            "Judith", "compta@acme.example", "Aubert", role=ContactRole.BILLING, function="Comptabilité"
        ),
        "nora": NewContact(
            "Nora", "nora@acme.example", "Klein", role=ContactRole.OBSERVER, function="Direction"
        ),
    }
    for key, person in people.items():
        membership = add_contact(client, new=person, actor=olga, at=began, is_main=key == "sarah")
        stage.contacts[key] = membership.contact
        if key != "judith":
            invite_contact(membership, actor=olga, at=stage.at(10, 1))
    inside = Membership.objects.filter(
        client=client, contact__in=[stage.contacts[k].pk for k in ("sarah", "mark", "tom")]
    )
    inside.update(state=MembershipState.ACTIVE, last_seen_at=stage.days_ago(1, 17))
    configure_portal(client.portal, actor=olga, at=began, welcome_messages=WELCOME)
    add_note(
        client,
        body="Sarah décide vite, Mark relit tout : prévoir deux jours de plus pour le juridique.",
        actor=stage.member("lea"),
        at=stage.at(10, 8),
    )
    return client


def _project(stage: Stage, client: Client) -> Project:
    olga = stage.member("olga")
    project = create_project(
        client,
        title="Refonte Site Web",
        actor=olga,
        at=stage.at(10, 1),
        status=ProjectStatus.IN_PROGRESS,
        facts=ProjectFacts(
            starts_on=stage.at(10, 1).date(),
            due_on=stage.day_in(75),
            contract_amount_minor=1_850_000,
            assignee=stage.members["lea"],
        ),
        members=(stage.members["alex"], stage.members["paul"]),
    )
    Project.objects.filter(pk=project.pk).update(progress=60)
    milestones = (
        ("Cadrage terminé", stage.at(10, 18).date(), True),
        ("Maquettes validées", stage.day_in(9), False),
        ("Mise en ligne", stage.day_in(70), False),
    )
    for title, day, reached in milestones:
        milestone = add_milestone(project, title=title, due_on=day, actor=olga, at=stage.at(10, 1))
        if reached:
            reach_milestone(milestone, actor=olga, at=stage.at(10, 18))
    set_client_status(
        project,
        label="À vous de jouer",
        description="La page d’accueil attend votre accord ; les autres pages suivent.",
        family="wait",
        step=3,
        is_visible=True,
        actor=stage.member("lea"),
        at=stage.at(12, 15, 10, 15),
    )
    return project


def _documents(stage: Stage, project: Project) -> None:
    alex = stage.member("alex")
    folders = {folder.kind: folder for folder in folders_of(project)}
    brief = ("Un site plus clair,", "des fiches produit complètes,", "une commande en trois étapes.")
    papers = (
        ("Brief Initial.pdf", "briefs", pictures.letter("Brief initial", brief), stage.at(10, 3)),
        ("Scope Révisé.pdf", "briefs", pictures.letter("Scope révisé", brief), stage.at(10, 21)),
        (
            "Inventaire Contenu.pdf",
            "content",
            pictures.letter("Inventaire des contenus", ("24 pages gardées", "11 pages fusionnées")),
            stage.at(11, 4),
        ),
        (
            "Aperçu Timeline.pdf",
            "deliverables",
            pictures.letter("Aperçu du calendrier", ("Maquettes : décembre", "Mise en ligne : février")),
            stage.at(12, 12),
        ),
    )
    for name, folder, content, at in papers:
        file = stage.file(name, content, at)
        add_document(project, folder=folders[folder], title=name, file=file, actor=alex, at=at)
    guide = None
    notes = {1: "", 2: "Section typographie ajoutée", 3: "Palette couleurs mise à jour"}
    moments = {1: stage.at(10, 5), 2: stage.at(11, 20), 3: stage.at(12, 15, 9)}
    for version, at in moments.items():
        file = stage.file("Guides de Marque.pdf", pictures.brand_guide(version), at)
        if guide is None:
            guide = add_document(
                project, folder=folders["brand"], title="Guides de Marque", file=file, actor=alex, at=at
            )
        else:
            add_version(guide, file=file, note=notes[version], actor=alex, at=at)


def _task(stage: Stage, project: Project) -> None:
    """The two streams of one task (seed lines 158 to 166)."""
    alex, lea = stage.member("alex"), stage.member("lea")
    task = add_task(
        project,
        title="Implémenter flux checkout",
        actor=lea,
        at=stage.at(12, 9),
        assignee=stage.members["alex"],
        due_on=stage.day_in(12),
        client_visible=True,
    )
    add_staff_comment(
        task,
        body="On doit refactorer le module de paiement d’abord. Ne pas mentionner les inquiétudes de "
        "timeline au client.",
        actor=alex,
        at=stage.at(12, 11),
    )
    comment_task(
        task,
        body="L’implémentation du checkout est sur les rails. On partagera un aperçu vendredi.",
        actor=lea,
        at=stage.at(12, 11, 15),
    )
    for title, visible in (("Préparer les redirections", False), ("Photographier la gamme hiver", True)):
        add_task(project, title=title, actor=lea, at=stage.at(12, 10), client_visible=visible)


def _discussions(stage: Stage, project: Project) -> None:
    lea, sarah, tom = stage.member("lea"), stage.contact("sarah"), stage.contact("tom")
    launch = open_discussion(
        project,
        title="Timeline Lancement",
        body="Nous visons une mise en ligne début février, un mardi matin. Cela vous convient-il ?",
        actor=lea,
        at=stage.at(12, 10),
    )
    comment_discussion(
        launch, body="Parfait, évitons seulement la semaine du salon.", actor=sarah, at=stage.at(12, 10, 16)
    )
    open_discussion(
        project,
        title="Exigences SEO",
        body="Les anciennes adresses doivent continuer de fonctionner. Je vous envoie la liste.",
        actor=tom,
        at=stage.at(12, 6),
    )


def _homepage(stage: Stage, project: Project) -> Deliverable:
    alex, sarah, mark = stage.member("alex"), stage.contact("sarah"), stage.contact("mark")
    page = create_deliverable(
        project,
        title="Design Homepage",
        purpose=Purpose.APPROVAL,
        description="La page d’accueil du nouveau site, en version ordinateur.",
        actor=alex,
        at=stage.at(11, 25),
        responsible=stage.members["alex"],
        terms=Terms(required_approvers=2),
        approvers=[
            Approver(stage.contacts["sarah"].pk, "Marketing"),
            Approver(stage.contacts["mark"].pk, "Juridique"),
        ],
        maximum_rounds=3,
    )
    publish(
        stage, page, "homepage-v1.png", pictures.homepage(1), at=stage.at(12, 2), note="Première proposition."
    )
    larger = remark(
        page, sarah, "La grande image peut-elle prendre plus de place ?", stage.at(12, 3), (50, 30)
    )
    answer(page, sarah, Verdict.CHANGES_REQUESTED, stage.at(12, 3, 11), "L’image d’abord, puis je relis.")
    publish(
        stage,
        page,
        "homepage-v2.png",
        pictures.homepage(2),
        at=stage.at(12, 9),
        note="Image en pleine largeur, titre plus grand.",
        settles=[larger],
    )
    resolve_remark(larger, actor=sarah, at=stage.at(12, 9, 14))
    answer(page, mark, Verdict.CHANGES_REQUESTED, stage.at(12, 10), "L’adresse du pied de page a changé.")
    publish(
        stage,
        page,
        "homepage-v3.png",
        pictures.homepage(3),
        at=stage.at(12, 15),
        note="L’adresse est à jour et le bouton se voit mieux. Il ne manque plus que votre accord.",
    )
    button = remark(
        page,
        sarah,
        "J’adore la section hero ! Peut-on rendre le bouton CTA plus proéminent ?",
        stage.at(12, 15, 11),
        (16.5, 45),
    )
    reply_to_remark(
        button,
        body="Bien sûr ! Je vais augmenter la taille et ajouter une animation subtile. Mis à jour dans v4.",
        actor=alex,
        at=stage.at(12, 15, 14),
    )
    address = remark(
        page, mark, "Le footer nécessite notre adresse mise à jour", stage.at(12, 15, 15), (14, 97)
    )
    reply_to_remark(address, body="Mis à jour. Veuillez vérifier.", actor=alex, at=stage.at(12, 15, 16))
    add_staff_comment(
        page,
        body="Le bouton animé prendra une journée de plus : à ne pas promettre avant jeudi.",
        actor=stage.member("lea"),
        at=stage.at(12, 15, 16),
    )
    return page


def _approve(stage: Stage, page: Deliverable) -> None:
    """The end of the example: 16 and 17 December (seed lines 118 to 124)."""
    sarah, mark = stage.contact("sarah"), stage.contact("mark")
    button, address = page.remarks.order_by("number").filter(version=page.current_version_id)
    alex_said = button.thread.comments.order_by("at").last()
    reply_to_remark(
        button, body="Parfait ! Approuvé ✓", actor=sarah, at=stage.at(12, 16, 9), parent=alex_said
    )
    resolve_remark(button, actor=sarah, at=stage.at(12, 16, 9))
    answer(page, sarah, Verdict.APPROVED, stage.at(12, 16, 9, 30), "")
    alex_said = address.thread.comments.order_by("at").last()
    reply_to_remark(address, body="C’est bon ✓", actor=mark, at=stage.at(12, 17, 15), parent=alex_said)
    resolve_remark(address, actor=mark, at=stage.at(12, 17, 15))
    answer(page, mark, Verdict.APPROVED, stage.at(12, 17, 15, 10), "")


def _about(stage: Stage, project: Project) -> None:
    alex, sarah = stage.member("alex"), stage.contact("sarah")
    page = create_deliverable(
        project,
        title="Design Page About",
        purpose=Purpose.APPROVAL,
        actor=alex,
        at=stage.at(11, 27),
        responsible=stage.members["alex"],
        approvers=[Approver(stage.contacts["sarah"].pk, "Marketing")],
    )
    publish(stage, page, "about-v1.png", pictures.about(1), at=stage.at(12, 4), note="Première proposition.")
    figures = remark(page, sarah, "Peut-on mieux séparer les trois chiffres ?", stage.at(12, 5), (30, 75))
    reply_to_remark(figures, body="Oui, avec un filet sous chacun.", actor=alex, at=stage.at(12, 5, 15))
    answer(page, sarah, Verdict.CHANGES_REQUESTED, stage.at(12, 5, 16), "Juste les chiffres.")
    publish(
        stage,
        page,
        "about-v2.png",
        pictures.about(2),
        at=stage.at(12, 11),
        note="Filets ajoutés.",
        settles=[figures],
    )
    remark(page, sarah, "C’est exactement cela.", stage.at(12, 12, 9))
    resolve_remark(figures, actor=sarah, at=stage.at(12, 12, 9, 5))
    answer(page, sarah, Verdict.APPROVED, stage.at(12, 12, 9, 10), "Merci, c’est parfait.")


def _contact_form(stage: Stage, project: Project) -> None:
    form = create_deliverable(
        project,
        title="Mockup Formulaire Contact",
        purpose=Purpose.APPROVAL,
        actor=stage.member("alex"),
        at=stage.at(12, 12),
        responsible=stage.members["alex"],
        approvers=[Approver(stage.contacts["mark"].pk, "Juridique")],
    )
    publish(stage, form, "contact-v1.png", pictures.contact_form(), at=stage.at(12, 15, 9), note="")


def _navigation_and_text(stage: Stage, project: Project) -> None:
    alex, paul = stage.member("alex"), stage.member("paul")
    navigation = create_deliverable(
        project, title="Mockup Navigation", purpose=Purpose.FEEDBACK, actor=alex, at=stage.at(12, 13)
    )
    publish(
        stage,
        navigation,
        "navigation-v1.png",
        pictures.navigation(),
        at=stage.at(12, 14),
        note="Votre avis sur l’ordre des rubriques nous aiderait.",
        deadline_days=6,
    )
    text = create_deliverable(
        project, title="Brouillon Contenu", purpose=Purpose.INFORMATION, actor=paul, at=stage.at(12, 14)
    )
    publish(stage, text, "brouillon-contenu.pdf", pictures.draft_text(), at=stage.at(12, 15, 17), note="")
