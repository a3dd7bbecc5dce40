"""Words from which believable people, companies and places are made, by country."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """What names are made of in one country."""

    code: str
    language: str
    domain: str
    dialling: str
    forms: tuple[str, ...]
    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
    surname_heads: tuple[str, ...]
    surname_middles: tuple[str, ...]
    surname_tails: tuple[str, ...]
    company_stems: tuple[str, ...]
    company_trades: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _cities(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.split(" ", 1) for line in text.strip().split(", "))
    return tuple((code, name) for code, name in pairs)


NORWAY = Country(
    code="NO",
    language="nb-NO",
    domain="no",
    dialling="+47",
    forms=("AS", "ASA", "ANS", "SA"),
    first_names=_words(
        "Anna Eva Ingrid Astrid Solveig Sigrid Kari Marit Åse Øyvind Bjørn Håkon Jørgen Søren Lars "
        "Ola Per Magnus Nils Torbjørn Pål Kåre Åge Asbjørn Sverre Trygve Gunnar Henrik Eirik "
        "Ragnhild Gudrun Liv Tone Silje Maren Ida Nora Emma Sofie Thea Mathias Jonas Tobias "
        "Kristian Andreas Anders Anne Berit Bente Camilla Cecilie Dag Einar Elin Erik Espen Frode "
        "Geir Guro Hanne Hege Heidi Helene Hilde Inger Ivar Jan Johannes Jon Karoline Katrine "
        "Kjell Kjersti Knut Kristin Leif Line Linn Mads Mari Marius Martin Mette Morten Odd Olav "
        "Ole Oskar Randi Roar Rolf Rune Sindre Siri Stein Stian Svein Terje Tor Tore Torill Trond "
        "Turid Unni Vegard Vidar Zoë"
    ),
    surnames=_words(
        "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen "
        "Pettersen Eriksen Berg Haugen Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen "
        "Halvorsen Henriksen Lund Sørensen Jakobsen Moen Gundersen Iversen Strand Solberg Svendsen "
        "Eide Martinsen Knutsen Bakken Ødegård O'Connor-Ødegård Næss Aasen Bråten Løken Sæther "
        "Grønvold Bjørnstad Tønnessen Brække Fjæran Kvåle Myhre Nygård Rønning Sjøberg"
    ),
    surname_heads=_words(
        "Nord Sør Øst Vest Lang Stor Høg Brat Grøn Kvit Svart Rød Sol Skog Fjell Elve Myr Sand "
        "Stein Gull Bjørk Ask Lind Eike Furu Hassel Rog Selje Orre Hegg Rev Ulv Hjort Ørn Falk Due "
        "Korn Havre Bygg Haug"
    ),
    surname_middles=_words(
        "e a lie mo bakk vold sæter ås bø torp rud hol nes vatn moen gård lund øy hell slett"
    ),
    surname_tails=_words(
        "vik land stad heim dal berg haug nes mo lien bakken rud tveit eng voll set ås bø sund "
        "fjord vatn holt hagen gård sletta myra strand eide mark"
    ),
    company_stems=_words(
        "Fjord Nord Vest Sør Hav Fjell Skog Elv Sol Vinter Kyst Øy Bre Tind Dal Vik Lys Storm Is "
        "Furu Bjørk Granitt Jern Sølv Kobolt Sjø Tang Torsk Laks Ørne Rein Elg Haug Bygde By Land "
        "Midt Polar Troll Saga Nordlys"
    ),
    company_trades=_words(
        "bygg tech kraft frakt mat fisk hus maskin data elektro rør tak glass tre stål papir trykk "
        "klima varme energi helse pleie reise hotell transport lager handel import mote møbel "
        "design media lyd film bok skole kurs råd revisjon regnskap forsikring bank eiendom anlegg "
        "grunn vei bru havn skip verft oppdrett gartneri"
    ),
    streets=_words(
        "Storgata Kirkeveien Strandgata Skolegata Parkveien Industriveien Havnegata Fjordveien Åsveien"
    ),
    cities=_cities(
        "0150 Oslo, 5003 Bergen, 7010 Trondheim, 4006 Stavanger, 3015 Drammen, 1606 Fredrikstad, "
        "3210 Sandefjord, 9008 Tromsø, 8006 Bodø, 6002 Ålesund, 3717 Skien, 4611 Kristiansand, "
        "3110 Tønsberg, 2317 Hamar, 2815 Gjøvik, 6509 Kristiansund, 1530 Moss, 5501 Haugesund, "
        "1767 Halden, 2609 Lillehammer, 3611 Kongsberg, 8514 Narvik, 9405 Harstad, 9510 Alta, "
        "1300 Sandvika, 3510 Hønefoss, 4306 Sandnes"
    ),
)

NETHERLANDS = Country(
    code="NL",
    language="nl-NL",
    domain="nl",
    dialling="+31",
    forms=("B.V.", "N.V.", "V.O.F."),
    first_names=_words(
        "Daan Sem Lucas Levi Finn Noah Bram Milan Jesse Thijs Sanne Anouk Femke Lieke Fleur Eva "
        "Lotte Julia Maud Renée Zoë Chloë Loïs Joël Daniël Noël André Desirée Hélène Irène Jan "
        "Piet Kees Henk Wim Gerrit Hans Maria Johanna Anna Cornelia Wilhelmina Hendrik Willem "
        "Johannes Jacob Pieter Marieke Annemiek Saskia Ingrid Petra Monique Linda Esther Marloes "
        "Nienke Jelle Wouter Sjoerd Tjeerd Douwe Bauke Hidde Jurre Stijn Teun Luuk Guus Pim Joost "
        "Maarten Jeroen Ruben Tim Niels Bas Roel Koen Arjan Erwin Marcel Rogier Diederik Floris "
        "Casper"
    ),
    surnames=_words(
        "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra "
        "Smits Koster Willems Hoekstra Koopman Verhoeven Prins Blom Huisman Postma Kuipers "
        "Schouten Kok Groen Veenstra Gerritsen Timmermans Groeneveld Wolters Willemsen Bosman "
        "Hermans Scholten Janssen Börger Müller Weiß Łukasik"
    ),
    surname_heads=_words(
        "Groen Hoog Laag Nieuw Oud Berg Bos Water Meer Zee Dijk Veld Heide Linden Eiken Beuken "
        "Wilgen Zwart Wit Rood Geel Blauw Steen Zand Klei Koren Haver Vlas Hooi Molen Brug Kerk "
        "Kloos Slot Poort Markt Haag Wester Noorder Zuider"
    ),
    surname_middles=_words(
        "en er el sche ke ge we der horst kamp huis hof weg pad laan akker beek meer woud duin"
    ),
    surname_tails=_words(
        "sma stra inga ema enga man mans huis huizen horst berg bergen dam dijk veld broek meer "
        "water man boom hof kamp akker brink wijk dorp aar aert sen"
    ),
    company_stems=_words(
        "Delta Polder Maas Waal Rijn Amstel Vecht IJssel Noord Zuid Oost West Duin Tulp Molen Brug "
        "Haven Gouden Oranje Blauwe Groene Witte Zilver Koning Prins Leeuw Zwaan Reiger Dijk Hanze "
        "Linge Eems Zeeland Twente Veluwe Betuwe Kennemer Rijnland Gooi Kempen"
    ),
    company_trades=_words(
        "bouw techniek logistiek transport handel groep advies bakkerij bloemen zaden teelt kas "
        "fruit zuivel kaas vlees vis hout metaal staal glas verf papier druk media data software "
        "netwerk energie zonnepanelen warmte water waterbouw scheepvaart haven opslag meubel "
        "textiel mode zorg apotheek optiek reizen hotel horeca catering verzekering makelaar "
        "notaris accountants"
    ),
    streets=_words(
        "Dorpsstraat Kerkstraat Hoofdstraat Molenweg Stationsweg Julianalaan Havenkade Industrieweg"
    ),
    cities=_cities(
        "1012 Amsterdam, 3011 Rotterdam, 2511 Den Haag, 3511 Utrecht, 5611 Eindhoven, "
        "9711 Groningen, 5038 Tilburg, 1315 Almere, 4811 Breda, 6511 Nijmegen, 7311 Apeldoorn, "
        "2011 Haarlem, 7511 Enschede, 6811 Arnhem, 3811 Amersfoort, 5211 's-Hertogenbosch, "
        "8011 Zwolle, 2312 Leiden, 6211 Maastricht, 3311 Dordrecht, 8911 Leeuwarden, "
        "7411 Deventer, 2611 Delft, 1811 Alkmaar, 4331 Middelburg, 5911 Venlo"
    ),
)

BELGIUM = Country(
    code="BE",
    language="nl-BE",
    domain="be",
    dialling="+32",
    forms=("NV", "BV", "SA", "SRL"),
    first_names=_words(
        "Jules Arthur Louis Liam Adam Victor Noé Lucas Mathéo Émile Élise Zoë Anaïs Loïc Benoît "
        "Cédric Jérôme Hélène Amélie Noémie Margaux Charlotte Camille Olivia Marie Elena Juliette "
        "Alice Mila Lore Lien Sofie Lies Katrien Griet An Els Hilde Veerle Ilse Karen Nele Tine "
        "Jan Luc Marc Dirk Koen Bart Wim Geert Stefaan Filip Kristof Pieter Jonas Jef Seppe Wout "
        "Senne Xander Maxime Antoine Thibault Gilles Yves Pascal Didier Thierry Frédéric"
    ),
    surnames=_words(
        "Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters Dubois Lambert Dupont "
        "Martin Simon Leroy Lefèbvre Desmet Declercq Verhaeghe Vandamme Vermeulen Aerts Michiels "
        "Hermans Martens Stevens Lemmens Segers Renard Mathieu Gérard Noël Fontaine Bogaert "
        "Coppens Cools Smets Thijs Daems Nijs"
    ),
    surname_heads=_words(
        "Vande Vanden Vander Van De Ver Des Dela Op Ten Ter Uyt Mont Beau Val Ville Grand Petit "
        "Bel Haut Bas Noir Blanc Rouge Clair Saint Pierre Bois Fon Champ Moulin Pont Roche Court "
        "Mal Bon Gros Chau Du Le La"
    ),
    surname_middles=_words("n r l s ve be ke ge re me pe de te se fe he lo la li ri"),
    surname_tails=_words(
        "broeck putte walle velde berghe kerckhove borre steene wiele meersch houte driessche "
        "abeele plas poel linden eynde cruysse hecke daele gnies court ville mont fontaine champs "
        "martin"
    ),
    company_stems=_words(
        "Schelde Leie Dender Maas Zenne Dijle Kempen Haspen Ardennen Vlaam Brabo Antwerp Gent "
        "Bruggen Luik Namen Leeuw Gulden Zilver Ster Zon Maan Noorder Zuider Ooster Wester Atomium "
        "Brugse Meetjes Polder Kust Duin Ambiorix Meuse Sambre Lesse Semois Lys Escaut Condroz"
    ),
    company_trades=_words(
        "bouw construct techniek logistics transport trading groep consult bakkerij chocolade bier "
        "brouwerij textiel tapijt vlas hout metaal staal glas diamant chemie plastics pharma labo "
        "zorg kliniek apotheek optiek energie wind zonne water haven opslag agro fruit zuivel "
        "vlees horeca catering hotel reizen media print software data netwerk verzekering immo "
        "notaris audit"
    ),
    streets=_words(
        "Kerkstraat Stationsstraat Molenstraat Dorpsplein Meir Kouter Grotesteenweg Avenue-Louise Nieuwstraat"
    ),
    cities=_cities(
        "2000 Antwerpen, 9000 Gent, 1000 Brussel, 8000 Brugge, 3000 Leuven, 4000 Liège, "
        "5000 Namur, 6000 Charleroi, 2800 Mechelen, 9300 Aalst, 8500 Kortrijk, 3500 Hasselt, "
        "8400 Oostende, 9100 Sint-Niklaas, 7000 Mons, 8800 Roeselare, 3600 Genk, 2300 Turnhout, "
        "4800 Verviers, 7500 Tournai, 2500 Lier, 9700 Oudenaarde, 8900 Ieper"
    ),
)

COUNTRIES = (NORWAY, NETHERLANDS, BELGIUM)
MAILING_GROUPS = ("Newsletter", "Christmas card", "Price list", "Events")
INDUSTRY_GROUPS = ("Building", "Energy", "Food", "Shipping", "Health", "Retail")
JOB_RESPONSIBILITIES = ("Purchase", "Production", "Finance", "Management", "Marketing")
JOB_TITLES = (
    "Purchaser",
    "Head of Purchasing",
    "Managing Director",
    "Project Manager",
    "Sales Manager",
    "Controller",
    "Daglig leder",
    "Innkjøpssjef",
    "Zaakvoerder",
    "Inkoper",
    "Bedrijfsleider",
    "Werfleider",
)
