from django.urls import reverse

from proposals.models import Proposal


def test_what_came_from_another_site_does_not_ask_for_backing(client, tabled):
    url = reverse("communities:community", args=[tabled.community.slug])
    assert tabled.title in client.get(url).text
    Proposal.objects.filter(pk=tabled.pk).update(source_id="300034", author=None, original_signatures=19760)
    assert tabled.title not in client.get(url).text
