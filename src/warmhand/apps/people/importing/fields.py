"""What an import can fill: each kind of record and its fields, with the words headers use for them.

One table serves the guess, the page on which a person chooses columns, the mapping file's check
and the reading of rows. Words are lower case without accents, in English, German and Spanish.
"""

# ruff: noqa: E501 - a table reads better with one field a line

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What one row of a table becomes."""

    MEMBERS = "members"
    COMPANIES = "companies"
    CLIENTS = "clients"
    COMMITMENTS = "commitments"
    CASES = "cases"
    RATINGS = "ratings"
    FAVOURS = "favours"
    NEEDS = "needs"


class Type(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    REF = "identifier"
    LINK = "link"
    EMAIL = "e-mail"
    PHONE = "telephone"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "yes or no"
    COUNTRY = "country"
    LANGUAGE = "language"
    TIMEZONE = "time zone"
    CATEGORY = "category code"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record."""

    name: str
    type: Type
    label: str
    words: tuple[str, ...] = ()
    required: bool = False
    length: int = 200
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None


def _f(name: str, kind: Type, label: str, words: str = "", **more: object) -> Field:
    listed = tuple(word.strip() for word in words.split(",") if word.strip())
    return Field(name, kind, label, listed, **more)  # type: ignore[arg-type]


REF_WORDS = "id, uid, ref, reference, number, no, nr, nummer, code, key, kennung, codigo, clave"
MAIL_WORDS = (
    "email, e mail, mail, email address, emailadresse, e mail adresse, correo, correo electronico"
)
PHONE_WORDS = "phone, telephone, tel, phone number, telefon, telefonnummer, telefono, mobile, cell, movil, handy"
COUNTRY_WORDS = "country, land, pais, country code, shipcountry, office location, location"
LANGUAGE_WORDS = "language, lang, sprache, idioma, locale"
ZONE_WORDS = "timezone, time zone, tz, zeitzone, zona horaria"
COMPANY_WORDS = (
    "company, company name, organisation, organization, account, account name, firm, employer, "
    "firma, firmenname, unternehmen, empresa, compania, kunde firma"
)
CLIENT_WORDS = (
    "client, client id, customer, customer id, contact, contact id, customer number, kunde, "
    "kundennummer, kunden id, cliente, id cliente, requester, account id, account"
)
MEMBER_WORDS = (
    "keeper, owner, account manager, sales agent, agent, sales rep, representative, employee, "
    "employee id, assignee, assigned to, betreuer, vertreter, zustandig, responsable, vendedor"
)

MEMBER_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "employee id, user id, member id, " + REF_WORDS),
    _f("name", Type.TEXT, "Name", "name, full name, sales agent, agent, employee, member, nombre",
       required=True),
    _f("given_name", Type.TEXT, "Given name", "first name, given name, vorname, nombre de pila"),
    _f("family_name", Type.TEXT, "Family name", "last name, family name, surname, nachname, apellido, apellidos"),
    _f("email", Type.EMAIL, "E-mail", MAIL_WORDS, length=254),
    _f("role", Type.CHOICE, "Role", "role, rolle, rol", choices=("agent", "account_manager")),
    _f("team", Type.TEXT, "Team", "team, department, regional office, office, region, gruppe, equipo, abteilung"),
    _f("manager", Type.LINK, "Manager", "manager, reports to, boss, supervisor, vorgesetzter, jefe, gerente"),
)  # fmt: skip

