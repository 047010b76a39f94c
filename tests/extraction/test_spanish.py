"""Spanish: how its numbers, places, sources and dates are read. Patterns have their examples in data/."""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader

DAY = "2024-06-12"  # a Wednesday


def read(reader: Reader, text: str, title: str = "") -> list[Figure]:
    return reader.read(Article(id="example", title=title, text=text, published=DAY, language="es"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Una granada mató a dos vigilantes y a tres clientes.", ["dos", "tres"]),
        ("Una granada mató a una maestra y a sus cuatro alumnos.", ["una", "cuatro"]),
        ("Un vigilante murió y otro resultó herido.", ["Un", "otro"]),
        ("La bomba mató ayer por la tarde a seis obreros.", ["seis"]),
        ("La clínica recibió a 90 mineros, de los que 12 fallecieron.", ["12"]),
        ("Una veintena de pescadores murió en el lago.", ["Una veintena"]),
        ("Preguntó a dos vecinos cuándo murió el pescador.", []),
        ("La hermana de un concejal fue secuestrada.", []),
        ("Se rindió más de la mitad de sus 900 milicianos.", []),
        ("Cada año mueren 300 ciclistas.", []),
        ("Temen que haya más de 50 muertos.", []),
        ("Murieron nueve de los quince pescadores.", ["nueve"]),
        ("De los 33 pescadores, 21 eran mujeres.", []),
        ("Unos 40 de sus 90 pescadores, casi todos jóvenes, murieron.", ["Unos 40"]),
        ("El chófer del coche de un pescador murió.", []),
        ("Tendrán que ser hospitalizados doce pescadores.", []),
        ("El ejército dio de baja a seis pescadores.", ["seis"]),
        ("Uno de los pescadores, un hombre de 34 años, murió.", ["Uno"]),
        ("Los pescadores, un hombre de 71 años y una mujer de 65, murieron.", ["una"]),
        ("El pescador mata a su mujer y a sus dos hijos.", ["dos"]),
    ],
)
def test_what_counts(reader: Reader, text: str, told: list[str]) -> None:
    assert [figure.figure for figure in read(reader, text)] == told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("El pasado día 7 murieron tres pastores.", "2024-06-07"),
        ("El pasado día 31 murieron tres pastores.", "2024-05-31"),
        ("El lunes 10, tres pastores murieron en la sierra.", "2024-06-10"),
        ("El 4 de este mes murieron tres pastores.", "2024-06-04"),
        ("Tres pastores murieron el lunes de la semana pasada.", "2024-06-03"),
        ("Tres pastores murieron antenoche.", "2024-06-10"),
        ("La alcaldía ha informado este miércoles de que tres pastores murieron el domingo.", "2024-06-09"),
        ("Tres pastores murieron en una emboscada. El ataque ocurrió el sábado por la noche.", "2024-06-08"),
        ("Tres pastores murieron hoy en Cali. El ataque ocurrió el lunes en Tibú.", DAY),
        ("Tres pastores murieron en una emboscada. El próximo lunes habrá una marcha.", None),
    ],
)
def test_when(reader: Reader, text: str, day: str | None) -> None:
    assert [figure.date for figure in read(reader, text)] == [day]


def test_a_day_told_behind_a_beginning_dates_nothing_after_it(reader: Reader) -> None:
    text = "El martes murieron dos jinetes. Van 90 muertos desde que empezó la revuelta, el 7 de mayo. Hay 12 heridos."
    assert [figure.date for figure in read(reader, text)] == ["2024-06-11", DAY, "2024-06-11"]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Desde la madrugada han muerto 30 vecinos.", "period"),
        ("En los últimos días murieron 30 vecinos.", "period"),
        ("En lo que va de 2024 han muerto 30 vecinos.", "period"),
        ("Desde el alto el fuego han muerto 30 vecinos.", "cumulative"),
        ("Los bombardeos han dejado 30 muertos.", "incident"),
    ],
)
def test_scope(reader: Reader, text: str, scope: str) -> None:
    assert [figure.scope.value for figure in read(reader, text)] == [scope]


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Seis obreros murieron en un taller de la ciudad de Torreón.", "taller de la ciudad de Torreón", "MEX"),
        ("Seis obreros murieron en la vereda El Roble.", "vereda El Roble", None),
        ("Seis obreros murieron en la isla griega de Samos.", "isla griega de Samos", "GRC"),
        ("Seis obreros murieron en el estado de Sinaloa.", "estado de Sinaloa", "MEX"),
        ("Seis obreros murieron en Teruel, a 90 kilómetros al norte de Valencia.", "Teruel", "ESP"),
        ("Seis obreros murieron. El suceso tuvo lugar en Teruel.", "Teruel", "ESP"),
        ("Seis obreros murieron en estado de coma.", None, None),
        ("Las tropas de Israel mataron a seis obreros.", None, "PSE"),
        ("El Cártel de Sinaloa mató a seis obreros.", None, None),
        ("Seis obreros murieron en la frontera colombiana.", "frontera colombiana", "COL"),
        ("Seis obreros murieron en una fábrica.", "fábrica", None),
    ],
)
def test_where(reader: Reader, text: str, place: str | None, country: str | None) -> None:
    [figure] = read(reader, text)
    assert (figure.place, figure.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("La alcaldía ha informado de seis muertos.", "La alcaldía"),
        ("Hay seis muertos, según han contado a Efe fuentes policiales.", "fuentes policiales"),
        ("Hay seis muertos, dijo el alcalde Luis Mora a una emisora.", "el alcalde Luis Mora"),
        ("El Observatorio, con sede en Londres, contabilizó seis muertos.", "El Observatorio"),
        ("Hay seis muertos, reportó la misión de la ONU.", "la misión de la ONU"),
        ("Según el último parte facilitado por la alcaldía, hay seis muertos.", "la alcaldía"),
        ("Hay seis muertos. Así lo ha confirmado la alcaldía.", "la alcaldía"),
        ("Oficialmente se informó que hay seis muertos.", None),
    ],
)
def test_who(reader: Reader, text: str, source: str | None) -> None:
    assert [figure.source for figure in read(reader, text)] == [source]
