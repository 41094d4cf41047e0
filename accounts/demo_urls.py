"""The demo's own pages. config.urls includes them in demo mode only."""

from django.urls import path

from accounts.views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.people, name="people"),
    path("enter/<slug:key>/", demo.enter, name="enter"),
    path("mail/", demo.mails, name="mails"),
    path("mail/<str:number>/", demo.mail, name="mail"),
    path("mail/<str:number>/page/", demo.mail_as_page, name="mail_as_page"),
    path("mail/<str:number>/file/<int:at>/", demo.mail_file, name="mail_file"),
]
