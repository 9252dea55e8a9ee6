"""The way in: sign-in, second factor, password, errors; by keyboard and without scripts."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.e2e.browser import LOOKS, axe_check, fits
from tests.world import PASSWORD

DOORS = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/logout/",
    "/nothing-here/",
]
OWN = [
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/reauthenticate/",
    "/workspaces/",
]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_pages_before_the_door(open_page, width, theme):
    page = open_page(width, theme)
    for path in DOORS:
        page.goto(path)
        axe_check(page)
        fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_pages_of_ones_own_account(signed_in_page, width, theme):
    page = signed_in_page("agent", width, theme)
    for path in OWN:
        page.goto(path)
        axe_check(page)
        fits(page)


def test_sign_in_by_keyboard_alone(open_page):
    page = open_page()
    page.goto("/accounts/login/?next=/workspaces/")
    page.get_by_label("Email").focus()
    page.keyboard.type("owner@warmhand.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your workspaces")).to_be_visible()
    expect(page.get_by_role("button", name="Harbour Advisers")).to_be_visible()


def test_a_wrong_password_says_so_beside_the_form(open_page):
    page = open_page("phone", "dark")
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("owner@warmhand.example")
    page.get_by_label("Password").fill("not the passphrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    axe_check(page)


def test_second_factor_from_setting_it_up_to_recovery_codes(signed_in_page, site):
    page = signed_in_page("leader")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Activate").click()
    page.get_by_label("Password").fill(PASSWORD)  # asked again before anything of this kind
    page.get_by_role("button", name="Confirm").click()
    code = page.get_by_role("img", name="QR code")
    expect(code).to_be_visible()
    page.wait_for_load_state()
    drawn = code.evaluate("image => image.complete && image.naturalWidth > 0")
    assert drawn, "the security policy kept the QR code from being shown"
    axe_check(page)
    page.get_by_label("Authenticator code").fill(_six_digits(page.get_by_label("Or type this")))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    axe_check(page)


def _six_digits(secret_box) -> str:
    """What an authenticator app shows for the secret now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret_box.input_value(), counter))


def test_an_invitation_from_the_owner_to_the_first_page(open_page, signed_in_page):
    owner = signed_in_page("owner")
    owner.goto("/members/")
    owner.get_by_role("link", name="Invite").click()
    owner.get_by_label("E-mail").fill("nia@warmhand.example")
    owner.get_by_label("Role").select_option("agent")
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.locator(".toast", has_text="Invited nia@warmhand.example.")).to_be_visible()
    link = re.search(r"http://\S+", mail.outbox[-1].body)[0]
    page = open_page("phone", "dark")
    page.goto(link)
    axe_check(page)
    fits(page)
    page.get_by_label("Name").fill("Nia New")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.locator(".toast", has_text="Sign in to begin")).to_be_visible()
    page.get_by_label("Email").fill("nia@warmhand.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    first_page_of_an_agent = page.get_by_role("heading", name="Who is on the line?")
    expect(first_page_of_an_agent).to_be_visible()


def test_a_missing_page_answers_in_the_one_error_shape(open_page):
    page = open_page()
    answer = page.goto("/nothing-here/")
    assert answer.status == 404
    expect(page.get_by_text("not_found")).to_be_visible()
    expect(page.get_by_role("heading", name="There is no such page.")).to_be_visible()
    expect(page.get_by_text("Check the link")).to_be_visible()


def test_the_theme_is_kept_from_page_to_page(signed_in_page):
    page = signed_in_page("agent", "desk", "light")
    page.goto("/accounts/2fa/")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)
    page.get_by_text("Account Colleague").or_(page.locator(".rail-foot summary")).first.click()
    toggle = page.locator(".rail-foot").get_by_role("button", name="Theme")
    toggle.click()  # light, then dark
    toggle.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/accounts/email/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(background) != light


def test_without_scripts_the_menus_still_open(browser, site):
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.add_cookies([site.session_cookie("agent")])
    page = context.new_page()
    page.goto("/accounts/2fa/")
    page.locator(".bar summary").click()
    expect(page.locator(".drawer").get_by_role("button", name="Sign out")).to_be_visible()
    context.close()
