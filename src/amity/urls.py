"""The whole site on one page."""

urlpatterns: list[object] = []
