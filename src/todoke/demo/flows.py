"""Business flows of the demo ward: dog registration today and improved, and an invented counter survey."""

from dataclasses import replace
from datetime import date

from todoke.demo.people import person
from todoke.flows.diff import remove_steps
from todoke.flows.flow_templates import TEMPLATES
from todoke.flows.models import ExperienceSurvey, Flow, Persona
from todoke.organization.models import Post

STEPS = (
    ("案内板で窓口を探す", 4, 0, 0, 2, "階が分かれていて迷った"),
    ("番号札を取って待つ", 1, 18, 0, 2, ""),
    ("申請書を書く", 12, 0, 3, 1, "氏名を3回書いた"),
    ("手数料を払う", 3, 5, 0, 3, ""),
    ("鑑札を受け取る", 2, 0, 0, 4, "説明が分かりやすい"),
)


def build() -> None:
    """Create the flows and the counter survey."""
    designer = person("dx")
    for one in TEMPLATES[1:4]:
        Flow.begin(one.table(), one.title, by=designer)
    as_is = Flow.begin(replace(TEMPLATES[0].table(), title="犬の登録"), "犬の登録", by=designer)
    to_be = as_is.copy_to_be(by=designer)
    to_be.save_table(remove_steps(to_be.table, {"s2", "s6"}), by=designer)
    persona = Persona.objects.create(name="田中さん(78歳、つえを使う)", story="架空の人物。犬を飼い始めた。")
    survey = ExperienceSurvey.begin(
        title="犬の登録",
        persona=persona,
        scenario="午前に一人で来庁する(架空)",
        walked_on=date(2026, 10, 5),
        by=designer,
        flow=as_is,
    )
    for name, minutes, wait, name_writes, feeling, note in STEPS:
        survey.note_step(
            by=designer, name=name, minutes=minutes, wait=wait, name_writes=name_writes, feeling=feeling, note=note
        )
    survey.steps.get(place=3).raise_issue(
        "氏名を1回で済ませる", owner=Post.objects.order_by("pk")[0], due=date(2027, 3, 31), by=designer
    )
