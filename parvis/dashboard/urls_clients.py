"""Addresses of clients, their contacts and portals."""

from django.urls import path

from parvis.dashboard.views import clients, contacts, imports, portals

app_name = "clients"

urlpatterns = [
    path("", clients.clients, name="clients"),
    path("new/", clients.new_client, name="new"),
    path("import/", imports.import_list, name="import"),
    path("<uuid:pk>/", clients.client, name="client"),
    path("<uuid:pk>/edit/", clients.edit, name="edit"),
    path("<uuid:pk>/state/", clients.state, name="state"),
    path("<uuid:pk>/delete/", clients.delete, name="delete"),
    path("<uuid:pk>/restore/", clients.restore, name="restore"),
    path("<uuid:pk>/projects/", clients.client_projects, name="projects"),
    path("<uuid:pk>/documents/", clients.client_documents, name="documents"),
    path("<uuid:pk>/timeline/", clients.client_timeline, name="timeline"),
    path("<uuid:pk>/notes/", clients.client_notes, name="notes"),
    path("<uuid:pk>/contacts/", contacts.contacts, name="contacts"),
    path("<uuid:pk>/contacts/new/", contacts.new_contact, name="new_contact"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/edit/", contacts.edit, name="edit_contact"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/role/", contacts.role, name="contact_role"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/main/", contacts.main, name="main_contact"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/invitation/", contacts.invitation, name="invitation"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/close/", contacts.close_access, name="close_access"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/link/", contacts.create_link, name="create_link"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/reopen/", contacts.open_access, name="reopen_access"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/delete/", contacts.delete, name="delete_contact"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/restore/", contacts.restore, name="restore_contact"),
    path("<uuid:pk>/contacts/<uuid:contact_pk>/preview/", contacts.preview, name="preview"),
    path(
        "<uuid:pk>/contacts/<uuid:contact_pk>/devices/<uuid:device_pk>/forget/",
        contacts.forget,
        name="forget_device",
    ),
    path("<uuid:pk>/portal/", portals.portal, name="portal"),
    path("<uuid:pk>/portal/switches/", portals.switches, name="switches"),
    path("<uuid:pk>/portal/welcome/", portals.welcome, name="welcome"),
    path("<uuid:pk>/portal/look/", portals.look, name="look"),
    path("<uuid:pk>/portal/notices/", portals.notices, name="notices"),
]
