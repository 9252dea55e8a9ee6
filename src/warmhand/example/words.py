"""Invented words for the example: nobody and nothing here exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a company is, and what people there are called."""

    country: str
    city: str
    timezone: str
    language: str
    dialling: str
    given: tuple[str, ...]
    family: tuple[str, ...]


PLACES = (
    Place("DE", "Kiel", "Europe/Berlin", "de", "+49431", ("Anke", "Jonas", "Birte", "Malte", "Silke", "Henrik", "Frauke", "Lasse", "Wiebke", "Thore"), ("Petersen", "Hansen", "Brodersen", "Lorenzen", "Thomsen", "Clausen", "Jessen", "Matthiesen", "Asmussen", "Nissen")),
    Place("NL", "Groningen", "Europe/Amsterdam", "nl", "+3150", ("Sanne", "Daan", "Femke", "Bram", "Lotte", "Sem", "Maaike", "Joris", "Anouk", "Thijs"), ("Dijkstra", "Hoekstra", "Bakker", "van Loon", "Postma", "de Wit", "Visscher", "Kuiper", "Zijlstra", "Meijer")),
    Place("DK", "Aarhus", "Europe/Copenhagen", "da", "+4586", ("Freja", "Mikkel", "Signe", "Rasmus", "Astrid", "Emil", "Karoline", "Anders", "Ida", "Jeppe"), ("Kjær", "Mortensen", "Bach", "Lund", "Holm", "Vestergaard", "Dahl", "Krogh", "Winther", "Overgaard")),
    Place("GB", "Leeds", "Europe/London", "en", "+44113", ("Priya", "Callum", "Imogen", "Dev", "Harriet", "Owen", "Yasmin", "Gareth", "Nadia", "Ewan"), ("Okafor", "Whitlock", "Patel", "Ainsworth", "Rahman", "Pryce", "Hollis", "Mensah", "Thackray", "Sutcliffe")),
    Place("PL", "Gdańsk", "Europe/Warsaw", "pl", "+4858", ("Zofia", "Tomasz", "Hanna", "Marek", "Kinga", "Piotr", "Agata", "Wojciech", "Ewa", "Adam"), ("Wrona", "Zielińska", "Kubiak", "Sobczak", "Malik", "Górska", "Pawlak", "Sikora", "Duda", "Lis")),
    Place("ES", "Bilbao", "Europe/Madrid", "es", "+3494", ("Itziar", "Mikel", "Ainhoa", "Jon", "Leire", "Unai", "Maider", "Gorka", "Nerea", "Asier"), ("Etxeberria", "Zubiri", "Aguirre", "Ibarra", "Mendieta", "Olabarri", "Urrutia", "Goikoetxea", "Salazar", "Arrieta")),
    Place("IE", "Galway", "Europe/Dublin", "en", "+35391", ("Aoife", "Ciarán", "Niamh", "Oisín", "Róisín", "Declan", "Sinéad", "Fergus", "Gráinne", "Cormac"), ("Keane", "Folan", "Conneely", "Mannion", "Burke", "Lally", "Geraghty", "Hession", "Tierney", "Noone")),
    Place("PT", "Porto", "Europe/Lisbon", "pt", "+35122", ("Inês", "Tiago", "Beatriz", "Rui", "Marta", "Nuno", "Catarina", "Vasco", "Leonor", "Hugo"), ("Teixeira", "Moura", "Barbosa", "Figueira", "Leitão", "Sampaio", "Queirós", "Rebelo", "Vilaça", "Couto")),
)  # fmt: skip
# ruff: noqa: E501 - a table reads better with one place a line

