"""What became of a vote, and how to count it again."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
