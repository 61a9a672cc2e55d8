"""The work shown in the demonstration, drawn by us: web pages of Acme, print of the other clients."""

from parvis.demo.canvas import Box, Canvas, pdf

INK, PAPER, GREY, GREEN = "#1d2b2a", "#f6f4ee", "#6d7672", "#1f6f5c"
ORANGE, SAND, NIGHT = "#e2703a", "#e9dfcb", "#17313a"
WIDE, HIGH = 1440, 1080


def homepage(version: int) -> bytes:
    """Acme's home page; from version to version the hero grows and the button gets stronger."""
    page = _site()
    _hero(page, (60, 120, 1380, 620 if version > 1 else 520))
    _headline(page, version)
    page.text((60, 680 if version > 1 else 580), "Nos gammes", size=34, weight=500, family="fraunces")
    names = ("Randonnée", "Bivouac", "Escalade", "Hiver")
    shades = ("#cfdccb", "#ead9b8", "#e9c7b4", "#c9d8e2")
    for place, (name, shade) in enumerate(zip(names, shades, strict=True)):
        left = 60 + place * 336
        _product(page, (left, 740, left + 312, 930), shade, place)
        page.text((left, 950), name, size=19, weight=600)
        page.text((left, 978), "Dès 39 €", size=16, fill=GREY)
    _footer(page, "12, rue des Ateliers, 44000 Nantes" if version > 2 else "8, quai de Loire, 44000 Nantes")
    return page.png()


def about(version: int) -> bytes:
    """Acme's page about the company."""
    page = _site()
    page.text((60, 150), "Trente ans dehors,\net toujours curieux.", size=58, weight=500, family="fraunces")
    page.text(
        (62, 320),
        "Acme est né dans un atelier de Nantes en 1994.\n"
        "Nous y dessinons encore chaque sac, chaque tente,\n"
        "et nous les réparons aussi longtemps qu’il le faut.",
        size=20,
        fill=GREY,
    )
    _hero(page, (760, 130, 1380, 560))
    page.gradient((60, 640, 1380, 980), SAND, "#f1eadb", radius=14)
    for place, (figure, words) in enumerate(
        (("1994", "année de naissance"), ("42", "personnes à l’atelier"), ("18 000", "réparations par an"))
    ):
        left = 140 + place * 420
        page.text((left, 720), figure, size=64, weight=600, family="fraunces", fill=GREEN)
        page.text((left, 810), words, size=20, fill=INK)
        if version > 1:
            page.line([(left, 860), (left + 220, 860)], GREEN, width=3)
    return page.png()


def contact_form() -> bytes:
    """The mock-up of Acme's contact form."""
    page = _site()
    page.text((60, 150), "Écrivez-nous", size=58, weight=500, family="fraunces")
    page.text((62, 240), "Une vraie personne vous répond dans la journée.", size=20, fill=GREY)
    for place, label in enumerate(("Votre nom", "Votre e-mail", "Votre commande (facultatif)")):
        top = 310 + place * 120
        page.text((60, top), label, size=17, weight=600)
        page.box((60, top + 30, 720, top + 86), "#ffffff", radius=10)
        page.frame((60, top + 30, 720, top + 86), "#8f877c", radius=10)
    page.text((60, 670), "Votre message", size=17, weight=600)
    page.box((60, 700, 720, 880), "#ffffff", radius=10)
    page.frame((60, 700, 720, 880), "#8f877c", radius=10)
    page.button((60, 920), "Envoyer le message", fill=GREEN)
    page.gradient((820, 150, 1380, 980), "#d9e5dd", "#c3d6cc", radius=18)
    page.ellipse((960, 320, 1240, 600), "#e9dfcb")
    page.shape([(960, 560), (1060, 420), (1120, 500), (1180, 400), (1260, 560)], GREEN)
    page.text((1100, 700), "02 40 00 00 00", size=34, weight=600, anchor="mm")
    page.text((1100, 750), "du lundi au vendredi, de 9 h à 18 h", size=18, fill=GREY, anchor="mm")
    return page.png()


