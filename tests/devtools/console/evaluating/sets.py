"""The addresses and forms of the evaluation's pages."""

import io

EVALUATE = "/extensions/1/evaluate"
LINES = """\
<pizzaType>페퍼로니</pizzaType> 주문해 줄래\tOrderPizza
<pizzaType>불고기</pizzaType> 하나만 시켜 줘\tOrderPizza
네 좋아요\tClova.YesIntent
주문해 줘 네\tClova.NoIntent
오늘 주식 시세\t-
"""


def new_set(browser, name="회귀", lines=LINES):
    return browser.get(EVALUATE).form("name").submit(name=name, lines=lines)


def change(page, do, **values):
    """Send the form of an utterance, or the one that adds some."""
    form = next(form for form in page.forms if ("do", do) in form.buttons)
    return form.submit(("do", do), **values)


def row(page, text):
    return next(form for form in page.forms if form.values.get("text") == [text])


def upload(page, data, name="set.csv"):
    form = next(form for form in page.forms if "file" in form.types)
    buttons = form.buttons
    return form.submit(buttons[0] if buttons else None, file=(io.BytesIO(data), name))


def run(browser, number=1, **chosen):
    """Run a set, and wait until it is done."""
    page = browser.get(f"{EVALUATE}/{number}").form("model").submit(**chosen)
    while page.path.endswith("/running"):
        page = browser.get(page.path)
    return page


def cells(page):
    """Return the cells of the confusion matrix that lead to utterances."""
    matrix = page.html.split('class="matrix"')[1].split("</table>")[0]
    return [cell.split(">")[0] for cell in matrix.split("<td")[1:] if "<a href" in cell]
