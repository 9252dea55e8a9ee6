"""The directory in the browser's way: a provider's page, lists, files, and the page for anybody."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from warmhand.apps.directory import queries, services
from warmhand.apps.directory.models import Expertise, Provider
from warmhand.apps.island.scope import workspace_scope


@pytest.fixture
def here(closed_world, client):
    """The owner, signed in; and a way to look into their workspace."""
    client.force_login(closed_world.users["owner"])
    return closed_world


def inside(world):
    return workspace_scope(world.workspace.pk)


def text_of(answer) -> str:
    return answer.content.decode()


def test_from_nothing_to_a_provider_somebody_vouches_for(here, client):
    assert "your best client" in text_of(client.get(reverse("web:directory")))
    made = client.post(
        reverse("web:provider_new"),
        {
            "name": "Nordlicht Law",
            "kind": "firm",
            "offers": "Notary\nWills",
            "languages": "German, en",
            "country": "Germany",
        },
        follow=True,
    )
    page = text_of(made)
    assert "Nordlicht Law" in page
    assert "Nobody vouches yet" in page
    with inside(here):
        pk = Provider.objects.get().pk
    act = reverse("web:act", args=("provider", pk, "vouch"))
    client.post(act, {"why_confident": "Did our lease.", "basis": "worked"})
    page = text_of(client.get(reverse("web:provider", args=(pk,))))
    assert "Did our lease." in page
    again = client.post(act, {"why_confident": "Once more.", "basis": "worked"})
    assert again.status_code == 422
    assert "vouches for Nordlicht Law already" in text_of(again)
    for wanted in ("?q=wills", "?takes=yes", "?language=de", "?vouched_by_id=", "?near=Kiel"):
        assert "Nordlicht Law" in text_of(client.get(reverse("web:directory") + wanted))
    assert "Nothing fits" in text_of(client.get(reverse("web:directory") + "?takes=no"))


def test_full_away_and_without_licence_are_shown_as_such(here, client):
    with inside(here):
        made = services.add_provider(by=here.by, name="Nordlicht", licence="Bar")
    stands = reverse("web:act", args=("provider", made.pk, "stands"))
    client.post(stands, {"capacity": "full", "away_until": here.today().isoformat()})
    with inside(here):
        services.change_provider(by=here.by, provider_id=made.pk, licence_until=here.days_ago(1))
    for page in (reverse("web:directory"), reverse("web:provider", args=(made.pk,))):
        told = text_of(client.get(page))
        for word in ("full", "away", "licence ended"):
            assert word in told


def test_expertise_from_the_client_page_to_the_list(here, client):
    with inside(here):
        ada = here.client()
    note = reverse("web:act", args=("client", ada.pk, "expertise"))
    client.post(note, {"words": "Cold stores for fish", "on": here.today().isoformat()})
    told = text_of(client.get(reverse("web:client", args=(ada.pk,))))
    assert "Cold stores for fish" in told
    assert "not asked yet" in told
    with inside(here):
        found = Expertise.objects.get()
    client.post(reverse("web:act", args=("expertise", found.pk, "asked")), {"may_pass_on": "yes"})
    assert "Cold stores" in text_of(client.get(reverse("web:expertise") + "?state=yes"))
    assert "Cold stores" not in text_of(client.get(reverse("web:expertise") + "?state=unasked"))
    client.post(reverse("web:act", args=("client", ada.pk, "provides")), {"offers": "Ice"})
    assert "In the directory as" in text_of(client.get(reverse("web:client", args=(ada.pk,))))
    with inside(here):
        assert Provider.objects.get().client_id == ada.pk


def test_a_page_of_a_provider_takes_few_queries(here, client, django_assert_max_num_queries):
    with inside(here):
        made = services.add_provider(by=here.by, name="Nordlicht", offers=["a", "b", "c"])
        for member in here.members.values():
            services.vouch(
                by=here.by, provider_id=made.pk, why_confident="Good.", member_id=member.pk
            )
    with django_assert_max_num_queries(14):
        client.get(reverse("web:provider", args=(made.pk,)))


def test_files_out_and_in(here, client):
    with inside(here):
        services.add_provider(by=here.by, name="Nordlicht", city="Kiel")
    told = client.get(reverse("web:directory_export", args=("csv",)))
    assert told["Content-Disposition"] == 'attachment; filename="directory.csv"'
    again = SimpleUploadedFile("directory.csv", told.content)  # with its mark, as it was handed out
    page = client.post(reverse("web:directory_import"), {"file": again})
    assert "1 providers read = 0 created + 0 updated + 1 unchanged + 0 refused" in text_of(page)
    document = json.loads(client.get(reverse("web:directory_export", args=("hsds",))).content)
    assert document["contents"][0]["organization"]["name"] == "Nordlicht"
    assert client.get(reverse("web:directory_export", args=("tables",))).content.startswith(b"PK")
    assert client.get(reverse("web:directory_export", args=("pdf",))).status_code == 404
    rows = b"name,city,email\nBrandt,Hamburg,nonsense\n,Kiel,\n"
    page = client.post(
        reverse("web:directory_import"), {"file": SimpleUploadedFile("../ours.csv", rows)}
    )
    report = text_of(page)
    assert "2 providers read = 1 created + 0 updated + 0 unchanged + 1 refused" in report
    assert "line 2, email" in report
    bad = client.post(reverse("web:directory_import"), {"file": SimpleUploadedFile("a.json", b"{")})
    assert bad.status_code == 422
    assert "neither JSON" in text_of(bad)


SECRET = "SECRET-WORDS"


def chosen(world, **fields):
    made = services.add_provider(
        by=world.by,
        name="Nordlicht Law",
        about="Leases and wills",
        public_words="Speaks plainly",
        city="Kiel",
        website="https://www.nordlicht.example",
        languages=["de"],
        is_public=True,
        contact_name=SECRET,
        email="secret-words@nordlicht.example",
        phone="+49 431 SECRET-WORDS",
        street=SECRET,
        postcode="SECRETWORDS",
        licence=SECRET,
        why_confident=SECRET,
        price=4,
        reach_km=4711,
        latitude=54.4711,
        longitude=10.4711,
        offers=[SECRET],
        **fields,
    )
    services.vouch(by=world.by, provider_id=made.pk, why_confident=SECRET)
    return made


def test_strangers_see_public_facts_of_the_chosen_and_nothing_else(here, client):
    with inside(here):
        chosen(here, client_id=here.client(SECRET).pk)
        services.add_provider(by=here.by, name=f"Not chosen {SECRET}", public_words=SECRET)
        services.set_public_page(by=here.by, on=True, intro="Whom we trust")
    client.logout()
    answer = client.get("/p/directory/harbour/")
    page = text_of(answer)
    for word in (
        "Harbour Advisers", "Whom we trust", "Nordlicht Law", "Leases and wills", "Speaks plainly",
        "Kiel", "https://www.nordlicht.example", "German",
    ):  # fmt: skip
        assert word in page
    for word in ("secret", "4711", here.by.name.casefold(), "not chosen", "<script", "csrf"):
        assert word not in page.casefold()
    assert "noindex" not in page
    assert "X-Robots-Tag" not in answer
    assert not answer.cookies
    assert "--brand-ink" in text_of(client.get("/p/directory/harbour/look.css"))
    assert client.post("/p/directory/harbour/").status_code == 405


def test_open_with_nobody_named_it_says_so(here, client):
    with inside(here):
        services.set_public_page(by=here.by, on=True)
    client.logout()
    empty = "Nobody is named here at the moment."
    assert empty in text_of(client.get("/p/directory/harbour/"))
    with inside(here):
        chosen(here)
    assert empty not in text_of(client.get("/p/directory/harbour/"))


def test_off_looks_like_nobodys(here, client):
    with inside(here):
        chosen(here)
    client.logout()
    nobodys = client.get("/p/directory/nobodys/")
    before = client.get("/p/directory/harbour/")
    with inside(here):
        services.set_public_page(by=here.by, on=True)
    assert "Nordlicht" in text_of(client.get("/p/directory/harbour/"))  # the control
    with inside(here):
        services.set_public_page(by=here.by, on=False)
    after = client.get("/p/directory/harbour/")
    for each in (before, after, client.get("/p/directory/harbour/look.css")):
        assert (each.status_code, each.content) == (404, nobodys.content)
        assert each["X-Robots-Tag"] == "noindex, nofollow"


def test_an_owner_looks_first_and_opens_it(here, client):
    with inside(here):
        chosen(here)
    preview = client.get(reverse("web:directory_preview"))
    assert "Speaks plainly" in text_of(preview)
    assert preview["X-Robots-Tag"] == "noindex, nofollow"
    assert 'content="noindex' in text_of(preview)
    settings = reverse("web:directory_page")
    assert "Nobody outside can see it." in text_of(client.get(settings))
    refused = client.post(settings, {"on": "on", "slug": "a b/c"})
    assert refused.status_code == 422
    opened = client.post(settings, {"on": "on", "slug": "Our-Friends"}, follow=True)
    assert "http://testserver/p/directory/our-friends/" in text_of(opened)
    assert client.get("/p/directory/our-friends/").status_code == 200


def test_an_address_has_one_owner(here, client):
    with workspace_scope(here.other.pk):
        by = type(here.by)(None, "x", "cli")
        services.set_public_page(by=by, on=False, slug="friends")
    taken = client.post(reverse("web:directory_page"), {"on": "on", "slug": "friends"})
    assert taken.status_code == 422
    assert "taken" in text_of(taken)
    with inside(here):
        assert queries.public_page() is None


def test_what_they_do_is_asked_anew_and_its_category_found_by_words(here, client):
    with inside(here):
        pk = services.add_provider(by=here.by, name="Ada Pipes", why_confident="Ours.").pk
        services.add_service(by=here.by, provider_id=pk, name="Repairs", category="238220.1")
    for act, name in (("service", "name"), ("vouch", "why_confident")):
        form = client.get(reverse("web:act", args=("provider", pk, act))).context["form"]
        assert not form[name].value()
    page = text_of(client.get(reverse("web:act", args=("provider", pk, "service"))))
    assert 'list="category-codes"' in page
    assert reverse("web:category_choices") in page
    page = text_of(client.get(reverse("web:provider", args=(pk,))))
    assert "Plumber" in page
    assert "238220.1" not in page


@pytest.mark.parametrize(("role", "seen"), [("owner", (True, True)), ("agent", (False, False))])
def test_a_link_that_would_be_refused_is_not_shown(here, client, role, seen):
    client.force_login(here.users[role])
    page = text_of(client.get(reverse("web:directory")))
    links = (reverse("web:directory_import"), reverse("web:directory_page"))
    assert tuple(f'href="{it}"' in page for it in links) == seen
    assert all(
        (client.get(it).status_code == 403) != shown for it, shown in zip(links, seen, strict=True)
    )


def test_languages_and_countries_go_by_name(here, client):
    sent = {"name": "Brandt", "kind": "firm", "languages": "German, Haitian Creole; pl"}
    client.post(reverse("web:provider_new"), {**sent, "country": "United Kingdom"})
    with inside(here):
        made = Provider.objects.get()
        assert (made.languages, made.country) == (["de", "ht", "pl"], "GB")
    edit = text_of(client.get(reverse("web:act", args=("provider", made.pk, "edit"))))
    assert 'value="German, Haitian Creole, Polish"' in edit
    assert 'value="United Kingdom"' in edit
    assert "German, Haitian Creole, Polish" in text_of(client.get(reverse("web:directory")))
    wrong = {**sent, "languages": "German, Klongon"}
    again = client.post(reverse("web:provider_new"), wrong)
    assert again.status_code == 422
    assert "&#x27;Klongon&#x27; is no language we know: write German, or de." in text_of(again)
    assert 'value="German, Klongon"' in text_of(again)
    again = client.post(reverse("web:provider_new"), {**sent, "country": "Germoney"})
    assert "&#x27;Germoney&#x27; is no country we know" in text_of(again)
    assert 'value="Germoney"' in text_of(again)
