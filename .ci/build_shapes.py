"""Builds dashboard/assets/geo/countries.json, the shapes of countries for the map, from Natural Earth 1:110m.

Run by hand, with the folders of the npm packages world-atlas 2.0.2 (ISC; the shapes are in the public domain) and
i18n-iso-countries (MIT; only its list of codes is read), which `npm pack` fetches:
    python .ci/build_shapes.py world-atlas/package i18n-iso-countries/package
"""

import json
import sys
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "dashboard" / "assets" / "geo"
DIGITS = 2  # a hundredth of a degree is about a kilometre
UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}  # shapes without a number of ISO 3166-1


def arcs_of(topology: dict) -> list[list[tuple[float, float]]]:
    """The lines of a TopoJSON in degrees: their points are stored as steps on a grid."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
        found.append([(round(x * sx + tx, DIGITS), round(y * sy + ty, DIGITS)) for x, y in zip(xs, ys, strict=True)])
    return found


def ring(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One closed line from the arcs that it is made of; a negative index is an arc taken backwards."""
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def main(shapes_in: Path, codes_in: Path) -> None:
    topology = json.loads((shapes_in / "countries-110m.json").read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    codes = {number: iso3 for _, iso3, number, *_ in json.loads((codes_in / "codes.json").read_text(encoding="utf-8"))}
    features: dict[str, list] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = codes.get(shape.get("id", "")) or UNNUMBERED.get(shape["properties"]["name"])
        if code is None:
            print("left out:", shape["properties"]["name"], file=sys.stderr)
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        features.setdefault(code, []).extend([[ring(line, arcs) for line in polygon] for polygon in polygons])
    made = [
        {"type": "Feature", "id": code, "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": shapes}}
        for code, shapes in sorted(features.items())
    ]
    TARGET.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": made}, separators=(",", ":"))
    (TARGET / "countries.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
