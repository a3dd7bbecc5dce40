"""Believable Norwegian, Dutch and Belgian contacts, the same for the same seed."""

from collections.abc import Iterator
from random import Random

from bot.demo.names import (
    COUNTRIES,
    INDUSTRY_GROUPS,
    JOB_RESPONSIBILITIES,
    JOB_TITLES,
    MAILING_GROUPS,
    Country,
)
from bot.domain.folding import fold

HEADER = (
    "No.",
    "Type",
    "Name",
    "Company Name",
    "Job Title",
    "Phone No.",
    "Mobile Phone No.",
    "E-Mail",
    "Address",
    "Post Code",
    "City",
    "Country",
    "Language Code",
    "Mailing Groups",
    "Industry Groups",
    "Job Responsibilities",
)
_MAILINGS = (0, 0, 0, 0, 1, 2)  # most people get no mailing, and few have a job responsibility noted
_DUTIES = ("", "", "", "", "", *JOB_RESPONSIBILITIES[:3])
_STRIDE = 1_000_003  # a prime: walks through all names in an order that looks random


def contacts(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield `count` rows for the contact import: companies, each followed by its people."""
    random = Random(seed)  # noqa: S311 - believable, not secret
    made = 0
    company = 0
    while made < count:
        for row in _household(company, random):
            if made == count:
                return
            made += 1
            yield {"No.": f"CT{made:06d}", **row}
        company += 1


def _household(number: int, random: Random) -> Iterator[dict[str, str]]:
    country = COUNTRIES[number % len(COUNTRIES)]
    company = _company(country, number // len(COUNTRIES), random)
    yield company
    for place, first_name in enumerate(random.sample(country.first_names, random.randrange(1, 12))):
        yield _person(country, company, first_name, _surname(country, number * 12 + place, random), random)


def _company(country: Country, number: int, random: Random) -> dict[str, str]:
    name = _company_name(country, number)
    post_code, city = random.choice(country.cities)
    slug = "".join(c for c in fold(name) if c.isalnum())
    return {
        "Type": "Company",
        "Name": name,
        "Company Name": "",
        "Job Title": "",
        "Phone No.": _phone(country, random),
        "Mobile Phone No.": "",
        "E-Mail": f"post@{slug}.{country.domain}",
        "Address": f"{random.choice(country.streets)} {random.randrange(1, 200)}",
        "Post Code": post_code,
        "City": city,
        "Country": country.code,
        "Language Code": country.language,
        "Mailing Groups": "",
        "Industry Groups": random.choice(INDUSTRY_GROUPS),
        "Job Responsibilities": "",
    }


def _person(
    country: Country, company: dict[str, str], first: str, last: str, random: Random
) -> dict[str, str]:
    domain = company["E-Mail"].partition("@")[2]
    address = ".".join("".join(c for c in fold(word) if c.isalnum()) for word in (first, last))
    return company | {
        "Type": "Person",
        "Name": f"{first} {last}",
        "Company Name": company["Name"],
        "Job Title": random.choice(JOB_TITLES),
        "Mobile Phone No.": _phone(country, random),
        "E-Mail": f"{address}@{domain}",
        "Mailing Groups": "; ".join(random.sample(MAILING_GROUPS, random.choice(_MAILINGS))),
        "Industry Groups": "",
        "Job Responsibilities": random.choice(_DUTIES),
    }


def _company_name(country: Country, number: int) -> str:
    """Return the company's name; different for every number below 40 stems * 50 trades * all surnames."""
    stems, trades, forms = country.company_stems, country.company_trades, country.forms
    pair = number * 7 % (len(stems) * len(trades))
    name = f"{stems[pair % len(stems)]}{trades[pair // len(stems)]}"
    again = number // (len(stems) * len(trades))
    owner = f"{_coined(country, again * _STRIDE)} " if again else ""
    return f"{owner}{name} {forms[number % len(forms)]}"


def _surname(country: Country, number: int, random: Random) -> str:
    if random.random() < 0.5:  # noqa: PLR2004 - half of the people share the common names
        return random.choice(country.surnames)
    return _coined(country, number * _STRIDE)


def _coined(country: Country, number: int) -> str:
    """Return a made-up surname: one of 40 * 20 * 28 by number."""
    rest, tail = divmod(number, len(country.surname_tails))
    rest, middle = divmod(rest, len(country.surname_middles))
    head = country.surname_heads[rest % len(country.surname_heads)]
    return f"{head}{country.surname_middles[middle]}{country.surname_tails[tail]}"


def _phone(country: Country, random: Random) -> str:
    return f"{country.dialling} {random.randrange(20_000_000, 99_999_999)}"
