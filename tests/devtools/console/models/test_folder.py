"""The project's folder and the stored model, kept in step."""

import hashlib

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.browser import Browser
from tests.devtools.console.models.pages import MODEL, ORDER, add, stored
from tests.devtools.console.test_registering import Beside, described

FOLDER = f"{MODEL}/folder"
CONFIG = """# The pizza bot's model
extension_id = "com.example.pizzabot"  # never changes
language = "ko"

invocation_names = [
    "피자봇 가게",  # the main one
]
built_in_intents = ["Clova.GuideIntent", "Clova.YesIntent"]  # more later
built_in_slot_types = []
"""
PIZZA = (
    "[INTENT SLOT]\r\npizzaType\tPIZZA_TYPE\r\n\r\n[INTENT EXPRESSION]\r\n<pizzaType>치즈</pizzaType> 줘\r\n"
)
STATUS = "[INTENT SLOT]\n\n[INTENT EXPRESSION]\n배달 언제 와\n"
ORDER_FILE = "com.example.pizzabot_intent_OrderPizza.tsv"


@pytest.fixture
def folder(tmp_path):
    """The model of a project; one of its files is named as the vendors' consoles name it."""
    folder = tmp_path / "project" / "interaction_model"
    write(folder / "model.toml", CONFIG)
    write(folder / "intents" / ORDER_FILE, PIZZA)
    write(folder / "intents" / "OrderStatus.tsv", STATUS)
    write(folder / "slot_types" / "PIZZA_TYPE.tsv", "치즈\n고구마\t호박고구마\n")
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def files(folder):
    """Return the content and the inode of each file: one that is written anew has another."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes().decode(), path.stat().st_ino)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def touched(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.fixture
def console(make_console, folder):
    return make_console(attached=Beside(described(platform="naver", extension_id="com.example.pizzabot",
                                                  model_folder=str(folder))))  # fmt: skip


@pytest.fixture
def taken(browser, folder):
    """The extension is taken over with its model; returns the browser."""
    next(form for form in browser.get("/").forms if form.action.startswith("/take-over/")).submit()
    return browser


def bring(browser, do, **chosen):
    return browser.get(FOLDER).form("do").submit(("do", do), **chosen)


def test_what_was_taken_over_is_in_step(taken):
    assert "are in step" in taken.get(FOLDER).text
    assert "in step" in taken.get(MODEL).text


def test_the_pages_tell_that_tests_use_the_folder_until_a_model_is_built(taken, folder):
    for path in (MODEL, "/extensions/1/test/"):
        page = taken.get(path)
        assert f"in the app's folder: {folder}" in page.text
    assert "/extensions/1/model#build" in page.links
    taken.get(MODEL).form_to("build").submit()
    for path in (MODEL, "/extensions/1/test/"):
        assert "in the app's folder:" not in taken.get(path).text


def test_a_change_here_is_written_to_its_file_alone(console, taken, folder):
    before = files(folder)
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    page = taken.get(FOLDER)
    assert "changed here" in page.text
    assert "- expression <pizzaType>고구마</pizzaType> 줘" in page.text
    assert page.form("do").values["part-intent/OrderPizza"] == ["here"]
    assert "1" in taken.get(MODEL).html.split('id="folder"')[1].split("</section>")[0]
    assert "are in step" in bring(taken, "chosen").text
    after = files(folder)
    assert touched(before, after) == {f"intents/{ORDER_FILE}"}
    assert after[f"intents/{ORDER_FILE}"][0] == PIZZA + "<pizzaType>고구마</pizzaType> 줘\r\n"
    assert not list((folder / "intents").glob(".draft*"))


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", ("~ intent", "- expression")),
        ("ko", ("~ 인텐트", "- 예시 발화")),
        ("ja", ("~ インテント", "- 発話例")),
    ],
)
def test_the_comparison_is_in_the_language_of_the_page(taken, folder, language, marks):
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    taken.headers["Accept-Language"] = language
    page = taken.get(FOLDER)
    assert f"{marks[0]} {ORDER.rpartition('/')[2]}" in page.text
    assert f"{marks[1]} <pizzaType>고구마</pizzaType> 줘" in page.text


def test_the_history_tells_what_was_taken_and_written(taken, folder):
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
    bring(taken, "chosen")
    history = taken.get("/extensions/1/history").text
    assert "taken from the project's folder: intent/OrderStatus" in history
    assert f"written to the project's folder: {folder}" in history


def test_who_notes_it_in_the_same_moment_is_no_error(console, taken, folder, monkeypatch):
    from clova_flask.devtools.console.models import folder as module
    from clova_flask.devtools.console.models.records import ModelFolder
    from clova_flask.devtools.console.records import db

    def forget_and_note(version, model):
        """What the other one commits is seen only when this one does."""
        db.session.add(ModelFolder(version_key=version.id, common={}))

    with console.app_context():
        before = db.session.get(ModelFolder, 1).common
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    monkeypatch.setattr(module, "keep_common", forget_and_note)
    assert "are in step" in bring(taken, "write").text
    with console.app_context():
        assert db.session.get(ModelFolder, 1).common == before


def test_a_change_in_the_folder_is_taken(console, taken, folder):
    write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
    before = files(folder)
    page = taken.get(FOLDER)
    assert "changed in the folder" in page.text
    assert "+ expression 내 피자 어디야" in page.text
    assert page.form("do").values["part-intent/OrderStatus"] == ["there"]
    assert "are in step" in bring(taken, "chosen").text
    assert [one.text for one in stored(console).intents["OrderStatus"].expressions][1] == "내 피자 어디야"
    assert files(folder) == before


def test_changes_of_two_parts_on_two_sides_are_both_kept(console, taken, folder):
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    write(folder / "slot_types/PIZZA_TYPE.tsv", "치즈\n고구마\n불고기\n")
    (folder / "intents/OrderStatus.tsv").unlink()
    write(folder / "intents/Cancel.tsv", STATUS)
    assert "are in step" in bring(taken, "chosen").text
    model = stored(console)
    assert sorted(model.intents) == ["Cancel", "OrderPizza"]
    assert len(model.slot_types["PIZZA_TYPE"].entries) == 3
    assert "고구마</pizzaType> 줘" in (folder / "intents" / ORDER_FILE).read_text(encoding="utf-8")


def conflict(browser, folder):
    add(browser.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    write(folder / "intents" / ORDER_FILE, PIZZA + "피자 줘\r\n")


def test_a_conflict_is_shown_and_nothing_is_done_until_it_is_chosen(console, taken, folder):
    conflict(taken, folder)
    before, model = files(folder), stored(console)
    page = taken.get(FOLDER)
    assert "on both sides" in page.text
    assert "- expression <pizzaType>고구마</pizzaType> 줘" in page.text
    assert "+ expression 피자 줘" in page.text
    assert page.form("do").values["part-intent/OrderPizza"] == []
    page = bring(taken, "chosen")
    assert page.status == 422
    assert "Choose one of the two." in page.text
    assert (files(folder), stored(console)) == (before, model)


@pytest.mark.parametrize(
    ("do", "chosen", "last"),
    [
        ("chosen", {"part-intent/OrderPizza": "here"}, "<pizzaType>고구마</pizzaType> 줘"),
        ("chosen", {"part-intent/OrderPizza": "there"}, "피자 줘"),
        ("write", {}, "<pizzaType>고구마</pizzaType> 줘"),
        ("take", {}, "피자 줘"),
    ],
)
def test_a_conflict_is_decided(console, taken, folder, do, chosen, last):
    conflict(taken, folder)
    assert "are in step" in bring(taken, do, **chosen).text
    assert stored(console).intents["OrderPizza"].expressions[-1].text == last
    assert (folder / "intents" / ORDER_FILE).read_text(encoding="utf-8").splitlines()[-1] == last
    assert "are in step" in taken.get(FOLDER).text


@pytest.mark.parametrize("do", ["chosen", "take", "write"])
def test_what_changed_after_the_page_was_shown_is_not_overwritten(console, taken, folder, do):
    write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
    form = taken.get(FOLDER).form("do")
    write(folder / "intents/OrderStatus.tsv", STATUS + "피자 아직이야\n")
    before, model = files(folder), stored(console)
    page = form.submit(("do", do))
    assert page.status == 409
    assert "Meanwhile the stored model or the folder was changed" in page.text
    form = page.form("do")
    add(Browser(console).get(f"{MODEL}/intents/OrderStatus"), "내 피자는")
    model = stored(console)
    assert form.submit(("do", do)).status == 409
    assert (files(folder), stored(console)) == (before, model)


def test_comments_of_the_config_stay(console, taken, folder):
    form = taken.get(MODEL).form("chosen")
    form.submit(chosen=[*form.values["chosen"], "Clova.StopIntent", "CLOVA.NUMBER"])
    taken.get("/extensions/1/info").form("seen").submit(invocation_names=["피자봇 가게", "보라 피자", ""])
    before = files(folder)
    assert "are in step" in bring(taken, "write").text
    after = files(folder)
    assert touched(before, after) == {"model.toml"}
    config = after["model.toml"][0]
    for kept in ("# The pizza bot's model\n", "# never changes", "# the main one", "# more later"):
        assert kept in config
    assert '"보라 피자"' in config
    assert '"Clova.StopIntent"' in config
    assert 'built_in_slot_types = ["CLOVA.NUMBER"]' in config


def test_a_name_is_removed_from_the_config(taken, folder):
    two = CONFIG.replace("# the main one\n", '# the main one\n    "보라 피자",  # the other one\n')
    write(folder / "model.toml", two)
    bring(taken, "take")
    taken.get("/extensions/1/info").form("seen").submit(invocation_names=["보라 피자", "", ""])
    assert "are in step" in bring(taken, "write").text
    config = (folder / "model.toml").read_text(encoding="utf-8")
    assert "피자봇 가게" not in config
    assert '"보라 피자",  # the other one' in config


def test_a_config_without_a_key_gets_it(taken, folder):
    write(folder / "model.toml", "# short\n" + 'language = "ko"\ninvocation_names = ["피자봇 가게"]\n')
    assert "are in step" in bring(taken, "write").text
    config = (folder / "model.toml").read_text(encoding="utf-8")
    assert config.startswith("# short\n")
    assert 'built_in_intents = ["Clova.GuideIntent", "Clova.YesIntent"]' in config


def test_a_config_in_another_language(taken, folder):
    write(folder / "model.toml", CONFIG.replace('"ko"', '"ja"  # Japanese'))
    assert "language: ko" in taken.get(FOLDER).text
    assert "are in step" in bring(taken, "write").text
    assert 'language = "ko"  # Japanese' in (folder / "model.toml").read_text(encoding="utf-8")


def test_the_names_of_a_skill_of_line(make_console, folder):
    folder_of_line = described(extension_id="com.example.pizzabot", model_folder=str(folder))
    browser = Browser(make_console(attached=Beside(folder_of_line)))
    next(form for form in browser.get("/").forms if form.action.startswith("/take-over/")).submit()
    names = '"さくらピザ", "桜ピザ",'
    write(folder / "model.toml", CONFIG.replace('"피자봇 가게",', names))
    assert "are in step" in bring(browser, "take").text
    values = browser.get("/extensions/1/info").form("seen").values
    assert values["invocation_name"] == ["さくらピザ"]
    assert values["sub_invocation_names"][0] == "桜ピザ"
    write(folder / "model.toml", CONFIG.replace('"피자봇 가게",', f'"{"さ" * 31}",'))
    page = bring(browser, "take")
    assert page.status == 422
    assert "at most 30 are allowed" in page.text


def test_names_of_the_folder_become_those_of_the_form(taken, folder):
    write(folder / "model.toml", CONFIG.replace("피자봇 가게", "새 피자봇"))
    assert "+ invocation name 새 피자봇" in taken.get(FOLDER).text
    assert "are in step" in bring(taken, "chosen").text
    assert taken.get("/extensions/1/info").form("seen").values["invocation_names"][0] == "새 피자봇"


def test_more_names_than_the_form_has_are_refused(console, taken, folder):
    four = CONFIG.replace('"피자봇 가게",', '"가 피자", "나 피자", "다 피자", "라 피자",')
    write(folder / "model.toml", four)
    page = bring(taken, "take")
    assert page.status == 422
    assert "There are 4; at most 3 are allowed." in page.text
    assert stored(console).invocation_names == ("피자봇 가게",)


def test_comments_and_line_ends_are_no_difference(taken, folder):
    write(folder / "intents/OrderStatus.tsv", STATUS.replace("\n", "\r\n"))
    write(folder / "model.toml", CONFIG.replace("# more later", "# no more"))
    assert "are in step" in taken.get(FOLDER).text


def test_a_folder_that_is_not_there_is_made(console, taken, folder):
    import shutil

    shutil.rmtree(folder)
    page = taken.get(FOLDER)
    assert "The folder is not there yet" in page.text
    assert ("do", "take") not in page.form("do").buttons
    assert bring(taken, "write").status == 200
    assert sorted(files(folder)) == [
        "intents/OrderPizza.tsv", "intents/OrderStatus.tsv", "model.toml", "slot_types/PIZZA_TYPE.tsv"
    ]  # fmt: skip
    assert "are in step" in taken.get(FOLDER).text


def test_nothing_is_taken_from_a_folder_that_went_away(console, taken, folder):
    import shutil

    add(taken.get(ORDER), "피자 줘")
    form = taken.get(FOLDER).form("do")
    shutil.rmtree(folder)
    form.values["seen"] = taken.get(FOLDER).form("do").values["seen"]
    assert form.submit(("do", "take")).status == 409
    assert sorted(stored(console).intents) == ["OrderPizza", "OrderStatus"]


def test_a_folder_that_cannot_be_read(console, taken, folder):
    add(taken.get(ORDER), "피자 줘")
    form = taken.get(FOLDER).form("do")
    write(folder / "intents/OrderStatus.tsv", "no section\n")
    before, model = files(folder), stored(console)
    page = taken.get(FOLDER)
    assert "OrderStatus.tsv Line 1:" in page.text
    assert not any(("do", "write") in one.buttons for one in page.forms)
    assert "cannot be read" in taken.get(MODEL).text
    assert form.submit(("do", "write")).status == 422
    assert (files(folder), stored(console)) == (before, model)


def two_files_of_one(folder):
    write(folder / "intents/OrderPizza.tsv", PIZZA)


def a_file_beside_its_place(folder):
    write(folder / "Lost.tsv", PIZZA)


def no_config(folder):
    (folder / "model.toml").unlink()


def a_folder_in_the_place_of_a_file(folder):
    (folder / "intents/Other.tsv").mkdir()


def a_config_that_is_none(folder):
    write(folder / "model.toml", "language = ")


def nothing_in_it(folder):
    import shutil

    shutil.rmtree(folder)
    folder.mkdir()


ODD_FOLDERS = {
    two_files_of_one: "is the file of OrderPizza too",
    a_file_beside_its_place: "Move the file to",
    no_config: "There is no model.toml.",
    a_folder_in_the_place_of_a_file: "Cannot be read",
    a_config_that_is_none: "is not valid TOML",
    nothing_in_it: "There is no model in the folder.",
}


@pytest.mark.parametrize("spoil", ODD_FOLDERS, ids=lambda spoil: spoil.__name__)
def test_folders_that_are_no_model(console, taken, folder, spoil):
    model = stored(console)
    spoil(folder)
    page = taken.get(FOLDER)
    assert page.status == 200
    assert ODD_FOLDERS[spoil] in page.text
    assert "cannot be read" in taken.get(MODEL).text
    assert stored(console) == model


@pytest.mark.parametrize("name", ["intents", "slot_types"])
def test_nothing_is_written_outside_of_the_folder(taken, folder, tmp_path, name):
    outside = tmp_path / "outside"
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    before = files(outside)
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    add(taken.get(f"{MODEL}/slot-types/PIZZA_TYPE"), "불고기")
    page = bring(taken, "write")
    assert page.status == 422
    assert "leads out of the model's folder" in page.text
    assert files(outside) == before


def test_a_link_out_of_the_folder_stays_and_nothing_is_written_through_it(taken, folder, tmp_path):
    outside = tmp_path / "outside.tsv"
    (folder / "intents/OrderStatus.tsv").rename(outside)
    (folder / "intents/OrderStatus.tsv").symlink_to(outside)
    add(taken.get(ORDER), "<pizzaType>고구마</pizzaType> 줘")
    assert "are in step" in bring(taken, "write").text  # what is linked has not changed
    assert (folder / "intents/OrderStatus.tsv").is_symlink()
    add(taken.get(f"{MODEL}/intents/OrderStatus"), "내 피자 어디야")
    page = bring(taken, "write")
    assert page.status == 422
    assert "This is a link that leads out of the model's folder" in page.text
    assert outside.read_text(encoding="utf-8") == STATUS
    assert (folder / "intents/OrderStatus.tsv").is_symlink()


def test_a_folder_that_cannot_be_written(console, taken, folder):
    add(taken.get(ORDER), "피자 줘")
    add(taken.get(f"{MODEL}/intents/OrderStatus"), "내 피자 어디야")
    # What is written anew is written beside its place first, and there is no room for it.
    blocked = folder / "intents" / f".draft-{hashlib.sha256(b'OrderStatus.tsv').hexdigest()[:16]}"
    blocked.mkdir()
    before = files(folder)
    page = bring(taken, "write")
    assert page.status == 422
    assert "Cannot be written" in page.text
    assert files(folder) == before
    blocked.rmdir()
    assert "are in step" in bring(taken, "write").text


def test_in_review_the_folder_is_written_and_nothing_is_taken(console, taken, folder):
    from clova_flask.devtools.console.lifecycle import IN_REVIEW
    from clova_flask.devtools.console.records import Version, db

    write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
    form = taken.get(FOLDER).form("do")
    with console.app_context():
        db.session.get(Version, 1).state = IN_REVIEW
        db.session.commit()
    assert form.submit(("do", "take")).status == 409
    assert ("do", "take") not in taken.get(FOLDER).form("do").buttons
    assert "are in step" in bring(taken, "write").text
    assert (folder / "intents/OrderStatus.tsv").read_text(encoding="utf-8") == STATUS


def test_an_extension_that_was_registered_by_hand_has_no_common_state(console, browser, folder):
    page = browser.get("/register/naver/custom").form("extension_id")
    page.submit(extension_id="com.example.pizzabot", name="피자봇 가게")
    browser.get(MODEL).form("words").submit(type="PIZZA_TYPE", words="치즈\n고구마, 호박고구마")
    page = browser.get(FOLDER)
    assert "on both sides" in page.text
    assert "PIZZA_TYPE" not in page.text  # which is the same on both
    assert "are in step" in bring(browser, "take").text
    assert sorted(stored(console).intents) == ["OrderPizza", "OrderStatus"]


def test_an_extension_of_no_app_beside_has_no_folder(make_console, browser, console):
    page = browser.get("/register/naver/custom").form("extension_id")
    page.submit(extension_id="com.example.other", name="피자봇 가게")
    assert browser.get(FOLDER).status == 404
    assert 'id="folder"' not in browser.get(MODEL).html


def test_the_common_state_goes_on_after_a_release(console, taken, folder):
    from clova_flask.devtools.console.lifecycle import PREPARING
    from clova_flask.devtools.console.records import Version, db
    from clova_flask.devtools.console.review.transitions import perform

    with console.app_context():
        version = db.session.get(Version, 1)
        version.state = PREPARING
        db.session.commit()
        perform(version.extension, "deploy")
    write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
    assert "changed in the folder" in taken.get(FOLDER).text
    assert taken.get(f"{FOLDER}?version=1").status == 404


@pytest.mark.parametrize("values", [{}, {"do": "chosen"}, {"do": "\0"}, {"do": "take", "seen": "x" * 1000}])
def test_forms_that_no_page_sends(taken, folder, values):
    token = taken.get(MODEL).form("chosen").values["csrf_token"]
    page = taken.post(FOLDER, {"csrf_token": token, **{name: [value] for name, value in values.items()}})
    assert page.status in (400, 409)


def test_a_button_that_is_not_there(taken, folder):
    add(taken.get(ORDER), "피자 줘")
    form = taken.get(FOLDER).form("do")
    form.buttons.append(("do", "explode"))
    assert form.submit(("do", "explode")).status == 400


@pytest.mark.parametrize("do", ["take", "write"])
def test_a_change_in_the_moment_of_the_press_is_not_overwritten(console, taken, folder, do, monkeypatch):
    from clova_flask.devtools.console.models import folder as module

    conflict(taken, folder)
    model, merged = stored(console), module.merged

    def merged_slowly(*arguments):
        write(folder / "intents/OrderStatus.tsv", STATUS + "내 피자 어디야\n")
        return merged(*arguments)

    monkeypatch.setattr(module, "merged", merged_slowly)
    page = bring(taken, do)
    assert page.status == 409
    assert "Meanwhile the stored model or the folder was changed" in page.text
    assert stored(console) == model
    assert "내 피자 어디야" in (folder / "intents/OrderStatus.tsv").read_text(encoding="utf-8")
    assert "피자 줘" in (folder / "intents" / ORDER_FILE).read_text(encoding="utf-8")


def test_two_who_bring_it_in_step_at_once(console, taken, folder):
    conflict(taken, folder)
    first, second = (one.get(FOLDER).form("do") for one in (taken, Browser(console)))
    assert first.submit(("do", "take")).status == 200
    assert second.submit(("do", "write")).status == 409
    assert stored(console).intents["OrderPizza"].expressions[-1].text == "피자 줘"


def test_a_model_that_nothing_stands_against_is_taken_by_one_button(console, browser, register, folder):
    register()
    for address in (MODEL, FOLDER):
        page = browser.get(address)
        assert "nothing is stored here yet" in page.text
        assert "both sides" not in page.text
    browser.get(MODEL).form_to("folder").submit(("do", "take"))
    assert set(stored(console).intents) == {"OrderPizza", "OrderStatus"}
    assert "are in step" in browser.get(FOLDER).text
