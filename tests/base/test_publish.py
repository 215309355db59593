"""Jobs are born in the transaction of their reason, and vanish with it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from pytest_django import DjangoAssertNumQueries, Settings

from motcua.base.publish import publish, publish_many, subscribers, unheard
from motcua.config.subscriptions import SUBSCRIPTIONS

pytestmark = pytest.mark.django_db

TWO = {"bell.rung": (("tests.door", "doors"), ("tests.dog", "dogs")), "tree.fell": ()}


@pytest.fixture
def two_subscribers(settings: Settings) -> Iterator[None]:
    settings.SUBSCRIPTIONS = "tests.base.test_publish.TWO"
    subscribers.cache_clear()
    yield
    subscribers.cache_clear()


def jobs() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, lock, args, status, attempts FROM procrastinate_jobs ORDER BY id")
        return [(*row[:3], row[3], *row[4:]) for row in cursor.fetchall()]


@pytest.mark.usefixtures("two_subscribers")
def test_every_subscriber_gets_a_job_and_a_lock_of_its_own(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        publish("bell.rung", key="house:7", args={"event_id": 3})

    assert jobs() == [
        ("tests.door", "doors", "tests.door house:7", '{"event_id": 3}', "todo", 0),
        ("tests.dog", "dogs", "tests.dog house:7", '{"event_id": 3}', "todo", 0),
    ]


@pytest.mark.usefixtures("two_subscribers")
def test_a_job_vanishes_with_the_transaction_it_was_deferred_in() -> None:
    class Refused(Exception):
        pass

    def ring_and_fail() -> None:
        publish("bell.rung", key="house:7", args={})
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        ring_and_fail()

    assert jobs() == []


@pytest.mark.usefixtures("two_subscribers")
def test_a_topic_nobody_listens_to_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        publish("tree.fell", key="wood:1", args={})


@pytest.mark.usefixtures("two_subscribers")
def test_an_unknown_topic_is_a_mistake_and_never_silence() -> None:
    with pytest.raises(KeyError, match=r"bell\.rang"):
        publish("bell.rang", key="house:7", args={})


@pytest.mark.usefixtures("two_subscribers")
def test_nobody_hears_what_is_loaded_unheard() -> None:
    with unheard():
        publish("bell.rung", key="house:7", args={})
    publish("bell.rung", key="house:8", args={})

    assert [lock for _, _, lock, *_ in jobs()] == ["tests.door house:8", "tests.dog house:8"]


@pytest.mark.usefixtures("two_subscribers")
def test_many_things_are_told_in_their_order_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        publish_many("bell.rung", ((f"house:{number}", {"number": number}) for number in (7, 8)))

    assert [(lock, args) for _, _, lock, args, *_ in jobs()] == [
        ("tests.door house:7", '{"number": 7}'), ("tests.dog house:7", '{"number": 7}'),
        ("tests.door house:8", '{"number": 8}'), ("tests.dog house:8", '{"number": 8}'),
    ]  # fmt: skip


def test_every_subscriber_listed_is_a_task_the_worker_knows() -> None:
    app.perform_import_paths()
    listed = [task for pairs in SUBSCRIPTIONS.values() for task, _ in pairs]

    assert [task for task in listed if task not in app.tasks] == []
    assert [(task, queue) for pairs in SUBSCRIPTIONS.values() for task, queue in pairs] == [
        (task, app.tasks[task].queue) for task in listed
    ]
