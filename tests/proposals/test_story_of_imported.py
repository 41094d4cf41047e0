from proposals.models import Proposal


def test_what_came_from_another_site_promises_no_decision_here(client, response):
    proposal = Proposal.objects.get(pk=response.proposal_id)
    url = proposal.get_absolute_url()
    assert "To be decided" in client.get(url).text
    Proposal.objects.filter(pk=proposal.pk).update(source_id="300034", author=None)
    page = client.get(url).text
    assert "Not decided here" in page
    assert "To be decided" not in page
