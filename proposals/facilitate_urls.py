"""What facilitators do with proposals."""

from django.urls import URLPattern, URLResolver

app_name = "facilitate"
urlpatterns: list[URLPattern | URLResolver] = []
