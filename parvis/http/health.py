"""Two addresses for whoever watches the installation: is it alive, is it ready."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

OK = "ok"


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served and mail leaves: 200, or 503 with the part that is missing.

    The questions stand in `settings.READINESS`; what they answer names parts, never contents.
    """
    answers = {"database": _database()}
    if answers["database"] == OK:
        answers["migrations"] = _migrations()
    if answers.get("migrations") == OK:
        for name, path in settings.READINESS.items():
            question: Callable[[], str] = import_string(path)
            answers[name] = question() or OK
    ready = all(answer == OK for answer in answers.values())
    return JsonResponse(answers, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return OK


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} missing" if plan else OK
