"""The addresses and forms of the editor of models, and what is stored."""

import io
import zipfile

MODEL = "/extensions/1/model"
ORDER = f"{MODEL}/intents/OrderPizza"
TYPE = f"{MODEL}/slot-types/PIZZA_TYPE"


def add(page, lines):
    """Add expressions or words by the form of their page."""
    form = next(form for form in page.forms if form.types.get("lines") == "textarea")
    return form.submit(("do", "add"), lines=lines)


def row(page, text):
    """Return the form of an expression or a word."""
    return next(form for form in page.forms if form.values.get("old") == [text])


def build(browser):
    return browser.get(MODEL).form_to("build").submit()


def stored(console):
    """Return the model as it is edited."""
    from clova_flask.devtools.console.models.store import model_of
    from clova_flask.devtools.console.records import Version, db

    with console.app_context():
        return model_of(db.session.get(Version, 1))


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    """Make a zip of pairs of a name, or an entry, and a text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return packed.getvalue()


def send_all(browser, data):
    """Upload a whole model."""
    return browser.get(f"{MODEL}/files/all").form("file").submit(file=(io.BytesIO(data), "model.zip"))
