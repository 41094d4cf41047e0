"""The pages of one community and of organisations, in the namespace `communities`."""

from django.urls import path

from front.views import community, organisation

urlpatterns = [
    path("c/<slug:slug>/", community.community, name="community"),
    path("o/", organisation.organisation_list, name="organisations"),
    path("o/<slug:slug>/", organisation.organisation, name="organisation"),
    path("o/<slug:slug>/answers/", organisation.organisation_answers, name="organisation_answers"),
    path("o/<slug:slug>/promises/", organisation.organisation_promises, name="organisation_promises"),
]
