"""The addresses of the yardsticks."""

from django.urls import path

from tools.bench.limit import views

urlpatterns = [
    path("plain", views.plain),
    path("rows", views.rows),
    path("drf", views.Rulings.as_view()),
    path("insert", views.insert),
    path("backing", views.backing),
]
