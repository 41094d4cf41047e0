import pytest
from django.db import transaction

from record import clock
from record.references import next_reference


@pytest.mark.django_db
def test_references_count_up_within_a_year():
    year = clock.today().year
    with transaction.atomic():
        assert [next_reference("D"), next_reference("D"), next_reference("P")] == [
            f"D-{year}-0001",
            f"D-{year}-0002",
            f"P-{year}-0001",
        ]
