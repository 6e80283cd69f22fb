"""What the tests of the vault make exchanges with."""

from tests.vault.conftest import make_exchange, make_writer, odd_exchanges

__all__ = ["make_exchange", "make_writer", "odd_exchanges"]
