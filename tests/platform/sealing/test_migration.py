"""An older database is brought to the present: what its rows hold in plain words is sealed, and the ring made."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from junheng.domains.people.models import Person
from junheng.platform.sealing import is_sealed
from tests.platform.sealing.makers import raw

OLD = [("people", "0001_initial"), ("aid", "0001_initial"), ("pupils", "0001_initial")]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_older_database_is_sealed_where_no_ring_is_there_yet(keys: Path) -> None:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate(OLD)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO areas_area (code, name, kind, city_centre, stat_only) VALUES ('4108', '演示市', 'city', false, false)"
            )
            cursor.execute(
                "INSERT INTO people_person (code, name, area_id, post, phone, since) "
                "VALUES ('P1', '某人', '4108', '局长', '13955667788', '2023-01-01')"
            )
        assert not keys.exists()
    finally:
        MigrationExecutor(connection).migrate(leaves)
    person = Person.objects.get(code="P1")
    assert is_sealed(raw("people_person", "phone", person.pk))
    assert person.phone == "13955667788"
    assert keys.exists()
    Person.objects.all().delete()