COMPANY_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "company id, account id, organization id, " + REF_WORDS),
    _f("name", Type.TEXT, "Name", "name, nombre, " + COMPANY_WORDS, required=True),
    _f("domain", Type.TEXT, "Web domain", "domain, website, web, url, homepage, webseite, sitio web, dominio"),
    _f("sector", Type.TEXT, "Sector", "sector, industry, branche, industria, line of business", length=120),
    _f("parent", Type.LINK, "Parent company", "parent, subsidiary of, parent company, holding, muttergesellschaft, mutter, matriz"),
    _f("language", Type.LANGUAGE, "Language", LANGUAGE_WORDS),
    _f("timezone", Type.TIMEZONE, "Time zone", ZONE_WORDS),
    _f("country", Type.TEXT, "Country", COUNTRY_WORDS, length=80),
    _f("city", Type.TEXT, "City", "city, town, stadt, ort, ciudad", length=120),
)  # fmt: skip

CLIENT_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "client id, customer id, contact id, person id, kundennummer, id cliente, " + REF_WORDS),
    _f("name", Type.TEXT, "Name", "name, full name, contact name, contact, client, client name, customer name, ansprechpartner, kontakt, contacto, nombre, nombre completo"),
    _f("given_name", Type.TEXT, "Given name", "first name, given name, vorname, nombre de pila"),
    _f("family_name", Type.TEXT, "Family name", "last name, family name, surname, nachname, apellido, apellidos"),
    _f("company", Type.LINK, "Company", COMPANY_WORDS),
    _f("job_title", Type.TEXT, "Job title", "title, job title, contact title, position, role, funktion, rolle, titel, puesto, cargo"),
    _f("department", Type.TEXT, "Department", "department, dept, abteilung, departamento"),
    _f("email", Type.EMAIL, "E-mail", MAIL_WORDS + ", email 1", length=254),
    _f("email_2", Type.EMAIL, "Second e-mail", "email 2, second email, private email, other email", length=254),
    _f("email_3", Type.EMAIL, "Third e-mail", "email 3", length=254),
    _f("phone", Type.PHONE, "Telephone", PHONE_WORDS + ", phone 1"),
    _f("phone_2", Type.PHONE, "Second telephone", "phone 2, mobile phone, mobile, mobil, handy, movil, other phone"),
    _f("phone_3", Type.PHONE, "Third telephone", "phone 3"),
    _f("country", Type.COUNTRY, "Country (to read telephone numbers)", COUNTRY_WORDS),
    _f("language", Type.LANGUAGE, "Language", LANGUAGE_WORDS),
    _f("timezone", Type.TIMEZONE, "Time zone", ZONE_WORDS),
    _f("keeper", Type.LINK, "Kept by", MEMBER_WORDS),
    _f("client_since", Type.DATE, "Client since", "client since, customer since, since, kunde seit, cliente desde, created, created at, create date"),
    _f("do_not_ask", Type.FLAG, "Do not ask", "do not ask, do not contact, opt out, nicht fragen, no preguntar, no contactar"),
    _f("do_not_ask_until", Type.DATE, "Do not ask until", "do not ask until"),
    _f("do_not_ask_why", Type.TEXT, "Why not to ask", "do not ask why, do not ask reason"),
    _f("consent", Type.FLAG, "Consent", "consent, opt in, einwilligung, consentimiento, agreed to contact"),
    _f("consent_on", Type.DATE, "Consent on", "consent on, consent date, opt in date, einwilligung am"),
    _f("consent_words", Type.TEXT, "Words of the consent", "consent words, consent text", length=2000),
)  # fmt: skip

