"""A table as a file: sent line by line, of rows read while the request's transaction stands."""

from __future__ import annotations

from collections.abc import Iterator

from pages.responses import csv_file


def test_a_table_is_read_before_its_first_byte_and_sent_line_by_line() -> None:
    read = []

    def rows() -> Iterator[tuple[object, ...]]:
        for name in ("Aino", "=1+1"):
            read.append(name)
            yield name, 3

    file = csv_file("people.csv", ["Name", "Days"], rows())

    assert read == ["Aino", "=1+1"]  # or the database would be asked after the transaction
    assert [part.decode() for part in file] == [
        "\ufeff", "Name;Days\r\n", "Aino;3\r\n", "'=1+1;3\r\n",
    ]  # fmt: skip
    assert file.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
