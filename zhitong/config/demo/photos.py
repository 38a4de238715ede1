"""Simple drawings that stand in for photos: no person, number plate or real place in them."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from zhitong.config.demo.dice import dice

SIZE = (960, 720)
WIDTH, HEIGHT = SIZE
Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]


@cache
def photo(kind: str) -> bytes:
    """The JPEG file of a drawing. Raises KeyError for an unknown kind."""
    top, bottom, draw = DRAWINGS[kind]
    picture = _sky(top, bottom)
    draw(ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    column = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, bottom), Image.new("RGB", SIZE, top), column)


def _lamp(draw: Draw) -> None:
    """A village street at night; the nearest lamp is dark."""
    draw.polygon([(0, 720), (960, 720), (560, 430), (420, 430)], fill=(38, 40, 50))
    draw.polygon([(0, 430), (420, 430), (0, 690)], fill=(26, 28, 36))
    for x, base, height, lit in (
        (760, 640, 480, False),
        (620, 520, 260, True),
        (560, 465, 150, True),
    ):
        draw.line([(x, base), (x, base - height)], fill=(90, 92, 100), width=max(4, height // 40))
        arm = height // 5
        draw.line([(x, base - height), (x - arm, base - height - arm // 4)], fill=(90, 92, 100),
                  width=max(3, height // 50))  # fmt: skip
        glow = (255, 224, 150) if lit else (64, 66, 74)
        r = max(6, height // 24)
        cx, cy = x - arm, base - height - arm // 4
        draw.ellipse([cx - r, cy - r // 2, cx + r, cy + r // 2], fill=glow)
    for x in range(60, 400, 110):
        draw.rectangle([x, 380, x + 80, 470], fill=(44, 42, 48))
        draw.rectangle(
            [x + 26, 404, x + 50, 430], fill=(228, 190, 110) if x % 220 else (58, 56, 62)
        )


def _puddle(draw: Draw) -> None:
    """A yard with standing water along a brick wall."""
    draw.rectangle([0, 430, 960, 720], fill=(150, 136, 116))
    _bricks(draw, 200, 430, (168, 92, 72), (140, 74, 58))
    draw.ellipse([90, 470, 830, 690], fill=(118, 132, 142))
    draw.ellipse([160, 490, 740, 650], fill=(138, 154, 164))
    for x, y, r in ((300, 560, 60), (520, 600, 90), (620, 530, 40)):
        draw.arc([x - r, y - r // 3, x + r, y + r // 3], 0, 360, fill=(176, 190, 198), width=3)
    draw.rectangle([700, 360, 800, 452], fill=(96, 84, 70))


def _gate(draw: Draw) -> None:
    """A school gate in the morning: cars and scooters everywhere, seen from above."""
    draw.rectangle([0, 330, 960, 720], fill=(120, 122, 126))
    draw.rectangle([220, 120, 740, 330], fill=(222, 208, 184))
    draw.rectangle([400, 190, 560, 330], fill=(150, 60, 52))
    draw.line([(480, 190), (480, 330)], fill=(222, 208, 184), width=4)
    rng = dice("gate")
    paints = ((196, 200, 206), (52, 58, 70), (170, 48, 44), (232, 232, 228), (70, 100, 150))
    for row in range(4):
        for slot in range(6):
            x = 20 + slot * 160 + rng.randrange(-16, 16) + row % 2 * 50
            y = 370 + row * 84 + rng.randrange(-8, 8)
            _car(draw, x, y, rng.choice(paints))
    for _number in range(18):
        x, y = rng.randrange(20, 940), rng.randrange(350, 700)
        draw.ellipse([x, y, x + 16, y + 16], fill=rng.choice(((240, 196, 60), (60, 120, 190))))


def _car(draw: Draw, x: int, y: int, paint: Colour) -> None:
    draw.rounded_rectangle([x, y, x + 118, y + 54], 14, fill=paint, outline=(60, 60, 64), width=2)
    draw.rounded_rectangle([x + 28, y + 8, x + 88, y + 46], 8, fill=(84, 98, 110))


def _dog(draw: Draw) -> None:
    """A small yellow dog with a red string on a village path."""
    draw.polygon([(0, 720), (960, 720), (700, 360), (380, 360)], fill=(194, 176, 140))
    coat, dark = (206, 158, 84), (160, 116, 56)
    draw.ellipse([330, 420, 640, 580], fill=coat)
    for x in (370, 420, 550, 600):
        draw.rounded_rectangle([x, 540, x + 30, 650], 12, fill=coat)
    draw.arc([600, 330, 720, 500], 100, 260, fill=coat, width=24)
    draw.ellipse([230, 330, 400, 480], fill=coat)
    draw.polygon([(250, 350), (262, 284), (310, 338)], fill=dark)
    draw.polygon([(340, 334), (392, 296), (388, 364)], fill=dark)
    draw.ellipse([272, 382, 292, 402], fill=(40, 30, 24))
    draw.ellipse([226, 418, 256, 444], fill=(40, 30, 24))
    draw.arc([290, 400, 420, 520], 300, 60, fill=(190, 40, 40), width=10)


def _bike(draw: Draw) -> None:
    """An electric bike whose seat is up and whose battery box is empty."""
    draw.rectangle([0, 480, 960, 720], fill=(168, 164, 158))
    _bricks(draw, 60, 480, (198, 190, 178), (176, 168, 156))
    for x in (300, 640):
        draw.ellipse([x - 96, 470, x + 96, 662], outline=(40, 40, 44), width=18)
        draw.ellipse([x - 14, 552, x + 14, 580], fill=(120, 120, 124))
    draw.line([(300, 566), (400, 400), (430, 330)], fill=(60, 90, 150), width=20)
    draw.line([(390, 330), (470, 322)], fill=(40, 40, 44), width=12)
    draw.line([(400, 520), (560, 520), (640, 566)], fill=(60, 90, 150), width=26)
    draw.rectangle([500, 430, 620, 506], fill=(30, 30, 32), outline=(60, 90, 150), width=8)
    draw.line([(516, 470), (540, 492), (560, 464), (590, 490)], fill=(190, 60, 50), width=6)
    draw.line([(614, 424), (660, 320)], fill=(40, 40, 44), width=30)


def _wires(draw: Draw) -> None:
    """A wire hanging out of a window down to sockets in the yard."""
    draw.rectangle([120, 60, 840, 720], fill=(206, 196, 180))
    for y in range(100, 560, 150):
        for x in (200, 430, 660):
            draw.rectangle([x, y, x + 100, y + 96], fill=(104, 124, 138), outline=(240, 240, 236),
                           width=6)  # fmt: skip
    draw.line([(480, 200), (500, 330), (470, 470), (520, 620)], fill=(30, 30, 30), width=6)
    draw.line([(710, 350), (690, 480), (730, 640)], fill=(30, 30, 30), width=6)
    for x in (490, 700):
        draw.rounded_rectangle([x, 620, x + 110, 650], 8, fill=(240, 240, 236))
        for hole in range(4):
            draw.rectangle([x + 14 + hole * 24, 630, x + 24 + hole * 24, 640], fill=(60, 60, 60))


def _smoke(draw: Draw) -> None:
    """Smoke over a stubble field."""
    draw.rectangle([0, 440, 960, 720], fill=(190, 160, 96))
    rng = dice("smoke")
    for _number in range(220):
        x, y = rng.randrange(960), rng.randrange(450, 710)
        draw.line([(x, y), (x + 4, y - 16)], fill=(164, 134, 74), width=3)
    for number in range(26):
        sway = rng.randrange(-30, 30)
        x, y, r = 420 + number * 13 + sway, 450 - number * 14, 20 + number * 4
        shade = 120 + number * 3
        draw.ellipse([x - r, y - r // 2, x + r, y + r // 2], fill=(shade, shade, shade))
    for x in range(400, 520, 22):
        draw.polygon([(x, 470), (x + 10, 426), (x + 22, 470)], fill=(226, 110, 40))


def _bricks(draw: Draw, top: int, bottom: int, face: Colour, joint: Colour) -> None:
    draw.rectangle([0, top, WIDTH, bottom], fill=face)
    for row, y in enumerate(range(top, bottom, 30)):
        draw.line([(0, y), (WIDTH, y)], fill=joint, width=3)
        for x in range(-40 * (row % 2), WIDTH, 80):
            draw.line([(x, y), (x, y + 30)], fill=joint, width=3)


DRAWINGS: dict[str, tuple[Colour, Colour, Callable[[Draw], None]]] = {
    "lamp": ((14, 18, 34), (40, 44, 62), _lamp),
    "puddle": ((150, 160, 168), (186, 190, 190), _puddle),
    "gate": ((168, 200, 226), (226, 234, 236), _gate),
    "dog": ((170, 204, 230), (190, 206, 150), _dog),
    "bike": ((180, 190, 196), (206, 206, 200), _bike),
    "wires": ((176, 206, 230), (220, 226, 226), _wires),
    "smoke": ((190, 200, 206), (220, 214, 200), _smoke),
}
