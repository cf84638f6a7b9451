"""Invented companies, people and castings. Any likeness to a real company or person is chance."""

#: name, country, delivery place, transit days, mail domain (the reserved top domain ``.example``)
COMPANIES = (
    ("Fjellvik Pumper AS", "NO", "Gjøvik", 1, "fjellvik-pumper"),
    ("Vätterhult Ventiler AB", "SE", "Jönköping", 2, "vatterhult-ventiler"),
    ("Harrowmere Marine Ltd", "GB", "Hull", 4, "harrowmere-marine"),
    ("Limfjordens Kølehuse A/S", "DK", "Aalborg", 2, "limfjordens-kolehuse"),
    ("Nordlysholm Skipsteknikk AS", "NO", "Ålesund", 2, "nordlysholm"),
    ("Tussefoss Kraftutstyr AS", "NO", "Rjukan", 1, "tussefoss"),
    ("Havgløtt Propeller AS", "NO", "Bergen", 2, "havglott-propeller"),
    ("Bråtaskog Hydraulikk AS", "NO", "Kongsvinger", 1, "bratskog"),
    ("Ytterskjær Marin AS", "NO", "Kristiansund", 2, "ytterskjaer"),
    ("Glomstrand Girfabrikk AS", "NO", "Fredrikstad", 1, "glomstrand-gir"),
    ("Rallarvegen Jernbanedeler AS", "NO", "Drammen", 1, "rallarvegen-deler"),
    ("Solbergmo Ventilasjon AS", "NO", "Hamar", 1, "solbergmo"),
    ("Kvitnes Oppdrettsutstyr AS", "NO", "Bodø", 3, "kvitnes-oppdrett"),
    ("Storhamar Maskinbygg AS", "NO", "Hamar", 1, "storhamar-maskinbygg"),
    ("Mjøstoppen Traktor AS", "NO", "Lillehammer", 1, "mjostoppen"),
    ("Fossekallen Turbin AS", "NO", "Odda", 2, "fossekallen-turbin"),
    ("Halsnøyra Vinsj AS", "NO", "Stord", 2, "halsnoyra-vinsj"),
    ("Elvebakken Elektro AS", "NO", "Skien", 1, "elvebakken-elektro"),
    ("Polarvind Instrument AS", "NO", "Tromsø", 3, "polarvind-instrument"),
    ("Tømmerås Skogsmaskin AS", "NO", "Namsos", 2, "tommeras"),
    ("Skogsbro Pumpteknik AB", "SE", "Örebro", 2, "skogsbro-pumpteknik"),
    ("Tivedalens Mekaniska AB", "SE", "Karlsborg", 2, "tivedalen"),
    ("Bohusvik Marinteknik AB", "SE", "Uddevalla", 1, "bohusvik"),
    ("Älvnäs Turbinservice AB", "SE", "Karlstad", 1, "alvnas-turbin"),
    ("Kråkmåla Lager AB", "SE", "Kalmar", 3, "krakmala-lager"),
    ("Norrbackens Gruvdelar AB", "SE", "Skellefteå", 3, "norrbacken"),
    ("Vesterlund Skibsudstyr A/S", "DK", "Esbjerg", 2, "vesterlund-skib"),
    ("Fynbjerg Armatur ApS", "DK", "Odense", 2, "fynbjerg-armatur"),
    ("Kattegatvindens Teknik A/S", "DK", "Frederikshavn", 2, "kattegatvinden"),
    ("Bornsand Maskinfabrik A/S", "DK", "Rønne", 3, "bornsand"),
    ("Weserholz Pumpentechnik GmbH", "DE", "Bremen", 3, "weserholz"),
    ("Alsterbrook Schiffsarmaturen GmbH", "DE", "Hamburg", 3, "alsterbrook"),
    ("Tannenried Getriebebau GmbH", "DE", "Kassel", 4, "tannenried"),
    ("Moorbach Elektrotechnik GmbH", "DE", "Oldenburg", 3, "moorbach"),
    ("Penlarrick Valves Ltd", "GB", "Plymouth", 5, "penlarrick-valves"),
    ("Strathorrin Subsea Ltd", "GB", "Aberdeen", 4, "strathorrin"),
    ("Wolderby Rail Castings Ltd", "GB", "Doncaster", 4, "wolderby-rail"),
    ("Saarilampi Konepaja Oy", "FI", "Tampere", 3, "saarilampi"),
    ("Revontulen Pumput Oy", "FI", "Oulu", 4, "revontulen-pumput"),
    ("Merikallion Telakka Oy", "FI", "Turku", 3, "merikallio"),
    ("Koivusuon Voimansiirto Oy", "FI", "Jyväskylä", 3, "koivusuo"),
    ("Ørnefjell Bremser AS", "NO", "Kongsberg", 1, "ornefjell-bremser"),
)
LANGUAGES = {"NO": "nb", "SE": "sv", "DK": "da", "DE": "de", "GB": "en", "FI": "en"}
CURRENCIES = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "DE": "EUR", "GB": "GBP", "FI": "EUR"}
PHONES = {"NO": "+47", "SE": "+46", "DK": "+45", "DE": "+49", "GB": "+44", "FI": "+358"}
#: NOK per unit of the currency, for invented prices only
RATES = {"NOK": 1.0, "SEK": 1.02, "DKK": 1.56, "EUR": 11.6, "GBP": 13.4}

