"""Proposals of one community: /c/<community>/proposals/…"""

from django.urls import path

from proposals.views import backing, checks, common_ground, detail, ending, list, opinions, tabling, talk, verdicts

app_name = "proposals"

ONE = "<int:number>/<slug:slug>/"

urlpatterns = [
    path("", list.proposal_list, name="list"),
    path("common-ground/", common_ground.common_ground, name="common_ground"),
    path("new/", tabling.new, name="new"),
    path("drafts/", tabling.drafts, name="drafts"),
    path("draft/<uuid:draft>/discard/", tabling.discard, name="discard"),
    path("draft/<uuid:draft>/<slug:step>/", tabling.step, name="draft"),
    path("<int:number>/", detail.detail, {"slug": ""}, name="by_number"),  # what somebody types from a poster
    path(ONE, detail.detail, name="detail"),
    path(ONE + "back/", backing.back, name="back"),
    path(ONE + "take-back/", backing.take_back, name="take_back"),
    path(ONE + "opinion/", opinions.opinion, name="opinion"),
    path(ONE + "say/", talk.say, name="say"),
    path(ONE + "said/<uuid:comment>/", talk.thread, name="thread"),
    path(ONE + "said/<uuid:comment>/remove/", talk.remove, name="remove_comment"),
    path(ONE + "offer/", talk.offer, name="offer"),
    path(ONE + "offers/<uuid:offer>/take-back/", talk.take_offer_back, name="take_offer_back"),
    path(ONE + "answers/<slug:reference>/verdict/", verdicts.verdict, name="verdict"),
    path(ONE + "promise/", checks.promise, name="promise"),
    path(ONE + "promises/<slug:reference>/start/", checks.start, name="start_promise"),
    path(ONE + "promises/<slug:reference>/done/", checks.claim, name="claim_promise"),
    path(ONE + "promises/<slug:reference>/kept/", checks.kept, name="kept"),
    path(ONE + "promises/<slug:reference>/not-kept/", checks.not_kept, name="not_kept"),
    path(ONE + "withdraw/", ending.withdraw, name="withdraw"),
    path(ONE + "retable/", ending.retable, name="retable"),
]
