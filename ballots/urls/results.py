"""What became of a vote, and how to count it again."""

from django.urls import URLPattern, path

from ballots.views import advice, downloads, results

urlpatterns: list[URLPattern] = [
    path("<slug:reference>/answer/", advice.answer, name="answer_advice"),
    path("<slug:reference>/steps/", results.steps, name="steps"),
    path("<slug:reference>/receipts/", results.receipts, name="receipts"),
    path("<slug:reference>/papers.csv", downloads.papers_csv, name="papers_csv"),
    path("<slug:reference>/papers.pb", downloads.papers_pb, name="papers_pb"),
    path("<slug:reference>/count.json", downloads.count_json, name="count_json"),
    path("<slug:reference>/receipts.txt", downloads.receipts_txt, name="receipts_txt"),
]
site_urlpatterns: list[URLPattern] = [path("recount.py", downloads.recount, name="recount")]
