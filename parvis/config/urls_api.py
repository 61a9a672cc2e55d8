"""The agency's addresses with the API's in front: what a request to `/api/` is resolved with.

Apart from the pages' own, so that a web worker which nobody asks for the API does without it (16 MB).
"""

from django.urls import URLPattern, URLResolver, include, path

from parvis.config.urls import urlpatterns as pages

urlpatterns: list[URLPattern | URLResolver] = [path("", include("parvis.api.urls")), *pages]
