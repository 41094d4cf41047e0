"""To enter as somebody without a key exists in the demo and nowhere else."""

import subprocess
import sys

import pytest
from django.core.mail import EmailMessage
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, reverse

from accounts.views import demo


@pytest.fixture
def officer(make_user, community, landlord):
    user = make_user("Priya Nair", community, "professional", organisation=landlord)
    user.email = f"officer@{demo.DOMAIN}"
    user.save()
    return user


def test_without_demo_there_is_no_such_address(client, db, settings):
    assert settings.DEMO is False
    with pytest.raises(NoReverseMatch):
        reverse("demo:people")
    for path in ("/demo/", "/demo/enter/officer/", "/demo/mail/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (403, 404)


def test_without_demo_the_views_themselves_refuse(officer):
    for view, arguments in ((demo.people, {}), (demo.mails, {}), (demo.mail, {"number": "x"})):
        with pytest.raises(Http404):
            view(RequestFactory().get("/demo/"), **arguments)
    with pytest.raises(Http404):
        demo.enter(RequestFactory().post("/demo/"), key="officer")


@pytest.fixture
def in_demo(settings):
    """The site map with the demo's pages in it."""
    import importlib

    from config import urls

    settings.DEMO = True
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.DEMO = False
    importlib.reload(urls)
    clear_url_caches()


def test_in_the_demo_one_enters_with_a_button(in_demo, client, officer):
    page = client.get("/demo/")
    assert "Priya Nair" in page.text
    assert client.get("/demo/enter/officer/").status_code == 405
    assert client.post("/demo/enter/officer/").url == reverse("desk:desk")
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_nobody_else_can_be_entered(in_demo, client, resident):
    assert client.post("/demo/enter/amina/").status_code == 404
    assert client.post("/demo/enter/facilitator/").status_code == 404  # not loaded


def test_mail_is_read_in_the_demo(in_demo, client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    text = "Subject: Hello <b>\nTo: a@example.org\nContent-Type: text/plain\n\nRead http://testserver/x/ now\n"
    (tmp_path / "20261123-1.log").write_text(text + "-" * 79 + "\n")
    assert "Hello &lt;b&gt;" in client.get("/demo/mail/").text
    page = client.get("/demo/mail/20261123-1-0/")
    assert 'href="http://testserver/x/"' in page.text
    assert client.get("/demo/mail/../../etc/").status_code == 404
    assert client.get("/demo/mail/nothing/").status_code == 404


def test_a_mail_drawn_as_a_page_can_do_nothing(in_demo, client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    text = "Subject: Hello\nContent-Type: text/html\n\n<h1>Hello</h1><script>alert(1)</script>\n"
    (tmp_path / "20261123-2.log").write_text(text + "-" * 79 + "\n")
    page = client.get("/demo/mail/20261123-2-0/page/")
    assert "<h1>Hello</h1>" in page.text
    assert "sandbox allow-popups" in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "script-src 'none'" in page["Content-Security-Policy"]


def test_what_is_attached_to_a_mail_can_be_kept(in_demo, client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    mail = EmailMessage("A checkpoint", "Keep it.", to=["a@example.org"])
    mail.attach("checkpoint-9.json", '{"<b>": 9}', "application/json")
    (tmp_path / "20261123-3.log").write_bytes(mail.message().as_bytes() + b"\n" + b"-" * 79 + b"\n")
    page = client.get("/demo/mail/20261123-3-0/")
    assert 'href="/demo/mail/20261123-3-0/file/0/"' in page.text
    assert "checkpoint-9.json" in page.text
    kept = client.get("/demo/mail/20261123-3-0/file/0/")
    assert b"".join(kept) == b'{"<b>": 9}'
    assert kept["Content-Disposition"] == 'attachment; filename="checkpoint-9.json"'
    assert client.get("/demo/mail/20261123-3-0/file/1/").status_code == 404


def test_production_settings_have_no_demo():
    code = "from django.conf import settings; print(settings.DEMO)"
    env = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x", "PATH": ""}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
