"""What a facilitator does for a vote."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
