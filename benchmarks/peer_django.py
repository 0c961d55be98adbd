"""The page of 60 questions as Django and crispy-forms make it: a line in, a line out.

Run by the peers' own Python, which has none of our libraries. Every line asks for one
request, `GET` or `POST <body>`; the answer is the status.
"""

import sys

import django
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_exempt

COLOURS = [(one, one.title()) for one in ("red", "green", "blue", "black", "white")]
PAGE = """{% load crispy_forms_tags %}<!DOCTYPE html><html lang="sv">
<title>Alla frågor</title><form method="post">{% csrf_token %}{{ form|crispy }}
<button>Spara</button></form></html>"""


def fields(number: int) -> dict[str, forms.Field]:
    """Return a block of ten questions, of the same kinds as ours."""
    return {
        f"name{number}": forms.CharField(max_length=100),
        f"colour{number}": forms.ChoiceField(choices=COLOURS, widget=forms.RadioSelect),
        f"count{number}": forms.IntegerField(min_value=0),
        f"day{number}": forms.DateField(
            required=False, widget=forms.SelectDateWidget(years=range(2020, 2030))
        ),
        f"mail{number}": forms.EmailField(required=False),
        f"street{number}": forms.CharField(required=False, max_length=100),
        f"story{number}": forms.CharField(required=False, widget=forms.Textarea),
        f"likes{number}": forms.MultipleChoiceField(
            required=False, choices=COLOURS, widget=forms.CheckboxSelectMultiple
        ),
        f"more{number}": forms.TypedChoiceField(
            choices=[("true", "Ja"), ("false", "Nej")], widget=forms.RadioSelect
        ),
        f"which{number}": forms.CharField(required=False, max_length=100),
    }


def main() -> None:
    """Answer requests until the input ends."""
    settings.configure(
        SECRET_KEY="benchmark",  # noqa: S106 - nothing here is secret
        INSTALLED_APPS=["crispy_forms", "crispy_bootstrap5"],
        CRISPY_TEMPLATE_PACK="bootstrap5",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
            }
        ],
    )
    django.setup()
    blocks = [fields(number) for number in range(6)]
    form = type(
        "Large", (forms.Form,), {n: f for block in blocks for n, f in block.items()}
    )
    page, make = engines["django"].from_string(PAGE), RequestFactory()

    @csrf_exempt
    def view(sent: HttpRequest) -> HttpResponse:
        bound = form(sent.POST) if sent.method == "POST" else form(initial=half)
        if bound.is_bound and bound.is_valid():
            return HttpResponseRedirect("/next")
        return HttpResponse(page.render({"form": bound}, sent))

    half = {name: "3" for block in blocks[:3] for name in block}
    for line in sys.stdin:
        verb, _, body = line.strip().partition(" ")
        kind = "application/x-www-form-urlencoded"
        sent = (
            make.get("/") if verb == "GET" else make.post("/", body, content_type=kind)
        )
        print(view(sent).status_code, flush=True)


if __name__ == "__main__":
    main()
