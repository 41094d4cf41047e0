"""The public record: what it is, each line of it, its checkpoints, and how anybody checks it."""

from django.urls import path

from front.views import checkpoint_readers, record

app_name = "record"
urlpatterns = [
    path("", record.record, name="record"),
    path("<line:sequence>/", record.line, name="line"),
    path("checkpoints/", record.checkpoints, name="checkpoints"),
    path("key/", record.key, name="key"),
    path("verify_record.py", record.verify_script, name="verify"),
    path("subscribe/", checkpoint_readers.subscribe, name="subscribe"),
    path("confirm/<str:token>/", checkpoint_readers.confirm, name="confirm"),
    path("leave/<str:token>/", checkpoint_readers.leave, name="leave"),
]