def navigation() -> bytes:
    """The mock-up of Acme's navigation, opened."""
    page = _site()
    page.box((60, 110, 1380, 620), "#ffffff", radius=14)
    page.frame((60, 110, 1380, 620), "#d8d2c4", radius=14)
    columns = {
        "Randonnée": ("Sacs à dos", "Chaussures", "Bâtons", "Gourdes"),
        "Bivouac": ("Tentes", "Duvets", "Réchauds", "Lampes"),
        "Escalade": ("Cordes", "Casques", "Baudriers", "Chaussons"),
        "Atelier": ("Réparer", "Louer", "Revendre", "Nos boutiques"),
    }
    for place, (title, entries) in enumerate(columns.items()):
        left = 110 + place * 310
        page.text((left, 160), title, size=22, weight=600, fill=GREEN)
        for row, entry in enumerate(entries):
            page.text((left, 220 + row * 56), entry, size=19)
    page.gradient((60, 660, 1380, 1000), NIGHT, "#2b5a58", radius=14)
    page.text(
        (120, 790), "La navigation s’ouvre au clic,", size=40, weight=500, family="fraunces", fill=PAPER
    )
    page.text((120, 850), "et se parcourt au clavier.", size=40, weight=500, family="fraunces", fill=PAPER)
    return page.png()


def draft_text() -> bytes:
    """The draft of the texts, as a PDF of three pages."""
    titles = ("Accueil", "À propos", "Livraison et retours")
    return pdf([_text_page(title, number) for number, title in enumerate(titles, 1)], "Brouillon contenu")


def brand_guide(version: int) -> bytes:
    """Acme's brand guide; the palette comes with version 3, typography with version 2."""
    cover = Canvas(1080, 1400, NIGHT)
    _mark(cover, (440, 420, 640, 620), ORANGE)
    cover.text((540, 720), "Guide de marque", size=54, weight=500, family="fraunces", fill=PAPER, anchor="mm")
    cover.text((540, 790), f"Acme Corp · version {version}", size=22, fill="#b9cbc6", anchor="mm")
    pages = [cover, _sheet("Logo", "Laisser autour du signe la moitié de sa hauteur.")]
    _mark(pages[1], (390, 520, 690, 820), GREEN)
    if version > 1:
        pages.append(_sheet("Typographie", "Fraunces pour les titres, Inter pour tout le reste."))
        pages[2].text((100, 480), "Aa", size=260, weight=500, family="fraunces", fill=GREEN)
        pages[2].text((600, 480), "Aa", size=260, weight=600, fill=INK)
    if version > 2:
        pages.append(_sheet("Couleurs", "Une couleur d’action, jamais deux."))
        for place, shade in enumerate((GREEN, ORANGE, SAND, NIGHT, "#cfdccb", PAPER)):
            left, top = 100 + place % 3 * 300, 420 + place // 3 * 340
            pages[3].box((left, top, left + 270, top + 230), shade, radius=16)
            pages[3].text((left, top + 250), shade, size=20, fill=GREY)
    return pdf(pages, "Guide de marque")


def letter(title: str, lines: tuple[str, ...]) -> bytes:
    """A plain document of one page."""
    page = _sheet(title, "")
    for row, line in enumerate(lines):
        page.text((100, 380 + row * 64), line, size=24)
    return pdf([page], title)


def label(name: str, note: str, colours: tuple[str, str, str]) -> bytes:
    """A coffee label, three of a range side by side."""
    page = Canvas(WIDE, HIGH, "#efe7da")
    for place, shade in enumerate(colours):
        left = 120 + place * 420
        page.box((left + 10, 130, left + 370, 970), "#d5c7b1", radius=26)
        page.gradient((left, 120, left + 360, 960), shade, "#2a201a", radius=26)
        page.ellipse((left + 90, 220, left + 270, 400), "#f3e7d3")
        page.ellipse((left + 130, 250, left + 230, 370), shade)
        page.line([(left + 180, 255), (left + 168, 310), (left + 192, 365)], "#f3e7d3", width=6)
        page.text(
            (left + 180, 500), name, size=40, weight=600, family="fraunces", fill="#f7efe2", anchor="mm"
        )
        page.text(
            (left + 180, 560), ("Brésil", "Éthiopie", "Pérou")[place], size=28, fill="#f7efe2", anchor="mm"
        )
        page.line([(left + 90, 620), (left + 270, 620)], "#f7efe2", width=2)
        page.text((left + 180, 680), note, size=20, fill="#e6d8c2", anchor="mm")
        page.text((left + 180, 890), "250 g", size=24, weight=600, fill="#f7efe2", anchor="mm")
    return page.png()


