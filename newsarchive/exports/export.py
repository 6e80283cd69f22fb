"""One export, from the catalogue to a file that is there only when it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from newsarchive.catalogue.temporary import keep_inside
from newsarchive.errors import UsageError
from newsarchive.exports.cdxj import write_cdxj
from newsarchive.exports.forms import FORMS, ONE_TABLE, Form
from newsarchive.exports.tables import TABLES, Scope, Table, names, rows
from newsarchive.exports.wacz import write_wacz

WHOLE = {".cdxj": write_cdxj, ".wacz": write_wacz}  # what is made of captures, not of articles and comments


def export(catalogue: Path, file: Path, *, table: Table | None, scope: Scope) -> list[str]:
    """Write the rows of `scope` to `file`, in the form that its ending names; returns what there is to say of it.

    Raises UsageError for another ending, a file that is there, a form of one table without a table, and a site that is not in the
    archive.
    """
    ending = file.suffix.lower()
    if ending not in {**FORMS, **WHOLE}:
        raise UsageError(f"{file.name}: the ending says in which form; it may be {', '.join([*FORMS, *WHOLE])}")
    if file.exists():
        raise UsageError(f"{file} is there already; remove it, or name another file")
    if table is None and ending in ONE_TABLE:
        raise UsageError(f"a {ending} file holds one table: say --table {' or --table '.join(TABLES)}")
    if table and ending in WHOLE:
        raise UsageError(f"a {ending} file is of captures, and holds no table: leave out --table")
    part = file.with_name(f"{file.name}.part")
    with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro", uri=True)) as connection:
        keep_inside(connection, catalogue.parent)
        if scope.site_id and connection.execute("SELECT 1 FROM sites WHERE id = ?", [scope.site_id]).fetchone() is None:
            raise UsageError(f"there is no site {scope.site_id!r} in the archive; `newsarchive sites` lists them")
        connection.execute("BEGIN")  # one moment of the catalogue, though a crawl may be writing
        try:
            if ending in WHOLE:
                first, *more = WHOLE[ending](connection, catalogue.parent, part, scope)
            else:
                first, *more = _write_tables(connection, FORMS[ending](part), [table] if table else TABLES, scope)
        except BaseException:  # an interrupt too: half a file is not left to look like a whole one
            part.unlink(missing_ok=True)
            raise
    part.replace(file)
    return [f"{file}: {first}", *more]


def _write_tables(connection: sqlite3.Connection, form: Form, tables: Iterable[Table], scope: Scope) -> Iterator[str]:
    counts = [f"{form.write(one, names(connection, one), rows(connection, one, scope))} {one}" for one in tables]
    yield " and ".join(counts)
    if remark := form.close():
        yield remark
