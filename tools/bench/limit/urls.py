"""The four addresses of the yardstick."""

from django.urls import path

from tools.bench.limit import views

urlpatterns = [
    path("plain", views.plain),
    path("rows", views.rows),
    path("drf", views.Rulings.as_view()),
    path("insert", views.insert),
]
