"""A process that writes and tells of each write after its commit, until killed."""

import sys
import threading
from pathlib import Path

from formbuilder.database import diary
from formbuilder.database.database import Database
from tests.installed import installed


def main(folder: Path) -> None:
    database = Database(installed(folder))

    def write(series: str) -> None:
        while True:
            number = database.write(
                "ekvalla", lambda tc: diary.next_number(tc, series=series, year=2027)
            )
            sys.stdout.write(f"{series} {number}\n")
            sys.stdout.flush()

    for series in "abcdefgh":
        threading.Thread(target=write, args=(series,)).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
