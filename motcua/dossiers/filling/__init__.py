"""Filling a province with many dossiers, for measuring: consistent history by COPY, the same for the same seed.

Every filled dossier has its code, events with their hash chain, ledger, due moments, steps, charges and result, as the
actions would have written them, with the turns of one in eight: extensions, obligations, withdrawals, stops. What it does
not have: slips, notices, delays, files of its own (one specimen stands for all), and of a closed dossier more papers than
the first. Up to four closed ones share their moments (days.TOGETHER).
"""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from random import Random

from django.db import transaction
from django.db.models import Max, Min, Model
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.words import local
from motcua.dossiers import policy
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.specimens import specimen
from motcua.dossiers.filling.days import Filling, Numbers, lines_of_days
from motcua.dossiers.filling.life import Rules
from motcua.dossiers.filling.loading import bare_tables, copy, keep_numbers, raise_sequences
from motcua.dossiers.filling.plan import Day, days
from motcua.dossiers.filling.stock import Stock
from motcua.dossiers.lifecycle import MOVES
from motcua.dossiers.models import Dossier, DossierEvent, DossierNumber, Paper
from motcua.people.models import CalendarVersion

CHUNK = 4_000  # dossiers made at once by one process
AHEAD = 3  # chunks each process may be ahead of COPY: they wait in memory, about 20 MB each
ALONE_UP_TO = 20_000  # dossiers for which starting other processes is not worth it


class NothingToFill(Exception):
    """No procedure can be filed anywhere: the province has no published ones, or no officers."""


def fill_dossiers(*, count: int, seed: int, at: datetime, processes: int | None = None) -> dict[str, int]:
    """Add `count` dossiers filed before `at` to a province that has people and procedures; return rows by table.

    One transaction, which locks the dossiers' tables; `processes` make the rows beside it, by default one per core.
    """
    with transaction.atomic():
        filling = filling_at(at, seed=seed)
        rng = Random(seed)  # noqa: S311 - invented lives, not secrets
        opened_at = CalendarVersion.objects.aggregate(first=Min("published_at"))["first"]
        planned = days(count, at=at, opened_at=opened_at, calendar=filling.stock.calendar, rng=rng)
        written: dict[str, int] = {}
        numbers: Numbers = {}
        with bare_tables() as is_new:
            for lines, given in _made(filling, _chunks(planned), _processes(count, processes)):
                copy(lines, frozen=is_new)
                numbers |= given
                for table, text in lines.items():
                    written[table] = written.get(table, 0) + text.count(b"\n")
        keep_numbers((unit, on, last) for (unit, on), last in numbers.items())
        raise_sequences()
    return written


def filling_at(at: datetime, *, seed: int) -> Filling:
    """Read what a filling draws on from the database; raise NothingToFill where nothing can be filed."""
    cast = Cast.of_province(at)
    stock = Stock.of(cast, specimen(_("Giấy tờ mẫu"), at=at))
    if not stock.ways:
        raise NothingToFill
    given = {(number.unit_id, number.day_on): number.last for number in DossierNumber.objects.all()}
    return Filling(
        seed=seed, at=local(at), stock=stock, rules=_rules(), first_dossier=_next(Dossier), first_event=_next(DossierEvent),
        first_paper=_next(Paper), given=given,
    )  # fmt: skip


def _rules() -> Rules:
    with translation.override("vi"):  # what is kept is kept in Vietnamese
        return Rules(
            reception_hours=policy.reception_hours(),
            cutoff=policy.hand_over_cutoff(),
            supplement_days=policy.supplement_days(),
            labels={name: move.label for name, move in MOVES.items()},
            reception=_("Tiếp nhận"),
            hand_over=_("Bàn giao"),
            returning=_("Trả kết quả"),
        )


def _next(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _chunks(planned: Sequence[Day]) -> Iterator[list[Day]]:
    """Yield whole days together, about CHUNK dossiers at a time: numbers within a day are given in one place."""
    chunk: list[Day] = []
    for day in planned:
        chunk.append(day)
        if sum(each.count for each in chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _processes(count: int, wanted: int | None) -> int:
    if count <= ALONE_UP_TO:
        return 1
    return wanted or len(os.sched_getaffinity(0))


def _made(filling: Filling, chunks: Iterable[list[Day]], processes: int) -> Iterator[tuple[dict[str, bytes], Numbers]]:
    """Yield the lines of each chunk in order, made here or in other processes that run ahead by a few chunks."""
    if processes == 1:
        yield from (lines_of_days(filling, chunk) for chunk in chunks)
        return
    # Forked, so that the stock is not copied; the children only compute and never touch the connection.
    with ProcessPoolExecutor(processes, get_context("fork"), _keep, (filling,)) as pool:
        waiting: deque[Future[tuple[dict[str, bytes], Numbers]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_lines, chunk))
            if len(waiting) > processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_kept: list[Filling] = []


def _keep(filling: Filling) -> None:
    _kept.append(filling)
    gc.disable()  # lives hold no circles, and looking for some among millions of rows takes a fifth of the time


def _lines(chunk: list[Day]) -> tuple[dict[str, bytes], Numbers]:
    return lines_of_days(_kept[0], chunk)