COMPANY_NAMES = (
    "Alderbrook", "Amberline", "Bellwether", "Birchgate", "Bluefen", "Brightmoor", "Cinderford",
    "Clearmarsh", "Copperlane", "Corvane", "Dovetail", "Driftwood", "Eastermere", "Elmstead",
    "Everfield", "Fairhaven", "Fernhollow", "Foxglove", "Gablewood", "Glasswater", "Greyfriar",
    "Hartwell", "Hazelmount", "Heronsgate", "Highmarch", "Ironbridge", "Ivorytide", "Juniper",
    "Kestrel", "Kingfisher", "Lanternhouse", "Larkspur", "Longacre", "Mapleton", "Marram",
    "Millrace", "Moonraker", "Northlight", "Oakenshaw", "Oldharbour", "Orchardside", "Pebblecourt",
    "Pinecrest", "Quayside", "Ravensholm", "Redgranary", "Rosethorn", "Saltmarsh", "Sandpiper",
    "Silverbeck", "Skylark", "Stonebridge", "Sunderwell", "Swiftwater", "Tamarisk", "Thistledown",
    "Underhill", "Weatherby", "Whitestone", "Windrush", "Wolfspring", "Yarrow",
)  # fmt: skip
SECTORS = {
    "Logistics": "Transport", "Dental": "Health", "Joinery": "Construction", "Foods": "Food",
    "Bookshops": "Retail", "Marine": "Shipbuilding", "Schools": "Education", "Energy": "Energy",
    "Hotels": "Hospitality", "Instruments": "Manufacturing", "Housing": "Property",
    "Veterinary": "Health",
}  # fmt: skip
JOBS = (
    ("Managing director", "Management"), ("Head of operations", "Operations"),
    ("Head of finance", "Finance"), ("IT manager", "IT"), ("Office manager", "Administration"),
    ("Head of people", "People"), ("Purchasing manager", "Purchasing"),
    ("Site manager", "Operations"), ("Accountant", "Finance"), ("Team lead", "Customer service"),
)  # fmt: skip
AGREED = (
    ("project", "Move the payroll to the new system", "no pay day missed"),
    ("project", "New telephone system for the branches", "all branches within a week"),
    ("project", "Stock control with hand scanners", "count a third faster"),
    ("project", "Back-up and recovery plan", "restored within four hours"),
    ("sale", "Yearly support of the office computers", "answers within two hours"),
    ("sale", "Licences for the booking desk", "ready before the season"),
    ("trial", "Trial of the visitor register", "two weeks, two desks"),
    ("trial", "Trial of the route planner", "one depot, one month"),
    ("information", "Comparison of three accounting programs", "one page, no jargon"),
    ("information", "Overview of the new reporting duties", "before their board meets"),
    ("promise", "Look into the slow order form", "an answer this month"),
    ("promise", "Introduce the new contact at our side", "in person"),
    ("project", "Security check of the branch offices", "nothing red left"),
    ("order", "Twelve screens for the workshop", "delivered and set up"),
)  # fmt: skip
EVIDENCE = (
    ("figure", "Finished 6 days before the day agreed"), ("figure", "Downtime: 40 minutes in all"),
    ("figure", "Counting took 31 % less time"), ("figure", "No call unanswered in four weeks"),
    ("link", "https://harbour.example/reports/handover"),
    ("link", "https://harbour.example/reports/service-review"),
    ("file", "acceptance-protocol.pdf"), ("file", "before-and-after.pdf"),
)  # fmt: skip
HAPPY_WORDS = (
    "You kept every date.", "My team hardly noticed the change, which is the best praise I know.",
    "Finally somebody who explains things.", "Very pleased, thank you.", "",
    "Went better than we feared.", "I sleep better since.", "",
)  # fmt: skip
SO_SO_WORDS = ("It works, the manual doesn't.", "Fine, if a little late.", "", "All right so far.")
UNHAPPY_WORDS = (
    "Nobody called back for three days.", "We paid for a week of standstill.",
    "I had to explain it to three people.", "That was not what we agreed.",
)  # fmt: skip
CASES = (
    "The scanners lose the network", "Invoices are printed twice", "No sign-in after the holidays",
    "The booking page is slow", "Wrong tax on one invoice", "Calls end after ten minutes",
    "A report misses the last week", "The new colleague has no access", "Mails arrive late",
    "The back-up sent a warning",
)  # fmt: skip
FAVOURS = (
    ("professional", "Read over their tender before it went out"),
    ("professional", "Found them a speaker for their open day"),
    ("professional", "Lent them a projector for the fair"),
    ("professional", "Talked their intern through job interviews"),
    ("professional", "Checked an offer of another supplier with them"),
    ("professional", "Sent them the checklist for the move"),
    ("personal", "Recommended a school for their daughter"),
    ("personal", "Lift to the airport after the meeting"),
    ("personal", "Tickets for the harbour festival"),
    ("personal", "Helped to choose a laptop for their son"),
)  # fmt: skip
NEEDS = (
    "A good mover for the warehouse", "Somebody who trains forklift drivers",
    "A tax adviser who knows leasing", "A caterer for fifty people", "A translator for Polish",
    "A photographer for the new site", "A lawyer for tenancy law", "An architect for the extension",
)  # fmt: skip
NEEDS_FOR_US = (
    "The second branch wants the same telephones", "They think about a shared calendar",
    "Their subsidiary has no back-up", "They want figures on one page each Monday",
)  # fmt: skip
PROVIDERS = (
    "Tidewater Removals", "Lift & Learn", "Marlow Tax", "Kitchen on Wheels", "Baltic Words",
    "Daylight Photo", "Stein & Ruiz, lawyers", "Studio Halm",
)  # fmt: skip
HOW_THEY_KNOW = (
    "studied together", "same rowing club", "former colleague", "neighbours at the harbour",
    "sits on the same committee", "brother-in-law", "shares a supplier", "met at the fair",
)  # fmt: skip
THANKS = ("a call", "a card by hand", "lunch", "a book", "flowers to the office")
ASK_WORDS = (
    "Who else might we help?", "Whom do you know who fights with the same thing?",
    "Is there somebody we should get to know?",
)  # fmt: skip
BUSY = ("Stock-taking", "Season", "Audit", "Trade fair", "Annual accounts", "Works holidays")