FIRST = {
    "NO": ("Ingrid", "Sindre", "Marte", "Øystein", "Silje", "Håkon", "Turid", "Vegard", "Solveig", "Jørgen"),
    "SE": ("Elin", "Göran", "Maja", "Henrik", "Åsa", "Fredrik", "Lovisa", "Mattias"),
    "DK": ("Mette", "Søren", "Freja", "Rasmus", "Birgit", "Mads", "Signe", "Torben"),
    "DE": ("Katrin", "Uwe", "Heike", "Jürgen", "Anke", "Dirk", "Sabine", "Holger"),
    "GB": ("Claire", "Graham", "Fiona", "Nigel", "Harriet", "Callum", "Joan", "Edward"),
    "FI": ("Aino", "Jukka", "Satu", "Timo", "Helmi", "Antti", "Riikka", "Pekka"),
}
LAST = {
    "NO": ("Sætervik", "Bråtelund", "Myrland", "Haugstø", "Tveitmoen", "Engebakk", "Lisø", "Nordhei"),
    "SE": ("Lindkvarn", "Åkerstad", "Hedbro", "Sjövall", "Björkmo", "Granhed"),
    "DK": ("Møllegaard", "Skovlund", "Vestbæk", "Engholt", "Strandby", "Højmark"),
    "DE": ("Birkenau", "Hartwald", "Lindgrün", "Moosfeld", "Steinweg", "Ahornek"),
    "GB": ("Ashwick", "Penrowe", "Thornley-Moss", "Hartlebrook", "Wainford", "Cawthwaite"),
    "FI": ("Koskela", "Niittyharju", "Lahdenperä", "Rantasuo", "Metsämaa", "Vuoripää"),
}

#: bokmål, English: castings by family
CASTINGS = {
    "aluminium": (
        ("Girhus", "Gearbox housing"), ("Motorbrakett", "Motor bracket"), ("Lagerlokk", "Bearing cover"),
        ("Kjøleribbe", "Heat sink"), ("Instrumenthus", "Instrument housing"), ("Viftehus", "Fan housing"),
        ("Pumpelokk", "Pump cover"), ("Koblingsboks", "Junction box"), ("Ratt", "Handwheel"),
        ("Inntaksrør", "Intake manifold"), ("Konsoll", "Console"), ("Vinsjtrommel", "Winch drum"),
        ("Båtbeslag", "Deck fitting"), ("Oljebunnpanne", "Oil sump"), ("Clutchhus", "Clutch housing"),
    ),
    "copper": (
        ("Pumpehus", "Pump housing"), ("Løpehjul", "Impeller"), ("Ventilhus", "Valve body"),
        ("Lagerforing", "Bearing bush"), ("Glideskinne", "Slide rail"), ("Flens", "Flange"),
        ("Propellnav", "Propeller hub"), ("Snekkehjulsemne", "Worm wheel blank"), ("Slitering", "Wear ring"),
        ("Sjøvannsfilter", "Sea water strainer"), ("Hylsterrør", "Stern tube"), ("Kontaktklemme", "Contact clamp"),
        ("Lokk", "Cover"), ("Rørbend", "Pipe bend"), ("Trykkskive", "Thrust washer"),
    ),
}  # fmt: skip
#: designation, temper, how often (weight); every one stands in the alloy catalogue
ALLOYS = (
    ("EN AC-42000", "F", 6), ("EN AC-42000", "T6", 8), ("EN AC-42100", "T6", 14), ("EN AC-42200", "T6", 3),
    ("EN AC-43000", "F", 5), ("EN AC-44200", "F", 8), ("EN AC-44100", "F", 4), ("EN AC-46200", "F", 4),
    ("EN AC-45300", "T6", 2), ("EN AC-51300", "F", 4), ("EN AC-51100", "F", 2), ("EN AC-21000", "T4", 1),
    ("EN AC-71100", "T1", 1), ("CC491K", "GS", 20), ("CC493K", "GS", 8), ("CC492K", "GS", 5), ("CC499K", "GS", 3),
    ("CC480K", "GS", 7), ("CC483K", "GS", 6), ("CC484K", "GS", 3), ("CC495K", "GS", 4), ("CC333G", "GS", 8),
    ("CC331G", "GS", 5), ("CC750S", "GS", 2), ("CC762S", "GS", 2), ("CC765S", "GS", 3), ("CC040A", "GS grade B", 2),
    ("CC768S", "GS", 2),
)  # fmt: skip
CARRIERS = {
    "NO": ("Østerdal Gods", "ostgods"),
    "SE": ("Gränsfrakt", "gransfrakt"),
    "DK": ("Skagerrak Linje", "skagerraklinje"),
    "DE": ("Skagerrak Linje", "skagerraklinje"),
    "GB": ("Doggerbank Freight", "doggerbank"),
    "FI": ("Botnia Rahti", "botniarahti"),
}
