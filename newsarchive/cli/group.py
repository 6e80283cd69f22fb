"""A group of commands whose expected errors end in one line."""

from __future__ import annotations

import sqlite3
import warnings
from typing import Any

import click

from newsarchive.errors import NewsArchiveError, UsageError
from newsarchive.exits import code_of
from newsarchive.text import shown


def _in_one_line(message: Warning | str, *_: Any, **__: Any) -> str:
    """A warning as a person wants it: where in our code it was raised is of no use to them."""
    return f"Warning: {shown(str(message))}\n"


class CommandGroup(click.Group):
    """Commands whose expected errors end in one line and an exit code, never in a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        warnings.formatwarning = _in_one_line
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `newsarchive read ... | head`: click ends quietly
            raise
        except UsageError as error:
            raise click.UsageError(shown(str(error))) from error  # without the context: how to call it is not what is wrong
        except (NewsArchiveError, OSError, OverflowError) as error:
            click.ClickException(shown(str(error))).show()
            ctx.exit(code_of(error))
        except sqlite3.Error as error:
            raise click.ClickException(f"the catalogue cannot be used: {error}") from error
