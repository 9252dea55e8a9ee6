"""The choices of how an ask is said, as a line of buttons that are radio buttons."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
CHOICES = {
    "channel": [("spoken", "Spoken"), ("email", "E-mail"), ("chat", "Chat")],
    "formality": [("relaxed", "Relaxed"), ("neutral", "Neutral"), ("formal", "Formal")],
}


@register.simple_tag
def words_choice(chosen: str, name: str, label: str) -> SafeString:
    """One fieldset; `chosen` is the value that is checked."""
    choices = format_html_join(
        "",
        '<label class="choice"><input type="radio" name="{}" value="{}"{}><span>{}</span></label>',
        (
            (name, value, SafeString(" checked") if value == chosen else "", said)
            for value, said in CHOICES[name]
        ),
    )
    return format_html(
        '<fieldset class="field"><legend>{}</legend>'
        '<div class="choices inline">{}</div></fieldset>',
        label,
        choices,
    )
