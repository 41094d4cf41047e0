import pytest

from words.money import money


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (420_000, "GBP", "£4,200"),
        (6774, "GBP", "£67.74"),
        (0, "GBP", "£0"),
        (5, "EUR", "€0.05"),
        (-150_000, "GBP", "−£1,500"),
        (120_000_000, "CHF", "1,200,000 CHF"),
    ],
)
def test_money_as_people_write_it(minor: int, currency: str, shown: str) -> None:
    assert money(minor, currency) == shown
