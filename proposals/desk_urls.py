"""The desk of professionals: /desk/…"""

from django.urls import path

from proposals.views import (
    answering,
    desk,
    desk_deciding,
    desk_publishing,
    desk_time,
    desk_words,
    promises,
    promising,
)

app_name = "desk"

ANSWER = "answer/<uuid:ask>/"
PROMISE = "promises/<uuid:promise>/"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("waiting/", desk.waiting, name="waiting"),
    path("words/", desk_words.words, name="words"),
    path(ANSWER, answering.answer, name="answer"),
    path(ANSWER + "page/", desk_publishing.preview, name="preview"),
    path(ANSWER + "second-look/", desk_publishing.second_look, name="second_look"),
    path(ANSWER + "publish/", desk_publishing.publish, name="publish"),
    path("extend/<uuid:ask>/", desk_time.extend, name="extend"),
    path("decide/<uuid:proposal>/", desk_deciding.decide, name="decide"),
    path("promises/", promises.promises, name="promises"),
    path("promises/new/", promising.choose, name="promise_choose"),
    path("promises/new/<uuid:proposal>/", promising.for_proposal, name="promise_new"),
    path("promises/new/decision/<uuid:decision>/", promising.for_decision, name="promise_decision"),
    path(PROMISE + "start/", promises.start, name="promise_start"),
    path(PROMISE + "done/", promises.claim, name="promise_claim"),
    path(PROMISE + "change/", promises.change, name="promise_change"),
    path(PROMISE + "drop/", promises.drop, name="promise_drop"),
]