COMMITMENT_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "order id, opportunity id, deal id, project id, invoice, auftragsnummer, bestellnummer, id pedido, " + REF_WORDS),
    _f("client", Type.LINK, "Client", CLIENT_WORDS),
    _f("company", Type.LINK, "Company", COMPANY_WORDS),
    _f("title", Type.TEXT, "What was agreed", "title, subject, deal name, opportunity, opportunity name, product, project, description, betreff, bezeichnung, produkt, titulo, asunto, producto", required=True),
    _f("kind", Type.CHOICE, "Kind", "kind, type", choices=("sale", "project", "trial", "promise", "information", "order")),
    _f("target", Type.TEXT, "Target", "target, goal, ziel, objetivo"),
    _f("agreed_on", Type.DATE, "Agreed on", "agreed on, order date, engage date, created, created at, signed on, start date, date, bestelldatum, auftragsdatum, datum, fecha, fecha de pedido"),
    _f("agreed_by", Type.TEXT, "Agreed by", "agreed by, signed by"),
    _f("due_on", Type.DATE, "Due on", "due, due on, due date, required date, deadline, promised date, faellig, fallig am, liefertermin, vencimiento, fecha limite"),
    _f("delivered_on", Type.DATE, "Delivered on", "delivered, delivered on, shipped date, delivery date, completed, completed on, close date, lieferdatum, geliefert am, entregado, fecha de entrega"),
    _f("cancelled_on", Type.DATE, "Cancelled on", "cancelled, cancelled on, canceled, storniert am, cancelado"),
    _f("evidence_kind", Type.CHOICE, "Kind of evidence", "evidence kind", choices=("none", "link", "file", "figure")),
    _f("evidence", Type.TEXT, "Evidence", "evidence, proof, beleg, prueba", length=500),
    _f("value", Type.MONEY, "Value", "value, amount, total, price, close value, revenue, betrag, wert, summe, importe, valor, monto"),
    _f("currency", Type.TEXT, "Currency", "currency, waehrung, wahrung, moneda, divisa", length=3),
    _f("keeper", Type.LINK, "Kept by", MEMBER_WORDS),
)  # fmt: skip

CASE_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "case id, ticket id, case number, ticket, fallnummer, " + REF_WORDS),
    _f("client", Type.LINK, "Client", CLIENT_WORDS + ", requester email, " + MAIL_WORDS, required=True),
    _f("title", Type.TEXT, "Subject", "subject, title, issue, case, problem, betreff, asunto", required=True),
    _f("opened_on", Type.DATE, "Opened on", "opened, opened on, created, created at, open date, eroffnet am, abierto", required=True),
    _f("resolved_on", Type.DATE, "Resolved on", "resolved, resolved on, solved at, closed, closed at, geloest am, gelost am, resuelto"),
    _f("confirmed_on", Type.DATE, "Confirmed by the client on", "confirmed, confirmed on, bestaetigt am, confirmado"),
    _f("reopened_times", Type.NUMBER, "Times reopened", "reopened, reopened times, reopens", low=0, high=1000),
)  # fmt: skip

RATING_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "rating id, response id, survey id, " + REF_WORDS),
    _f("client", Type.LINK, "Client", CLIENT_WORDS + ", respondent, " + MAIL_WORDS, required=True),
    _f("on", Type.DATE, "Given on", "on, date, rated on, answered, answered on, submitted at, datum, fecha, created at", required=True),
    _f("score", Type.NUMBER, "Score (0 to 10)", "score, rating, nps, satisfaction, csat, bewertung, note, puntuacion, calificacion", required=True, low=0, high=10),
    _f("words", Type.TEXT, "Words", "words, comment, comments, feedback, verbatim, kommentar, comentario", length=5000),
)  # fmt: skip

FAVOUR_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "favour id, " + REF_WORDS),
    _f("client", Type.LINK, "For", CLIENT_WORDS + ", for, for whom, " + MAIL_WORDS, required=True),
    _f("what", Type.TEXT, "What", "what, favour, favor, what we did, gefallen, was, favor hecho, que", required=True, length=300),
    _f("kind", Type.CHOICE, "Kind", "kind, type", choices=("professional", "personal")),
    _f("promised_on", Type.DATE, "Promised on", "promised, promised on, versprochen am, prometido el"),
    _f("due_on", Type.DATE, "Promised for", "due, due on, promised for, until, faellig, fallig am, vencimiento"),
    _f("done_on", Type.DATE, "Done on", "done, done on, date, on, erledigt am, datum, hecho el, fecha"),
    _f("minutes", Type.NUMBER, "Minutes it took", "minutes, minutes spent, time spent, minuten, minutos", low=0, high=100_000),
    _f("outcome", Type.TEXT, "What came of it", "outcome, result, what came of it, ergebnis, resultado", length=5000),
    _f("keeper", Type.LINK, "By", "by, done by, who, von, por, " + MEMBER_WORDS),
    _f("price", Type.TEXT, "Price (a row with one is refused: a favour has none)", "price, fee, amount, invoice, discount, charge, cost, rate, billed, preis, gebuhr, rechnung, rabatt, honorar, precio, importe, factura, descuento"),
)  # fmt: skip