def poster(title: str, date: str, ground: str, accent: str) -> bytes:
    """A festival poster."""
    page = Canvas(1080, 1440, ground)
    for ring in range(9):
        inset = 60 * ring
        shade = accent if ring % 2 == 0 else ground
        page.ellipse((40 + inset, 140 + inset, 1040 - inset, 1140 - inset), shade)
    page.text((540, 1215), title, size=110, weight=700, family="fraunces", fill="#fff6e8", anchor="mm")
    page.text((540, 1320), date, size=34, weight=600, fill="#fff6e8", anchor="mm")
    return page.png()


def brochure(title: str) -> bytes:
    """A brochure of six pages."""
    cover = Canvas(1080, 1400, "#dfe9f2")
    cover.gradient((0, 0, 1080, 900), "#3d6f9c", "#9fc3de")
    cover.ellipse((340, 250, 740, 650), "#f4f8fb")
    cover.box((515, 330, 565, 570), "#3d6f9c", radius=10)
    cover.box((420, 425, 660, 475), "#3d6f9c", radius=10)
    cover.text((100, 1000), title, size=60, weight=500, family="fraunces", fill="#1c3a55")
    inside = ("Votre arrivée", "Votre séjour", "Votre sortie", "Vos droits", "Nous joindre")
    return pdf([cover, *(_text_page(words, number) for number, words in enumerate(inside, 1))], title)


def menu(title: str) -> bytes:
    """A winter menu."""
    page = Canvas(1080, 1440, "#0f3b46")
    page.frame((60, 60, 1020, 1380), "#c9a86a", width=3)
    page.text((540, 190), title, size=76, weight=500, family="fraunces", fill="#f3ead8", anchor="mm")
    dishes = (
        ("Huîtres de Cancale", "18"),
        ("Soupe de poisson, rouille", "14"),
        ("Saint-jacques, poireau, noisette", "27"),
        ("Bar de ligne au sel", "31"),
        ("Pomme au four, caramel salé", "11"),
    )
    for row, (dish, price) in enumerate(dishes):
        page.text((150, 370 + row * 170), dish, size=34, fill="#f3ead8")
        page.text((930, 370 + row * 170), price, size=34, fill="#c9a86a", anchor="ra")
        page.line([(150, 440 + row * 170), (930, 440 + row * 170)], "#2d5d66", width=2)
    return page.png()


def logo() -> bytes:
    """The sign of the demonstration's agency."""
    page = Canvas(256, 256, "#2f5d50")
    page.line([(76, 184), (76, 74), (180, 184), (180, 74)], "#ffffff", width=24)
    return page.png()


def _site() -> Canvas:
    page = Canvas(WIDE, HIGH, PAPER)
    _mark(page, (60, 32, 104, 76), ORANGE)
    page.text((120, 36), "ACME", size=30, weight=700, spacing=3)
    for place, entry in enumerate(("Gammes", "L’atelier", "Journal", "Boutiques")):
        page.text((820 + place * 130, 44), entry, size=18, fill=GREY)
    page.box((1330, 34, 1380, 76), INK, radius=21)
    page.text((1355, 55), "2", size=18, fill="#ffffff", weight=600, anchor="mm")
    return page


def _mark(page: Canvas, box: Box, shade: str) -> None:
    """Acme's sign: a peak in a circle."""
    x0, y0, x1, _ = box
    width = x1 - x0
    page.ellipse(box, shade)
    page.shape(
        [
            (x0 + width * 0.18, y0 + width * 0.7),
            (x0 + width * 0.42, y0 + width * 0.3),
            (x0 + width * 0.55, y0 + width * 0.5),
            (x0 + width * 0.66, y0 + width * 0.36),
            (x0 + width * 0.84, y0 + width * 0.7),
        ],
        "#ffffff",
    )


