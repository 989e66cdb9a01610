"""What is made of a model is kept beside it, and understands as what was just made."""

import multiprocessing
import pickle
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

import numpy as np

from clova_flask.devtools.model.expressions import parse_expression
from clova_flask.devtools.model.files import load_model, save_model
from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    IntentSlot,
    InteractionModel,
    SlotEntry,
)
from clova_flask.devtools.understanding import Understander, kept_builds, understander

FOLDER = ".clova-build"
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)

EXPRESSIONS = {
    "ko": (
        ("<menu>피자</menu> <count>두</count> 판 주문해 줘", "<menu>국수</menu> 시킬게", "주문할게"),
        ("<when>내일</when> 예약 취소해 줘", "예약을 취소하고 싶어", "<when>오늘 저녁</when> 예약 빼 줘"),
    ),
    "ja": (
        ("<menu>ピザ</menu>を<count>二つ</count>注文して", "<menu>うどん</menu>をお願い", "注文したい"),
        ("<when>明日</when>の予約をキャンセルして", "予約を取り消したい", "<when>今夜</when>の予約をやめて"),
    ),
    "en": (
        ("order <count>two</count> <menu>pizzas</menu>", "I want <menu>noodles</menu>", "let me order"),
        ("cancel the booking for <when>tomorrow</when>", "drop my booking", "no table <when>tonight</when>"),
    ),
}
SAID = {
    "ko": (
        "피자 세 판 시켜 줄래",
        "국수 시킬게",
        "모레 저녁 예약 좀 취소해 줄래",
        "예약을 취소하고 싶어",
        "그만",
        "우산 챙길까",
    ),
    "ja": (
        "ピザを三つ頼みたい",
        "うどんをお願い",
        "明後日の予約を取り消して",
        "予約を取り消したい",
        "やめて",
        "傘はいるかな",
    ),
    "en": (
        "order three pizzas please",
        "I want noodles",
        "cancel my booking for sunday",
        "drop my booking",
        "stop",
        "rain?",
    ),
}


def made(language):
    slots = (
        (IntentSlot("menu", "MENU"), IntentSlot("count", "CLOVA.NUMBER")),
        (IntentSlot("when", "CLOVA.DATETIME"),),
    )
    intents = [
        CustomIntent(name, own, tuple(map(parse_expression, lines)))
        for name, own, lines in zip(("Order", "Cancel"), slots, EXPRESSIONS[language], strict=True)
    ]
    entries = {"ko": ("피자", "국수"), "ja": ("ピザ", "うどん"), "en": ("pizzas", "noodles")}[language]
    menu = CustomSlotType("MENU", tuple(map(SlotEntry, entries)))
    return InteractionModel(
        extension_id="com.example.shop",
        language=language,
        invocation_names=("가게",),
        built_in_intents=("Clova.CancelIntent", "Clova.FallbackIntent", "Clova.GuideIntent"),
        built_in_slot_types=("CLOVA.DATETIME", "CLOVA.NUMBER"),
        intents={intent.name: intent for intent in intents},
        slot_types={"MENU": menu},
    )


def all_understood(made, language="ko"):
    return [made.consider(said, now=NOW) for said in SAID[language]]


@pytest.fixture
def model(tmp_path):
    save_model(made("ko"), tmp_path / "model")
    return load_model(tmp_path / "model")


@pytest.fixture
def builds(monkeypatch):
    """The models of which something was made, and not loaded."""
    seen = []
    build = understander.build

    def spy(model, *others):
        seen.append(model)
        return build(model, *others)

    monkeypatch.setattr(understander, "build", spy)
    return seen


def kept_file(model):
    (path,) = (model.folder / FOLDER).glob("*.npz")
    return path


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
def test_what_was_loaded_understands_as_what_was_made(tmp_path, builds, language):
    save_model(made(language), tmp_path)
    model = load_model(tmp_path)
    first = Understander(model, keep=True)
    loaded = Understander(load_model(tmp_path), keep=True)
    assert len(builds) == 1
    expected = all_understood(Understander(model), language)
    assert all_understood(first, language) == all_understood(loaded, language) == expected
    assert {row[0].intent for row in expected} > {"Order", "Cancel"}


def test_only_a_model_with_a_folder_is_kept_and_only_where_that_is_asked_for(model, builds):
    Understander(model)
    Understander(replace(model, folder=None), keep=True)
    assert len(builds) == 2
    assert not (model.folder / FOLDER).exists()


def test_the_kept_build_is_no_part_of_the_model_and_ignored_by_git(model):
    Understander(model, keep=True)
    assert load_model(model.folder) == model
    assert (model.folder / FOLDER / ".gitignore").read_text() == "*\n"
    save_model(model, model.folder)
    assert kept_file(model).is_file()


def add_expression(model):
    intent = model.intents["Order"]
    said = parse_expression("<menu>피자</menu> 생각나네")
    return replace(
        model, intents={**model.intents, "Order": replace(intent, expressions=(*intent.expressions, said))}
    )


def change_type(model):
    intent = model.intents["Cancel"]
    slots = (IntentSlot("when", "CLOVA.ORDER"),)
    return replace(model, intents={**model.intents, "Cancel": replace(intent, slots=slots)})


def add_entry(model):
    menu = model.slot_types["MENU"]
    return replace(
        model, slot_types={"MENU": replace(menu, entries=(*menu.entries, SlotEntry("만두", ("교자",))))}
    )


