"""The workspace's own colour and logo: chosen on its settings, seen before they are saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from warmhand.apps.accounts import queries, services
from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.accounts.logos import MOST_BYTES
from warmhand.printing import PINE, Brand, head_svg, is_colour, palette
from warmhand.problems import NotFound
from warmhand.web import gate
from warmhand.web.forms import saved
from warmhand.wording.pack_texts import pack_texts


class BrandForm(forms.Form):
    """What papers look like."""

    colour = forms.CharField(
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text="Of the band and the bars. Text in it is darkened until it can be read.",
    )
    logo = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=f"PNG or JPEG, at most {MOST_BYTES // 1024} KB. Wide ones look best.",
    )
    no_logo = forms.BooleanField(required=False, label="Take the logo down")

    def clean_logo(self) -> bytes:
        """The picture itself; the service looks whether it is one."""
        file = self.cleaned_data["logo"]
        if file is None:
            return b""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1024} KB.")
        content: bytes = file.read()
        return content


def brand_form(data: Any = None, files: Any = None) -> BrandForm:
    """The form, as the workspace looks now; without the box where there is no logo to take down."""
    brand = queries.brand(logo=True)
    form = BrandForm(data, files, initial={"colour": brand.colour or PINE})
    if not brand.logo:
        del form.fields["no_logo"]
    return form


def save_brand(request: gate.Request) -> BrandForm | None:
    """Save what was sent; the form with its errors where that was refused."""
    form = brand_form(request.POST, request.FILES)
    by = request.here.me.actor("web")

    def save(**values: Any) -> object:
        return services.change_brand(by=by, **values)

    return None if saved(form, save) else form


@require_safe
@gate.member(Ability.WORKSPACE)
def preview(request: gate.Request) -> HttpResponse:
    """The head of a pack in a colour that isn't saved yet, as a picture."""
    brand = queries.brand(logo=True)
    colour = request.GET.get("colour", "").lower()
    shown = replace(brand, colour=colour) if is_colour(colour) else brand
    return _picture(head_svg(shown, _EXAMPLE), "image/svg+xml")


_TEXTS: Final = pack_texts("en")
_EXAMPLE: Final = {
    "title": _TEXTS["title"],
    "whom": _TEXTS["for_client"].format(client="Ada Kettle, Kettle & Sons"),
    "period": "The last twelve months",
    "figure": _TEXTS["of"].format(part=11, whole=12),
    "label": _TEXTS["tile_kept"],
}


@require_safe
@gate.member()
def logo(request: gate.Request) -> HttpResponse:
    """The workspace's logo."""
    found = queries.brand(logo=True).logo
    if not found:
        raise NotFound("logo", "This workspace has no logo.")
    return _picture(found, "image/png")


@require_safe
@gate.member()
def stylesheet(request: gate.Request) -> HttpResponse:
    """The workspace's colours as a stylesheet, for light and dark pages."""
    return _picture(brand_css(queries.brand()).encode(), "text/css")


def brand_css(brand: Brand) -> str:
    """The colours of a brand as custom properties: --brand-bar, --brand-ink and the like."""
    light, dark = palette(brand.colour), palette(brand.colour, dark=True)
    pairs = ((name, getattr(light, name), getattr(dark, name)) for name in _COLOURS)
    lines = (f"--brand-{name.replace('_', '-')}: light-dark({a}, {b});" for name, a, b in pairs)
    return f":root {{ {' '.join(lines)} }}\n"


_COLOURS: Final = ("bar", "on_bar", "edge", "ink", "wash")


def _picture(content: bytes, kind: str) -> HttpResponse:
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
