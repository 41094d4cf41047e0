"""What became of a vote, and how to count it again."""

from django.urls import URLPattern, path

from ballots.views import advice, downloads, results

BALLOT = "c/<slug:community>/ballots/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path("recount.py", downloads.recount, name="recount"),
    path(f"{BALLOT}/answer/", advice.answer, name="answer_advice"),
    path(f"{BALLOT}/steps/", results.steps, name="steps"),
    path(f"{BALLOT}/receipts/", results.receipts, name="receipts"),
    path(f"{BALLOT}/papers.csv", downloads.papers_csv, name="papers_csv"),
    path(f"{BALLOT}/papers.pb", downloads.papers_pb, name="papers_pb"),
    path(f"{BALLOT}/count.json", downloads.count_json, name="count_json"),
    path(f"{BALLOT}/receipts.txt", downloads.receipts_txt, name="receipts_txt"),
]
