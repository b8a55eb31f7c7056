"""Score the reading of our own ten form files: fields found, of the right kind, missed, and invented."""

import json
from pathlib import Path

from todoke.formbuilder.paper_import.findings import Recognition
from todoke.formbuilder.paper_import.grid import read_grids
from todoke.formbuilder.paper_import.recognition import recognise

HERE = Path(__file__).parent


def key(label: str) -> str:
    return label.replace(" ", "").replace("\u3000", "")


def score(expected: list[list[str]], reading: Recognition) -> tuple[int, int, int, int]:
    """Return expected, found, of those with another kind, and invented."""
    found = [(key(question.label), question.kind.value) for question in reading.questions]
    labels = [label for label, _ in found]
    wanted = [(key(label), kind) for label, kind in expected]
    hit = [one for one in wanted if one[0] in labels]
    wrong = [one for one in hit if one not in found]
    invented = [label for label in labels if label not in {label for label, _ in wanted}]
    return len(wanted), len(hit), len(wrong), len(invented)


def main() -> None:
    total = [0, 0, 0, 0]
    print("| file (our own material) | fields | found | missed | wrong kind | invented | left out |")
    print("|---|---|---|---|---|---|---|")
    for name, expected in json.loads((HERE / "truth.json").read_text()).items():
        reading = recognise(read_grids(name, (HERE / name).read_bytes()))
        fields, hit, wrong, invented = score(expected, reading)
        print(f"| {name} | {fields} | {hit} | {fields - hit} | {wrong} | {invented} | {len(reading.skipped)} |")
        total = [sum(pair) for pair in zip(total, (fields, hit, wrong, invented), strict=True)]
    print(f"| all | {total[0]} | {total[1]} | {total[0] - total[1]} | {total[2]} | {total[3]} | |")


if __name__ == "__main__":
    main()
