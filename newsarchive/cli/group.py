"""A group of commands whose expected errors end in one line."""

from __future__ import annotations

import sqlite3
from typing import Any

import click

from newsarchive.errors import NewsArchiveError, UsageError
from newsarchive.exits import code_of
from newsarchive.text import shown


class CommandGroup(click.Group):
    """Commands whose expected errors end in one line and an exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `newsarchive read ... | head`: click ends quietly
            raise
        except UsageError as error:
            raise click.UsageError(shown(str(error)), ctx) from error
        except (NewsArchiveError, OSError, OverflowError) as error:
            click.ClickException(shown(str(error))).show()
            ctx.exit(code_of(error))
        except sqlite3.Error as error:
            raise click.ClickException(f"the catalogue cannot be used: {error}") from error
