"""What is a person's own: their name, and how the pages look to them."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from warmhand.apps.accounts import services
from warmhand.web import flash, gate
from warmhand.web.forms import saved, sent

A_YEAR = 31_536_000
THEMES = [("auto", "As the machine says"), ("light", "Light"), ("dark", "Dark")]


class Profile(forms.Form):
    """A person's name and theme."""

    name = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect)


@gate.member()
def profile(request: gate.Request) -> HttpResponse:
    """Change one's own name and theme; the theme is a cookie of this browser."""
    me = request.here.me
    initial = {"name": me.name, "theme": request.COOKIES.get("theme", "auto")}
    form = Profile(sent(request), initial=initial)

    def save(name: str, theme: str) -> object:
        by = me.actor("web")
        return services.change_member(
            by=by, member_id=me.member_id, role=me.role, team=me.team, name=name
        )

    if saved(form, save):
        flash.done(request, "Saved.")
        answer = redirect("web:profile")
        theme = form.cleaned_data["theme"]
        answer.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax")
        return answer
    return render(
        request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200
    )
