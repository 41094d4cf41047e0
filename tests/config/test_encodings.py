"""Answers are packed for those who take them so, and for nobody else."""

import pytest
from django.conf import settings
from django.test import Client

ADDRESSES = ["/", "/api/", "/api/v1/", "/api/v1/decisions/?format=csv", "/record/verify_record.py"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_refuses_gzip_gets_none(client: Client, address: str) -> None:
    for said in ("gzip;q=0", "br, gzip; q=0.000", "identity, GZIP;Q=0.0", "*;q=0", ""):
        answer = client.get(address, headers={"accept-encoding": said})
        assert (answer.status_code, "Content-Encoding" in answer) == (200, False)
        assert "Accept-Encoding" in answer["Vary"]
    for said in ("gzip", "gzip;q=0.001", "br;q=0, gzip;q=1.0", "gzip, *;q=0"):
        answer = client.get(address, headers={"accept-encoding": said})
        assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")


def test_it_stands_before_all_that_pack() -> None:
    names = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert (
        names.index("RefusedEncodingsMiddleware") < names.index("WhiteNoiseMiddleware") < names.index("GZipMiddleware")
    )