@pytest.mark.parametrize(
    "change",
    [
        add_expression,
        change_type,
        add_entry,
        lambda model: replace(model, language="ja"),
        lambda model: replace(model, built_in_intents=("Clova.GuideIntent",)),
        lambda model: replace(model, intents=dict(reversed(model.intents.items()))),
    ],
    ids=["expression", "slot", "entry", "language", "built-in", "order"],
)
def test_another_model_is_built_and_the_old_build_removed(model, builds, change):
    Understander(model, keep=True)
    old = kept_file(model)
    changed = change(model)
    got = Understander(changed, keep=True)
    assert len(builds) == 2
    assert kept_file(model) != old
    assert all_understood(got) == all_understood(Understander(changed))


def test_what_says_nothing_of_how_it_is_understood_does_not_matter(model, builds):
    Understander(model, keep=True)
    Understander(replace(model, invocation_names=("상점",), extension_id="com.example.other"), keep=True)
    assert len(builds) == 1


@pytest.mark.parametrize("name", ["clova-flask", "kiwipiepy"])
def test_another_version_of_what_it_was_made_with(model, builds, monkeypatch, name):
    Understander(model, keep=True)
    version = kept_builds.version
    monkeypatch.setattr(kept_builds, "version", lambda one: "99" if one == name else version(one))
    kept_builds._tools.cache_clear()
    Understander(model, keep=True)
    kept_builds._tools.cache_clear()
    assert len(builds) == 2


def test_without_the_analyser_it_is_another_build(model, builds, monkeypatch):
    Understander(model, keep=True)

    def missing(_name):
        raise kept_builds.PackageNotFoundError

    monkeypatch.setattr(kept_builds, "version", missing)
    kept_builds._tools.cache_clear()
    Understander(model, keep=True)
    kept_builds._tools.cache_clear()
    assert len(builds) == 2


class Trap:
    def __reduce__(self):
        return Path.touch, (Path("executed"),)


def cut(path, _other):
    path.write_bytes(path.read_bytes()[:-500])


def flip(path, _other):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def empty(path, _other):
    path.write_bytes(b"")


def pickled(path, _other):
    path.write_bytes(pickle.dumps(Trap()))


def pickled_inside(path, _other):
    np.savez(path, names=np.array([Trap()], dtype=object))


def no_json(path, _other):
    np.savez(path, names=np.frombuffer(b"{", np.uint8))


def other_json(path, _other):
    np.savez(path, names=np.frombuffer(b'{"intents": []}', np.uint8))


def of_another_model(path, other):
    path.write_bytes(other.read_bytes())


def changed_inside(change):
    def damage(path, _other):
        with np.load(path) as file:
            parts = {name: file[name] for name in file.files}
        change(parts)
        np.savez(path, **parts)

    return damage


def far_places(parts):
    for name, one in parts.items():
        if one.dtype == np.int32:
            parts[name] = one + 1000


def short_weights(parts):
    for name, one in parts.items():
        if one.ndim == 2:
            parts[name] = one[:-1]


def other_types(parts):
    for name, one in parts.items():
        if one.ndim == 2:
            parts[name] = one.astype(np.int8)


@pytest.mark.parametrize(
    "damage",
    [
        cut, flip, empty, pickled, pickled_inside, no_json, other_json, of_another_model,
        changed_inside(far_places), changed_inside(short_weights), changed_inside(other_types),
        changed_inside(dict.popitem),
    ],
    ids=[
        "cut", "flipped", "empty", "pickle", "pickle inside", "no json", "other json", "another model",
        "places", "weights", "types", "missing",
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_made_anew_and_executes_nothing(
    model, builds, tmp_path, monkeypatch, damage
):
    monkeypatch.chdir(tmp_path)
    save_model(add_expression(made("ja")), tmp_path / "other")
    other = load_model(tmp_path / "other")
    expected = all_understood(Understander(model, keep=True))
    Understander(other, keep=True)
    damage(kept_file(model), kept_file(other))
    builds.clear()
    assert all_understood(Understander(model, keep=True)) == expected
    assert len(builds) == 1
    assert not (tmp_path / "executed").exists()
    Understander(model, keep=True)
    assert len(builds) == 1
    assert zipfile.is_zipfile(kept_file(model))


def refuse(*_given, **_options):
    raise PermissionError


@pytest.mark.parametrize("what", ["mkdir", "open", "replace", "write_text"])
def test_where_nothing_can_be_written_nothing_is_kept(model, builds, monkeypatch, what):
    monkeypatch.setattr(Path, what, refuse)
    expected = all_understood(Understander(model))
    assert all_understood(Understander(model, keep=True)) == expected
    monkeypatch.undo()
    assert not list(model.folder.rglob("*.npz"))
    assert not list(model.folder.rglob(".draft-*"))


def test_a_folder_that_is_no_folder_is_left_alone(model):
    (model.folder / FOLDER).write_text("mine")
    Understander(model, keep=True)
    assert (model.folder / FOLDER).read_text() == "mine"


def test_a_link_is_not_followed(model, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "data.npz").write_text("mine")
    (model.folder / FOLDER).symlink_to(tmp_path / "elsewhere")
    Understander(model, keep=True)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["data.npz"]


def understand_in_process(folder, start, answers):
    start.wait()
    made = Understander(load_model(folder), keep=True)
    answers.put([made.understand(said, now=NOW).intent for said in SAID["ko"]])


def test_two_processes_at_once(model):
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(2), context.Queue()
    both = [
        context.Process(target=understand_in_process, args=(model.folder, start, answers)) for _ in range(2)
    ]
    for one in both:
        one.start()
    got = [answers.get(timeout=120) for _ in both]
    for one in both:
        one.join()
    assert got[0] == got[1] == [row[0].intent for row in all_understood(Understander(model))]
    assert len(list((model.folder / FOLDER).glob("*.npz"))) == 1
    assert not list((model.folder / FOLDER).glob(".draft-*"))


def test_it_is_told_how_far_it_is(model):
    told = []
    Understander(model, keep=True, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    told.clear()
    Understander(model, keep=True, progress=told.append)
    assert told == []
