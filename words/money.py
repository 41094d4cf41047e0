"""Sums of money as people write them."""

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def money(minor: int, currency: str = "GBP") -> str:
    """Such as "£4,200", or "£67.74" where there are pence; "1,200 CHF" for a currency without a sign of its own."""
    whole, part = divmod(abs(minor), 100)
    number = f"{whole:,}.{part:02}" if part else f"{whole:,}"
    minus = "−" if minor < 0 else ""
    sign = SIGNS.get(currency)
    return f"{minus}{sign}{number}" if sign else f"{minus}{number} {currency}"