def _hero(page: Canvas, box: Box) -> None:
    """A valley at dawn: sky, sun, three ranges."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    page.gradient(box, "#f3c9a3", "#f9ecd6", radius=14)
    sun = height * 0.34
    cx, cy = x0 + width * 0.72, y0 + height * 0.4
    page.ellipse((cx - sun / 2, cy - sun / 2, cx + sun / 2, cy + sun / 2), "#fff4dd")
    ranges = (
        ("#9fb8ad", (0.74, 0.66, 0.70, 0.46, 0.58, 0.42, 0.60)),
        ("#5c8a7c", (0.86, 0.78, 0.82, 0.64, 0.74, 0.60, 0.72)),
        ("#1f4f45", (0.95, 0.88, 0.92, 0.80, 0.86, 0.78, 0.94)),
    )
    for shade, heights in ranges:
        step = width / (len(heights) - 1)
        ridge = [(x0 + place * step, y0 + height * share) for place, share in enumerate(heights)]
        page.shape([(x0, y1 - 8), *ridge, (x1, y1 - 8)], shade)


def _headline(page: Canvas, version: int) -> None:
    top = 200 if version > 1 else 180
    words = "Dehors, tout\ncommence ici." if version > 1 else "Le matériel de plein air."
    page.text((120, top), words, size=74 if version > 1 else 58, weight=500, family="fraunces", fill=INK)
    if version > 1:
        page.text(
            (124, top + 210), "Sacs, tentes et vêtements, dessinés et réparés à Nantes.", size=21, fill=INK
        )
    at = (120, top + 270) if version > 1 else (120, top + 110)
    if version > 2:
        page.button(at, "Découvrir la gamme", fill=INK, size=18)
    else:
        page.text(at, "Découvrir la gamme ›", size=19, weight=600, fill=INK)


def _product(page: Canvas, box: Box, shade: str, kind: int) -> None:
    x0, y0, x1, y1 = box
    page.box(box, shade, radius=12)
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    if kind == 0:  # a rucksack
        page.box((cx - 38, cy - 62, cx + 38, cy + 66), "#3f6f5f", radius=26)
        page.box((cx - 28, cy + 6, cx + 28, cy + 52), "#2d5448", radius=10)
    elif kind == 1:  # a tent
        page.shape([(cx - 86, cy + 60), (cx, cy - 58), (cx + 86, cy + 60)], "#b9823f")
        page.shape([(cx - 26, cy + 60), (cx, cy - 8), (cx + 26, cy + 60)], "#7a5226")
    elif kind == 2:  # a helmet
        page.ellipse((cx - 66, cy - 56, cx + 66, cy + 76), "#a8512f")
        page.box((cx - 84, cy + 26, cx + 84, cy + 80), shade)
        page.line([(cx - 66, cy + 24), (cx + 66, cy + 24)], "#6d331c", width=8)
    else:  # a flask
        page.box((cx - 30, cy - 50, cx + 30, cy + 66), "#3b6f8c", radius=18)
        page.box((cx - 18, cy - 72, cx + 18, cy - 46), "#28506a", radius=6)


def _footer(page: Canvas, address: str) -> None:
    page.box((0, 1024, WIDE, HIGH), NIGHT)
    page.text((60, 1041), f"Acme Corp · {address}", size=16, fill="#c9d6d2")
    page.text((1380, 1041), "Mentions légales", size=16, fill="#c9d6d2", anchor="ra")


def _sheet(title: str, sentence: str) -> Canvas:
    page = Canvas(1080, 1400, "#ffffff")
    page.line([(100, 130), (180, 130)], GREEN, width=6)
    page.text((100, 170), title, size=52, weight=500, family="fraunces")
    page.text((102, 260), sentence, size=22, fill=GREY)
    return page


def _text_page(title: str, number: int) -> Canvas:
    page = _sheet(title, "Texte proposé, à relire")
    for row in range(14):
        width = (860, 820, 870, 640)[row % 4]
        page.box((100, 350 + row * 62, 100 + width, 368 + row * 62), "#e4e1da", radius=9)
    page.text((980, 1300), str(number), size=20, fill=GREY, anchor="ra")
    return page