NEED_FIELDS = (
    _f("source_ref", Type.REF, "Identifier", "need id, " + REF_WORDS),
    _f("client", Type.LINK, "Client", CLIENT_WORDS + ", " + MAIL_WORDS, required=True),
    _f("words", Type.TEXT, "In their own words", "words, need, needs, what they need, looking for, bedarf, sucht, necesidad, busca", required=True, length=5000),
    _f("urgency", Type.CHOICE, "How soon", "urgency, how soon, priority, dringlichkeit, urgencia", choices=("now", "soon", "some_day")),
    _f("category", Type.CATEGORY, "Category code", "category, category code, naics, kategorie, categoria", length=12),
    _f("may_pass_on", Type.FLAG, "May be passed on", "may pass on, pass on, consent, may we tell others, weitergeben, se puede compartir"),
    _f("asked_on", Type.DATE, "Asked whether we may, on", "asked on, consent on, gefragt am, preguntado el"),
    _f("noted_on", Type.DATE, "Noted on", "noted, noted on, date, on, created, created at, datum, fecha"),
    _f("met_on", Type.DATE, "Met on", "met, met on, served on, closed, erfullt am, atendido el"),
    _f("for_us", Type.FLAG, "Something we offer", "for us, we offer this, fur uns, para nosotros"),
    _f("for_other", Type.FLAG, "For somebody they know", "for somebody else, for somebody they know, fur jemand anderen, para otra persona"),
)  # fmt: skip

FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.MEMBERS: MEMBER_FIELDS,
    Kind.COMPANIES: COMPANY_FIELDS,
    Kind.CLIENTS: CLIENT_FIELDS,
    Kind.COMMITMENTS: COMMITMENT_FIELDS,
    Kind.CASES: CASE_FIELDS,
    Kind.RATINGS: RATING_FIELDS,
    Kind.FAVOURS: FAVOUR_FIELDS,
    Kind.NEEDS: NEED_FIELDS,
}

LINKS: dict[str, Kind] = {
    "manager": Kind.MEMBERS,
    "keeper": Kind.MEMBERS,
    "parent": Kind.COMPANIES,
    "company": Kind.COMPANIES,
    "client": Kind.CLIENTS,
}
"""Which kind of record a linking field names."""

FILE_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.MEMBERS: ("employee", "member", "team", "staff", "user", "agent", "mitarbeiter", "empleado"),
    Kind.COMPANIES: ("compan", "account", "organi", "firm", "empresa", "unternehmen"),
    Kind.CLIENTS: ("client", "customer", "contact", "person", "people", "kunde", "kontakt", "cliente"),
    Kind.COMMITMENTS: ("order", "deal", "opportunit", "pipeline", "commitment", "project", "auftr", "bestell", "pedido"),
    Kind.CASES: ("case", "ticket", "issue", "support", "fall", "caso"),
    Kind.RATINGS: ("rating", "survey", "nps", "satisf", "csat", "bewert", "encuesta"),
    Kind.FAVOURS: ("favour", "favor", "gefallen"),
    Kind.NEEDS: ("need", "bedarf", "necesidad"),
}  # fmt: skip


def field_of(kind: Kind, name: str) -> Field | None:
    """The field of that name, or None."""
    return next((field for field in FIELDS[kind] if field.name == name), None)
