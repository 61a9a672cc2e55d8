"""A portal's pages, relative to its root."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from parvis.portal.views import (
    activity,
    decisions,
    documents,
    entrance,
    files,
    home,
    look,
    messages,
    preferences,
    projects,
    remarks,
    review,
)

app_name = "portal"


class PageSizeConverter:
    """The two renditions of a page picture."""

    regex = "small|large"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageSizeConverter, "page_size")

WAY_IN: list[URLPattern] = [
    path("in/", entrance.way_in, name="way_in"),
    path("in/opening/", entrance.open_portal, name="open_portal"),
    path("in/link/", entrance.send_link, name="send_link"),
    path("in/sent/", entrance.link_sent, name="link_sent"),
    path("in/<str:secret>/", entrance.take_link, name="link"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("preview/end/", entrance.leave_preview, name="preview_end"),
    path("preview/<str:code>/", entrance.preview, name="preview"),
    path("theme/<str:owner>.<slug:hash>.css", look.theme, name="theme"),
    path("logo/<uuid:pk>.webp", look.logo, name="logo"),
]

DELIVERABLES: list[URLPattern] = [
    path("", review.deliverable, name="deliverable"),
    path("visits/<uuid:version>/", review.create_visit, name="visits"),
    path("news/", review.news, name="news"),
    path("sheets/", review.sheets, name="sheets"),
    path("people/", review.people, name="people"),
    path("comparison/", review.comparison, name="comparison"),
    path("decisions/", decisions.create_decision, name="decisions"),
    path("decisions/new/", decisions.new_decision, name="new_decision"),
    path("remarks/", remarks.create_remark, name="remarks"),
    path("remarks/<int:number>/replies/", remarks.create_reply, name="replies"),
    path("remarks/<int:number>/resolution/", remarks.resolve, name="resolution"),
    path("remarks/<int:number>/resolution/removal/", remarks.reopen, name="reopening"),
    path("snoozes/", home.remind_tomorrow, name="snoozes"),
    path("files/<uuid:file>/", files.download, name="file"),
    path("files/<uuid:file>/pages/<int:number>/<page_size:size>.webp", files.page, name="page"),
]

DOCUMENTS: list[URLPattern] = [
    path("", documents.documents, name="documents"),
    path("new/", documents.new_document, name="new_document"),
    path("<uuid:pk>/", documents.document, name="document"),
    path("<uuid:pk>/versions/<int:number>/file/", documents.download, name="document_file"),
    path(
        "<uuid:pk>/versions/<int:number>/pages/<int:page>/<page_size:size>.webp",
        documents.page,
        name="document_page",
    ),
]

TALKS: list[URLPattern] = [
    path("messages/", messages.messages, name="messages"),
    path("messages/new/", messages.new_discussion, name="new_discussion"),
    path("messages/<uuid:pk>/", messages.discussion, name="discussion"),
    path("messages/<uuid:pk>/comments/", messages.create_comment, name="discussion_comments"),
    path("attachments/<uuid:pk>/", files.attachment, name="attachment"),
]

PROJECTS: list[URLPattern] = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<uuid:pk>/", projects.project, name="project"),
    path("tasks/<uuid:pk>/", projects.task, name="task"),
    path("tasks/<uuid:pk>/comments/", projects.create_task_comment, name="task_comments"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    *WAY_IN,
    path("deliverables/<uuid:pk>/", include(DELIVERABLES)),
    path("documents/", include(DOCUMENTS)),
    *TALKS,
    *PROJECTS,
    path("activity/", activity.activity, name="activity"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/notices/", preferences.notices, name="notices"),
    path("preferences/devices/<uuid:pk>/removal/", preferences.forget, name="forget_device"),
]
